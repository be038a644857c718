"""Spend that happened without authority: recorded as a fact, and covered when a decision does."""

from decimal import Decimal
from uuid import uuid4

import pytest

from audit.verify import verify
from decisions.models import Decision
from grants import actions
from grants.models import Account, Allocation, SpendingLine
from grants.refusals import GrantRefused, GrantRuleBroken
from tests.factories import grants

pytestmark = pytest.mark.django_db


def cover(line: SpendingLine, allocation: Allocation) -> SpendingLine:
    """Charge a waiting line to an allocation."""
    return actions.cover_line(
        line=line, allocation=allocation, form_key=uuid4(), by=grants.a_finance_officer()
    )


def waiting() -> Decimal:
    """Return what awaits authority, in pounds."""
    found = Account.objects.filter(role="awaiting")
    return sum((one.present_balance for one in found), Decimal("0.00"))


def test_what_happened_without_authority_is_recorded(decided: Decision) -> None:
    grants.a_waiting_line("300.00")
    assert waiting() == Decimal("300.00")


def test_what_awaits_authority_takes_nothing_from_an_allocation(allocation: Allocation) -> None:
    grants.a_waiting_line("300.00")
    assert grants.balances_of(allocation) == {"left": "1000.00"}


def test_what_awaits_authority_is_listed_oldest_first(decided: Decision) -> None:
    made = [grants.a_waiting_line(net) for net in ("1.00", "2.00")]
    assert list(SpendingLine.objects.awaiting()) == made


def test_a_form_posted_twice_waits_once(decided: Decision) -> None:
    key = uuid4()
    for _ in range(2):
        actions.record_awaiting(
            funder=grants.an_organisation(),
            spend=grants.a_spend(),
            why="The work had to go on.",
            form_key=key,
            by=grants.a_finance_officer(),
        )
    assert SpendingLine.objects.awaiting().count() == 1


def test_a_waiting_line_is_charged_when_a_decision_covers_it(allocation: Allocation) -> None:
    cover(grants.a_waiting_line("300.00"), allocation)
    assert grants.balances_of(allocation) == {"left": "700.00", "paid": "300.00"}
    assert waiting() == 0


@pytest.mark.parametrize(
    ("stage", "shown"), [("commitment", "committed"), ("accrual", "accrued"), ("actual", "paid")]
)
def test_a_covered_line_keeps_its_stage(allocation: Allocation, stage: str, shown: str) -> None:
    cover(grants.a_waiting_line("300.00", stage=stage), allocation)
    assert grants.balances_of(allocation)[shown] == "300.00"


def test_a_covering_line_names_the_one_that_waited(allocation: Allocation) -> None:
    line = grants.a_waiting_line()
    assert cover(line, allocation).covers == line


def test_what_was_received_before_the_signature_is_covered(decided: Decision) -> None:
    place = grants.an_allocation(decision=decided, period_start=grants.days_ago(30))
    cover(grants.a_waiting_line("10.00", received_on=grants.days_ago(9)), place)
    assert grants.balances_of(place)["paid"] == "10.00"


def test_what_was_received_outside_the_period_is_not_covered(decided: Decision) -> None:
    place = grants.an_allocation(decision=decided, period_start=grants.days_ago(8))
    line = grants.a_waiting_line(received_on=grants.days_ago(9))
    with pytest.raises(GrantRuleBroken, match="GRT-05"):
        cover(line, place)


def test_more_than_is_left_is_not_covered(allocation: Allocation) -> None:
    line = grants.a_waiting_line("1000.01")
    with pytest.raises(GrantRuleBroken, match="GRT-07"):
        cover(line, allocation)
    assert waiting() == Decimal("1000.01")


def test_a_line_is_covered_once(allocation: Allocation) -> None:
    line = grants.a_waiting_line()
    cover(line, allocation)
    with pytest.raises(GrantRefused, match="does not await authority"):
        cover(line, allocation)


def test_a_line_that_has_authority_is_not_covered(allocation: Allocation) -> None:
    line = grants.a_line(allocation=allocation)
    with pytest.raises(GrantRefused, match="does not await authority"):
        cover(line, allocation)


def test_a_waiting_line_can_be_reversed(decided: Decision) -> None:
    line = grants.a_waiting_line("300.00")
    actions.reverse_line(
        line=line, reason="Typed twice.", form_key=uuid4(), by=grants.a_finance_officer()
    )
    assert waiting() == 0
    assert not SpendingLine.objects.awaiting().exists()


@pytest.mark.parametrize("act", ["convert_line", "release_line"])
def test_a_waiting_line_goes_no_further_without_authority(decided: Decision, act: str) -> None:
    line = grants.a_waiting_line("300.00", stage="commitment")
    what = {"spend": grants.a_spend()} if act == "convert_line" else {"reason": "Why."}
    with pytest.raises(GrantRefused, match="awaits authority"):
        getattr(actions, act)(line=line, form_key=uuid4(), by=grants.a_finance_officer(), **what)


def test_a_reversed_covering_line_does_not_wait_again(allocation: Allocation) -> None:
    made = cover(grants.a_waiting_line("300.00"), allocation)
    actions.reverse_line(
        line=made, reason="Charged wrongly.", form_key=uuid4(), by=grants.a_finance_officer()
    )
    assert grants.balances_of(allocation) == {"left": "1000.00"}
    assert waiting() == 0


def test_what_is_to_come_may_wait_as_a_commitment_only(decided: Decision) -> None:
    tomorrow = grants.days_ago(-1)
    assert grants.a_waiting_line(stage="commitment", received_on=tomorrow)
    with pytest.raises(GrantRuleBroken, match="GRT-13"):
        grants.a_waiting_line(received_on=tomorrow)


def test_more_than_can_be_counted_is_refused_in_words(decided: Decision) -> None:
    grants.a_waiting_line("999999999999.99")
    with pytest.raises(GrantRuleBroken, match="GRT-14"):
        grants.a_waiting_line("999999999999.99")


def test_the_audit_trail_verifies_with_a_covered_line_in_it(allocation: Allocation) -> None:
    cover(grants.a_waiting_line("300.00"), allocation)
    assert verify().failures == []
