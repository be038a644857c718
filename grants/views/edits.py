"""What was amended of an allocation or a line since it was made: when, by whom, old and new."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from audit.models import LedgerEntry
from audit.templatetags.register import short_digest
from grants.models import Allocation, SpendingLine, WithheldField, is_shown_for
from grants.search import entries_of

OF_LINE = {
    "payee": "Payee",
    "purpose": "Purpose",
    "po_number": "PO number",
    "evidence_name": "Evidence",
    "evidence_sha256": "SHA-256 of the evidence",
}
COLUMNS = {
    WithheldField.PAYEE: ("payee",),
    WithheldField.PURPOSE: ("purpose",),
    WithheldField.EVIDENCE: ("evidence_name", "evidence_sha256"),
    WithheldField.FILE_NAME: ("evidence_name",),
}
WITHHELD_SINCE = "words that are withheld now"
OF_ALLOCATION = {
    "purpose": "Purpose",
    "budget_holder": "Budget holder",
    "recipient": "Recipient",
    "beneficiary": "Beneficiary",
}


@dataclass(frozen=True)
class Edit:
    """One amendment: who and when, and what each value was before and is after."""

    at: datetime
    by: str
    seq: int
    changes: list[tuple[str, str, str]]


def edits(
    row: Allocation | SpendingLine, of: Mapping[str, str], closed: Sequence[str] = ()
) -> list[Edit]:
    """Return the amendments of a row, newest first; `of` names the fields that may change.

    What the history holds of fields that are `closed`, in Part 2 by now, is not shown.
    """
    hidden = {column for field in closed for column in COLUMNS[WithheldField(field)]}
    kept = list(row.history.order_by("history_id"))
    table = row.history.model._meta.db_table
    seqs = entries_of(table, (one.history_id for one in kept))
    entries = LedgerEntry.objects.in_bulk(list(seqs.values()))
    found = []
    for before, after in pairwise(kept):
        entry = entries.get(seqs.get(after.history_id, 0))
        if entry is None:
            continue  # on no entry: verification says so
        pairs = [
            (label, _shown(before, name, hidden), _shown(after, name, hidden))
            for name, label in of.items()
        ]
        changes = [(label, old, new) for label, old, new in pairs if old != new]
        found.append(Edit(entry.at, entry.actor_name, entry.seq, changes))
    return found[::-1]


def _shown(row: Any, name: str, hidden: Collection[str]) -> str:
    value = str(getattr(row, name) or "nothing")
    if name in hidden and value != "nothing" and not is_shown_for(value):
        return WITHHELD_SINCE
    return short_digest(value) if name == "evidence_sha256" else value
