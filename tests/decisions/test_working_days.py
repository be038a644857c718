"""Working days: weekends and the bank holidays of England are none."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.models import is_working_day, working_days_after, working_days_between

DAYS = st.dates(date(2016, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("day", "count", "then"),
    [
        (date(2019, 11, 1), 1, date(2019, 11, 4)),
        (date(2019, 12, 24), 1, date(2019, 12, 27)),
        (date(2020, 5, 7), 1, date(2020, 5, 11)),
        (date(2022, 9, 16), 1, date(2022, 9, 20)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
    ],
)
def test_the_next_working_day_passes_over_weekends_and_bank_holidays(
    day: date, count: int, then: date
) -> None:
    assert working_days_after(day, count) == then


@given(DAYS, st.integers(1, 40))
def test_as_many_working_days_lie_between_as_were_counted(day: date, count: int) -> None:
    then = working_days_after(day, count)
    assert is_working_day(then)
    assert working_days_between(day, then) == count


@given(DAYS, DAYS)
def test_none_lie_between_a_day_and_one_before_it(one: date, other: date) -> None:
    first, last = max(one, other), min(one, other)
    assert working_days_between(first, last) == 0
