"""What allocations are planned to spend, and what came of it: one meaning for each word, in pounds.

Budget, profile, forecast, outturn and variance are defined here and nowhere else; DEFINITIONS says
them to people, and the pages show it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Max

from grants.models import NOUGHT, Allocation, Plan, PlanKind, PlanMonth

DEFINITIONS: tuple[tuple[str, str], ...] = (
    (
        "Budget",
        "the limit as it now stands, with every variation, virement, carry forward and hand-back; "
        "what was passed on to another allocation counts with that one",
    ),
    (
        "Profile",
        "what of the budget is planned to be spent in each month, by the profile in force",
    ),
    (
        "Not profiled",
        "the budget less the profile: planned for no month, and forecast at nought until it is. "
        "Below nought where the limit was lowered since",
    ),
    (
        "Outturn",
        "what was received in a month, paid or accrued, by its date of receipt; orders are no part "
        "of it. A reversal counts in the month of the line that it takes back",
    ),
    (
        "Forecast",
        "of a month that is over, its outturn; of this month and later ones, the officer’s own "
        "forecast where there is one, else the profile, and never less than the outturn so far",
    ),
    (
        "Variance",
        "the forecast less the profile, and for the whole the forecast less the budget. Above "
        "nought: more is spent than planned. Below nought: less",
    ),
)

Months = Mapping[date, Decimal]


@dataclass(frozen=True)
class Planned:
    """What is planned of some money, added up (pounds).

    `to_come` is what is forecast beyond the outturn so far.
    """

    profile: Decimal = NOUGHT
    unprofiled: Decimal = NOUGHT
    to_come: Decimal = NOUGHT

    def __add__(self, other: "Planned") -> "Planned":
        """Add two, sum by sum."""
        return Planned(
            self.profile + other.profile,
            self.unprofiled + other.unprofiled,
            self.to_come + other.to_come,
        )

    @property
    def budget(self) -> Decimal:
        """What may be spent: what is profiled, and what is not."""
        return self.profile + self.unprofiled

    def forecast(self, outturn: Decimal) -> Decimal:
        """What will be spent in the end, with an outturn so far."""
        return outturn + self.to_come

    def variance(self, outturn: Decimal) -> Decimal:
        """The forecast less the budget: above nought where more is spent than planned."""
        return self.forecast(outturn) - self.budget

    def cells(self, outturn: Decimal) -> list[tuple[str, Decimal]]:
        """Return the sums from budget to variance, each with its heading."""
        return [
            ("Budget", self.budget),
            ("Profile", self.profile),
            ("Not profiled", self.unprofiled),
            ("Outturn", outturn),
            ("Forecast", self.forecast(outturn)),
            ("Variance", self.variance(outturn)),
        ]


@dataclass(frozen=True)
class Plans:
    """The plans in force of one allocation: what each says of each month that it names."""

    profile: Months = field(default_factory=dict)
    forecast: Months = field(default_factory=dict)

    def months(self) -> set[date]:
        """Return the months that either names."""
        return {*self.profile, *self.forecast}

    def forecast_of(self, month: date, outturn: Decimal, this_month: date) -> Decimal:
        """Return what is forecast of a month with an outturn so far (see DEFINITIONS)."""
        if month < this_month:
            return outturn
        expected = self.forecast.get(month, self.profile.get(month, NOUGHT))
        return max(outturn, expected)


def plans_of(allocations: Iterable[int]) -> dict[int, Plans]:
    """Return the plans in force of allocations, by their keys; nothing where there is none."""
    keys = list(allocations)
    last = Plan.objects.filter(allocation__in=keys).order_by().values("allocation", "kind")
    in_force = [row["last"] for row in last.annotate(last=Max("id"))]
    rows = PlanMonth.objects.filter(plan__in=in_force).order_by("month")
    found: dict[int, dict[str, dict[date, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for key, kind, month, amount in rows.values_list(
        "plan__allocation", "plan__kind", "month", "amount"
    ):
        found[key][kind][month] = amount
    return {
        key: Plans(kinds[PlanKind.PROFILE], kinds[PlanKind.FORECAST])
        for key, kinds in found.items()
    }


def plans_of_one(allocation: Allocation) -> Plans:
    """Return the plans in force of one allocation."""
    return plans_of([allocation.pk]).get(allocation.pk, Plans())


def plan_in_force(allocation: Allocation, kind: PlanKind) -> Plan | None:
    """Return the last plan of a kind; None before there is one."""
    return Plan.objects.filter(allocation=allocation, kind=kind).order_by("-n").first()
