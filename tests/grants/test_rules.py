"""The rules of money by their codes: one test each of what is refused, and what the words offer."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit import clock
from audit.models import LedgerPayload
from decisions.models import Decision
from grants import actions
from grants.models import Allocation, SpendingLine
from grants.refusals import GrantRuleBroken
from grants.rules import BOOK, is_a_sum, vat_adds_up
from tests.factories import grants, papers

pytestmark = pytest.mark.django_db


def broken(act: Callable[[], object]) -> GrantRuleBroken:
    """Return the refusal of an act that breaks a rule."""
    with pytest.raises(GrantRuleBroken) as refusal:
        act()
    return refusal.value


def code(act: Callable[[], object]) -> str:
    """Return the code of the rule that an act breaks."""
    return broken(act).code


def vire(
    giver: Allocation, taker: Allocation, amount: str = "1.00", reason: str = "Why."
) -> object:
    """Move a sum between two allocations."""
    return grants.moved(giver, taker, amount, reason=reason)


def release(line: SpendingLine, reason: str = "Why.") -> object:
    """Release what is left of a line."""
    return actions.release_line(
        line=line, reason=reason, form_key=uuid4(), by=grants.a_finance_officer()
    )


def reverse(line: SpendingLine, reason: str = "Why.") -> object:
    """Reverse a line."""
    return actions.reverse_line(
        line=line, reason=reason, form_key=uuid4(), by=grants.a_finance_officer()
    )


def convert(line: SpendingLine, net: str = "10.00", **others: Any) -> object:
    """Turn a line into the next."""
    return actions.convert_line(
        line=line,
        spend=grants.a_spend(net, **others),
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    )


def test_grt_01_a_bid_opens_no_money(mixed: Decision) -> None:
    assert code(lambda: grants.an_allocation("1.00", decision=mixed, number="3")) == "GRT-01"


def test_grt_01_a_component_opens_no_money(mixed: Decision) -> None:
    component = grants.figures_of(mixed, "5")[1]
    refused = code(
        lambda: actions.make_allocation(
            figure=component,
            terms=grants.terms("1.00", period_end=clock.today()),
            form_key=uuid4(),
            by=grants.a_finance_officer(),
        )
    )
    assert refused == "GRT-01"


def test_grt_02_a_sum_is_drawn_out_of_what_is_left(mixed: Decision) -> None:
    source = grants.an_allocation("99.99", decision=mixed)
    draw = lambda: grants.an_allocation("1.00", decision=mixed, number="2", funded_from=source)  # noqa: E731
    assert code(draw) == "GRT-02"


def test_grt_03_no_more_is_allocated_than_was_decided(mixed: Decision) -> None:
    assert code(lambda: grants.an_allocation("1200000.01", decision=mixed)) == "GRT-03"


# ---------------------------------------------------------------- a decision that is revoked


@pytest.fixture
def under_revoked(decided: Decision) -> Allocation:
    """Return an allocation with a commitment of £400 and £100 paid, its decision revoked since."""
    place = grants.an_allocation("1000.00", decision=decided)
    grants.a_line("400.00", allocation=place, stage="commitment")
    grants.a_line("100.00", allocation=place)
    grants.an_allocation("1.00", decision=decided)
    grants.revoked(decided)
    return place


def line_of(place: Allocation, stage: str) -> SpendingLine:
    """Return the line of an allocation at a stage."""
    return place.lines.get(stage=stage)


FORBIDDEN: dict[str, Callable[[Allocation], object]] = {
    "allocate": lambda place: grants.an_allocation("1.00", decision=place.decision),
    "spend": lambda place: grants.a_line("1.00", allocation=place),
    "convert": lambda place: convert(line_of(place, "commitment")),
    "vire": lambda place: vire(place, place.decision.allocations.get(n=2)),
    "cover": lambda place: actions.cover_line(
        line=grants.a_waiting_line("1.00"),
        allocation=place,
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    ),
}


@pytest.mark.parametrize("act", FORBIDDEN.values(), ids=FORBIDDEN)
def test_grt_04_nothing_new_moves_under_a_revoked_decision(
    under_revoked: Allocation, act: Callable[[Allocation], object]
) -> None:
    assert code(lambda: act(under_revoked)) == "GRT-04"


LAWFUL: dict[str, tuple[Callable[[Allocation], object], dict[str, str]]] = {
    "release": (
        lambda place: release(line_of(place, "commitment")),
        {"left": "900.00", "paid": "100.00"},
    ),
    "reverse": (
        lambda place: reverse(line_of(place, "actual")),
        {"left": "600.00", "committed": "400.00"},
    ),
}


@pytest.mark.parametrize(("act", "shown"), LAWFUL.values(), ids=LAWFUL)
def test_grt_04_money_is_given_back_under_a_revoked_decision(
    under_revoked: Allocation, act: Callable[[Allocation], object], shown: dict[str, str]
) -> None:
    act(under_revoked)
    assert grants.balances_of(under_revoked) == shown


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize("days", [-1, 366])
def test_grt_05_nothing_is_charged_outside_the_period(allocation: Allocation, days: int) -> None:
    day = clock.today() + timedelta(days=days)
    act = lambda: grants.a_line(allocation=allocation, stage="commitment", received_on=day)  # noqa: E731
    assert code(act) == "GRT-05"


@pytest.mark.parametrize("days", [0, 365])
def test_grt_05_both_ends_of_the_period_are_in_it(allocation: Allocation, days: int) -> None:
    day = clock.today() + timedelta(days=days)
    assert grants.a_line(allocation=allocation, stage="commitment", received_on=day)


def test_grt_06_nothing_is_charged_from_before_the_signature(decided: Decision) -> None:
    place = grants.an_allocation(decision=decided, period_start=grants.days_ago(9))
    act = lambda: grants.a_line(allocation=place, received_on=grants.days_ago(1))  # noqa: E731
    assert code(act) == "GRT-06"


def test_grt_06_what_was_deferred_at_first_is_decided_on_its_own_day(mixed: Decision) -> None:
    with clock.at(clock.now() + timedelta(days=3)):
        papers.decide(mixed, r7="approved")
    tomorrow = clock.today() + timedelta(days=1)
    with clock.at(clock.now() + timedelta(days=4)):
        place = grants.an_allocation("10.00", decision=mixed, number="7", period_start=tomorrow)
        act = lambda: grants.a_line("1.00", allocation=place, received_on=tomorrow)  # noqa: E731
        assert code(act) == "GRT-06"


def test_grt_07_no_more_is_charged_than_is_left(allocation: Allocation) -> None:
    assert code(lambda: grants.a_line("1000.01", allocation=allocation)) == "GRT-07"


def test_grt_07_says_what_is_left_and_the_lawful_way_on(allocation: Allocation) -> None:
    said = str(broken(lambda: grants.a_line("1000.01", allocation=allocation)))
    assert f"£1,000.01 is more than the £1,000 that is left of {allocation.reference}" in said
    assert "record it as awaiting authority" in said


def test_grt_17_a_virement_gives_no_more_than_is_left(decided: Decision) -> None:
    giver, taker = (grants.an_allocation("10.00", decision=decided) for _ in range(2))
    assert code(lambda: vire(giver, taker, "10.01")) == "GRT-17"


def test_grt_08_net_and_vat_make_gross(allocation: Allocation) -> None:
    act = lambda: grants.a_line(allocation=allocation, gross=Decimal("100.01"))  # noqa: E731
    assert code(act) == "GRT-08"


def test_grt_18_what_is_no_vat_does_not_pass_for_it(allocation: Allocation) -> None:
    """A fortune called VAT that is recovered would count against nothing."""
    act = lambda: grants.a_line("100.00", allocation=allocation, vat=Decimal("26.01"))  # noqa: E731
    assert code(act) == "GRT-18"


def test_grt_18_vat_may_be_rounded_up(allocation: Allocation) -> None:
    grants.a_line("0.03", allocation=allocation, vat=Decimal("0.01"))
    assert grants.balances_of(allocation)["paid"] == "0.03"


def test_grt_18_vat_that_is_lost_counts_whatever_it_is(allocation: Allocation) -> None:
    grants.a_line(
        "0.00",
        allocation=allocation,
        vat=Decimal("5.00"),
        gross=Decimal("5.00"),
        is_vat_recovered=False,
        why_so="VAT on what was imported, paid to the border.",
    )
    assert grants.balances_of(allocation)["paid"] == "5.00"


def test_grt_09_a_line_is_reversed_once(allocation: Allocation) -> None:
    line = grants.a_line(allocation=allocation)
    reverse(line)
    assert code(lambda: reverse(line)) == "GRT-09"


BACKWARD = {
    "an actual": ("actual", "actual"),
    "an accrual to a commitment": ("accrual", "commitment"),
    "a commitment to another": ("commitment", "commitment"),
}


@pytest.mark.parametrize(("first", "then"), BACKWARD.values(), ids=BACKWARD)
def test_grt_10_lines_only_go_forward(allocation: Allocation, first: str, then: str) -> None:
    line = grants.a_line(allocation=allocation, stage=first)
    assert code(lambda: convert(line, stage=then)) == "GRT-10"


def test_grt_10_what_is_used_up_is_not_converted(allocation: Allocation) -> None:
    line = grants.a_line(allocation=allocation, stage="commitment")
    release(line)
    assert code(lambda: convert(line)) == "GRT-10"


def test_grt_10_a_reversal_is_not_converted(allocation: Allocation) -> None:
    line = grants.a_line(allocation=allocation, stage="commitment")
    reverse(line)
    assert code(lambda: convert(line.reversal)) == "GRT-10"


@pytest.mark.parametrize(("start", "end"), [(-1, 30), (0, 31), (5, 4)])
def test_grt_11_an_allocation_runs_within_its_recommendation(
    mixed: Decision, start: int, end: int
) -> None:
    period: dict[str, Any] = {
        "period_start": clock.today() + timedelta(days=start),
        "period_end": clock.today() + timedelta(days=end),
    }
    assert (
        code(lambda: grants.an_allocation("1.00", decision=mixed, number="5", **period)) == "GRT-11"
    )


def test_grt_12_a_virement_stays_under_one_sum_decided(mixed: Decision) -> None:
    giver = grants.an_allocation("10.00", decision=mixed)
    taker = grants.an_allocation("10.00", decision=mixed, number="2")
    assert code(lambda: vire(giver, taker)) == "GRT-12"


def test_grt_12_a_virement_has_two_ends(allocation: Allocation) -> None:
    assert code(lambda: vire(allocation, allocation)) == "GRT-12"


@pytest.mark.parametrize("stage", ["accrual", "actual"])
def test_grt_13_what_is_not_received_is_not_spent(allocation: Allocation, stage: str) -> None:
    day = clock.today() + timedelta(days=1)
    act = lambda: grants.a_line(allocation=allocation, stage=stage, received_on=day)  # noqa: E731
    assert code(act) == "GRT-13"


NO_SUMS = ["0.00", "-1.00", "0.001", "100.005", "NaN", "Infinity", "-Infinity", "1e12"]


@pytest.mark.parametrize("net", NO_SUMS)
def test_grt_14_a_line_has_a_sum(allocation: Allocation, net: str) -> None:
    no_sum: Any = Decimal(net)
    act = lambda: grants.a_line(allocation=allocation, net=no_sum, gross=no_sum)  # noqa: E731
    assert code(act) == "GRT-14"


@pytest.mark.parametrize("amount", NO_SUMS)
def test_grt_14_a_virement_has_a_sum(decided: Decision, amount: str) -> None:
    giver, taker = (grants.an_allocation("10.00", decision=decided) for _ in range(2))
    assert code(lambda: vire(giver, taker, amount)) == "GRT-14"


REASONS: dict[str, Callable[[Allocation], object]] = {
    "reversal": lambda place: reverse(grants.a_line(allocation=place), " "),
    "release": lambda place: release(grants.a_line(allocation=place, stage="commitment"), ""),
    "virement": lambda place: vire(
        place, grants.an_allocation("1.00", decision=place.decision), reason=" "
    ),
    "awaiting": lambda _place: actions.record_awaiting(
        funder=grants.an_organisation(),
        spend=grants.a_spend(),
        why=" ",
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    ),
}


@pytest.mark.parametrize("act", REASONS.values(), ids=REASONS)
def test_grt_15_what_is_taken_back_or_moved_has_a_reason(
    allocation: Allocation, act: Callable[[Allocation], object]
) -> None:
    assert code(lambda: act(allocation)) == "GRT-15"


def test_grt_16_nothing_is_allocated_under_part_2(mixed: Decision) -> None:
    assert code(lambda: grants.an_allocation("1.00", decision=mixed, number="4")) == "GRT-16"


# ---------------------------------------------------------------- the rules themselves


def test_every_rule_has_a_test_of_its_name() -> None:
    modules = Path(__file__).parent.glob("test_*.py")
    named = [re.findall(r"def test_(grt_\d+)_", one.read_text("utf-8")) for one in modules]
    tested = {name.upper().replace("_", "-") for names in named for name in names}
    assert tested == set(BOOK.rules)


def test_every_refusal_says_what_clears_it() -> None:
    assert all(rule.clears for rule in BOOK.rules.values())


def test_a_refusal_is_on_the_audit_trail_with_its_code(allocation: Allocation) -> None:
    broken(lambda: grants.a_line("1000.01", allocation=allocation))
    last = LedgerPayload.objects.order_by("-entry_id").values_list("payload", flat=True)[0]
    assert '"code":"GRT-07"' in last


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_grt_14_whatever_passes_is_whole_pence_above_nought(amount: Decimal) -> None:
    if is_a_sum(amount):
        assert amount > 0
        assert amount * 100 == int(amount * 100) < 10**14


@given(*[st.decimals(min_value=0, max_value=10**9, places=2)] * 2)
def test_grt_08_a_penny_too_much_is_noticed(net: Decimal, vat: Decimal) -> None:
    assert vat_adds_up(net, vat, net + vat)
    assert not vat_adds_up(net, vat, net + vat + Decimal("0.01"))
