"""How money, days and moments read."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from audit import words


@pytest.mark.parametrize(
    ("amount", "read"),
    [
        ("1200000.00", "£1,200,000"),
        ("1200.50", "£1,200.50"),
        ("0", "£0"),
        ("-5", "−£5"),
        ("999999999999.99", "£999,999,999,999.99"),
    ],
)
def test_money(amount: str, read: str) -> None:
    assert words.money(Decimal(amount)) == read


def test_a_day_has_its_month_in_words() -> None:
    assert words.day(date(2019, 10, 28)) == "28 October 2019"


@pytest.mark.parametrize(
    ("moment", "read"),
    [
        (datetime(2019, 10, 25, 16, 4, tzinfo=UTC), "25 October 2019 at 5:04pm"),
        (datetime(2019, 12, 25, 0, 30, tzinfo=UTC), "25 December 2019 at 12:30am"),
        (datetime(2019, 7, 31, 23, 30, tzinfo=UTC), "1 August 2019 at 12:30am"),
        (datetime(2019, 12, 25, 12, 0, tzinfo=UTC), "25 December 2019 at 12:00pm"),
    ],
)
def test_a_moment_is_told_in_uk_time(moment: datetime, read: str) -> None:
    assert words.moment(moment) == read


@pytest.mark.parametrize(
    ("start", "end", "read"),
    [
        (date(2019, 10, 28), date(2020, 3, 31), "28 October 2019 to 31 March 2020"),
        (date(2019, 10, 28), None, "from 28 October 2019"),
        (None, date(2020, 3, 31), "to 31 March 2020"),
        (None, None, ""),
    ],
)
def test_a_period_may_be_open(start: date | None, end: date | None, read: str) -> None:
    assert words.period(start, end) == read


@pytest.mark.parametrize(("earlier", "read"), [(21, "1 day"), (10, "12 days"), (22, "today")])
def test_days_since(earlier: int, read: str) -> None:
    assert words.days_since(date(2019, 10, earlier), date(2019, 10, 22)) == read
