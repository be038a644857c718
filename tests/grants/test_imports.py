"""Many lines at once: a file is read, checked by cell, staged, approved whole, taken back whole."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from audit import clock
from audit.acts import acting
from audit.refusals import Refused
from grants import actions
from grants.documents import evidence_store
from grants.models import Allocation, ImportStep, RowKind, SpendingLine
from grants.verify import money_failures
from tests.factories import grants
from tests.factories.imports import (
    HEADINGS,
    a_row,
    a_sap_code,
    alike,
    approve,
    faults,
    set_aside,
    staged,
)
from tests.factories.imports import answer as said_of
from tests.factories.people import a_person
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


def test_approved_lines_are_charged(allocation: Allocation) -> None:
    approve(staged(HEADINGS + a_row(allocation) + a_row(allocation, "50.00")))
    assert grants.balances_of(allocation) == {"left": "850.00", "paid": "150.00"}


def test_an_import_moves_each_account_once(allocation: Allocation) -> None:
    approve(staged(HEADINGS + a_row(allocation) * 2 + a_row(allocation, category="Travel")))
    assert SpendingLine.objects.values("move").distinct().count() == 1


def test_what_an_import_recorded_verifies(allocation: Allocation) -> None:
    approve(staged(HEADINGS + a_row(allocation) + a_row(allocation, "50.00")))
    assert list(money_failures()) == []


def test_a_category_set_apart_pays_for_its_lines(allocation: Allocation) -> None:
    grants.moved(allocation, allocation, "300.00", taker_category="training")
    one = staged(HEADINGS + a_row(allocation, "301.00") + a_row(allocation, category="Travel"))
    assert faults(one) == [("F2", "GRT-26")]
    approve(set_aside(one))
    assert list(money_failures()) == []


def test_grt_37_who_staged_an_import_cannot_approve_it(allocation: Allocation) -> None:
    both = a_person("both", Role.FINANCE_OFFICER, Role.FINANCE_APPROVER)
    one = staged(HEADINGS + a_row(allocation), by=both)
    with pytest.raises(Refused, match="another person"):
        approve(one, by=both)


def test_the_database_wants_a_second_person_too(allocation: Allocation) -> None:
    officer = grants.a_finance_officer()
    one = staged(HEADINGS + a_row(allocation))
    with pytest.raises(IntegrityError, match="may not be approved"), acting(by=officer, name="x"):
        ImportStep.objects.create(
            spending_import=one, kind="approved", taken_at=clock.now(), taken_by=officer
        )


def test_a_line_cannot_join_a_move_that_is_whole(allocation: Allocation) -> None:
    approve(staged(HEADINGS + a_row(allocation) * 2))
    copied = "allocation_id, stage, account_id, account_role, move_id, together, amount, net, vat"
    copied += ", gross, is_vat_recovered, received_on, payee, purpose, category, spending_import_id"
    copied += ", recorded_at, recorded_by_id, cost_centre, subjective_code, invoice_number"
    copied += ", po_number, evidence_sha256, evidence_name, evidence_type, why_awaiting"
    with (
        pytest.raises(IntegrityError, match="lines_make_their_move"),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            f"INSERT INTO grants_spendingline ({copied}, import_place)"
            f" SELECT {copied}, 'more' FROM grants_spendingline LIMIT 1"
        )


def test_an_import_is_reversed_as_a_whole(allocation: Allocation) -> None:
    one = approve(staged(HEADINGS + a_row(allocation) + a_row(allocation, "50.00")))
    actions.reverse_import(
        staged=one, reason="The wrong month.", form_key=uuid4(), by=grants.a_finance_approver()
    )
    assert grants.balances_of(allocation) == {"left": "1000.00"}
    assert list(money_failures()) == []


def test_grt_38_nothing_is_recorded_while_a_row_is_wrong(allocation: Allocation) -> None:
    one = staged(HEADINGS + a_row(allocation) + a_row(allocation, payee=""))
    with pytest.raises(Refused, match="not set aside"):
        approve(one)
    assert not SpendingLine.objects.exists()


def test_wrong_rows_are_set_aside_by_choice(allocation: Allocation) -> None:
    one = staged(HEADINGS + a_row(allocation) + a_row(allocation, payee=""))
    approve(set_aside(one))
    assert grants.balances_of(allocation)["paid"] == "100.00"


# ---------------------------------------------------------------- SAP


def sap_rows(allocation: Allocation) -> str:
    rows = (a_row(allocation, "10.00", document="1900001", item=str(n)) for n in (1, 2, 3))
    return HEADINGS + "".join(rows)


def test_the_same_export_twice_changes_nothing(allocation: Allocation) -> None:
    approve(staged(sap_rows(allocation)))
    again = staged(sap_rows(allocation))
    assert (again.lines_count, again.faulty_count) == (0, 0)
    assert again.rows.filter(kind=RowKind.HELD).count() == 3
    with pytest.raises(Refused, match="no line to record"):
        approve(again)


def test_grt_36_two_stagings_of_one_export_are_recorded_once(allocation: Allocation) -> None:
    first, second = staged(sap_rows(allocation)), staged(sap_rows(allocation))
    approve(first)
    with pytest.raises(Refused, match="recorded once"):
        approve(second)


def test_an_export_taken_back_can_be_loaded_anew(allocation: Allocation) -> None:
    one = approve(staged(sap_rows(allocation)))
    by = grants.a_finance_approver()
    actions.reverse_import(staged=one, reason="Wrong.", form_key=uuid4(), by=by)
    approve(staged(sap_rows(allocation)))
    assert grants.balances_of(allocation) == {"left": "970.00", "paid": "30.00"}


def test_sap_codes_say_where_a_row_is_charged(allocation: Allocation) -> None:
    a_sap_code("C-0726.1", allocation)
    a_sap_code("421000", category="software")
    today = f"{clock.today():%Y%m%d}"
    text = "WBS element;Cost element;Document date;Vendor;Text;Amount\n"
    approve(staged(text + f"C-0726.1;421000;{today};Harbour Ltd;Licences;34,00\n"))
    assert SpendingLine.objects.get().category == "software"


def test_grt_35_a_code_means_something_by_its_dates_only(allocation: Allocation) -> None:
    a_sap_code("C-0726.1", allocation)
    text = "WBS element;Category;Document date;Vendor;Text;Amount\n"
    one = staged(text + "C-0726.1;Training;20190331;Harbour Ltd;Licences;34,00\n")
    assert faults(one) == [("A2", "GRT-35")]


# ---------------------------------------------------------------- keyed by hand before


def test_what_may_be_held_is_asked_about(allocation: Allocation) -> None:
    with pytest.raises(Refused, match="1 may be lines that were keyed by hand"):
        approve(alike(allocation))


def test_a_line_keyed_by_hand_gets_its_sap_number(allocation: Allocation) -> None:
    approve(said_of(alike(allocation), is_same=True))
    line = SpendingLine.objects.get()
    assert (line.sap_document, line.sap_item) == ("19", "1")
    assert grants.balances_of(allocation)["paid"] == "3.00"
    assert list(money_failures()) == []


def test_a_line_that_was_recognised_is_held_from_then_on(allocation: Allocation) -> None:
    one = approve(said_of(alike(allocation), is_same=True))
    again = staged(evidence_store().get(one.file_sha256))
    assert again.rows.get(kind=RowKind.HELD).note == f"Held as Line {SpendingLine.objects.get().pk}"


def test_what_only_looks_alike_is_recorded(allocation: Allocation) -> None:
    approve(said_of(alike(allocation), is_same=False))
    assert grants.balances_of(allocation)["paid"] == "6.00"


def test_an_import_taken_back_takes_its_sap_numbers_along(allocation: Allocation) -> None:
    one = approve(said_of(alike(allocation), is_same=True))
    by = grants.a_finance_approver()
    actions.reverse_import(staged=one, reason="Wrong.", form_key=uuid4(), by=by)
    assert SpendingLine.objects.get().sap_document == ""
    assert list(money_failures()) == []


def test_a_line_gets_no_sap_number_by_itself(allocation: Allocation) -> None:
    line, by = grants.a_line(allocation=allocation), grants.a_finance_officer()
    line.sap_document = "19"
    with pytest.raises(IntegrityError, match="posted_is_kept"), acting(by=by, name="x"):
        line.save()


# ---------------------------------------------------------------- pages


def test_grt_34_pasted_rows_are_shown_with_their_faults(
    officer: Client, allocation: Allocation
) -> None:
    text = (HEADINGS + a_row(allocation, payee="")).replace(",", "\t")
    sent = {"pasted": text, "form_key": str(uuid4())}
    page = officer.post(reverse("import_new"), sent, follow=True).content.decode()
    assert 'C2<span class="register-table__sub">Payee</span>' in page


def test_unknown_headings_are_asked_for_once(officer: Client, allocation: Allocation) -> None:
    head = "Where\tWhen\tWho\tWhat\tOf what\tHow much\n"
    row = f"{allocation.reference}\t{clock.today():%d/%m/%Y}\tHarbour Ltd\tTraining\ttraining\t5\n"
    sent = {"pasted": head + row, "form_key": str(uuid4())}
    asked = officer.post(reverse("import_new"), sent, follow=True)
    form = asked.context["form"]
    fields = ("allocation", "received_on", "payee", "purpose", "category", "net")
    chosen = {f"column_{n}": name for n, name in enumerate(fields)}
    chosen |= {"kept": form.initial["kept"], "form_key": str(uuid4())}
    officer.post(reverse("import_columns"), chosen)
    page = officer.post(reverse("import_new"), {**sent, "form_key": str(uuid4())}, follow=True)
    assert "1 line, £5" in page.content.decode()


def test_what_was_set_aside_keeps_what_was_wrong(officer: Client, allocation: Allocation) -> None:
    one = set_aside(staged(HEADINGS + a_row(allocation, payee="") + a_row(allocation)))
    page = officer.get(reverse("import_detail", args=[one.pk])).content.decode()
    assert "Payee is missing." in page
    assert "it waits for a finance approver" in page


def test_the_file_of_an_import_is_there_to_be_saved(
    officer: Client, allocation: Allocation
) -> None:
    text = HEADINGS + a_row(allocation)
    page = officer.get(reverse("import_file", args=[staged(text).pk]))
    assert page.content.decode() == text


def test_an_approver_records_an_import_on_its_page(allocation: Allocation) -> None:
    one = staged(HEADINGS + a_row(allocation))
    approver = client_of(grants.a_finance_approver())
    address = reverse("import_approve", args=[one.pk])
    form = approver.get(address).context["form"]
    approver.post(address, {**form.initial, "form_key": str(uuid4())})
    assert grants.balances_of(allocation)["paid"] == "100.00"
