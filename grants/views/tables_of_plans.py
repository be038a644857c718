"""The tables of plans, whole: month by month, every profile and forecast, and by group."""

from collections.abc import Iterator
from decimal import Decimal

from django.http import QueryDict
from django.utils.timezone import localdate

from accounts.models import User
from grants.by_month import months_of, whole_of
from grants.exporters.tables import Kind, Row, Table
from grants.forms.report import GROUPED_BY
from grants.models import NOUGHT, PlanMonth, month_name
from grants.programmes import standing_of
from grants.report import grouped, together
from grants.views.access import allocation_for
from grants.views.narrowing import told
from grants.views.report import NARROWING, report_wanted
from grants.views.tables import days, money, of_kind, programme_for, under, words

Cells = list[tuple[str, Decimal]]

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


def plan_table(query: QueryDict, _reader: User) -> Table:
    """Return plan and outturn of the report, as it is grouped and narrowed."""
    form, asked = report_wanted(query)
    found = asked.atoms
    groups, whole = grouped(found, asked.by), together(found)
    by = GROUPED_BY[asked.by]
    rows = [(each.label, each.sums.plan_cells) for each in groups]
    filters = told(query, form, NARROWING)
    return _planned(
        f"Plan by {by.lower()}", f"plan-by-{asked.by}", by, rows, whole.plan_cells, filters
    )


def programme_plan_table(query: QueryDict, reader: User) -> Table:
    """Return plan and outturn of a programme, by decision in the order of their signing."""
    programme = programme_for(query, reader)
    rows = [(row.member.decision.reference, row.plan_cells) for row in programme.rows]
    first = programme.first
    filters = [("Programme", f"begun with {first.reference}: {first.title}")]
    name = f"programme-plan-{first.slug}"
    return _planned("Plan of a programme", name, "Decision", rows, programme.plan_cells, filters)


def _planned(
    title: str,
    name: str,
    by: str,
    rows: list[tuple[str, Cells]],
    whole: Cells,
    filters: list[tuple[str, str]],
) -> Table:
    columns = (*words(by), *money(*(heading for heading, _ in whole)))

    def sums() -> Iterator[Row]:
        for label, cells in rows:
            yield (label, *(amount for _, amount in cells))

    def total() -> Row:
        return ("Together", *(amount for _, amount in whole))

    return Table(title, name, columns, filters, lambda: len(rows), sums, total)
