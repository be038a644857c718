"""Spending lines: recorded, converted, released, reversed, amended; what each does to the sums."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.refusals import NotPermitted
from audit.verify import verify
from decisions.actions import KeptFile
from grants import actions
from grants.models import Allocation, Move, SpendingLine
from grants.refusals import GrantRefused, GrantRuleBroken
from tests.factories import grants, papers
from tests.factories.people import an_officer

pytestmark = pytest.mark.django_db

STAGES = ["commitment", "accrual", "actual"]
SHOWN = {"commitment": "committed", "accrual": "accrued", "actual": "paid"}


def convert(line: SpendingLine, net: str, **others: Any) -> SpendingLine:
    """Turn a line into the next, an actual unless told otherwise."""
    is_last, key = others.pop("is_last", True), others.pop("form_key", None)
    return actions.convert_line(
        line=line,
        spend=grants.a_spend(net, **others),
        is_last=is_last,
        form_key=key or uuid4(),
        by=grants.a_finance_officer(),
    )


def release(line: SpendingLine, reason: str = "It is not needed.") -> SpendingLine:
    """Release what is left of a line."""
    return actions.release_line(
        line=line, reason=reason, form_key=uuid4(), by=grants.a_finance_officer()
    )


def reverse(line: SpendingLine, reason: str = "Typed twice.") -> SpendingLine:
    """Reverse a line."""
    return actions.reverse_line(
        line=line, reason=reason, form_key=uuid4(), by=grants.a_finance_officer()
    )


# ---------------------------------------------------------------- recording


@pytest.mark.parametrize("stage", STAGES)
def test_a_line_comes_out_of_what_is_left(allocation: Allocation, stage: str) -> None:
    grants.a_line("250.50", allocation=allocation, stage=stage)
    assert grants.balances_of(allocation) == {"left": "749.50", SHOWN[stage]: "250.50"}


def test_all_that_is_left_can_be_spent(allocation: Allocation) -> None:
    grants.a_line("1000.00", allocation=allocation)
    assert grants.balances_of(allocation) == {"paid": "1000.00"}


def test_recovered_vat_does_not_count_against_the_limit(allocation: Allocation) -> None:
    vat, gross = Decimal("20.00"), Decimal("120.00")
    grants.a_line("100.00", allocation=allocation, vat=vat, gross=gross)
    assert grants.balances_of(allocation)["paid"] == "100.00"


def test_vat_that_is_lost_counts_against_the_limit(allocation: Allocation) -> None:
    vat, gross = Decimal("20.00"), Decimal("120.00")
    grants.a_line("100.00", allocation=allocation, vat=vat, gross=gross, is_vat_recovered=False)
    assert grants.balances_of(allocation)["paid"] == "120.00"


def test_a_form_posted_twice_spends_once(allocation: Allocation) -> None:
    key = uuid4()
    made = {
        actions.record_line(
            allocation=allocation,
            spend=grants.a_spend(),
            form_key=key,
            by=grants.a_finance_officer(),
        )
        for _ in range(2)
    }
    assert len(made) == SpendingLine.objects.count() == 1


def test_only_a_finance_officer_records_spending(allocation: Allocation) -> None:
    with pytest.raises(NotPermitted):
        actions.record_line(
            allocation=allocation, spend=grants.a_spend(), form_key=uuid4(), by=an_officer()
        )


def test_the_entry_of_a_line_says_old_and_new_balance(allocation: Allocation) -> None:
    grants.a_line("100.00", allocation=allocation)
    said = '{"account":"PCD 726 allocation 1: left to spend","new":"900.00","old":"1000.00"}'
    assert said in papers.payloads()


def test_the_entry_of_a_line_names_neither_payee_nor_purpose(allocation: Allocation) -> None:
    grants.a_line(allocation=allocation, payee="Ms Ada Quill", purpose="Her course", is_firm=True)
    assert "Quill" not in papers.payloads()
    assert "Her course" not in papers.payloads()


# ---------------------------------------------------------------- converting

CONVERTED = {
    "what was committed": ("400.00", True, {"left": "600.00", "paid": "400.00"}),
    "less, and it was the last": ("300.00", True, {"left": "700.00", "paid": "300.00"}),
    "less, and more is to come": (
        "300.00",
        False,
        {"left": "600.00", "committed": "100.00", "paid": "300.00"},
    ),
    "more": ("450.00", True, {"left": "550.00", "paid": "450.00"}),
    "all that is left as well": ("1000.00", True, {"paid": "1000.00"}),
}


@pytest.mark.parametrize(("net", "is_last", "shown"), CONVERTED.values(), ids=CONVERTED)
def test_a_commitment_turns_into_what_it_cost(
    allocation: Allocation, net: str, is_last: bool, shown: dict[str, str]
) -> None:
    line = grants.a_line("400.00", allocation=allocation, stage="commitment")
    convert(line, net, is_last=is_last)
    assert grants.balances_of(allocation) == shown


def test_a_conversion_of_more_than_is_left_is_refused_whole(allocation: Allocation) -> None:
    line = grants.a_line("400.00", allocation=allocation, stage="commitment")
    with pytest.raises(GrantRuleBroken, match=r"£600\.01 is more than the £600 .*GRT-07"):
        convert(line, "1000.01")
    assert grants.balances_of(allocation) == {"left": "600.00", "committed": "400.00"}


@pytest.mark.parametrize(
    ("first", "then"), [("commitment", "accrual"), ("commitment", "actual"), ("accrual", "actual")]
)
def test_lines_go_forward(allocation: Allocation, first: str, then: str) -> None:
    convert(grants.a_line("400.00", allocation=allocation, stage=first), "400.00", stage=then)
    assert grants.balances_of(allocation) == {"left": "600.00", SHOWN[then]: "400.00"}


def test_a_commitment_becomes_an_accrual_and_then_its_actual(allocation: Allocation) -> None:
    line = grants.a_line("400.00", allocation=allocation, stage="commitment")
    convert(convert(line, "410.00", stage="accrual"), "405.00")
    assert grants.balances_of(allocation) == {"left": "595.00", "paid": "405.00"}


def test_a_conversion_names_what_it_draws_on(allocation: Allocation) -> None:
    line = grants.a_line("400.00", allocation=allocation, stage="commitment")
    assert convert(line, "400.00").draws_on == line


def test_a_conversion_posted_twice_converts_once(allocation: Allocation) -> None:
    line, key = grants.a_line("400.00", allocation=allocation, stage="commitment"), uuid4()
    made = {convert(line, "100.00", is_last=False, form_key=key) for _ in range(2)}
    assert len(made) == 1
    assert grants.balances_of(allocation)["committed"] == "300.00"


# ---------------------------------------------------------------- releasing


@pytest.mark.parametrize("stage", ["commitment", "accrual"])
def test_what_is_released_can_be_spent_again(allocation: Allocation, stage: str) -> None:
    release(grants.a_line("400.00", allocation=allocation, stage=stage))
    assert grants.balances_of(allocation) == {"left": "1000.00"}


def test_what_is_left_of_a_part_used_commitment_is_released(allocation: Allocation) -> None:
    line = grants.a_line("400.00", allocation=allocation, stage="commitment")
    convert(line, "150.00", is_last=False)
    release(line)
    assert grants.balances_of(allocation) == {"left": "850.00", "paid": "150.00"}


def test_nothing_is_released_twice(allocation: Allocation) -> None:
    line = grants.a_line("400.00", allocation=allocation, stage="commitment")
    release(line)
    with pytest.raises(GrantRefused, match="Nothing is left"):
        release(line)


def test_what_is_paid_is_not_released(allocation: Allocation) -> None:
    with pytest.raises(GrantRefused, match="Nothing is left"):
        release(grants.a_line("400.00", allocation=allocation))


# ---------------------------------------------------------------- reversing


@pytest.mark.parametrize("stage", STAGES)
def test_a_reversal_gives_the_sum_back(allocation: Allocation, stage: str) -> None:
    reverse(grants.a_line("400.00", allocation=allocation, stage=stage))
    assert grants.balances_of(allocation) == {"left": "1000.00"}


def test_a_reversal_names_its_line_and_takes_its_sum_away(allocation: Allocation) -> None:
    line = grants.a_line("400.00", allocation=allocation)
    made = reverse(line)
    made.refresh_from_db()
    assert (made.reverses, made.effect) == (line, Decimal("-400.00"))


def test_a_reversed_conversion_gives_back_to_its_commitment(allocation: Allocation) -> None:
    line = grants.a_line("400.00", allocation=allocation, stage="commitment")
    reverse(convert(line, "300.00", is_last=False))
    assert grants.balances_of(allocation) == {"left": "600.00", "committed": "400.00"}


def test_a_commitment_can_be_reversed_once_its_conversion_is(allocation: Allocation) -> None:
    line = grants.a_line("400.00", allocation=allocation, stage="commitment")
    reverse(convert(line, "300.00", is_last=False))
    reverse(line)
    assert grants.balances_of(allocation) == {"left": "1000.00"}


def test_a_commitment_that_was_raised_is_reversed_with_nothing_left_in_it(
    allocation: Allocation,
) -> None:
    line = grants.a_line("400.00", allocation=allocation, stage="commitment")
    reverse(convert(line, "450.00"))
    with pytest.raises(GrantRuleBroken, match="GRT-09"):
        reverse(line)
    release(line)
    assert grants.balances_of(allocation) == {"left": "1000.00"}


def test_a_line_with_something_drawn_from_it_is_not_reversed(allocation: Allocation) -> None:
    line = grants.a_line("400.00", allocation=allocation, stage="commitment")
    convert(line, "300.00", is_last=False)
    with pytest.raises(GrantRuleBroken, match="GRT-09"):
        reverse(line)


def test_a_line_that_was_released_in_part_is_not_reversed(allocation: Allocation) -> None:
    line = grants.a_line("400.00", allocation=allocation, stage="commitment")
    made = convert(line, "300.00")
    reverse(made)
    with pytest.raises(GrantRuleBroken, match="GRT-09"):
        reverse(line)


def test_a_line_is_reversed_once(allocation: Allocation) -> None:
    line = grants.a_line("400.00", allocation=allocation)
    reverse(line)
    with pytest.raises(GrantRuleBroken, match="GRT-09"):
        reverse(line)


def test_a_reversal_is_not_reversed(allocation: Allocation) -> None:
    made = reverse(grants.a_line("400.00", allocation=allocation))
    with pytest.raises(GrantRuleBroken, match="GRT-09"):
        reverse(made)


def test_a_reversal_posted_twice_reverses_once(allocation: Allocation) -> None:
    line, key = grants.a_line("400.00", allocation=allocation), uuid4()
    made = {
        actions.reverse_line(
            line=line, reason="Typed twice.", form_key=key, by=grants.a_finance_officer()
        )
        for _ in range(2)
    }
    assert len(made) == 1


# ---------------------------------------------------------------- amending


def amend(line: SpendingLine, **others: Any) -> SpendingLine:
    """Amend a line's words."""
    words = {"purpose": "Training of six analysts", "po_number": "PO 17", **others}
    return actions.amend_line(line=line, by=grants.a_finance_officer(), **words)


