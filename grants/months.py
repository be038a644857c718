"""Months as they are shown: what was posted in each, what they were closed with. Sums in pounds.

The posting month is the one something was recorded in, in London; the year that a line concerns is
the one that it was received in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db import connection
from django.db.models import Count, Q, Sum
from django.utils.timezone import localdate

from audit import clock
from grants.models import (
    NOUGHT,
    ExceptionKind,
    LineStage,
    MonthClosing,
    Move,
    SpendingLine,
    month_name,
)
from grants.models.months import MonthClosingQuerySet

APRIL = 4

POSTED = """
    SELECT date_trunc('month', m.moved_at AT TIME ZONE 'Europe/London')::date, a.role, sum(e.amount)
    FROM grants_move m JOIN grants_entry e ON e.move_id = m.id
    JOIN grants_account a ON a.id = e.account_id
    WHERE m.moved_at >= grants_start_of(%(first)s) AND m.moved_at < grants_start_of(%(after)s)
      AND a.role IN ('committed', 'accrued', 'used', 'awaiting')
    GROUP BY 1, 2
"""
LINES = """
    SELECT date_trunc('month', recorded_at AT TIME ZONE 'Europe/London')::date, count(*),
           coalesce(sum(effect) FILTER (WHERE stage = 'actual' AND allocation_id IS NOT NULL
               AND received_on NOT BETWEEN %(first)s AND %(last)s), 0)
    FROM grants_spendingline
    WHERE recorded_at >= grants_start_of(%(first)s) AND recorded_at < grants_start_of(%(after)s)
    GROUP BY 1
"""
EXCEPTIONS = "SELECT line_id, kind, amount FROM grants_exceptions_of(%s)"


@dataclass(frozen=True)
class Unsettled:
    """A line that a month is not done with, or all of it together: why, and its sum in pounds."""

    line_id: int | None
    kind: str
    amount: Decimal

    @property
    def why(self) -> str:
        """Why it is named."""
        return ExceptionKind(self.kind).label


@dataclass(frozen=True)
class MonthRow:
    """A month: what was posted in it, and the closing in force, if it is closed.

    Sums are by how much a balance changed; `elsewhere` is what of `paid` was received outside the
    financial year. `last` says who closed it last, also where it was reopened since.
    """

    month: date
    lines: int
    committed: Decimal
    accrued: Decimal
    paid: Decimal
    awaiting: Decimal
    elsewhere: Decimal
    closing: MonthClosing | None
    last: MonthClosing | None
    exceptions: int

    @property
    def name(self) -> str:
        """What people call it."""
        return month_name(self.month)

    @property
    def slug(self) -> str:
        """Its place in addresses: "2026-10"."""
        return slug_of(self.month)

    @property
    def is_over(self) -> bool:
        """Whether its last day has passed."""
        return next_month(self.month) <= clock.today()

    @property
    def is_ahead(self) -> bool:
        """Whether it has not begun."""
        return self.month > clock.today()


def slug_of(month: date) -> str:
    """Return a month's place in addresses: "2026-10"."""
    return f"{month.year:04d}-{month.month:02d}"


def month_of(slug: str) -> date | None:
    """Return the month of a place in addresses; None where it is none."""
    try:
        found = datetime.strptime(slug, "%Y-%m").date()  # noqa: DTZ007 - a date, in no zone
    except ValueError:
        return None
    return found if slug_of(found) == slug else None


def next_month(month: date) -> date:
    """Return the month after a month."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def year_of(day: date) -> int:
    """Return the calendar year in which the financial year of a day begins."""
    return day.year if day.month >= APRIL else day.year - 1


def year_bounds(day: date) -> tuple[date, date]:
    """Return the first and the last day of the financial year of a day."""
    year = year_of(day)
    return date(year, APRIL, 1), date(year + 1, 3, 31)


def months_of(year: int) -> list[date]:
    """Return the months of a financial year."""
    months = [date(year, APRIL, 1)]
    while len(months) < 12:
        months.append(next_month(months[-1]))
    return months


def first_year() -> int:
    """Return the financial year in which something was first posted; this one where nothing was."""
    first = Move.objects.order_by("moved_at").values_list("moved_at", flat=True).first()
    return year_of(localdate(first) if first else clock.today())


def year_rows(year: int) -> list[MonthRow]:
    """Return the months of a financial year with what was posted in each."""
    months = months_of(year)
    span = {"first": months[0], "after": next_month(months[-1]), "last": date(year + 1, 3, 31)}
    posted = {(month, role): amount for month, role, amount in _asked(POSTED, span)}
    lines = {month: (number, elsewhere) for month, number, elsewhere in _asked(LINES, span)}
    closings = {one.month: one for one in _closings(months).in_force()}
    last = {one.month: one for one in _closings(months).order_by("n")}
    counts = dict(
        MonthClosing.objects.filter(pk__in=[one.pk for one in closings.values()])
        .order_by()
        .values_list("month")
        .annotate(count=Count("exceptions"))
    )
    return [
        MonthRow(
            month=month,
            lines=lines.get(month, (0, NOUGHT))[0],
            committed=posted.get((month, "committed"), NOUGHT),
            accrued=posted.get((month, "accrued"), NOUGHT),
            paid=posted.get((month, "used"), NOUGHT),
            awaiting=posted.get((month, "awaiting"), NOUGHT),
            elsewhere=lines.get(month, (0, NOUGHT))[1],
            closing=closings.get(month),
            last=last.get(month),
            exceptions=counts.get(month, 0),
        )
        for month in months
    ]


def _closings(months: list[date]) -> MonthClosingQuerySet:
    return MonthClosing.objects.filter(month__in=months).select_related("closed_by")


def _asked(sql: str, values: dict[str, date]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def closing_of(month: date) -> MonthClosing | None:
    """Return the closing of a month that is in force; None while it is open."""
    found = MonthClosing.objects.in_force().filter(month=month).select_related("closed_by")
    return found.order_by("-n").first()


def exceptions_of(month: date) -> list[Unsettled]:
    """Return what a month is not done with, as it now stands."""
    with connection.cursor() as cursor:
        cursor.execute(EXCEPTIONS, [month])
        return [Unsettled(*row) for row in cursor.fetchall()]


def digest_of(exceptions: Iterable[Unsettled]) -> str:
    """Return a short digest of exceptions: what a page showed of them."""
    words = "\n".join(f"{one.line_id} {one.kind} {one.amount}" for one in exceptions)
    return sha256(words.encode()).hexdigest()[:16]


def received_in(year: int) -> tuple[Decimal, Decimal]:
    """Return what was paid for what was received in a financial year, and what of it came later.

    The second is what was posted after the last day of the year.
    """
    lines = SpendingLine.objects.filter(
        stage=LineStage.ACTUAL,
        allocation__isnull=False,
        received_on__range=(date(year, APRIL, 1), date(year + 1, 3, 31)),
    )
    after = Q(recorded_at__date__gt=date(year + 1, 3, 31))
    found = lines.aggregate(all=Sum("effect"), later=Sum("effect", filter=after))
    return found["all"] or NOUGHT, found["later"] or NOUGHT
