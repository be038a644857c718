"""An allocation month by month: what was received and what is on order, against its profile.

Sums in pounds. A line is of the month of its receipt; an order of the month it is expected in. The
even pace is what would be spent by the end of a month if as much were spent each day. Profile,
forecast and variance are what `grants.plans` says they are.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum
from django.db.models.functions import TruncMonth

from audit import clock
from audit.words import MONTHS
from decisions.models import year_name
from decisions.rules.paper import year_of
from grants.models import NOUGHT, AccountRole, Allocation, SpendingLine
from grants.plans import Planned, Plans, plans_of_one
from grants.programmes import standing_of
from grants.search import open_lines

PENNY = Decimal("0.01")
DECEMBER = 12


@dataclass(frozen=True)
class Month:
    """A month of an allocation; `so_far` is spent up to its end, `pace` what an even pace would.

    `spent` is its outturn, `planned` what is profiled up to its end.
    """

    first: date
    spent: Decimal
    ordered: Decimal
    so_far: Decimal
    pace: Decimal
    profile: Decimal = NOUGHT
    forecast: Decimal = NOUGHT
    planned: Decimal = NOUGHT

    @property
    def name(self) -> str:
        """How it is called: "October 2019"."""
        return f"{MONTHS[self.first.month - 1]} {self.first.year}"

    @property
    def behind(self) -> Decimal:
        """How much less than at an even pace was spent; below nought where it was more."""
        return self.pace - self.so_far

    @property
    def variance(self) -> Decimal:
        """The forecast less the profile: above nought where more is spent than planned."""
        return self.forecast - self.profile


def months_of(allocation: Allocation, plans: Plans | None = None) -> list[Month]:
    """Return the months of an allocation that was read with its balances, the first one first."""
    plans = plans_of_one(allocation) if plans is None else plans
    spent, ordered = _spent(allocation), _ordered(allocation)
    ends = {_first(allocation.period_start), _first(allocation.period_end)}
    known = {*spent, *ordered, *plans.months(), *ends}
    whole, now = standing_of(allocation).allocated, _first(clock.today())
    so_far, planned, found = NOUGHT, NOUGHT, []
    for first in from_to(min(known), max(known)):
        profile = plans.profile.get(first, NOUGHT)
        so_far, planned = so_far + spent[first], planned + profile
        found.append(
            Month(
                first,
                spent[first],
                ordered[first],
                so_far,
                _pace(allocation, first, whole),
                profile,
                plans.forecast_of(first, spent[first], now),
                planned,
            )
        )
    return found


def whole_of(allocation: Allocation, months: list[Month]) -> Planned:
    """Return what is planned of an allocation, with what no month has."""
    profile = sum((month.profile for month in months), NOUGHT)
    to_come = sum((month.forecast - month.spent for month in months), NOUGHT)
    return Planned(profile, standing_of(allocation).allocated - profile, to_come)


@dataclass(frozen=True)
class Year:
    """The months of a financial year together, or what is not profiled, which is of none."""

    name: str
    profile: Decimal
    spent: Decimal
    ordered: Decimal
    forecast: Decimal
    variance: Decimal


def years_of(months: list[Month], whole: Planned) -> list[Year]:
    """Return the financial years that months lie in, in order, and then what no month has."""
    by_year: dict[int, list[Month]] = defaultdict(list)
    for month in months:
        by_year[year_of(month.first)].append(month)
    names = ("profile", "spent", "ordered", "forecast", "variance")
    found = []
    for year, those in by_year.items():
        sums = {name: sum((getattr(month, name) for month in those), NOUGHT) for name in names}
        found.append(Year(year_name(year), **sums))
    left = whole.unprofiled
    return [*found, Year("Not profiled", left, NOUGHT, NOUGHT, NOUGHT, -left)]


def _spent(allocation: Allocation) -> dict[date, Decimal]:
    paid = SpendingLine.objects.filter(allocation=allocation, account_role=AccountRole.USED)
    accrued = open_lines().filter(allocation=allocation, account_role=AccountRole.ACCRUED)
    found = _by_month(paid, "effect")
    for month, total in _by_month(accrued, "open_sum").items():
        found[month] += total
    return found


def _ordered(allocation: Allocation) -> dict[date, Decimal]:
    held = open_lines().filter(Q(account_role=AccountRole.COMMITTED), allocation=allocation)
    return _by_month(held, "open_sum")


def _by_month(lines: Any, amount: str) -> dict[date, Decimal]:
    rows = lines.order_by().annotate(month=TruncMonth("received_on")).values("month")
    found: dict[date, Decimal] = defaultdict(lambda: NOUGHT)
    for row in rows.annotate(total=Sum(amount)):
        found[row["month"]] = row["total"]
    return found


def _first(value: date) -> date:
    return value.replace(day=1)


def from_to(first: date, last: date) -> Iterator[date]:
    """Yield the months from one to another, both included, each by its first day."""
    month = first
    while month <= last:
        yield month
        after = month.month % DECEMBER + 1
        month = date(month.year + (month.month == DECEMBER), after, 1)


def _pace(allocation: Allocation, first: date, whole: Decimal) -> Decimal:
    """Return what an even pace over the period comes to at the end of a month."""
    end = first.replace(day=monthrange(first.year, first.month)[1])
    start, days = allocation.period_start, (allocation.period_end - allocation.period_start).days
    gone = min(max((end - start).days + 1, 0), days + 1)
    return (whole * gone / (days + 1)).quantize(PENNY)


# ---------------------------------------------------------------- drawn

WIDTH, HEIGHT, TOP = Decimal(600), Decimal(200), Decimal(10)


@dataclass(frozen=True)
class Drawing:
    """The lines of a burn-up, as points of an SVG of 600 by 220; the table says the same."""

    spent: str
    pace: str
    planned: str
    whole: Decimal


def drawn(months: list[Month]) -> Drawing:
    """Draw what was spent, the profile and an even pace, from nought before the first month."""
    tops = (top for month in months for top in (month.pace, month.so_far, month.planned))
    most = max([PENNY, *tops])
    return Drawing(
        spent=_points([month.so_far for month in months], most),
        pace=_points([month.pace for month in months], most),
        planned=_points([month.planned for month in months], most),
        whole=most,
    )


def _points(sums: list[Decimal], most: Decimal) -> str:
    step = WIDTH / len(sums)
    places = enumerate([NOUGHT, *sums])
    return " ".join(
        f"{step * at:.1f},{TOP + HEIGHT - HEIGHT * max(amount, NOUGHT) / most:.1f}"
        for at, amount in places
    )
