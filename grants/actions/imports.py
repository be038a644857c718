"""Many lines at once: a file staged, wrong rows set aside, the import recorded as one act."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from decisions.actions import KeptFile
from decisions.actions.edits import made_before, remember
from grants import events
from grants.models import (
    ClaimedBefore,
    ImportColumns,
    ImportMatch,
    ImportRow,
    ImportSetAside,
    ImportStep,
    RowKind,
    SpendingImport,
)
from grants.permissions import can_approve_imports, can_record_spending
from grants.refusals import GrantRefused
from grants.rules import BOOK, gives_reason
from grants.rules_of_imports import is_all_right

COPIED = (
    "spending_import_id", "place", "kind", "note", "allocation_id", "received_on", "paid_on",
    "payee", "purpose", "category", "net", "vat", "gross", "amount", "is_vat_recovered",
    "cost_centre", "subjective_code", "invoice_number", "po_number", "sap_document", "sap_item",
    "looks_like_id", "faults", "cells", "withheld",
)  # fmt: skip
COPY = f"COPY transient.grants_importrow ({', '.join(COPIED)}) FROM STDIN"
_middle = attrgetter(*COPIED[5:-3])
NEXT = "SELECT nextval(pg_get_serial_sequence('grants_spendingimport', 'id'))"
BATCH = 5_000
READ = """
    SELECT count(*) FILTER (WHERE kind = 'line' AND faults = '[]'),
           count(*) FILTER (WHERE faults <> '[]'),
           coalesce(sum(amount) FILTER (WHERE kind = 'line' AND faults = '[]'), 0),
           grants_import_digest(%s)
    FROM transient.grants_importrow WHERE spending_import_id = %s
"""


@dataclass(slots=True)
class StagedRow:
    """A row of a file as it was read: sums in pounds, and what is wrong with it, cell by cell."""

    place: str
    kind: str = RowKind.LINE
    note: str = ""
    ground: Any = None
    received_on: date | None = None
    paid_on: date | None = None
    payee: str = ""
    purpose: str = ""
    category: str = ""
    net: Decimal | None = None
    vat: Decimal | None = None
    gross: Decimal | None = None
    amount: Decimal | None = None
    is_vat_recovered: bool = True
    cost_centre: str = ""
    subjective_code: str = ""
    invoice_number: str = ""
    po_number: str = ""
    sap_document: str = ""
    sap_item: str = ""
    looks_like_id: int | None = None
    faults: list[dict[str, Any]] = field(default_factory=list)
    cells: dict[str, str] = field(default_factory=dict)
    withheld: dict[str, dict[str, str]] = field(default_factory=dict)

    def values(self, staged: int) -> tuple[Any, ...]:
        """Return the columns of its row, in the order of `COPIED`."""
        allocation = self.ground.allocation.pk if self.ground else None
        told = (json.dumps(one) if one else empty for one, empty in self._told())
        first = (staged, self.place, str(self.kind), self.note, allocation)
        return (*first, *_middle(self), *told)

    def _told(self) -> tuple[tuple[Any, str], ...]:
        return (self.faults, "[]"), (self.cells, "{}"), (self.withheld, "{}")


@dataclass(frozen=True)
class Source:
    """A file as it is to be read: kept as evidence, its headings, and which field each one is.

    `claimed_before` says in which claims all of it was claimed before this register kept claims.
    """

    file: KeptFile
    shape: str
    headings: Sequence[str]
    columns: dict[str, str]
    claimed_before: str = ""


@action
def stage_import(
    act: Act,
    *,
    source: Source,
    rows: Callable[[], Iterator[StagedRow]],
    form_key: UUID,
    by: User,
) -> SpendingImport:
    """Keep a file's rows as they were read, right and wrong; nothing of it is recorded yet."""
    if before := made_before(form_key, SpendingImport):
        return before
    role = can_record_spending(by).or_refuse().role
    work_in_memory()
    with connection.cursor() as cursor:
        cursor.execute(NEXT)
        staged: int = cursor.fetchone()[0]
        found = rows()
        # Rows are read first and written then: reading them asks the same connection.
        while batch := list(islice(found, BATCH)):
            with cursor.copy(COPY) as copy:
                for row in batch:
                    copy.write_row(row.values(staged))
        cursor.execute(READ, [staged, staged])
        lines, faulty, amount, digest = cursor.fetchone()
    made = SpendingImport.objects.create(
        pk=staged,
        file_sha256=source.file.sha256,
        file_name=source.file.file_name,
        columns=source.columns,
        lines_count=lines,
        faulty_count=faulty,
        amount=amount,
        rows_sha256=digest,
        staged_at=clock.now(),
        staged_by=by,
    )
    remember_columns(source, by)
    if claimed := source.claimed_before.strip():
        ClaimedBefore.objects.create(spending_import=made, reference=claimed)
    facts = {
        "file": source.file.file_name,
        "sha256": source.file.sha256,
        "lines": lines,
        "faulty": faulty,
        "amount": amount,
        "rows_sha256": digest,
        **({"claimed_before": claimed} if claimed else {}),
    }
    act.record(events.IMPORT_STAGED, subject=made, role=role, data=facts)
    return remember(form_key, made)


