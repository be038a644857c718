"""Rows pasted with a fault, corrected, approved; SAP's export held against them; a statement."""

from grants.models import Reconciliation, SpendingImport
from tests.browser.conftest import Seat
from tests.browser.steps import fill, follow, go, pick, press, reads
from tests.factories import grants, imports, months, reconciling
from tests.factories.reconciling import a_posting


def test_an_import_is_corrected_approved_and_reconciled(seat: Seat) -> None:
    allocation = grants.an_allocation("1000.00")
    row = imports.a_row(allocation, "30.00", document="19", item="1")
    officer, approver = seat(grants.a_finance_officer()), seat(grants.a_finance_approver())
    go(officer, "/grants/imports/new/")
    fill(officer, pasted=imports.HEADINGS + row.replace('"30.00"', "#REF!"))
    press(officer, "Read it")
    reads(officer, "F2")
    go(officer, "/grants/imports/new/")
    fill(officer, pasted=imports.HEADINGS + row)
    press(officer, "Read it")
    go(approver, f"/grants/imports/{SpendingImport.objects.latest('pk').pk}/")
    follow(approver, "Approve it")
    press(approver, "Approve and record it")
    reads(approver, "Recorded.")

    place = f"/grants/months/{months.a_month_ago():%Y-%m}/"
    go(officer, place)
    follow(officer, "Reconcile it with SAP")
    follow(officer, "Load SAP's export")
    rows = reconciling.HEADINGS + a_posting("19", "30.00")
    fill(officer, pasted=rows + a_posting("20", "#REF!"))
    press(officer, "Load it")
    reads(officer, "1 cell is wrong, and nothing was loaded.")
    fill(officer, pasted=rows + a_posting("20", "9.00"))
    press(officer, "Load it")
    reads(officer, "Matched with what the other side has in another month")
    officer.page.get_by_label("SAP 20 item 1").check()
    press(officer, "Explain what is ticked")
    pick(officer, kind="not_this")
    fill(officer, words="Of the other fund.")
    press(officer, "Save")
    reads(officer, "Everything is matched or explained")
    follow(officer, "See what is matched")
    reads(officer, "has SAP 19 item 1, and both are £30.")
    go(officer, f"{place}reconciliation/")
    follow(officer, "Prepare the statement")
    press(officer, "Prepare it")
    go(approver, f"/grants/reconciliations/{Reconciliation.objects.get().pk}/")
    follow(approver, "Agree it")
    press(approver, "Agree it")
    reads(approver, "Agreed.")
