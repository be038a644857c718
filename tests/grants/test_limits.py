"""Limits raised and lowered: by decisions that vary, and within what was decided."""

from decimal import Decimal
from uuid import uuid4

import pytest

from decisions.models import Decision
from grants import actions
from grants.models import Account, Allocation, Variation
from grants.refusals import GrantRuleBroken
from grants.verify import money_failures
from tests.factories import grants, papers
from tests.grants import insider

pytestmark = pytest.mark.django_db


def vary(varied: Decision, amount: str, earlier: str = "1200000.00") -> Variation:
    """Apply a decision that varies the first sum of another."""
    varying = grants.a_varying_decision(varied, amount, earlier)
    return apply(varying, varied)


def apply(varying: Decision, varied: Decision, number: str = "1") -> Variation:
    return actions.apply_variation(
        varying=grants.figure_of(varying),
        varied=grants.figure_of(varied, number),
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    )


def left_of(decision: Decision) -> Decimal:
    figure = grants.figure_of(decision)
    return Account.objects.get(figure=figure, role="authority").present_balance


def change(allocation: Allocation, difference: str) -> Allocation:
    return actions.change_limit(
        allocation=allocation,
        difference=Decimal(difference),
        reason="Needed elsewhere.",
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    )


def test_a_variation_upwards_adds_its_difference(decided: Decision) -> None:
    vary(decided, "1300000.00")
    assert left_of(decided) == Decimal("1300000.00")


def test_a_variation_downwards_takes_its_difference(decided: Decision) -> None:
    vary(decided, "1000000.00")
    assert left_of(decided) == Decimal("1000000.00")


def test_grt_23_a_sum_is_not_lowered_below_what_is_allocated(decided: Decision) -> None:
    grants.an_allocation("1100000.00", decision=decided)
    with pytest.raises(GrantRuleBroken, match=r"£200,000.*£100,000 is not allocated.*GRT-23"):
        vary(decided, "1000000.00")


def test_a_sum_is_lowered_once_its_allocations_are(decided: Decision) -> None:
    allocation = grants.an_allocation("1100000.00", decision=decided)
    change(allocation, "-100000.00")
    vary(decided, "1000000.00")
    assert left_of(decided) == 0


def test_a_second_variation_follows_from_the_first(decided: Decision) -> None:
    vary(decided, "1300000.00")
    vary(decided, "1250000.00", "1300000.00")
    assert left_of(decided) == Decimal("1250000.00")


def test_grt_22_a_variation_of_a_sum_that_no_longer_stands_is_refused(decided: Decision) -> None:
    vary(decided, "1300000.00")
    with pytest.raises(GrantRuleBroken, match=r"£1,200,000; £1,300,000 stands.*GRT-22"):
        vary(decided, "1250000.00")


def test_a_decision_varies_only_the_one_that_it_names(decided: Decision) -> None:
    varying = grants.a_varying_decision(papers.signed(), "1300000.00")
    with pytest.raises(GrantRuleBroken, match="GRT-22"):
        apply(varying, decided)


def test_a_variation_is_applied_once(decided: Decision) -> None:
    varying = grants.a_varying_decision(decided, "1300000.00")
    apply(varying, decided)
    with pytest.raises(GrantRuleBroken, match="GRT-22"):
        apply(varying, decided)


def test_a_letter_binds_what_a_variation_adds(decided: Decision) -> None:
    grants.an_award("1200000.00", decision=decided)
    vary(decided, "1300000.00")
    assert left_of(decided) == Decimal("1200000.00")


def test_a_raised_limit_can_be_spent(allocation: Allocation) -> None:
    change(allocation, "500.00")
    grants.a_line("1500.00", allocation=allocation)
    assert grants.balances_of(allocation) == {"paid": "1500.00"}


def test_a_limit_is_not_raised_beyond_what_was_decided(allocation: Allocation) -> None:
    with pytest.raises(GrantRuleBroken, match=r"£1,199,000 is left.*GRT-03"):
        change(allocation, "1199000.01")


def test_a_limit_is_not_lowered_below_what_is_used(allocation: Allocation) -> None:
    grants.a_line("700.00", allocation=allocation)
    with pytest.raises(GrantRuleBroken, match=r"£300 that is left.*GRT-17"):
        change(allocation, "-300.01")


def test_changes_of_limits_leave_the_money_whole(allocation: Allocation) -> None:
    vary(allocation.decision, "1300000.00")
    change(allocation, "1299000.00")
    grants.a_line("1300000.00", allocation=allocation)
    assert list(money_failures()) == []


def test_a_variation_written_past_the_acts_names_its_decision(allocation: Allocation) -> None:
    outside = Account.objects.get(role="outside", funder=allocation.funder).pk
    authority = Account.objects.get(figure=allocation.figure, role="authority").pk
    written = insider.attempt(lambda: insider.move("variation", outside, authority))
    assert written == "move_has_its_variation"
