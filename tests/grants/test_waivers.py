"""Rules that warn, and rules that somebody set aside for a while: duplicates, VAT, days."""

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
from decisions.models import Decision
from grants import actions
from grants.models import WAIVABLE, Allocation, SpendingLine, Waiver
from grants.refusals import GrantRefused, GrantRuleBroken
from grants.rules import BOOK
from tests.factories import approvals, grants
from tests.grants import insider
from tests.grants.typed import item, send

pytestmark = pytest.mark.django_db
TODAY = clock.today


def invoice(allocation: Allocation, number: str = "INV 7", **others: Any) -> SpendingLine:
    """Record an invoice of £100."""
    return grants.a_line("100.00", allocation=allocation, invoice_number=number, **others)


def refused_by(code: str) -> Any:
    """Expect a refusal by a rule."""
    return pytest.raises(GrantRuleBroken, check=lambda error: error.code == code)


# ---------------------------------------------------------------- what warns


@pytest.mark.parametrize(
    ("number", "payee"),
    [("INV 7", "Harbour Training Ltd"), ("inv-7.", "HARBOUR TRAINING, LTD")],
)
def test_grt_53_an_invoice_is_recorded_once(
    allocation: Allocation, number: str, payee: str
) -> None:
    invoice(allocation)
    with refused_by("GRT-53"):
        invoice(allocation, number, payee=payee)


def test_a_reason_lets_a_second_one_through_and_stays(allocation: Allocation) -> None:
    invoice(allocation)
    made = invoice(allocation, why_so="Two deliveries under one number.")
    assert SpendingLine.objects.get(pk=made.pk).why_so == "Two deliveries under one number."


@pytest.mark.parametrize("others", [{"number": "INV 8"}, {"payee": "Other Ltd"}, {"vat": "5.00"}])
def test_what_differs_is_no_double(allocation: Allocation, others: dict[str, Any]) -> None:
    invoice(allocation)
    if vat := others.pop("vat", None):
        others["vat"] = Decimal(vat)
    assert invoice(allocation, **others).pk


def test_lines_without_an_invoice_number_are_no_doubles(allocation: Allocation) -> None:
    assert invoice(allocation, "").pk != invoice(allocation, "").pk


def test_what_was_taken_back_is_no_double(allocation: Allocation) -> None:
    by = grants.a_finance_officer()
    actions.reverse_line(line=invoice(allocation), reason="Wrong.", form_key=uuid4(), by=by)
    assert invoice(allocation).pk


def test_an_order_and_its_invoice_are_no_double(allocation: Allocation) -> None:
    order = invoice(allocation, stage="commitment")
    spend = grants.a_spend("100.00", invoice_number="INV 7")
    by = grants.a_finance_officer()
    assert actions.convert_line(line=order, spend=spend, form_key=uuid4(), by=by).pk


def test_a_double_is_found_under_another_allocation_too(allocation: Allocation) -> None:
    invoice(allocation)
    with refused_by("GRT-53"):
        grants.a_waiting_line("100.00", invoice_number="INV 7")


@pytest.mark.parametrize("vat", ["20.00", "20.05", "5.00", "0.00"])
def test_vat_of_a_rate_is_recorded(allocation: Allocation, vat: str) -> None:
    assert grants.a_line("100.00", vat=Decimal(vat), allocation=allocation).pk


def test_grt_54_vat_of_no_rate_is_asked_about(allocation: Allocation) -> None:
    odd: dict[str, Any] = {"vat": Decimal("17.50"), "allocation": allocation}
    with refused_by("GRT-54"):
        grants.a_line("100.00", **odd)
    assert grants.a_line("100.00", why_so="Some of it is at no rate.", **odd).pk


# ---------------------------------------------------------------- waivers


def test_a_waiver_lets_lines_through_that_name_it(allocation: Allocation) -> None:
    waiver = approvals.a_waiver(allocation)
    invoice(allocation)
    made = invoice(allocation, waiver_id=waiver.pk)
    assert [*waiver.lines.all()] == [made]
    assert verify().failures == []


def before_signature(allocation: Allocation, **others: Any) -> SpendingLine:
    """Record what was received the day before the decision was signed."""
    return grants.a_line("10.00", allocation=allocation, received_on=_eve(), **others)


