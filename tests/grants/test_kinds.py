"""Kinds of spending line: each has its own fields, pay names nobody, a person is asked about."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from grants.models import SpendingLine
from grants.refusals import GrantRuleBroken
from grants.rules_of_lines import looks_like_a_person
from tests.factories import grants
from tests.grants import insider
from tests.grants.typed import item, send, spend_at

pytestmark = pytest.mark.django_db

PAY: dict[str, Any] = {"kind": "pay", "payee": "Payroll", "pay_period": "March 2020"}


def code(act: Callable[[], object]) -> str:
    with pytest.raises(GrantRuleBroken) as refused:
        act()
    return refused.value.code


def test_the_form_of_pay_asks_for_nobody(officer: Client) -> None:
    page = officer.get(spend_at(grants.an_allocation()) + "?kind=pay").content.decode()
    asked = [f'name="{name}"' in page for name in ("pay_period", "payee", "vat", "invoice_number")]
    assert asked == [True, False, False, False]


def test_pay_is_recorded_without_a_name(officer: Client) -> None:
    typed = item("100", kind="pay", pay_period="March 2020", payee="Mrs Jo Bloggs")
    page = send(officer, spend_at(grants.an_allocation()) + "?kind=pay", typed)
    assert "£100 to Payroll" in page
    assert "March 2020" in page
    assert "Bloggs" not in page


def test_a_journal_needs_its_reference(officer: Client) -> None:
    allocation = grants.an_allocation()
    page = send(officer, spend_at(allocation), item("100", kind="journal"))
    assert 'href="#id_journal_number"' in page
    typed = item("100", kind="journal", journal_number="1900004711")
    assert "SAP journal reference" in send(officer, spend_at(allocation), typed)


def test_the_next_line_begins_like_the_last_and_names_nobody(officer: Client) -> None:
    place = spend_at(grants.an_allocation())
    typed = item("1", cost_centre="WBS 7", category="services", next="another")
    page = send(officer, place, typed)
    assert "Recorded." in page
    assert 'value="WBS 7"' in page
    assert '<option value="services" selected>' in page
    assert "Harbour Training Ltd" not in page
    assert page.index("autofocus") > page.index('name="payee"') > page.index('name="received_on')


def test_the_form_shows_what_is_left_beside_it(officer: Client) -> None:
    allocation = grants.an_allocation("1000.00")
    grants.moved(allocation, allocation, "50.00", taker_category="training")
    page = officer.get(spend_at(allocation)).content.decode()
    assert 'data-left="50.00" data-category="training"' in page
    assert 'data-left="950.00" data-category=""' in page


def test_a_conversion_keeps_the_kind(officer: Client) -> None:
    line = grants.a_line("100.00", stage="accrual", kind="journal", journal_number="19")
    typed = item("100", journal_number="20", is_last="yes")
    send(officer, reverse("line_convert", args=[line.pk]) + "?kind=pay", typed)
    assert line.drawn.get().kind == "journal"


def test_the_kind_comes_along_to_what_awaits_authority(officer: Client) -> None:
    early = grants.days_ago(5)
    day = {"received_on_day": early.day, "received_on_month": early.month}
    typed = item("100", kind="pay", pay_period="March", **day, received_on_year=early.year)
    page = send(officer, spend_at(grants.an_allocation()), typed)
    assert '<input type="hidden" name="pay_period" value="March">' in page


def test_pay_has_no_po_number_to_amend(officer: Client) -> None:
    line = grants.a_line(**PAY)
    page = officer.get(reverse("line_amend", args=[line.pk])).content.decode()
    assert 'name="po_number"' not in page


def test_grt_47_a_line_has_no_field_of_another_kind(db: None) -> None:
    assert code(lambda: grants.a_line(invoice_number="7", **PAY)) == "GRT-47"
    assert code(lambda: grants.a_line(kind="journal")) == "GRT-47"


def test_grt_48_pay_names_nobody(db: None) -> None:
    assert code(lambda: grants.a_line(**PAY | {"payee": "Night shift"})) == "GRT-48"


def test_grt_48_a_payee_that_reads_like_a_person_is_asked_about_once(officer: Client) -> None:
    place, typed = spend_at(grants.an_allocation()), item("1", payee="Jordan Blake")
    page = send(officer, place, typed)
    assert "GRT-48" in page
    assert 'name="is_firm"' in page
    assert "Recorded." in send(officer, place, typed | {"is_firm": "on"})
    assert "Recorded." in send(officer, place, item("1", payee="Jordan Blake"))


def test_grt_48_spend_that_awaits_authority_names_nobody_either(db: None) -> None:
    assert code(lambda: grants.a_waiting_line(payee="PC J Blake")) == "GRT-48"


@pytest.mark.parametrize(
    "payee", ["Mr Blake", "Dr. Ana Blake-Ito", "J Blake", "J. A. Blake", "Blake, Jordan",
              "Jordan Blake", "BLAKE J", "Sgt O’Hara"],
)  # fmt: skip
def test_a_name_reads_like_a_person(payee: str) -> None:
    assert looks_like_a_person(payee)


@pytest.mark.parametrize(
    "payee", ["Harbour Training Ltd", "J Blake & Sons", "Payroll", "Metropolitan Police",
              "BT plc", "Dr Martens plc", "Ito Security", "University of Leeds", "3M", "Microsoft"],
)  # fmt: skip
def test_a_firm_does_not(payee: str) -> None:
    assert not looks_like_a_person(payee)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "pay", "payee": "Payroll"},
        {"kind": "pay", "payee": "Jo Bloggs", "pay_period": "March"},
        {"kind": "pay", "payee": "Payroll", "pay_period": "March", "po_number": "7"},
        {"kind": "journal"},
        {"kind": "grant_payment", "invoice_number": "7"},
        {"kind": "invoice", "pay_period": "March"},
    ],
)
def test_the_database_holds_the_fields_of_each_kind(fields: dict[str, str]) -> None:
    place = grants.an_allocation()
    left, used = (place.accounts.get(role=role).pk for role in ("available", "used"))

    def write() -> None:
        insider.line(place, used, insider.move("spend", left, used), **fields)

    assert insider.attempt(write) == "spendingline_fields_of_its_kind"
    assert not SpendingLine.objects.exists()
