"""How register and SAP stand to each other: what has no other side, and what a month comes to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from grants.matching_rules import Side
from grants.models import (
    MatchRule,
    NoteKind,
    Reconciliation,
    ReconcilingKind,
    SapExport,
    SapItem,
    SapMatchPart,
    SpendingLine,
)
from grants.months import next_month

FROM = "SELECT grants_start_of(grants_reconciled_from()), grants_reconciled_from()"
SUMS = "SELECT * FROM grants_reconciliation_sums(%s)"
OPEN = "SELECT line_id, item_id, amount, kind, words FROM grants_reconciling(%s)"
LABELS = {one.value: str(one.label) for one in (*NoteKind, *ReconcilingKind)}
ASKED_AT_ONCE = 10_000


class Numbered(Protocol):
    """Something with the number of a SAP document and item."""

    @property
    def sap_document(self) -> str: ...  # noqa: D102
    @property
    def sap_item(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Standing:
    """The sums of a month's statement as they now are; `difference` is what nobody explained."""

    lines: int
    register: Decimal
    postings: int
    sap: Decimal
    explained: Decimal
    unexplained: int
    digest: str

    @property
    def difference(self) -> Decimal:
        """What is left between register and SAP once explained items are taken into account."""
        return self.register - self.sap - self.explained


@dataclass(frozen=True)
class Open:
    """A line or posting without its other side by the end of a month."""

    line_id: int | None
    item_id: int | None
    amount: Decimal
    kind: str
    words: str

    @property
    def label(self) -> str:
        """Why, by its kind."""
        return LABELS[self.kind]

    @property
    def is_explained(self) -> bool:
        """Whether somebody said why, or what came later does."""
        return self.kind != ReconcilingKind.UNEXPLAINED

    @property
    def is_matched(self) -> bool:
        """Whether its other side lies in another month."""
        return self.kind == ReconcilingKind.LATER


def _begun() -> tuple[datetime | None, date | None]:
    with connection.cursor() as cursor:
        cursor.execute(FROM)
        moment, day = cursor.fetchone()
        return moment, day


def reconciled_from() -> date | None:
    """Return the first month of which an export was loaded; None where none was."""
    return _begun()[1]


def standing(month: date) -> Standing:
    """Return the sums of a month's statement, were it prepared now."""
    with connection.cursor() as cursor:
        cursor.execute(SUMS, [month])
        return Standing(*cursor.fetchone())


def open_by(month: date) -> list[Open]:
    """Return every line and posting without its other side by the end of a month."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [month])
        return [Open(*row) for row in cursor.fetchall()]


def is_current(made: Reconciliation) -> bool:
    """Return whether a statement is the last of its month, and still true."""
    is_last = not Reconciliation.objects.filter(month=made.month, n__gt=made.n).exists()
    return is_last and standing(made.month).digest == made.digest


def live_items() -> QuerySet[SapItem]:
    """Return the postings of exports that nobody withdrew."""
    return SapItem.objects.filter(export__in=SapExport.objects.live().values("pk"))


def items_held(postings: Sequence[Numbered]) -> set[tuple[str, str]]:
    """Return the document and item of those postings that were loaded before."""
    documents = list({one.sap_document for one in postings})
    found: set[tuple[str, str]] = set()
    for start in range(0, len(documents), ASKED_AT_ONCE):
        asked = live_items().filter(sap_document__in=documents[start : start + ASKED_AT_ONCE])
        found.update(asked.values_list("sap_document", "sap_item"))
    return found


def unmatched_lines() -> QuerySet[SpendingLine]:
    """Return what was paid since reconciling began and is in no match."""
    start = _begun()[0]
    parts = SapMatchPart.objects.filter(line=OuterRef("pk"), match__end__isnull=True)
    lines = SpendingLine.objects.filter(~Exists(parts), account_role="used")
    return lines.filter(recorded_at__gte=start) if start else lines.none()


def unmatched_items() -> QuerySet[SapItem]:
    """Return the postings of SAP that are in no match."""
    parts = SapMatchPart.objects.filter(item=OuterRef("pk"), match__end__isnull=True)
    return live_items().filter(~Exists(parts))


def unmatched() -> tuple[list[Side], list[Side]]:
    """Return lines and postings that are in no match, as the rules look at them."""
    lines = unmatched_lines().order_by("pk").values_list(
        "pk", "effect", "sap_document", "sap_item", "payee", "invoice_number", "received_on",
        "paid_on", "reverses", "recorded_at",
    )  # fmt: skip
    items = unmatched_items().order_by("pk").values_list(
        "pk", "amount", "sap_document", "sap_item", "payee", "invoice_number", "posted_on"
    )  # fmt: skip
    end = _loaded_until()
    return [_line(end, *row) for row in lines], [_item(*row) for row in items]


def _loaded_until() -> date:
    """Return the first day after the months that an export was loaded of."""
    last = SapExport.objects.live().order_by("-month").values_list("month", flat=True).first()
    return next_month(last) if last else date.min


def _line(end: date, pk: int, amount: Decimal, *rest: Any) -> Side:
    document, item, payee, invoice, received_on, paid_on, reverses, recorded_at = rest
    if localdate(recorded_at) >= end:
        reverses = None  # SAP may have both yet
    dates = tuple(one for one in (received_on, paid_on) if one)
    return Side(pk, f"Line {pk}", amount, document, item, payee, invoice, dates, reverses)


def _item(pk: int, amount: Decimal, *rest: Any) -> Side:
    document, item, payee, invoice, posted_on = rest
    reference = SapItem(sap_document=document, sap_item=item).reference
    dates = (posted_on,) if posted_on else ()
    return Side(pk, reference, amount, document, item, payee, invoice, dates)


def rules_counted(month: date) -> list[tuple[str, int]]:
    """Return by how many live matches of a month's postings each rule was used, in their order."""
    parts = SapMatchPart.objects.filter(match__end__isnull=True, item__export__month=month)
    counts: dict[str, set[int]] = {}
    for rule, match in parts.values_list("match__rule", "match_id"):
        counts.setdefault(rule, set()).add(match)
    return [(str(one.label), len(counts[one.value])) for one in MatchRule if one.value in counts]


def summed(rows: Iterable[Open]) -> Decimal:
    """Return what lines and postings come to together, in pounds."""
    return sum((one.amount for one in rows), Decimal(0))