def _eve() -> Any:
    return TODAY() - timedelta(days=1)


@pytest.fixture
def long(decided: Decision) -> Allocation:
    """Return an allocation whose period began before its decision was signed."""
    return grants.an_allocation("50.00", decision=decided, period_start=_eve())


def test_before_the_signature_is_waived(long: Allocation) -> None:
    with refused_by("GRT-06"):
        before_signature(long)
    waiver = approvals.a_waiver(long, "GRT-06")
    assert before_signature(long, waiver_id=waiver.pk).pk


def test_a_waiver_of_another_rule_does_not_help(long: Allocation) -> None:
    waiver = approvals.a_waiver(long, "GRT-05")
    with refused_by("GRT-06"):
        before_signature(long, waiver_id=waiver.pk)


def test_one_waiver_sets_aside_one_rule(allocation: Allocation) -> None:
    waiver = approvals.a_waiver(allocation, "GRT-05")
    with refused_by("GRT-06"):
        before_signature(allocation, waiver_id=waiver.pk)


def test_outside_the_period_is_waived_within_what_was_decided(allocation: Allocation) -> None:
    late: dict[str, Any] = {"received_on": allocation.period_end + timedelta(days=1)}
    late |= {"stage": "commitment", "allocation": allocation}
    with refused_by("GRT-05"):
        grants.a_line("10.00", **late)
    waiver = approvals.a_waiver(allocation, "GRT-05")
    assert grants.a_line("10.00", waiver_id=waiver.pk, **late).pk


def test_never_beyond_the_period_that_was_decided(mixed: Decision) -> None:
    allocation = grants.an_allocation(
        "10.00", decision=mixed, number="5", period_end=TODAY() + timedelta(days=9)
    )
    waiver = approvals.a_waiver(allocation, "GRT-05")
    with refused_by("GRT-05"):
        grants.a_line(
            "1.00",
            allocation=allocation,
            stage="commitment",
            received_on=TODAY() + timedelta(days=31),
            waiver_id=waiver.pk,
        )


def test_a_waiver_is_no_more_money(allocation: Allocation) -> None:
    waiver = approvals.a_waiver(allocation)
    with refused_by("GRT-07"):
        grants.a_line("1000.01", allocation=allocation, waiver_id=waiver.pk)


def named(allocation: Allocation, waiver: Waiver, **others: Any) -> SpendingLine:
    """Name a waiver on an invoice."""
    return invoice(allocation, waiver_id=waiver.pk, **others)


def test_grt_57_a_waiver_of_another_allocation_is_not_named(
    allocation: Allocation, decided: Decision
) -> None:
    with refused_by("GRT-57"):
        named(allocation, approvals.a_waiver(grants.an_allocation("1.00", decision=decided)))


def test_a_waiver_for_a_payee_is_for_that_payee(allocation: Allocation) -> None:
    waiver = approvals.a_waiver(allocation, payee="harbour training LTD", invoice_number="INV-7")
    assert named(allocation, waiver).pk
    with refused_by("GRT-57"):
        named(allocation, waiver, payee="Other Ltd")
    with refused_by("GRT-57"):
        named(allocation, waiver, number="INV 8")


def test_a_waiver_that_was_ended_is_not_named(allocation: Allocation) -> None:
    waiver = approvals.ended(approvals.a_waiver(allocation))
    with refused_by("GRT-57"):
        named(allocation, waiver)
    with pytest.raises(GrantRefused, match="not in force"):
        approvals.ended(waiver)


def test_a_waiver_is_not_named_after_its_last_day(allocation: Allocation) -> None:
    waiver = approvals.a_waiver(allocation, days=1)
    with clock.at(clock.now() + timedelta(days=1)):
        assert named(allocation, waiver).pk
    with clock.at(clock.now() + timedelta(days=2)), refused_by("GRT-57"):
        named(allocation, waiver, number="INV 8")


