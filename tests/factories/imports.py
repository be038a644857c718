"""Files of spending, staged and approved as the pages do it."""

from typing import Any
from uuid import uuid4

from django.db.models import Count, Sum

from accounts.models import User
from audit import clock
from decisions.actions import KeptFile
from grants import actions
from grants.actions.imports import not_set_aside
from grants.actions.matching import answer_matches
from grants.actions.sap_codes import record_sap_code
from grants.documents import evidence_store
from grants.importers.checking import rows_of
from grants.importers.grounds import grounds
from grants.importers.layout import begun
from grants.importers.reading import sheets_of
from grants.models import NOUGHT, Allocation, ImportRow, SapCode, SpendingImport
from tests.factories import grants

HEADINGS = "Allocation,Received,Payee,Purpose,Category,Net,VAT,Gross,Document number,Item\n"


def a_row(allocation: Allocation, net: str = "100.00", /, **cells: str) -> str:
    """Return a row of a CSV file, right unless told otherwise."""
    row = {
        "allocation": allocation.reference,
        "received": f"{clock.today():%d.%m.%Y}",
        "payee": "Harbour Training Ltd",
        "purpose": "Training of analysts",
        "category": "Training",
        "net": f'"{net}"',
        "vat": "",
        "gross": "",
        "document": "",
        "item": "",
        **cells,
    }
    return ",".join(row.values()) + "\n"


def staged(
    text: str | bytes,
    name: str = "lines.csv",
    by: User | None = None,
    *,
    claimed_before: str = "",
) -> SpendingImport:
    """Stage a file as the page does, its columns as they are guessed."""
    data = text if isinstance(text, bytes) else text.encode()
    first = next(sheets_of(name, data))
    _, headings = begun(first.rows)
    assert headings is not None
    source = actions.Source(
        KeptFile(evidence_store().put(data), len(data), name, "text/csv"),
        headings.shape,
        headings.words,
        headings.guessed(),
        claimed_before,
    )
    return actions.stage_import(
        source=source,
        rows=lambda: rows_of(sheets_of(name, data), source.columns, source.shape, grounds()),
        form_key=uuid4(),
        by=by or grants.a_finance_officer(),
    )


def faults(one: SpendingImport) -> list[tuple[str, str]]:
    """Return the cells that are wrong, with the rule each breaks."""
    rows = ImportRow.objects.filter(spending_import=one).exclude(faults=[]).order_by("id")
    return [(f"{f['column']}{f['row']}", f["rule"]) for row in rows for f in row.faults]


def approve(one: SpendingImport, by: User | None = None) -> SpendingImport:
    """Approve an import as somebody who saw it all."""
    by = by or grants.a_finance_approver()
    seen = not_set_aside(one).filter(faults=[]).aggregate(lines=Count("id"), sum=Sum("amount"))
    lines, amount = seen["lines"], seen["sum"] or NOUGHT
    return actions.approve_import(staged=one, lines=lines, amount=amount, form_key=uuid4(), by=by)


def claimed_before(allocation: Allocation, net: str = "100.00") -> SpendingImport:
    """Open an allocation with what was spent and claimed before this register."""
    rows = HEADINGS + a_row(allocation, net, payee="Spent before the register")
    return approve(staged(rows, claimed_before="HO claims 1 to 3"))


def set_aside(one: SpendingImport, reason: str = "Asked about.", **named: Any) -> SpendingImport:
    """Leave the wrong rows of an import out, or those named."""
    by = grants.a_finance_officer()
    return actions.set_rows_aside(staged=one, reason=reason, form_key=uuid4(), by=by, **named)


def alike(allocation: Allocation, item: str = "1") -> SpendingImport:
    """Stage a SAP row that looks like a line which was keyed by hand before."""
    line = grants.a_line("3.00", allocation=allocation)
    return staged(HEADINGS + a_row(allocation, "3.00", payee=line.payee, document="19", item=item))


def answer(one: SpendingImport, *, is_same: bool) -> SpendingImport:
    """Say of every row that looks like a line whether it is that line."""
    places = one.rows.filter(looks_like__isnull=False).values_list("place", flat=True)
    said = dict.fromkeys(places, is_same)
    by = grants.a_finance_officer()
    return answer_matches(staged=one, is_same=said, form_key=uuid4(), by=by)


def a_sap_code(code: str, allocation: Allocation | None = None, category: str = "") -> SapCode:
    """Record what a SAP code means in these years."""
    today = clock.today()
    return record_sap_code(
        code=code,
        allocation=allocation,
        category=category,
        valid_from=today.replace(month=1, day=1),
        valid_to=today.replace(year=today.year + 1, month=12, day=31),
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    )
