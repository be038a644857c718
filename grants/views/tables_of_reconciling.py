"""The tables of a month's reconciliation with SAP, whole, for a file."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.http import Http404, QueryDict

from accounts.models import User
from grants.exporters.tables import Row, Table
from grants.models import SapItem, month_name
from grants.months import month_of
from grants.reconciling import Open, open_by, summed
from grants.views.reconciling import items_of, shown_of, statement_for
from grants.views.tables import CHUNK, days, money, words

RECONCILING = (
    *words("Side", "Reference", "Payee", "Text", "Invoice number", "SAP document", "SAP item"),
    *words("Cost centre or WBS"),
    *days("Date"),
    *words("Why", "In words"),
    *money("In the register", "In SAP"),
)


def reconciling_table(query: QueryDict, _reader: User) -> Table:
    """Return every line and posting without its other side by the end of a month."""
    month = month_of(query.get("month", ""))
    if month is None:
        raise Http404
    filters = [("Month", month_name(month))]
    name = f"reconciling-{month:%Y-%m}"
    return _of(lambda: open_by(month), "Lines and postings without their other side", name, filters)


def reconciliation_table(query: QueryDict, _reader: User) -> Table:
    """Return a statement's items as it was prepared."""
    typed = query.get("statement", "")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 15):
        raise Http404
    made = statement_for(int(typed))
    filters = [
        ("Statement", made.reference),
        ("Per register", f"{made.register}"),
        ("Per SAP", f"{made.sap}"),
        ("Difference not explained", f"{made.difference}"),
    ]
    name = f"reconciliation-{made.month:%Y-%m}-{made.n}"
    return _of(lambda: items_of(made), "Reconciliation with SAP", name, filters)


def _of(
    found: Callable[[], Sequence[Open]], title: str, name: str, filters: list[tuple[str, str]]
) -> Table:
    listed = found()

    def rows() -> Iterator[Row]:
        for start in range(0, len(listed), CHUNK):
            yield from (_row(*one) for one in shown_of(listed[start : start + CHUNK]))

    def total() -> Row:
        ours = summed(one for one in listed if one.line_id)
        theirs = summed(one for one in listed if one.item_id)
        return ("Together", *(None,) * (len(RECONCILING) - 3), ours, theirs)

    return Table(title, name, RECONCILING, filters, lambda: len(listed), rows, total)


def _row(one: Open, record: Any) -> Row:
    is_item = isinstance(record, SapItem)
    return (
        "SAP" if is_item else "Register",
        record.reference,
        record.payee,
        record.text if is_item else record.purpose,
        record.invoice_number,
        record.sap_document,
        record.sap_item,
        record.cost_centre,
        record.posted_on if is_item else record.received_on,
        one.label,
        one.words,
        None if is_item else one.amount,
        one.amount if is_item else None,
    )
