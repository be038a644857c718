"""Credits: of a part of a line, or of none and for a reason; and taking back what is left."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse as reverse_url

from audit.verify import verify
from grants import actions
from grants.models import Allocation, SpendingLine
from grants.refusals import GrantRefused, GrantRuleBroken
from tests.audit.conftest import commit_checks
from tests.concurrency.races import without
from tests.factories import grants, imports, months
from tests.grants import insider
from tests.grants.typed import item, send, spend_at

pytestmark = pytest.mark.django_db


def credit(
    line: SpendingLine, net: str = "40.00", vat: str = "0.00", **others: Any
) -> SpendingLine:
    """Credit a part of a line."""
    return actions.credit_line(
        line=line,
        credit=actions.Credit(Decimal(net), Decimal(vat), **others),
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    )


def credit_of_none(allocation: Allocation, net: str, **others: Any) -> SpendingLine:
    """Record what came back and is of no line."""
    words = {"why_credited": "A rebate of the year."} | others
    return actions.record_credit(
        allocation=allocation,
        spend=grants.a_spend(net, kind="credit", **words),
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    )


def reverse(line: SpendingLine) -> SpendingLine:
    return actions.reverse_line(
        line=line, reason="Typed wrongly.", form_key=uuid4(), by=grants.a_finance_officer()
    )


def code(act: Callable[[], object]) -> str:
    with pytest.raises(GrantRuleBroken) as refused:
        act()
    return refused.value.code


def test_a_credit_gives_a_part_back(allocation: Allocation) -> None:
    line = grants.a_line("100.00", allocation=allocation)
    made = credit(line)
    assert grants.balances_of(allocation) == {"left": "940.00", "paid": "60.00"}
    assert (made.effect, made.received_on) == (Decimal("-40.00"), line.received_on)
    assert verify().failures == []


def test_a_credit_lowers_what_was_spent_at_risk_in_its_month(allocation: Allocation) -> None:
    credit(grants.a_line("100.00", allocation=allocation))
    with months.next_months_second_day():
        closing = months.close()
    found = {(one.kind, one.amount) for one in closing.exceptions.all()}
    assert found == {("at_risk", Decimal("60.00")), ("sap", Decimal("60.00"))}


def test_a_credit_goes_back_to_the_category_that_its_line_drew_on(allocation: Allocation) -> None:
    grants.moved(allocation, allocation, "50.00", taker_category="training")
    line = grants.a_line("50.00", allocation=allocation)
    credit(line)
    assert grants.a_line("40.00", allocation=allocation).amount == Decimal("40.00")


def test_a_credit_of_what_was_ordered_goes_back_to_what_is_left(allocation: Allocation) -> None:
    order = grants.a_line("100.00", allocation=allocation, stage="commitment")
    made = actions.convert_line(
        line=order, spend=grants.a_spend("100.00"), form_key=uuid4(), by=grants.a_finance_officer()
    )
    credit(made)
    assert grants.balances_of(allocation) == {"left": "940.00", "paid": "60.00"}


def test_grt_49_no_more_is_credited_than_is_left_of_the_line(allocation: Allocation) -> None:
    grants.a_line("100.00", allocation=allocation)
    line = grants.a_line("100.00", allocation=allocation)
    credit(line, "60.00")
    assert code(lambda: credit(line, "40.01")) == "GRT-49"
    credit(line, "40.00")


def test_grt_49_nor_more_vat(allocation: Allocation) -> None:
    spent = {"vat": Decimal("20.00"), "gross": Decimal("120.00"), "is_vat_recovered": False}
    line = grants.a_line("100.00", allocation=allocation, **spent)
    assert code(lambda: credit(line, "10.00", "20.01")) == "GRT-49"
    assert credit(line, "10.00", "20.00").amount == Decimal("30.00")


def test_a_credited_line_is_reversed_by_what_is_left_of_it(allocation: Allocation) -> None:
    spent = {"vat": Decimal("20.00"), "gross": Decimal("120.00")}
    line = grants.a_line("100.00", allocation=allocation, **spent)
    credit(line, "90.00")
    back = reverse(line)
    assert (back.amount, back.vat) == (Decimal("10.00"), Decimal("20.00"))
    assert grants.balances_of(allocation) == {"left": "1000.00"}
    assert verify().failures == []


def test_a_credit_is_reversed_and_its_line_whole_again(allocation: Allocation) -> None:
    line = grants.a_line("100.00", allocation=allocation)
    reverse(credit(line))
    assert grants.balances_of(allocation) == {"left": "900.00", "paid": "100.00"}
    assert credit(line, "100.00").amount == Decimal("100.00")
    assert verify().failures == []


def test_a_credit_is_not_reversed_where_what_it_gave_back_is_spent(allocation: Allocation) -> None:
    made = credit(grants.a_line("100.00", allocation=allocation))
    grants.a_line("940.00", allocation=allocation)
    assert code(lambda: reverse(made)) == "GRT-07"


def test_a_credit_of_a_reversed_line_stays(allocation: Allocation) -> None:
    line = grants.a_line("100.00", allocation=allocation)
    made = credit(line)
    reverse(line)
    assert code(lambda: reverse(made)) == "GRT-09"


def test_a_commitment_is_not_credited_but_released(allocation: Allocation) -> None:
    order = grants.a_line(allocation=allocation, stage="commitment")
    with pytest.raises(GrantRefused, match="Release what is not needed of it"):
        credit(order)


def test_grt_50_a_credit_of_no_line_says_why(allocation: Allocation) -> None:
    grants.a_line("100.00", allocation=allocation)
    assert code(lambda: credit_of_none(allocation, "10.00", why_credited=" ")) == "GRT-50"
    credit_of_none(allocation, "10.00")
    assert grants.balances_of(allocation) == {"left": "910.00", "paid": "90.00"}


def test_grt_49_no_more_comes_back_than_was_spent(allocation: Allocation) -> None:
    grants.a_line("9.00", allocation=allocation)
    assert code(lambda: credit_of_none(allocation, "9.01")) == "GRT-49"


def test_a_credit_is_lawful_under_a_revoked_decision(allocation: Allocation) -> None:
    line = grants.a_line("100.00", allocation=allocation)
    grants.revoked(allocation.decision)
    assert credit(line).amount == Decimal("40.00")


# ---------------------------------------------------------------- on the pages


def test_a_part_of_a_line_is_credited_on_its_page(officer: Client, allocation: Allocation) -> None:
    line = grants.a_line("100.00", allocation=allocation)
    place = reverse_url("line_credit", args=[line.pk])
    page = send(officer, place, {"form_key": str(uuid4()), "net": "150"})
    assert "GRT-49" in page
    page = send(officer, place, {"form_key": str(uuid4()), "net": "40", "invoice_number": "CN 7"})
    assert "−£40 back from Harbour Training Ltd" in page
    assert f'Credits <a class="govuk-link" href="/grants/lines/{line.pk}/"' in page
    assert "CN 7" in page


def test_a_credit_of_no_line_is_recorded_with_the_spending(
    officer: Client, allocation: Allocation
) -> None:
    grants.a_line("100.00", allocation=allocation)
    place = f"{spend_at(allocation)}?kind=credit"
    assert 'href="#id_why_credited"' in send(officer, place, item("10", kind="credit"))
    page = send(officer, place, item("10", kind="credit", why_credited="A rebate."))
    assert "A rebate." in page
    assert grants.balances_of(allocation) == {"left": "910.00", "paid": "90.00"}


def test_the_statement_names_what_was_credited(officer: Client, allocation: Allocation) -> None:
    line = grants.a_line("100.00", allocation=allocation)
    credit(line)
    page = officer.get(reverse_url("allocation_detail", args=[allocation.slug])).content.decode()
    assert f"Credit of {line.reference}" in page


# ---------------------------------------------------------------- of imports


def imported(allocation: Allocation) -> list[SpendingLine]:
    """Record two lines of £100 by an import."""
    rows = "".join(imports.a_row(allocation, document=str(n), item="1") for n in (1, 2))
    done = imports.approve(imports.staged(imports.HEADINGS + rows))
    return list(done.lines.order_by("id"))


def reverse_all(line: SpendingLine) -> None:
    assert line.spending_import is not None
    actions.reverse_import(
        staged=line.spending_import,
        reason="The wrong file.",
        form_key=uuid4(),
        by=grants.a_finance_approver(),
    )


def test_one_line_of_an_import_is_reversed(allocation: Allocation) -> None:
    first, _ = imported(allocation)
    reverse(first)
    assert grants.balances_of(allocation) == {"left": "900.00", "paid": "100.00"}
    assert verify().failures == []


def test_an_import_takes_back_what_is_still_there(allocation: Allocation) -> None:
    first, second = imported(allocation)
    reverse(first)
    credit(second, "30.00")
    reverse_all(first)
    assert grants.balances_of(allocation) == {"left": "1000.00"}
    assert second.reversal.amount == Decimal("70.00")
    assert verify().failures == []


def test_an_import_of_which_nothing_is_left_is_reversed_too(allocation: Allocation) -> None:
    lines = imported(allocation)
    for line in lines:
        reverse(line)
    reverse_all(lines[0])
    assert grants.balances_of(allocation) == {"left": "1000.00"}


# ---------------------------------------------------------------- by whoever writes


def forged(line: SpendingLine, amount: str, **columns: Any) -> Callable[[], object]:
    """Write a credit of a line as one likes."""
    assert line.allocation is not None
    place, used, left = line.allocation, line.account_id, line.move.source_id
    columns = {"kind": "credit", "credits": line, "category": line.category} | columns
    return lambda: insider.line(
        place, used, insider.move("given_back", used, left, amount), amount, **columns
    )


FAMILY = "lines_leave_no_less"
OFF = f"ALTER TABLE grants_spendingline DISABLE TRIGGER {FAMILY}"
ON = f"ALTER TABLE grants_spendingline ENABLE TRIGGER {FAMILY}"


def test_the_database_credits_no_more_than_is_left(allocation: Allocation) -> None:
    grants.a_line("100.00", allocation=allocation)
    line = grants.a_line("100.00", allocation=allocation)
    credit(line, "60.00")
    assert insider.attempt(forged(line, "40.01")) == "spendingline_credits_what_is_left"
    assert insider.attempt(forged(line, "40.00")) == ""


def test_without_its_guard_more_would_be_credited(allocation: Allocation) -> None:
    grants.a_line("100.00", allocation=allocation)
    line = grants.a_line("100.00", allocation=allocation)
    credit(line, "60.00")
    commit_checks()
    with without(OFF, ON):
        assert insider.attempt(forged(line, "40.01")) == ""


@pytest.mark.parametrize(
    ("columns", "by"),
    [
        ({"credits": None}, "spendingline_fields_of_its_kind"),
        ({"category": "staff"}, "spendingline_credits_a_line_as_it_is"),
        ({"received_on": grants.days_ago(1)}, "spendingline_credits_a_line_as_it_is"),
        ({"kind": "invoice"}, "spendingline_lies_where_it_came"),
        ({"stage": "accrual"}, "spendingline_fields_of_its_kind"),
    ],
    ids=["of nothing", "of another category", "of another day", "no credit", "not paid"],
)
def test_the_database_credits_a_line_as_it_is(
    allocation: Allocation, columns: dict[str, Any], by: str
) -> None:
    line = grants.a_line("100.00", allocation=allocation)
    assert insider.attempt(forged(line, "1.00", **columns)) == by


def test_the_database_takes_a_line_back_by_what_is_left(allocation: Allocation) -> None:
    grants.a_line("100.00", allocation=allocation)
    line = grants.a_line("100.00", allocation=allocation)
    words = {"kind": "invoice", "credits": None, "reverses": line}
    refused = "spendingline_reverses_what_is_left"
    assert insider.attempt(forged(line, "99.00", **words)) == refused
    credit(line, "1.00")
    assert insider.attempt(forged(line, "99.00", **words)) == ""
