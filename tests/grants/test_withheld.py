"""Part 2 of spending lines: kept apart, shown as its ground, read on record, released."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from audit.models import LedgerEntry
from decisions.actions import KeptFile
from grants import actions
from grants.documents import evidence_store
from grants.models import Allocation, ImportRow, Reservation, SpendingImport, SpendingLine
from grants.refusals import GrantRefused, GrantRuleBroken
from grants.verify import money_failures
from tests.factories import approvals, grants, imports
from tests.factories.people import a_governance_officer, an_adviser
from tests.factories.sign_in import client_of
from tests.grants import insider
from tests.grants.typed import item, send, spend_at

pytestmark = pytest.mark.django_db

GROUND = "FOIA 2000 s43(2)"
SHOWN = f"Withheld: {GROUND}"
SECRET = "Quokka Intelligence Ltd"
WHY = "It would tell who is watched."


def withheld(*fields: str, **others: Any) -> SpendingLine:
    named = {"payee": SECRET, **others, "withheld": dict.fromkeys(fields or ("payee",), GROUND)}
    return grants.a_line(**named)


def a_file() -> KeptFile:
    data = b"%PDF-1.7 quokka"
    return KeptFile(evidence_store().put(data), len(data), "quokka.pdf", "application/pdf")


def page_of(
    line: SpendingLine | Reservation, name: str = "line_detail", by: Client | None = None
) -> str:
    client = by or client_of(grants.a_finance_officer())
    return client.get(reverse(name, args=[line.pk])).content.decode()


def withhold(line: SpendingLine, *fields: str, **others: Any) -> SpendingLine:
    said = {"ground": GROUND, "reason": WHY, "by": grants.a_finance_officer(), **others}
    return actions.withhold(line=line, fields=fields or ["payee"], **said)


def release(line: SpendingLine, *fields: str, **others: Any) -> SpendingLine:
    said = {"reason": "It is known by now.", "by": a_governance_officer(), **others}
    return actions.release_words(line=line, fields=fields or ["payee"], **said)


def code(act: Callable[[], object]) -> str:
    with pytest.raises(GrantRuleBroken) as refused:
        act()
    return refused.value.code


def test_a_line_says_the_ground_and_keeps_the_sum(allocation: Allocation) -> None:
    line = withheld("payee", "purpose", allocation=allocation)
    assert (line.payee, line.purpose) == (SHOWN, SHOWN)
    assert f"£100 to {SHOWN}" in page_of(line)


def test_the_form_asks_behind_one_disclosure(officer: Client, allocation: Allocation) -> None:
    typed = item("10", payee=SECRET, withheld=["payee"], ground=GROUND)
    page = send(officer, spend_at(allocation), typed)
    assert "Recorded." in page
    assert SHOWN in page
    assert SECRET not in page


def test_the_form_asks_for_the_ground(officer: Client, allocation: Allocation) -> None:
    page = send(officer, spend_at(allocation), item("10", withheld=["payee"]))
    assert "Choose the ground on which it is withheld" in page
    assert '<details class="govuk-details" open>' in page


def test_reading_it_is_recorded_first(allocation: Allocation) -> None:
    line = withheld(allocation=allocation)
    assert SECRET in page_of(line, "line_withheld", client_of(an_adviser()))
    last = LedgerEntry.objects.order_by("-seq")[0]
    assert (last.event, last.subject_reference) == ("grants.withheld.read", line.reference)


def test_a_list_is_one_reading(allocation: Allocation) -> None:
    for _ in range(2):
        withheld(allocation=allocation)
    adviser = client_of(an_adviser())
    before = LedgerEntry.objects.count()
    place = reverse("allocation_withheld", args=[allocation.slug])
    assert adviser.get(place).content.decode().count(SECRET) == 2
    assert LedgerEntry.objects.count() == before + 1


def test_who_may_not_read_part_2_meets_no_such_page(
    officer: Client, allocation: Allocation
) -> None:
    line = withheld("payee", "evidence", evidence=a_file(), allocation=allocation)
    for name in ("line_withheld", "line_evidence"):
        assert officer.get(reverse(name, args=[line.pk])).status_code == 404
    assert "quokka.pdf" not in page_of(line)


def test_withheld_evidence_is_sent_to_who_may_read_it(allocation: Allocation) -> None:
    line = withheld("evidence", evidence=a_file(), allocation=allocation)
    answer = client_of(an_adviser()).get(reverse("line_evidence", args=[line.pk]))
    assert answer.content == b"%PDF-1.7 quokka"
    assert "quokka.pdf" in answer["Content-Disposition"]


def test_a_withheld_file_name_leaves_the_file(officer: Client, allocation: Allocation) -> None:
    line = withheld("file_name", evidence=a_file(), allocation=allocation)
    answer = officer.get(reverse("line_evidence", args=[line.pk]))
    assert answer["Content-Disposition"] == f'attachment; filename="evidence-{line.pk}.pdf"'


def test_a_search_for_it_finds_nothing(officer: Client, allocation: Allocation) -> None:
    withheld(allocation=allocation)
    for name in ("line_list", "money_find"):
        page = officer.get(reverse(name), {"q": "Quokka"}).content.decode()
        nonsense = officer.get(reverse(name), {"q": "xyzzyx"}).content.decode()
        assert page.replace("Quokka", "xyzzyx").count("<") == nonsense.count("<")


def test_what_is_withheld_later_is_not_in_its_history(allocation: Allocation) -> None:
    line = grants.a_line(payee=SECRET, allocation=allocation)
    withhold(line)
    page = page_of(line)
    assert SECRET not in page
    assert f"<ins>{SHOWN}</ins>" in page


def test_it_is_released_by_a_governance_officer(allocation: Allocation) -> None:
    line = release(withheld(allocation=allocation))
    assert line.payee == SECRET
    assert SECRET in page_of(line)
    assert withhold(line, ground="FOIA 2000 s40").payee == "Withheld: FOIA 2000 s40"


def test_the_pages_withhold_and_release(officer: Client, allocation: Allocation) -> None:
    line = grants.a_line(payee=SECRET, allocation=allocation)
    typed = {"fields_chosen": ["payee"], "reason": WHY}
    place = reverse("line_withhold", args=[line.pk])
    page = send(officer, place, {**typed, "ground": GROUND})
    assert f"£100 to {SHOWN}" in page
    governor = client_of(a_governance_officer())
    page = send(governor, reverse("line_words_release", args=[line.pk]), typed)
    assert f"£100 to {SECRET}" in page


def test_what_a_commitment_withholds_its_actual_does(allocation: Allocation) -> None:
    line = withheld(stage="commitment", allocation=allocation)
    spend = grants.a_spend(payee=line.payee)
    by = grants.a_finance_officer()
    made = actions.convert_line(line=line, spend=spend, form_key=uuid4(), by=by)
    assert made.payee == SHOWN
    assert made.withheld.get().words == SECRET


def test_a_reversal_withholds_it_too(allocation: Allocation) -> None:
    line = withheld("payee", "evidence", evidence=a_file(), allocation=allocation)
    by = grants.a_finance_officer()
    made = actions.reverse_line(line=line, reason="Wrong.", form_key=uuid4(), by=by)
    assert (made.payee, made.evidence_name) == (SHOWN, "")
    assert made.withheld.in_part_2().count() == 2


def test_an_amended_purpose_stays_withheld(allocation: Allocation) -> None:
    line = withheld("purpose", allocation=allocation)
    by = grants.a_finance_officer()
    actions.amend_line(line=line, purpose="Watching quokkas", po_number="7", by=by)
    line.refresh_from_db()
    assert (line.purpose, line.po_number) == (SHOWN, "7")
    assert line.withheld.get().words == "Watching quokkas"


def test_a_payee_whom_the_paper_withholds_is_withheld(db: None) -> None:
    place = grants.an_allocation(decision=grants.a_decision_with_a_withheld_recipient(SECRET))
    line = grants.a_line(payee="quokka intelligence limited", allocation=place)
    assert line.payee == SHOWN
    assert grants.a_line(allocation=place).payee == "Harbour Training Ltd"


def test_a_line_that_waits_for_approval_withholds_it_too(allocation: Allocation) -> None:
    approvals.a_limit("500.00")
    file, ground = a_file(), {"payee": GROUND, "evidence": GROUND}
    made = approvals.reserved(
        "600.00", payee=SECRET, evidence=file, withheld=ground, allocation=allocation
    )
    page = page_of(made, "reservation_detail", client_of(grants.a_finance_officer()))
    assert f"£600 to {SHOWN}" in page
    assert "quokka" not in page.lower()
    line = SpendingLine.objects.get(reservation=approvals.answered(made))
    assert line.payee == SHOWN
    assert {row.words for row in line.withheld.all()} == {SECRET, "quokka.pdf"}


def test_what_was_declined_is_corrected_without_showing_it(
    officer: Client, allocation: Allocation
) -> None:
    approvals.a_limit("500.00")
    named: dict[str, Any] = {"payee": SECRET, "withheld": {"payee": GROUND}}
    named["allocation"] = allocation
    made = approvals.answered(approvals.reserved("600.00", **named), "declined", "Too much.")
    place = reverse("reservation_correct", args=[made.pk])
    assert SECRET not in officer.get(place).content.decode()
    page = send(officer, place, item("50", payee=SHOWN))
    assert f"£50 to {SHOWN}" in page
    assert SpendingLine.objects.get().withheld.get().words == SECRET


def test_grt_29_what_is_withheld_has_a_ground(allocation: Allocation) -> None:
    assert code(lambda: grants.a_line(withheld={"payee": " "}, allocation=allocation)) == "GRT-29"


def test_grt_30_pay_names_nobody_to_withhold(allocation: Allocation) -> None:
    pay = {"kind": "pay", "payee": "Payroll", "pay_period": "March", "allocation": allocation}
    assert code(lambda: withheld(**pay)) == "GRT-30"
    assert code(lambda: withheld("evidence", allocation=allocation)) == "GRT-30"


def test_grt_31_who_withheld_it_does_not_release_it(allocation: Allocation) -> None:
    line = withhold(grants.a_line(allocation=allocation), by=a_governance_officer())
    assert code(lambda: release(line)) == "GRT-31"


def test_grt_32_no_words_look_withheld(allocation: Allocation) -> None:
    assert code(lambda: grants.a_line(payee=SHOWN, allocation=allocation)) == "GRT-32"
    line = grants.a_line(allocation=allocation)
    by = grants.a_finance_officer()
    assert (
        code(lambda: actions.amend_line(line=line, purpose=SHOWN, po_number="", by=by)) == "GRT-32"
    )


def test_what_is_withheld_already_is_not_again(allocation: Allocation) -> None:
    line = withheld(allocation=allocation)
    with pytest.raises(GrantRefused, match="Nothing that was chosen is in Part 1"):
        withhold(line)


@pytest.mark.parametrize(
    ("sql", "refused"),
    [
        ("UPDATE grants_spendingline SET payee = 'Quokka' WHERE id = %s",
         "spendingline_posted_is_kept"),
        ("UPDATE grants_spendingline SET purpose = 'Quokka' WHERE id = %s", "withheld_line_agrees"),
        ("UPDATE grants_withheld SET ground = '' WHERE line_id = %s", "withheld_part_2_has_ground"),
        ("UPDATE grants_withheld SET part = 1 WHERE line_id = %s", "withheld_part_2_has_ground"),
        ("UPDATE grants_withheld SET part = 1, ground = '' WHERE line_id = %s",
         "withheld_line_agrees"),
        ("UPDATE grants_withheld SET words = 'Another' WHERE line_id = %s AND field = 'payee'",
         "withheld_is_kept"),
        ("DELETE FROM grants_withheld WHERE line_id = %s", "withheld_is_kept"),
    ],
)  # fmt: skip
def test_the_database_holds_the_line_to_what_is_withheld(
    allocation: Allocation, sql: str, refused: str
) -> None:
    line = withheld("payee", "purpose", allocation=allocation)
    assert insider.attempt(lambda: insider.run(sql, line.pk)) == refused


def test_without_that_guard_verification_finds_it(allocation: Allocation) -> None:
    line = withheld("payee", "purpose", allocation=allocation)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE grants_spendingline DISABLE TRIGGER USER")
        cursor.execute("UPDATE grants_spendingline SET purpose = 'Q' WHERE id = %s", [line.pk])
    found = [one.detail for one in money_failures()]
    assert found == [f"public.grants_spendingline {line.pk} does not say what is withheld of it."]


# ---------------------------------------------------------------- many lines at once

ROWS = imports.HEADINGS.strip() + ",Withhold,Ground\n"


def a_row(place: Allocation, told: str, ground: str = GROUND, **cells: str) -> str:
    row = imports.a_row(place, "10.00", **{"payee": SECRET, **cells})
    return f"{row.strip()},{told},{ground}\n"


def import_page(one: SpendingImport, officer: Client) -> str:
    return officer.get(reverse("import_detail", args=[one.pk])).content.decode()


def test_rows_of_a_file_withhold(officer: Client, allocation: Allocation) -> None:
    text = ROWS + a_row(allocation, "payee", "FOIA 2000 S43 (2)") + a_row(allocation, "", "")
    one = imports.staged(text.replace(SECRET, "Open Ltd", 2).replace("Open Ltd", SECRET, 1))
    assert SHOWN in import_page(one, officer)
    assert SECRET not in import_page(one, officer)
    lines = imports.approve(one).lines.order_by("id")
    assert [line.payee for line in lines] == [SHOWN, "Open Ltd"]
    assert lines[0].withheld.get().words == SECRET
    assert officer.get(reverse("import_file", args=[one.pk])).status_code == 404
    assert client_of(an_adviser()).get(reverse("import_file", args=[one.pk])).status_code == 200
    by = grants.a_finance_approver()
    actions.reverse_import(staged=one, reason="Wrong.", form_key=uuid4(), by=by)
    back = one.lines.get(reverses=lines[0])
    assert (back.payee, back.withheld.get().words) == (SHOWN, SECRET)


@pytest.mark.parametrize(
    ("told", "ground", "rule"),
    [("payee", "", "GRT-29"), ("payee", "s99", "GRT-29"), ("", GROUND, "GRT-34"),
     ("payer", GROUND, "GRT-34")],
)  # fmt: skip
def test_a_row_that_withholds_wrongly_gives_nothing_away(
    officer: Client, allocation: Allocation, told: str, ground: str, rule: str
) -> None:
    one = imports.staged(ROWS + a_row(allocation, told, ground))
    assert [code for _, code in imports.faults(one)] == [rule]
    assert "Quokka" not in import_page(one, officer)
    assert "Quokka" not in str(ImportRow.objects.values_list("cells", "faults", "payee"))


def test_the_fault_of_a_withheld_cell_does_not_show_it(allocation: Allocation) -> None:
    one = imports.staged(ROWS + a_row(allocation, "payee", payee="Quokka" * 40))
    fault = ImportRow.objects.get(spending_import=one, kind="line").faults[0]
    assert (fault["rule"], fault["value"]) == ("GRT-34", SHOWN)


def test_what_is_withheld_later_is_withheld_in_its_row(
    officer: Client, allocation: Allocation
) -> None:
    row = imports.a_row(allocation, "10.00", payee=SECRET, document="19", item="1")
    one = imports.approve(imports.staged(imports.HEADINGS + row))
    withhold(one.lines.get())
    again = imports.staged(imports.HEADINGS + row)
    rows = ImportRow.objects.exclude(payee="").values_list("payee", flat=True)
    assert list(rows) == [SHOWN, SHOWN]
    for each in (one, again):
        assert SECRET not in import_page(each, officer)
        assert officer.get(reverse("import_file", args=[each.pk])).status_code == 404
