"""An allocation month by month: what counts when, and the pace that it is held against."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from audit import clock
from grants.by_month import drawn, months_of
from grants.models import Allocation
from tests.factories import grants

pytestmark = pytest.mark.django_db


def next_month() -> date:
    """Return the 15th of the next month."""
    today = clock.today()
    return date(today.year + today.month // 12, today.month % 12 + 1, 15)


@pytest.fixture
def running() -> Allocation:
    """Return an allocation of £1,000 with £100 paid now, £7 accrued, £40 on order."""
    allocation = grants.an_allocation("1000.00")
    grants.a_line("100.00", allocation=allocation)
    grants.a_line("40.00", allocation=allocation, stage="commitment", received_on=next_month())
    grants.a_line("7.00", allocation=allocation, stage="accrual")
    return Allocation.objects.with_balances().get(pk=allocation.pk)


def test_a_line_is_of_the_month_of_its_receipt(running: Allocation) -> None:
    found = [(str(month.spent), str(month.ordered)) for month in months_of(running)[:2]]
    assert found == [("107.00", "0.00"), ("0.00", "40.00")]


def test_the_months_come_to_what_the_allocation_shows(running: Allocation) -> None:
    months = months_of(running)
    assert months[-1].so_far == Decimal("107.00")
    assert sum(month.ordered for month in months) == Decimal("40.00")


def test_an_even_pace_ends_at_the_whole_with_the_period(running: Allocation) -> None:
    months = months_of(running)
    assert months[-1].pace == Decimal("1000.00")
    assert [month.pace for month in months] == sorted(month.pace for month in months)


def test_the_drawing_begins_at_nought_and_the_pace_ends_at_the_top(running: Allocation) -> None:
    pace = drawn(months_of(running)).pace.split()
    assert (pace[0], pace[-1]) == ("0.0,210.0", "600.0,10.0")


def test_the_page_shows_it(officer: Client, running: Allocation) -> None:
    page = officer.get(f"/grants/allocations/{running.slug}/months/").content.decode()
    assert "£107" in page
    assert "<polyline" in page
