"""Profiles and forecasts: what they come to, what they are held to, and their page."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from audit import clock
from grants.by_month import Month, months_of, whole_of, years_of
from grants.models import Allocation, Plan, PlanKind
from grants.plans import plans_of_one
from grants.refusals import GrantRefused, GrantRuleBroken
from grants.verify import money_failures
from tests.audit.conftest import commit_checks, write_sql
from tests.factories import grants, months
from tests.factories.lasting import undone
from tests.factories.sign_in import client_of
from tests.grants import insider

pytestmark = pytest.mark.django_db

PROFILE = ("100.00", "200.00", "300.00")


def read(allocation: Allocation) -> tuple[Allocation, list[Month]]:
    again = Allocation.objects.with_balances().get(pk=allocation.pk)
    return again, months_of(again)


def told(allocation: Allocation) -> dict[str, str]:
    """Return the sums from budget to variance, by their headings."""
    again, months = read(allocation)
    spent = sum((month.spent for month in months), Decimal(0))
    return {name: str(amount) for name, amount in whole_of(again, months).cells(spent)}


def page_of(allocation: Allocation, kind: str = "profile") -> str:
    return f"/grants/allocations/{allocation.slug}/plan/{kind}/"


# ---------------------------------------------------------------- what they come to


def test_what_no_month_has_is_not_profiled(allocation: Allocation) -> None:
    grants.a_plan(allocation, *PROFILE)
    found = told(allocation)
    assert (found["Budget"], found["Profile"], found["Not profiled"]) == (
        "1000.00",
        "600.00",
        "400.00",
    )


def test_the_forecast_is_the_outturn_and_the_profile_still_to_come(allocation: Allocation) -> None:
    grants.a_plan(allocation, *PROFILE)
    grants.a_line("30.00", allocation=allocation, stage="accrual")
    assert told(allocation)["Forecast"] == "600.00"
    grants.a_line("120.00", allocation=allocation)  # £150 of £100 profiled for this month
    assert (told(allocation)["Forecast"], told(allocation)["Variance"]) == ("650.00", "-350.00")


def test_the_officers_own_forecast_counts_before_the_profile(allocation: Allocation) -> None:
    grants.a_plan(allocation, *PROFILE)
    grants.a_plan(allocation, "100.00", "950.00", kind="forecast")
    assert (told(allocation)["Forecast"], told(allocation)["Variance"]) == ("1350.00", "350.00")


def test_a_month_that_is_over_is_forecast_at_its_outturn(allocation: Allocation) -> None:
    grants.a_plan(allocation, *PROFILE)
    month = clock.today().replace(day=1)
    later = month.replace(year=month.year + 1)
    assert plans_of_one(allocation).forecast_of(month, Decimal("7.00"), later) == Decimal("7.00")


def test_years_and_what_is_not_profiled_come_to_the_whole(allocation: Allocation) -> None:
    grants.a_plan(allocation, *["10.00"] * 13)
    again, months = read(allocation)
    whole = whole_of(again, months)
    years = years_of(months, whole)
    assert len(years) > 2
    assert sum(year.profile for year in years) == whole.budget
    assert sum(year.variance for year in years) == whole.variance(Decimal(0))


def test_a_revised_profile_keeps_the_earlier_one(allocation: Allocation) -> None:
    grants.a_plan(allocation, *PROFILE)
    grants.a_plan(allocation, "1.00", reason="The start slipped.")
    assert told(allocation)["Profile"] == "1.00"
    assert [str(plan.total) for plan in Plan.objects.order_by("n")] == ["600.00", "1.00"]


# ---------------------------------------------------------------- what they are held to


def test_grt_59_a_profile_is_within_the_limit_and_a_forecast_need_not_be(
    allocation: Allocation,
) -> None:
    grants.a_plan(allocation, "1000.01", kind="forecast")
    with pytest.raises(GrantRuleBroken, match="GRT-59"):
        grants.a_plan(allocation, "1000.01")


def test_grt_60_a_plan_revises_the_one_that_was_seen(allocation: Allocation) -> None:
    grants.a_plan(allocation, *PROFILE)
    with pytest.raises(GrantRuleBroken, match="GRT-60"):
        grants.a_plan(allocation, "5.00", seen=0, reason="Mine.")


def test_a_revision_says_why(allocation: Allocation) -> None:
    grants.a_plan(allocation, *PROFILE)
    with pytest.raises(GrantRuleBroken, match="GRT-15"):
        grants.a_plan(allocation, "5.00")


def test_a_forecast_says_something(allocation: Allocation) -> None:
    with pytest.raises(GrantRefused, match="No month has a sum"):
        grants.a_plan(allocation, kind="forecast", months={})


def test_what_is_over_is_not_forecast(officer: Client, allocation: Allocation) -> None:
    with clock.at(clock.now() + timedelta(days=500)):
        answered = officer.get(page_of(allocation, "forecast"))
    assert "Its period is over" in answered.content.decode()


PLAN = (
    "INSERT INTO grants_plan (allocation_id, kind, n, total, reason, made_at, made_by_id)"
    " VALUES (%s, 'profile', %s, %s, 'Why.', now(), %s) RETURNING id"
)
MONTH = (
    "INSERT INTO grants_planmonth (plan_id, month, amount)"
    " SELECT max(id), date %s, 10 FROM grants_plan"
)


def forged(allocation: Allocation, n: int, total: str, month: str) -> Any:
    def write() -> None:
        insider.run(PLAN, allocation.pk, n, total, grants.a_finance_officer().pk)
        insider.run(MONTH, month)
        commit_checks()

    return insider.attempt(write)


@pytest.mark.parametrize(
    ("n", "total", "years", "constraint"),
    [
        (1, "11.00", 0, "plan_adds_up"),
        (1, "10.00", 5, "planmonth_within_the_period"),
        (2, "10.00", 0, "plan_follows_the_one_before"),
    ],
)
def test_the_database_holds_plans_past_the_acts(
    allocation: Allocation, n: int, total: str, years: int, constraint: str
) -> None:
    month = clock.today().replace(day=1)
    month = month.replace(year=month.year + years)
    found = forged(allocation, n, total, f"{month}")
    assert constraint in str(found)


@pytest.mark.parametrize(
    ("planted", "table"),
    [
        ("UPDATE grants_plan SET total = 1", "grants_plan"),
        ("UPDATE grants_planmonth SET month = '2001-01-01'", "grants_planmonth"),
    ],
    ids=["total", "month"],
)
def test_what_was_changed_with_guards_off_is_named(
    allocation: Allocation, planted: str, table: str
) -> None:
    grants.a_plan(allocation, "100.00")
    commit_checks()
    assert list(money_failures()) == []
    with undone():
        write_sql("SET LOCAL session_replication_role = replica")
        write_sql(planted)
        assert [one.table for one in money_failures()] == [f"public.{table}"]


# ---------------------------------------------------------------- the page


def test_the_page_saves_a_profile_and_shows_it(officer: Client, allocation: Allocation) -> None:
    first = f"month_{clock.today():%Y_%m}"
    typed = {first: "1,000", "seen": 0, "form_key": str(uuid4())}
    officer.post(page_of(allocation), typed)
    page = officer.get(f"/grants/allocations/{allocation.slug}/months/").content.decode()
    assert "Profile 1: £1,000" in page
    assert "How these are worked out" in page
    assert Plan.objects.get().kind == PlanKind.PROFILE


def test_a_column_fills_the_boxes_and_keeps_what_was_typed(
    officer: Client, allocation: Allocation
) -> None:
    first = clock.today().replace(day=1)
    typed = {"do": "fill", "pasted": "Apr\t1,250.50\n\n7", "seen": 0, "form_key": str(uuid4())}
    page = officer.post(page_of(allocation), typed).content.decode()
    assert 'value="1,250.50"' in page
    assert 'value="7.00"' in page
    assert f'name="month_{first:%Y_%m}" value="1,250.50"' in page
    assert not Plan.objects.exists()


def test_a_row_that_is_no_sum_is_named(officer: Client, allocation: Allocation) -> None:
    typed = {"do": "fill", "pasted": "7\nabc", "seen": 0, "form_key": str(uuid4())}
    page = officer.post(page_of(allocation), typed).content.decode()
    assert "Row 2, “abc”" in page
    assert "7\nabc</textarea>" in page


def test_what_is_left_is_spread_to_the_penny(officer: Client, allocation: Allocation) -> None:
    first = f"month_{clock.today():%Y_%m}"
    typed = {"do": "spread", first: "900", "seen": 0, "form_key": str(uuid4())}
    page = officer.post(page_of(allocation), typed).content.decode()
    assert 'value="900"' in page
    assert page.count('value="8.33"') + page.count('value="8.34"') == 12


def test_a_forecast_is_spread_without_what_is_over(allocation: Allocation) -> None:
    grants.a_line("400.00", allocation=allocation)
    with months.next_months_second_day():
        client = client_of(grants.a_finance_officer())
        typed = {"do": "spread", "seen": 0, "form_key": str(uuid4())}
        page = client.post(page_of(allocation, "forecast"), typed).content.decode()
    assert page.count('value="50.00"') == 12


def test_a_lost_race_keeps_what_was_typed(officer: Client, allocation: Allocation) -> None:
    grants.a_plan(allocation, *PROFILE)
    first = f"month_{clock.today():%Y_%m}"
    typed = {first: "55", "seen": 0, "reason": "Why.", "form_key": str(uuid4())}
    page = officer.post(page_of(allocation), typed).content.decode()
    assert "profile 1 was saved by" in page
    assert 'value="55"' in page