def remember_columns(source: Source, by: User) -> None:
    """Keep which column is which field, for the next file with the same headings."""
    last = ImportColumns.objects.filter(shape_sha256=source.shape).first()
    if last is None or last.columns != source.columns:
        ImportColumns.objects.create(
            shape_sha256=source.shape,
            headings=list(source.headings),
            columns=source.columns,
            chosen_at=clock.now(),
            chosen_by=by,
        )


def open_import(staged: SpendingImport) -> SpendingImport:
    """Return an import that nothing was decided about; refuse another."""
    again = SpendingImport.objects.prefetch_related("steps").get(pk=staged.pk)
    if again.state != "staged":
        raise GrantRefused(f"{again.reference} was {again.state} already.")
    return again


def not_set_aside(staged: SpendingImport) -> QuerySet[ImportRow]:
    """Return the rows of an import that are not set aside, no mere remarks, and not held."""
    aside = ImportSetAside.objects.filter(spending_import=staged).values("place")
    same = ImportMatch.objects.filter(spending_import=staged, is_same=True).values("place")
    rows = ImportRow.objects.filter(spending_import=staged, kind=RowKind.LINE)
    return rows.exclude(place__in=aside).exclude(place__in=same)


def work_in_memory() -> None:
    """Let the database sort and join many rows in memory until the act ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('work_mem', '64MB', true)")


def hold_all_right(staged: SpendingImport) -> None:
    """Refuse (GRT-38) an import with wrong rows that are not set aside."""
    wrong = not_set_aside(staged).exclude(faults=[]).count()
    BOOK.hold("GRT-38", holds=is_all_right(wrong), detail=f"{wrong} are.")


@action
def set_rows_aside(
    act: Act,
    *,
    staged: SpendingImport,
    reason: str,
    places: Sequence[str] = (),
    form_key: UUID,
    by: User,
) -> SpendingImport:
    """Leave rows out of an import, with a reason: those named, else all that are wrong."""
    if before := made_before(form_key, SpendingImport):
        return before
    role = can_record_spending(by).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    staged, rows = open_import(staged), not_set_aside(staged)
    rows = rows.filter(place__in=places) if places else rows.exclude(faults=[])
    found = list(rows.values_list("place", flat=True))
    if unknown := set(places).difference(found):
        raise GrantRefused(f"There is no row {min(unknown)} that could be set aside.")
    if not found:
        raise GrantRefused("No row is wrong.")
    now = clock.now()
    ImportSetAside.objects.bulk_create(
        ImportSetAside(
            spending_import=staged,
            place=place,
            reason=reason.strip(),
            set_aside_at=now,
            set_aside_by=by,
        )
        for place in found
    )
    facts = {"rows": len(found), "reason": reason.strip()}
    act.record(events.IMPORT_SET_ASIDE, subject=staged, role=role, data=facts)
    return remember(form_key, staged)


@action
def drop_import(
    act: Act, *, staged: SpendingImport, reason: str, form_key: UUID, by: User
) -> SpendingImport:
    """Decide that nothing of a staged file is recorded; file and rows stay."""
    if before := made_before(form_key, SpendingImport):
        return before
    may = can_record_spending(by)
    role = (may if may else can_approve_imports(by)).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    staged = open_import(staged)
    step(staged, "dropped", by, reason)
    act.record(events.IMPORT_DROPPED, subject=staged, role=role, data={"reason": reason.strip()})
    return remember(form_key, staged)


def step(staged: SpendingImport, kind: str, by: User, reason: str = "") -> ImportStep:
    """Write what was decided about an import."""
    return ImportStep.objects.create(
        spending_import=staged, kind=kind, reason=reason.strip(), taken_at=clock.now(), taken_by=by
    )
