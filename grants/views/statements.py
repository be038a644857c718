"""An allocation's statement, read as a bank statement is: newest first, what is left after each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import models
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404

from grants.models import Account, AccountRole, Allocation, Cause, Entry, Move, SpendingLine
from grants.search import HOLDING, PAGE, entries_of

BETWEEN = (Cause.VIREMENT, Cause.CARRY_FORWARD)


@dataclass(frozen=True)
class StatementRow:
    """One line of a statement: sums in pounds; `seq` is its entry on the audit trail."""

    n: int
    at: datetime
    what: str
    line: SpendingLine | None
    allocation: Allocation | None
    reason: str
    out: Decimal | None
    into: Decimal | None
    left: Decimal
    seq: int | None


@dataclass(frozen=True)
class Statement:
    """One page of a statement; `older` is where the next begins, 0 on the last."""

    rows: list[StatementRow]
    older: int


def statement(account: Account, before: int | None, most: int = PAGE) -> Statement:
    """Return the entries of an account before a number, newest first, so many and no more."""
    entries = (
        Entry.objects.filter(account=account)
        .prefetch_related(Prefetch("move__lines", _alone(), to_attr="alone"))
        .order_by("-n")
        .select_related(
            *(
                f"move__{end}__{of}"
                for end in ("source", "target")
                for of in ("allocation__decision__series", "figure__outcome__recommendation")
            ),
        )
    )
    if before is not None:
        entries = entries.filter(n__lt=before)
    found = list(entries[: most + 1])
    page = found[:most]
    seqs = entries_of("grants_move", (entry.move_id for entry in page))
    holders = _holders(page)
    rows = [_row(entry, seqs.get(entry.move_id), holders) for entry in page]
    return Statement(rows, page[-1].n if len(found) > most else 0)


def _other(entry: Entry) -> Account:
    """Return the account at the other end of an entry's move."""
    move = entry.move
    return move.target if move.source_id == entry.account_id else move.source


def _holders(entries: Iterable[Entry]) -> dict[int, SpendingLine]:
    """Return the line of each commitment or accrual at the other end, by its account."""
    accounts = [other.pk for other in map(_other, entries) if other.role in HOLDING]
    lines = SpendingLine.objects.filter(account__in=accounts, reverses__isnull=True)
    return {line.account_id: line for line in lines}


def _row(entry: Entry, seq: int | None, holders: dict[int, SpendingLine]) -> StatementRow:
    move, other = entry.move, _other(entry)
    line = _line(move) or holders.get(other.pk)
    return StatementRow(
        n=entry.n,
        at=move.moved_at,
        what=_what(entry, other, line),
        line=line,
        allocation=other.allocation if move.cause in BETWEEN else None,
        reason=move.reason,
        out=-entry.amount if entry.amount < 0 else None,
        into=entry.amount if entry.amount > 0 else None,
        left=entry.after,
        seq=seq,
    )


def _line(move: Move) -> SpendingLine | None:
    found: list[SpendingLine] = move.alone  # type: ignore[attr-defined]
    return found[0] if found else None


def _alone() -> models.QuerySet[SpendingLine]:
    """Return the lines that have a move of their own, and one line of each import."""
    lines = SpendingLine.objects.select_related("reverses", "credits")
    first = lines.filter(move=models.OuterRef("move"), together__isnull=False).order_by("id")
    return lines.filter(
        models.Q(together__isnull=True) | models.Q(pk=models.Subquery(first.values("pk")[:1]))
    )


def _what(entry: Entry, other: Account, line: SpendingLine | None) -> str:
    cause = Cause(entry.move.cause)
    if cause in BETWEEN:
        way = "to" if entry.amount < 0 else "from"
        return f"Moved {way}" if cause == Cause.VIREMENT else f"Carried forward {way}"
    if cause == Cause.SUB_ALLOCATION and other.figure:
        return f"Drawn by {str(other.figure.outcome.recommendation).lower()}"
    if line and line.together is not None:
        return f"{cause.label} by Import {line.spending_import_id}, of which the first is"
    if cause == Cause.GIVEN_BACK and line and line.credits and not line.reverses:
        return f"Credit of {line.credits.reference}"
    if cause in (Cause.REVERSAL, Cause.GIVEN_BACK) and line and line.reverses:
        return f"Reversal of {line.reverses.reference}"
    if cause in (Cause.COMMITMENT, Cause.ACCRUAL) and not _line(entry.move):
        return "Cost more than was set aside for"
    return cause.label


def available(allocation: Allocation, category: str = "") -> Account:
    """Return the account of what is left of an allocation, or set apart in it for a category.

    Raises Http404 where nothing was ever set apart for it.
    """
    role = AccountRole.AVAILABLE
    return get_object_or_404(Account, allocation=allocation, role=role, category=category)
