"""Letters of award: the lower of decision and letter binds, whoever writes; how bids end."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from audit import clock
from decisions.models import Decision
from grants import actions
from grants.models import Account, Allocation, Award
from grants.refusals import GrantRuleBroken
from grants.verify import money_failures
from tests.factories import grants
from tests.grants import insider

pytestmark = pytest.mark.django_db


def held(decision: Decision, role: str) -> Decimal:
    """Return what an account of the first sum of a decision holds, in pounds."""
    found = Account.objects.filter(
        figure=grants.figure_of(decision), role=role, allocation__isnull=True
    )
    return sum((one.present_balance for one in found), Decimal(0))


def test_a_lower_letter_leaves_only_what_it_awards_to_allocate(decided: Decision) -> None:
    grants.an_award("1000000.00", decision=decided)
    with pytest.raises(GrantRuleBroken, match=r"£1,000,000 is left.*GRT-03") as refused:
        grants.an_allocation("1000000.01", decision=decided)
    assert "The funder's letter awards £200,000 less than was decided" in str(refused.value)


def test_a_higher_letter_leaves_only_what_was_decided(decided: Decision) -> None:
    grants.an_award("1500000.00", decision=decided)
    assert held(decided, "authority") == Decimal("1200000.00")


def test_a_later_letter_frees_what_it_awards_more(decided: Decision) -> None:
    grants.an_award("1000000.00", decision=decided)
    later = grants.an_award("1100000.00", decision=decided)
    assert (held(decided, "unawarded"), later.n) == (Decimal("100000.00"), 2)


def test_grt_20_a_letter_below_what_is_allocated_stops_spending(allocation: Allocation) -> None:
    decision = allocation.decision
    grants.an_allocation("1199000.00", decision=decision)
    grants.an_award("1199500.00", decision=decision)
    with pytest.raises(GrantRuleBroken, match="GRT-20"):
        grants.a_line("1.00", allocation=allocation)


def test_spending_goes_on_once_limits_are_lowered_to_the_letter(allocation: Allocation) -> None:
    decision = allocation.decision
    grants.an_allocation("1199000.00", decision=decision)
    grants.an_award("1199500.00", decision=decision)
    lower(allocation, "-500.00")
    grants.a_line("500.00", allocation=allocation)
    assert grants.balances_of(allocation) == {"paid": "500.00"}


def lower(allocation: Allocation, difference: str) -> Allocation:
    return actions.change_limit(
        allocation=allocation,
        difference=Decimal(difference),
        reason="The letter awards less.",
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    )


def test_what_a_letter_does_not_award_is_no_failure_of_the_money(allocation: Allocation) -> None:
    grants.an_award("100.00", decision=allocation.decision)
    assert list(money_failures()) == []


def test_grt_21_nothing_is_charged_outside_the_period_of_the_letter(allocation: Allocation) -> None:
    today = clock.today()
    ends = today + timedelta(days=10)
    grants.an_award(decision=allocation.decision, period_end=ends)
    with pytest.raises(GrantRuleBroken, match="GRT-21"):
        grants.a_line(
            "1.00",
            allocation=allocation,
            stage="commitment",
            received_on=ends + timedelta(days=1),
        )


def test_grt_19_a_letter_answers_only_a_sum_accepted(decided: Decision) -> None:
    with pytest.raises(GrantRuleBroken, match="GRT-19"):
        actions.record_award(
            figure=grants.figure_of(decided, "2"),
            letter=grants.a_letter("100.00"),
            form_key=uuid4(),
            by=grants.a_finance_officer(),
        )


def test_grt_25_a_letter_is_not_accepted_before_it_is_written(decided: Decision) -> None:
    with pytest.raises(GrantRuleBroken, match="GRT-25"):
        grants.an_award(decision=decided, accepted_on=grants.days_ago(1))


def test_a_letter_sent_twice_is_recorded_once(decided: Decision) -> None:
    key, letter = uuid4(), grants.a_letter()
    figure, by = grants.figure_of(decided), grants.a_finance_officer()
    for _ in range(2):
        actions.record_award(figure=figure, letter=letter, form_key=key, by=by)
    assert Award.objects.count() == 1


# --- whoever writes ---


def test_a_letter_written_past_the_acts_binds_all_the_same(allocation: Allocation) -> None:
    figure = allocation.figure_id
    written = insider.attempt(
        lambda: insider.run(
            "INSERT INTO grants_award (figure_id, n, reference, dated, amount, period_start,"
            " period_end, conditions, needs_consent, accepted_on, accepted_by, letter_sha256,"
            " letter_name, letter_type, recorded_at, recorded_by_id) SELECT %s, 1, 'Mine',"
            " current_date, 1, current_date, current_date, '', false, current_date, 'Me', '', '',"
            " '', now(), min(id) FROM accounts_user",
            figure,
        )
    )
    assert written == "award_binds"


def test_what_is_not_awarded_is_not_freed_without_a_letter(allocation: Allocation) -> None:
    grants.an_award("1000.00", decision=allocation.decision)
    ends = {
        role: Account.objects.get(figure=allocation.figure, role=role).pk
        for role in ("unawarded", "authority")
    }
    freed = insider.attempt(lambda: insider.move("award", ends["unawarded"], ends["authority"]))
    assert freed == "award_binds"


def test_spending_beyond_the_letter_is_refused_past_the_acts(allocation: Allocation) -> None:
    grants.an_award("999.00", decision=allocation.decision)
    accounts = {
        role: Account.objects.get(allocation=allocation, role=role).pk
        for role in ("available", "used")
    }
    spent = insider.attempt(lambda: insider.move("spend", accounts["available"], accounts["used"]))
    assert spent == "move_within_the_letter"


# --- bids ---


def end(decision: Decision, number: str = "3", **words: object) -> None:
    outcome = grants.figure_of(decision, number).outcome
    told: dict[str, object] = {"result": "won", "amount": Decimal("100.00"), **words}
    actions.end_bid(
        outcome=outcome,
        told_on=clock.today(),
        form_key=uuid4(),
        by=grants.a_finance_officer(),
        **told,  # type: ignore[arg-type]
    )


def test_a_bid_ends_once(mixed: Decision) -> None:
    end(mixed)
    with pytest.raises(GrantRuleBroken, match="GRT-24"):
        end(mixed, result="lost", amount=Decimal(0))


def test_grt_24_only_a_bid_is_won_or_lost(mixed: Decision) -> None:
    with pytest.raises(GrantRuleBroken, match="GRT-24"):
        end(mixed, "1")


def test_a_lost_bid_brings_nothing(mixed: Decision) -> None:
    with pytest.raises(GrantRuleBroken, match="GRT-14"):
        end(mixed, result="lost", amount=Decimal("5.00"))
