"""What many allocations are planned to spend, by financial year, as `grants.plans` defines it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from audit import clock
from decisions.rules.paper import year_of
from grants.models import NOUGHT, AccountRole, Allocation, SpendingLine
from grants.plans import Planned, Plans, plans_of
from grants.search import open_lines


@dataclass(frozen=True)
class Outlook:
    """What is planned of an allocation in a financial year; None for what no month has."""

    allocation: Allocation
    year: int | None
    planned: Planned


def outlooks(budgets: Iterable[tuple[Allocation, Decimal]]) -> Iterator[Outlook]:
    """Yield what is planned of allocations, each with its budget (pounds)."""
    held = list(budgets)
    keys = [row.pk for row, _ in held]
    now = clock.today().replace(day=1)
    plans, outturn = plans_of(keys), _outturn_since(now, keys)
    for row, budget in held:
        plan = plans.get(row.pk, Plans())
        for month, amount in plan.profile.items():
            yield Outlook(row, year_of(month), Planned(profile=amount))
        for month in sorted(plan.months()):
            so_far = outturn[row.pk, month]
            to_come = plan.forecast_of(month, so_far, now) - so_far
            if month >= now and to_come:
                yield Outlook(row, year_of(month), Planned(to_come=to_come))
        rest = budget - sum(plan.profile.values(), NOUGHT)
        yield Outlook(row, None, Planned(unprofiled=rest))


def _outturn_since(month: date, keys: list[int]) -> dict[tuple[int, date], Decimal]:
    found: dict[tuple[int, date], Decimal] = defaultdict(lambda: NOUGHT)
    since = {"allocation__in": keys, "received_on__gte": month}
    paid = SpendingLine.objects.filter(account_role=AccountRole.USED, **since)
    accrued = open_lines().filter(account_role=AccountRole.ACCRUED, **since)
    for rows, amount in ((paid, "effect"), (accrued, "open_sum")):
        for key, of, total in _by_month(rows, amount):
            found[key, of] += total
    return found


def _by_month(rows: Any, amount: str) -> Iterator[tuple[int, date, Decimal]]:
    months = rows.order_by().annotate(month=TruncMonth("received_on"))
    found = months.values("allocation", "month").annotate(total=Sum(amount))
    yield from found.values_list("allocation", "month", "total")
