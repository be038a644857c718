"""What was amended of an allocation or a line since it was made: when, by whom, old and new."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from audit.models import LedgerEntry
from audit.templatetags.register import short_digest
from grants.models import Allocation, SpendingLine
from grants.search import entries_of

OF_LINE = {
    "purpose": "Purpose",
    "po_number": "PO number",
    "evidence_name": "Evidence",
    "evidence_sha256": "SHA-256 of the evidence",
}
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


def edits(row: Allocation | SpendingLine, of: Mapping[str, str]) -> list[Edit]:
    """Return the amendments of a row, newest first; `of` names the fields that may change."""
    kept = list(row.history.order_by("history_id"))
    table = row.history.model._meta.db_table
    seqs = entries_of(table, (one.history_id for one in kept))
    entries = LedgerEntry.objects.in_bulk(list(seqs.values()))
    found = []
    for before, after in pairwise(kept):
        entry = entries.get(seqs.get(after.history_id, 0))
        if entry is None:
            continue  # on no entry: verification says so
        pairs = [(label, _shown(before, name), _shown(after, name)) for name, label in of.items()]
        changes = [(label, old, new) for label, old, new in pairs if old != new]
        found.append(Edit(entry.at, entry.actor_name, entry.seq, changes))
    return found[::-1]


def _shown(row: Any, name: str) -> str:
    value = str(getattr(row, name) or "nothing")
    return short_digest(value) if name == "evidence_sha256" else value