@pytest.mark.parametrize(("rule", "days"), [("GRT-07", 1), ("GRT-26", 1), ("GRT-53", 93)])
def test_grt_58_a_waiver_is_of_few_rules_and_not_for_long(
    allocation: Allocation, rule: str, days: int
) -> None:
    with refused_by("GRT-58"):
        approvals.a_waiver(allocation, rule, days)


def test_who_enters_lines_gives_no_waivers(allocation: Allocation) -> None:
    with pytest.raises(NotPermitted):
        approvals.a_waiver(allocation, by=grants.a_finance_officer())


def test_the_rulebook_says_which_rules_may_be_waived() -> None:
    assert tuple(code for code in sorted(BOOK.rules) if BOOK.rules[code].waived_by) == WAIVABLE


# ---------------------------------------------------------------- what the database refuses


def double(allocation: Allocation, **columns: Any) -> None:
    """Write an invoice of £1 as an insider."""
    available, used = actions.posting.accounts_of(allocation)
    made = insider.move("spend", available.pk, used.pk)
    insider.line(allocation, used.pk, made, invoice_number="INV 7", **columns)


def test_the_database_refuses_a_double(allocation: Allocation) -> None:
    grants.a_line("1.00", allocation=allocation, invoice_number="inv7")
    assert insider.attempt(lambda: double(allocation)) == "spendingline_of_an_invoice_once"


def test_its_guard_off_twin_lets_it_through(allocation: Allocation) -> None:
    grants.a_line("1.00", allocation=allocation, invoice_number="inv7")
    insider.run("ALTER TABLE grants_spendingline DISABLE TRIGGER line_recorded_once")
    assert insider.attempt(lambda: double(allocation)) == ""


GIVEN = (
    "INSERT INTO grants_waiver (rule, allocation_id, payee, invoice_number, reason, expires_on,"
    " given_at, given_by_id) VALUES ('GRT-53', %s, '', '', 'Why not.', current_date + %s::int,"
    " now(), %s)"
)


def test_the_database_refuses_a_waiver_named_by_who_gave_it(allocation: Allocation) -> None:
    def name_my_own() -> None:
        insider.run(GIVEN, allocation.pk, 9, grants.a_finance_officer().pk)
        double(allocation, waiver=Waiver.objects.latest("pk"))

    assert insider.attempt(name_my_own) == "spendingline_names_a_waiver_in_force"


def test_the_database_refuses_a_waiver_for_a_year(allocation: Allocation) -> None:
    by = grants.a_finance_approver().pk
    found = insider.attempt(lambda: insider.run(GIVEN, allocation.pk, 365, by))
    assert found == "waiver_within_its_longest_time"


# ---------------------------------------------------------------- pages


def test_a_double_is_shown_and_recorded_with_a_reason(
    officer: Client, allocation: Allocation
) -> None:
    earlier = invoice(allocation)
    url = reverse("line_new", args=[allocation.slug])
    typed = item("100.00", invoice_number="inv7")
    page = send(officer, url, typed)
    assert reverse("line_detail", args=[earlier.pk]) in page
    assert 'name="why_so"' in page
    page = send(officer, url, {**typed, "why_so": "Two deliveries."})
    assert "Two deliveries." in page
    assert "Recorded." in page


def test_a_waiver_is_offered_and_named_on_the_form(officer: Client, allocation: Allocation) -> None:
    waiver = approvals.a_waiver(allocation, "GRT-06")
    url = reverse("line_new", args=[allocation.slug])
    assert waiver.reference in officer.get(url).content.decode()
    page = send(officer, url, item("10.00", waiver=str(waiver.pk)))
    assert "Rests on</dt>" in page
    shown = officer.get(reverse("waiver_detail", args=[waiver.pk])).content.decode()
    assert "£10.00" in shown


def test_a_rule_that_may_be_waived_offers_the_way(officer: Client, allocation: Allocation) -> None:
    url = reverse("line_new", args=[allocation.slug])
    page = send(officer, url, item("100.00", vat="17.50"))
    assert f"{reverse('waiver_new')}?allocation={allocation.slug}&amp;rule=GRT-54" in page


def test_the_rules_say_which_may_be_waived(officer: Client) -> None:
    page = officer.get(reverse("money_rules")).content.decode()
    assert "Warns: goes on with a reason; a finance approver" in page