def test_purpose_and_order_number_can_be_amended(allocation: Allocation) -> None:
    amended = amend(grants.a_line(allocation=allocation))
    assert (amended.purpose, amended.po_number) == ("Training of six analysts", "PO 17")


def test_what_a_line_said_before_stays_in_its_history(allocation: Allocation) -> None:
    amended = amend(grants.a_line(allocation=allocation))
    said = amended.history.order_by("history_id").values_list("purpose", flat=True)
    assert list(said) == ["Training of analysts", "Training of six analysts"]


def test_evidence_is_added_to_a_line(allocation: Allocation) -> None:
    kept = KeptFile("a" * 64, 10, "invoice.pdf", "application/pdf")
    assert amend(grants.a_line(allocation=allocation), evidence=kept).evidence_name == "invoice.pdf"


def test_evidence_stays_where_none_is_given(allocation: Allocation) -> None:
    kept = KeptFile("a" * 64, 10, "invoice.pdf", "application/pdf")
    line = grants.a_line(allocation=allocation, evidence=kept)
    assert amend(line).evidence_sha256 == "a" * 64


def test_an_amendment_moves_no_money(allocation: Allocation) -> None:
    line = grants.a_line(allocation=allocation)
    before = Move.objects.count()
    amend(line)
    assert Move.objects.count() == before


