"""Whatever was done with money, the report has every pound once, and as the other pages have it."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.plugin import DjangoDbBlocker

from audit import clock
from audit.refusals import Refused
from decisions.models import Decision
from grants import actions
from grants.by_month import months_of, whole_of
from grants.claims import allocations_of, claimed_of
from grants.models import Allocation, SpendingLine
from grants.plans import Planned
from grants.programmes import programme_money, standing_of
from grants.report import GROUPINGS, Sums, atoms, grouped, together
from grants.search import awaiting_by_funder, totals
from tests.audit.conftest import commit_checks
from tests.factories import claims, grants, imports, months, papers
from tests.factories.lasting import undone
from tests.machines import machine_settings

pytestmark = pytest.mark.django_db

SUMS = st.sampled_from(["0.01", "9999.99", "40000.00"])
DAYS = st.integers(min_value=0, max_value=700)
WHICH = st.integers(min_value=0, max_value=9)
ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["allocate", "draw", "order", "pay", "pay of", "reverse", "wait", "letter", "plan"]
        ),
        SUMS,
        DAYS,
        WHICH,
    ),
    min_size=6,
    max_size=14,
)


@pytest.fixture(scope="module")
def programme(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Decision]:
    """Return a signed decision with a sum drawn from another, one that varies it, and a third."""
    with django_db_blocker.unblock(), undone():
        first = grants.a_funded_decision(drawn="570000.00")
        grants.a_varying_decision(first, "1300000.00")
        draft = papers.a_draft("Without a link or a funder")
        papers.signed(draft)
        later = clock.today() + timedelta(days=700)
        pot = grants.an_allocation("900000.00", decision=first, period_end=later)
        grants.a_line("123.45", allocation=pot)
        grants.a_line("67.89", allocation=pot)
        imports.claimed_before(pot, "10.01")
        commit_checks()
        yield first


def act(what: tuple[str, str, int, int], decisions: list[Decision]) -> None:
    """Do an act of money; a refusal changes nothing and is as good."""
    kind, amount, days, which = what
    by, key, received = grants.a_finance_officer(), uuid4(), clock.today() + timedelta(days)
    pots, lines = list(Allocation.objects.order_by("id")), list(SpendingLine.objects.order_by("id"))
    pot = pots[which % len(pots)] if pots else None
    line = lines[which % len(lines)] if lines else None
    spend = grants.a_spend(amount)
    if kind in ("allocate", "draw") or pot is None:
        drawn, decision = kind == "draw" and pot is not None, decisions[which % 2]
        figure = grants.figure_of(decisions[0], "2") if drawn else grants.figure_of(decision)
        end = clock.today() + timedelta(days=days)
        fund = grants.an_organisation("The Fund")
        terms = grants.terms(f"{10 * Decimal(amount)}", period_end=end, funder=fund)
        actions.make_allocation(
            figure=figure, terms=terms, funded_from=pot if drawn else None, form_key=key, by=by
        )
    elif kind == "wait":
        funder = grants.an_organisation()
        actions.record_awaiting(funder=funder, spend=spend, why="It ran.", form_key=key, by=by)
    elif kind == "letter":
        grants.an_award(amount, decision=decisions[0])
    elif kind == "plan":
        grants.a_plan(pot, "1.00", amount, kind="profile" if days % 2 else "forecast", reason="So.")
    elif kind == "reverse" and line:
        actions.reverse_line(line=line, reason="Wrong.", form_key=key, by=by)
    elif kind == "pay of" and line:
        actions.convert_line(line=line, spend=spend, is_last=False, form_key=key, by=by)
    else:
        stage = "commitment" if kind == "order" else "accrual" if which % 2 else "actual"
        when = received if kind == "order" else clock.today()
        spend = grants.a_spend(amount, received_on=when, stage=stage)
        actions.record_line(allocation=pot, spend=spend, form_key=key, by=by)


@machine_settings("MONEY_MACHINE", short=(8, 1), long=(200, 1))
@given(wanted=ACTS)
def test_all_groupings_come_to_the_same_as_the_other_pages(
    programme: Decision, wanted: list[tuple[str, str, int, int]]
) -> None:
    other = Decision.objects.get(title="Without a link or a funder")
    before = transaction.savepoint()
    for each in wanted:
        with suppress(Refused):
            act(each, [programme, other])
    agrees([programme, other])
    claim_and_agree([programme, other], wanted[0][3])
    transaction.savepoint_rollback(before)


def claim_and_agree(decisions: list[Decision], which: int) -> None:
    """Claim what was paid once the month is over, and hold the report against the claims."""
    with months.next_months_second_day(), suppress(Refused):
        claim = claims.drawn_up(decisions[0])
        agrees(decisions)
        claims.submitted(claim)
        unpaid = [one.line_id for one in claim.claimed.all()[: which % 3]]
        with suppress(Refused):
            claims.answered(claim, disallowed=unpaid[:1], carried=unpaid[1:])
        agrees(decisions)


def agrees(decisions: list[Decision]) -> None:
    """Hold the report against itself, the programmes' pages and the start of the money."""
    whole = together(atoms())
    for by in GROUPINGS:
        rows = grouped(atoms(), by)
        assert sum((row.sums for row in rows), Sums()) == whole, by
        assert all(adds_up(row.sums) for row in rows), by
        assert all(row.sums.plan.budget == row.sums.money.allocated for row in rows) or by == "year"
    lines = {row.label: row.sums for row in grouped(atoms(), "programme")}
    for decision in decisions:
        page = programme_money(decision, grants.a_finance_officer())
        here = lines[page.first.title]
        assert (here.authorised, here.money, here.claimed) == (page.total, page.money, page.claimed)
        assert here.plan == page.plan
        grant = claimed_of(allocations_of(grants.figure_of(decision)))
        assert here.claimed == grant.claimed
    assert whole.claimed == claimed_of(Allocation.objects.values_list("pk", flat=True)).claimed
    assert whole.plan_cells == planned_of_each()
    at_the_start = totals(Allocation.objects.all())
    assert whole.money.allocated == at_the_start.allocated
    assert whole.awaiting == sum(row["total"] for row in awaiting_by_funder())


def planned_of_each() -> list[tuple[str, Decimal]]:
    """Return the plan and outturn of all allocations, as the page of each has them."""
    pages = [(row, months_of(row)) for row in Allocation.objects.with_balances()]
    whole = sum((whole_of(row, months_) for row, months_ in pages), Planned())
    return whole.cells(sum((standing_of(row).spent for row, _ in pages), Decimal(0)))


def adds_up(sums: Sums) -> bool:
    money = sums.money
    return money.allocated == money.committed + money.spent + money.left
