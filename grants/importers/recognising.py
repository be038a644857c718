"""SAP rows recognised as lines that were keyed by hand, before the export had them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from grants.actions.imports import StagedRow
from grants.matching_rules import plain
from grants.models import LineStage, SpendingLine

MOST_DAYS = 31  # between the date keyed and that of SAP, where no invoice number agrees

Key = tuple[int | None, Decimal, str]


@dataclass
class Keyed:
    """Lines keyed by hand and not yet of SAP, each offered to one row."""

    taken: set[int] = field(default_factory=set)

    def recognise(self, rows: Iterable[StagedRow]) -> None:
        """Note the line that each row looks like: by payee, sum, allocation, day or invoice."""
        asked = [row for row in rows if row.sap_document and row.ground and not row.faults]
        known = _known({row.amount for row in asked if row.amount is not None}) if asked else {}
        for row in asked:
            found = known.get(
                (row.ground.allocation.pk, row.amount or Decimal(0), plain(row.payee))
            )
            near = [one for one in found or () if one.pk not in self.taken and _is_near(row, one)]
            if near:
                best = min(near, key=lambda one: (_days(row.received_on, one.received_on), one.pk))
                row.looks_like_id = best.pk
                self.taken.add(best.pk)


def _known(amounts: set[Decimal]) -> dict[Key, list[SpendingLine]]:
    lines = SpendingLine.objects.filter(
        sap_document="",
        spending_import__isnull=True,
        stage=LineStage.ACTUAL,
        allocation__isnull=False,
        reverses__isnull=True,
        reversal__isnull=True,
        amount__in=amounts,
    ).only("allocation_id", "amount", "payee", "received_on", "invoice_number")
    found: dict[Key, list[SpendingLine]] = {}
    for line in lines:
        found.setdefault((line.allocation_id, line.amount, plain(line.payee)), []).append(line)
    return found


def _is_near(row: StagedRow, line: SpendingLine) -> bool:
    if row.invoice_number and line.invoice_number:
        return row.invoice_number.casefold() == line.invoice_number.casefold()
    return _days(row.received_on, line.received_on) <= MOST_DAYS


def _days(one: date | None, other: date) -> int:
    return abs((one - other).days) if one else MOST_DAYS + 1
