"""Exports of SAP, matches and statements, as the pages make them."""

from datetime import date
from uuid import uuid4

from accounts.models import User
from decisions.actions import KeptFile
from grants.actions import reconciling
from grants.actions.imports import Source
from grants.documents import evidence_store
from grants.importers.layout import begun
from grants.importers.reading import sheets_of
from grants.importers.sap_export import Postings, postings_of
from grants.models import Reconciliation, ReconcilingNote, SapExport, SapMatch
from tests.factories import grants, months

HEADINGS = "Document number,Item,Posting date,Vendor,Text,Reference,Amount in local currency\n"


def a_posting(document: str, amount: str, **cells: str) -> str:
    """Return a row of SAP's export, of a payee that no line has unless told otherwise."""
    row = {
        "document": document,
        "item": "1",
        "posted": f"{months.this_month():%d.%m.%Y}",
        "payee": "Somebody Else plc",
        "text": "Posted",
        "invoice": "",
        "amount": f'"{amount}"',
        **cells,
    }
    return ",".join(row.values()) + "\n"


def read(text: str) -> tuple[Source, Postings]:
    """Read an export as the page does, its columns as they are guessed."""
    data = text.encode()
    _, headings = begun(next(sheets_of("sap.csv", data)).rows)
    assert headings is not None
    kept = KeptFile(evidence_store().put(data), len(data), "sap.csv", "text/csv")
    source = Source(kept, headings.shape, headings.words, headings.guessed())
    return source, postings_of(sheets_of("sap.csv", data), source.columns, source.shape)


def load(*rows: str, month: date | None = None) -> SapExport:
    """Load rows as what SAP posted in a month: this one, unless told otherwise."""
    source, found = read(HEADINGS + "".join(rows))
    return reconciling.load_export(
        month=month or months.this_month(),
        source=source,
        postings=found.found,
        listed=found.listed,
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    )


def by_hand(lines: list[int], items: list[int], reason: str = "Seen on paper.") -> SapMatch:
    """Match lines with postings by hand."""
    by = grants.a_finance_officer()
    return reconciling.match_by_hand(
        lines=lines, items=items, reason=reason, form_key=uuid4(), by=by
    )


def undo(match: SapMatch) -> SapMatch:
    """Undo a match."""
    by = grants.a_finance_officer()
    return reconciling.undo_match(match=match, reason="Not the same.", form_key=uuid4(), by=by)


def explain(
    *, lines: tuple[int, ...] = (), items: tuple[int, ...] = (), kind: str = "timing"
) -> ReconcilingNote:
    """Say why lines or postings have no other side."""
    return reconciling.explain(
        lines=lines,
        items=items,
        kind=kind,
        words="Asked the clerk.",
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    )


def prepare(month: date | None = None) -> Reconciliation:
    """Prepare the statement of a month: the one before this, unless told otherwise."""
    return reconciling.prepare_reconciliation(
        month=month or months.a_month_ago(), form_key=uuid4(), by=grants.a_finance_officer()
    )


def agree(made: Reconciliation, by: User | None = None) -> Reconciliation:
    """Agree a statement: a finance approver does, unless told otherwise."""
    return reconciling.agree_reconciliation(
        made=made, form_key=uuid4(), by=by or grants.a_finance_approver()
    )