def test_amending_an_allocation_keeps_its_old_words(allocation: Allocation) -> None:
    actions.amend_allocation(
        allocation=allocation,
        purpose="The London centre",
        budget_holder=allocation.budget_holder,
        by=grants.a_finance_officer(),
    )
    said = allocation.history.order_by("history_id").values_list("purpose", flat=True)
    assert list(said) == ["The national centre", "The London centre"]


# ---------------------------------------------------------------- any sums


PENCE = st.integers(min_value=1, max_value=70_000)


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(sums=st.lists(st.tuples(st.sampled_from(STAGES), PENCE), max_size=5))
def test_what_is_left_and_what_was_taken_make_the_limit(
    allocation: Allocation, sums: list[tuple[str, int]]
) -> None:
    for stage, pence in sums:
        try:
            grants.a_line(str(Decimal(pence) / 100), allocation=allocation, stage=stage)
        except GrantRuleBroken as refusal:
            assert refusal.code == "GRT-07"  # noqa: PT017 a refusal is an answer here
    found = Allocation.objects.with_balances().get(pk=allocation.pk)
    assert found.left + found.committed + found.spent == found.limit  # type: ignore[attr-defined]
    assert found.left >= 0  # type: ignore[attr-defined]


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(ordered=PENCE, cost=PENCE, is_last=st.booleans())
def test_a_conversion_neither_makes_nor_loses_money(
    decided: Any, ordered: int, cost: int, is_last: bool
) -> None:
    place = grants.an_allocation("700.00", decision=decided)
    net = str(Decimal(ordered) / 100)
    line = grants.a_line(net, allocation=place, stage="commitment")
    made = convert(line, str(Decimal(cost) / 100), is_last=is_last)
    found = Allocation.objects.with_balances().get(pk=place.pk)
    assert found.paid == made.amount  # type: ignore[attr-defined]
    assert found.left + found.committed + found.paid == found.limit  # type: ignore[attr-defined]


def test_the_audit_trail_verifies_after_every_kind_of_act(allocation: Allocation) -> None:
    line = grants.a_line("400.00", allocation=allocation, stage="commitment")
    reverse(convert(line, "450.00"))
    release(line)
    amend(line)
    assert verify().failures == []
