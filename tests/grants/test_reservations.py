"""Lines above the limit: reserved until a second person answers, with all rules held again."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.refusals import NotPermitted
from audit import clock
from audit.verify import verify
from grants import actions
from grants.models import Allocation, Reservation, SpendingLine, approval_limit
from grants.refusals import GrantRefused, GrantRuleBroken
from tests.factories import approvals, grants, papers
from tests.factories.sign_in import client_of
from tests.grants import insider
from tests.permissions.test_grants_pages import an_item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limit(db: None) -> None:
    """Have a line above £500 wait for a second person."""
    approvals.a_limit("500.00")


def test_a_line_above_the_limit_reserves_its_sum(allocation: Allocation) -> None:
    made = approvals.reserved("600.00", allocation=allocation)
    assert made.is_waiting
    assert grants.balances_of(allocation) == {"left": "400.00", "reserved": "600.00"}


def test_nothing_else_takes_what_is_reserved(allocation: Allocation) -> None:
    approvals.reserved("600.00", allocation=allocation)
    with pytest.raises(GrantRuleBroken, match=r"£400 that is left") as refused:
        grants.a_line("400.01", allocation=allocation)
    assert refused.value.code == "GRT-07"


@pytest.mark.parametrize("stage", ["commitment", "accrual", "actual"])
def test_approval_records_it_as_it_was_entered(allocation: Allocation, stage: str) -> None:
    made = approvals.answered(approvals.reserved(allocation=allocation, stage=stage))
    line = SpendingLine.objects.get(reservation=made)
    assert (line.recorded_by, line.stage) == (grants.a_finance_officer(), stage)
    shown = {"commitment": "committed", "accrual": "accrued", "actual": "paid"}[stage]
    assert grants.balances_of(allocation) == {"left": "400.00", shown: "600.00"}
    assert not [*verify().failures]


def test_declining_gives_the_sum_back_and_keeps_what_was_typed(allocation: Allocation) -> None:
    made = approvals.reserved(allocation=allocation, invoice_number="INV-7")
    approvals.answered(made, "declined", "Not ours.")
    assert grants.balances_of(allocation) == {"left": "1000.00"}
    assert actions.spend_in(made).invoice_number == "INV-7"
    assert [*Reservation.objects.declined_to(grants.a_finance_officer())] == [made]


def test_declining_says_why(allocation: Allocation) -> None:
    with pytest.raises(GrantRuleBroken) as refused:
        approvals.answered(approvals.reserved(allocation=allocation), "declined")
    assert refused.value.code == "GRT-15"


@pytest.mark.parametrize("outcome", ["approved", "declined"])
def test_grt_56_what_one_enters_another_answers(allocation: Allocation, outcome: str) -> None:
    made = approvals.reserved(allocation=allocation)
    with pytest.raises(GrantRuleBroken) as refused:
        approvals.answered(made, outcome, "Mine.", by=grants.a_finance_officer())
    assert refused.value.code == "GRT-56"


def test_another_finance_officer_may_approve(allocation: Allocation) -> None:
    other = grants.a_finance_officer("second_finance_officer")
    assert not approvals.answered(approvals.reserved(allocation=allocation), by=other).is_waiting


def test_who_entered_it_takes_it_back(allocation: Allocation) -> None:
    made = approvals.reserved(allocation=allocation)
    approvals.answered(made, "taken_back", by=grants.a_finance_officer())
    assert grants.balances_of(allocation) == {"left": "1000.00"}


def test_it_is_answered_once(allocation: Allocation) -> None:
    made = approvals.answered(approvals.reserved(allocation=allocation))
    with pytest.raises(NotPermitted, match="answered already"):
        approvals.answered(made, "declined", "After all.")


def test_grt_55_nothing_above_the_limit_is_recorded_at_once(allocation: Allocation) -> None:
    with pytest.raises(GrantRuleBroken) as refused:
        grants.a_line("500.01", allocation=allocation)
    assert refused.value.code == "GRT-55"
    assert grants.a_line("500.00", allocation=allocation).pk


def test_vat_counts_towards_the_limit(allocation: Allocation) -> None:
    with pytest.raises(GrantRuleBroken) as refused:
        grants.a_line("500.00", vat=Decimal("100.00"), allocation=allocation)
    assert refused.value.code == "GRT-55"


def test_without_a_limit_no_line_waits(allocation: Allocation) -> None:
    approvals.a_limit(None)
    assert approval_limit() is None
    assert grants.a_line("999.00", allocation=allocation).pk


def test_a_limit_to_come_holds_from_its_day(allocation: Allocation) -> None:
    tomorrow = clock.today() + timedelta(days=1)
    what: dict[str, Any] = {"amount": Decimal(1), "valid_from": tomorrow, "reason": "Tighter."}
    cfo = approvals.a_chief_finance_officer()
    actions.set_approval_limit(**what, form_key=uuid4(), by=cfo)
    assert approval_limit() == Decimal(500)
    assert approval_limit(tomorrow) == Decimal(1)


def test_the_past_keeps_its_limit() -> None:
    past = clock.today() - timedelta(days=1)
    what: dict[str, Any] = {"amount": Decimal(1), "valid_from": past, "reason": "No."}
    cfo = approvals.a_chief_finance_officer()
    with pytest.raises(GrantRefused, match="stays as it was"):
        actions.set_approval_limit(**what, form_key=uuid4(), by=cfo)


def test_a_conversion_waits_and_holds_its_commitment(allocation: Allocation) -> None:
    order = grants.a_line("450.00", allocation=allocation, stage="commitment")
    about = {"kind": "conversion", "of_line": order}
    made = approvals.reserved("600.00", allocation=allocation, about=about)
    assert grants.balances_of(allocation) == {"left": "400.00", "reserved": "600.00"}
    approvals.answered(made)
    assert SpendingLine.objects.get(reservation=made).draws_on == order
    assert grants.balances_of(allocation) == {"left": "400.00", "paid": "600.00"}


def test_a_conversion_that_is_declined_leaves_its_commitment(allocation: Allocation) -> None:
    order = grants.a_line("450.00", allocation=allocation, stage="commitment")
    about = {"kind": "conversion", "of_line": order}
    made = approvals.reserved("600.00", allocation=allocation, about=about)
    approvals.answered(made, "declined", "Too dear.")
    assert grants.balances_of(allocation) == {"left": "550.00", "committed": "450.00"}


def test_covering_what_awaited_authority_waits_too(allocation: Allocation) -> None:
    waiting = grants.a_waiting_line("600.00")
    by = grants.a_finance_officer()
    key: dict[str, Any] = {"allocation": allocation, "form_key": uuid4(), "by": by}
    with pytest.raises(GrantRuleBroken) as refused:
        actions.cover_line(line=waiting, **key)
    assert refused.value.code == "GRT-55"
    about = {"kind": "cover", "of_line": waiting}
    made = approvals.answered(approvals.reserved("600.00", allocation=allocation, about=about))
    assert SpendingLine.objects.get(reservation=made).covers == waiting


def test_what_could_not_be_recorded_is_not_reserved(allocation: Allocation) -> None:
    day = clock.today() + timedelta(days=900)
    with pytest.raises(GrantRuleBroken) as refused:
        approvals.reserved(allocation=allocation, received_on=day, stage="commitment")
    assert refused.value.code == "GRT-05"
    assert not Reservation.objects.exists()


def test_a_decision_revoked_meanwhile_is_not_approved_but_declined() -> None:
    allocation = grants.an_allocation(decision=grants.a_funded_decision())
    made = approvals.reserved(allocation=allocation)
    papers.revoke(allocation.decision)
    with pytest.raises(GrantRuleBroken) as refused:
        approvals.answered(made)
    assert refused.value.code == "GRT-04"
    approvals.answered(made, "declined", "The decision was revoked.")
    assert grants.balances_of(allocation) == {"left": "1000.00"}


def test_a_commitment_that_waits_in_part_is_not_reversed(allocation: Allocation) -> None:
    order = grants.a_line("500.00", allocation=allocation, stage="commitment")
    about = {"kind": "conversion", "of_line": order}
    approvals.reserved("501.00", allocation=allocation, about=about)
    with pytest.raises(GrantRuleBroken) as refused:
        actions.reverse_line(
            line=order, reason="Wrong.", form_key=uuid4(), by=grants.a_finance_officer()
        )
    assert refused.value.code == "GRT-09"


def test_a_reversal_gives_the_sum_back_to_what_is_left(allocation: Allocation) -> None:
    made = approvals.answered(approvals.reserved(allocation=allocation))
    line = SpendingLine.objects.get(reservation=made)
    by = grants.a_finance_officer()
    actions.reverse_line(line=line, reason="Wrong.", form_key=uuid4(), by=by)
    assert grants.balances_of(allocation) == {"left": "1000.00"}


# ---------------------------------------------------------------- what the database refuses


def above(allocation: Allocation, **columns: Any) -> None:
    """Write a line of £600 as an insider."""
    available, used = actions.posting.accounts_of(allocation)
    made = insider.move("spend", available.pk, used.pk, "600.00")
    insider.line(allocation, used.pk, made, "600.00", **columns)


def test_the_database_refuses_a_line_above_the_limit(allocation: Allocation) -> None:
    assert insider.attempt(lambda: above(allocation)) == "spendingline_above_the_limit"


def test_its_guard_off_twin_lets_it_through(allocation: Allocation) -> None:
    insider.run("ALTER TABLE grants_spendingline DISABLE TRIGGER line_under_the_limit")
    assert insider.attempt(lambda: above(allocation)) == ""


def test_the_database_refuses_a_line_that_nobody_approved(allocation: Allocation) -> None:
    made = approvals.reserved("100.00", allocation=allocation, payee="Another Ltd")
    found = insider.attempt(lambda: above(allocation, reservation=made))
    assert found == "spendingline_as_it_was_approved"


def test_the_database_refuses_to_move_what_is_reserved(allocation: Allocation) -> None:
    made = approvals.reserved("100.00", allocation=allocation)
    available, _ = actions.posting.accounts_of(allocation)
    found = insider.attempt(
        lambda: insider.move("release", made.account_id, available.pk, "100.00")
    )
    assert found == "reservation_holds_its_sum"


def test_the_database_refuses_a_sum_reserved_for_nobody(allocation: Allocation) -> None:
    made = approvals.reserved("100.00", allocation=allocation)
    available, _ = actions.posting.accounts_of(allocation)
    found = insider.attempt(
        lambda: insider.move("reservation", available.pk, made.account_id, "1.00")
    )
    assert found == "reservation_holds_its_sum"


def test_the_database_refuses_an_answer_by_who_entered_it(allocation: Allocation) -> None:
    made = approvals.reserved("100.00", allocation=allocation)
    own = grants.a_finance_officer().pk
    sql = (
        "INSERT INTO grants_reservationanswer (reservation_id, reserved_by_id, outcome, words,"
        " answered_at, answered_by_id) VALUES (%s, %s, 'declined', 'No.', now(), %s)"
    )
    found = insider.attempt(lambda: insider.run(sql, made.pk, own, own))
    assert found == "reservationanswer_by_a_second_person"


# ---------------------------------------------------------------- pages


def sent(client: Client, name: str, args: list[Any], **typed: Any) -> str:
    """Send a form, follow where it leads, and return the page."""
    typed = {"form_key": str(uuid4()), **typed}
    return client.post(reverse(name, args=args), typed, follow=True).content.decode()


def test_a_line_above_the_limit_goes_to_approval_and_back(
    officer: Client, allocation: Allocation
) -> None:
    slug = [allocation.slug]
    assert (
        "waits for another person’s approval"
        in officer.get(reverse("line_new", args=slug)).content.decode()
    )
    page = sent(officer, "line_new", slug, **an_item("600.00"), invoice_number="INV-9")
    made = Reservation.objects.get()
    assert f"{made.reference} waits for another person’s approval. £600 is reserved" in page
    approver = client_of(grants.a_finance_approver())
    listed = approver.get(reverse("reservation_list")).content.decode()
    assert made.reference in listed
    sent(approver, "reservation_answer", [made.pk], outcome="declined", words="Wrong invoice.")
    assert "yours to correct" in officer.get(reverse("grants_home")).content.decode()
    form = officer.get(reverse("reservation_correct", args=[made.pk])).content.decode()
    assert "INV-9" in form
    assert "Wrong invoice." in form
    typed = {**an_item("650.00"), "invoice_number": "INV-10"}
    sent(officer, "reservation_correct", [made.pk], **typed)
    again = Reservation.objects.get(corrects=made)
    page = sent(approver, "reservation_answer", [again.pk], outcome="approved")
    assert "Recorded as" in page


def test_an_approver_is_told_the_way_on_where_it_cannot_be_recorded() -> None:
    allocation = grants.an_allocation(decision=grants.a_funded_decision())
    made = approvals.reserved(allocation=allocation)
    papers.revoke(allocation.decision)
    approver = client_of(grants.a_finance_approver())
    page = sent(approver, "reservation_answer", [made.pk], outcome="approved")
    assert "Decline it and say why" in page


def test_the_limit_is_set_on_its_page() -> None:
    client = client_of(approvals.a_chief_finance_officer())
    today = clock.today()
    day = {"valid_from_day": today.day, "valid_from_month": today.month}
    typed = {"way": "above", "amount": "700", "reason": "The scheme.", **day}
    page = sent(client, "approval_limit", [], **typed, valid_from_year=today.year)
    assert "A line above <strong>£700</strong>" in page
