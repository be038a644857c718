"""The tables of plans, whole: month by month, every profile and forecast, and by group."""

from collections.abc import Iterator

from django.http import QueryDict
from django.utils.timezone import localdate

from accounts.models import User
from grants.by_month import months_of, whole_of
from grants.exporters.tables import Kind, Row, Table
from grants.models import NOUGHT, PlanMonth, month_name
from grants.programmes import standing_of
from grants.views.access import allocation_for
from grants.views.tables import days, money, of_kind, under, words

MONTHLY = (
    *words("Month"),
    *money("Profile", "Outturn", "On order", "Forecast", "Variance"),
    *money("Profile so far", "Outturn so far", "Even pace"),
)


def months_table(query: QueryDict, _reader: User) -> Table:
    """Return an allocation month by month, the first one first, with what no month has."""
    allocation = allocation_for(query.get("allocation", ""))
    months, standing = months_of(allocation), standing_of(allocation)
    whole = whole_of(allocation, months)

    def rows() -> Iterator[Row]:
        for each in months:
            planned = (each.profile, each.spent, each.ordered, each.forecast, each.variance)
            yield (each.name, *planned, each.planned, each.so_far, each.pace)
        left, none = whole.unprofiled, NOUGHT
        yield ("Not profiled", left, none, none, none, -left, None, None, None)

    def total() -> Row:
        forecast, variance = whole.forecast(standing.spent), whole.variance(standing.spent)
        sums = {"profile": whole.budget, "outturn": standing.spent, "on_order": standing.committed}
        return under(MONTHLY, "Together", forecast=forecast, variance=variance, **sums)

    filters = [("Allocation", f"{allocation.reference}: {allocation.purpose}")]
    name = f"months-{allocation.slug}"
    return Table("Month by month", name, MONTHLY, filters, lambda: len(months) + 1, rows, total)


PLANS = (
    *words("Plan"),
    *of_kind(Kind.NUMBER, "Version"),
    *days("Saved"),
    *words("By", "Reason", "Month"),
    *money("Amount"),
)


def plans_table(query: QueryDict, _reader: User) -> Table:
    """Return every profile and forecast of an allocation, month by month, the last one first."""
    allocation = allocation_for(query.get("allocation", ""))
    found = PlanMonth.objects.filter(plan__allocation=allocation).order_by("-plan", "month")

    def rows() -> Iterator[Row]:
        for row in found.select_related("plan__made_by"):
            plan = row.plan
            saved = (plan.get_kind_display(), plan.n, localdate(plan.made_at), str(plan.made_by))
            yield (*saved, plan.reason, month_name(row.month), row.amount)

    def total() -> Row:
        return under(PLANS, "Versions are not added up")

    filters = [("Allocation", f"{allocation.reference}: {allocation.purpose}")]
    name = f"plans-{allocation.slug}"
    return Table("Profiles and forecasts", name, PLANS, filters, found.count, rows, total)
