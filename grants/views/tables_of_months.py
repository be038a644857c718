"""The tables of months, whole, for a file: what was posted and closed, and the exceptions."""

from collections.abc import Iterator

from django.http import QueryDict
from django.utils.timezone import localdate

from accounts.models import User
from audit import clock
from decisions.models import year_name
from grants.exporters.tables import Kind, Row, Table
from grants.models import NOUGHT
from grants.months import MonthRow, year_of, year_rows
from grants.views.months import row_for, shown_of, unsettled_of, year_in
from grants.views.tables import days, money, of_kind, under, words

POSTED = (
    *words("Month", "State"),
    *days("Closed on"),
    *words("Closed by", "Why its exceptions may stand"),
    *of_kind(Kind.NUMBER, "Exceptions", "Lines posted"),
    *money("Committed", "Accrued", "Paid", "Of other years", "Awaiting authority"),
)
SUMS = ("committed", "accrued", "paid", "elsewhere", "awaiting")


def posted_table(query: QueryDict, _reader: User) -> Table:
    """Return the months of a financial year, with what was posted in each and its closing."""
    year = year_in(query.get("year", ""), year_of(clock.today()))
    found = [row for row in year_rows(year) if not row.is_ahead]

    def rows() -> Iterator[Row]:
        return map(_month, found)

    def total() -> Row:
        lines = sum(row.lines for row in found)
        sums = (sum((getattr(row, name) for row in found), NOUGHT) for name in SUMS)
        return ("Together", "", None, "", "", None, lines, *sums)

    filters = [("Financial year", year_name(year))]
    return Table("Months", f"months-{year}", POSTED, filters, lambda: len(found), rows, total)


def _month(row: MonthRow) -> Row:
    closing = row.closing
    return (
        row.name,
        "Closed" if closing else "Reopened" if row.last else "Open",
        localdate(closing.closed_at) if closing else None,
        str(closing.closed_by) if closing else "",
        closing.words if closing else "",
        row.exceptions if closing else None,
        row.lines,
        *(getattr(row, name) for name in SUMS),
    )


EXCEPTIONS = (
    *words("Line", "Payee", "Purpose", "Allocation", "Why it is named"),
    *days("Received or expected"),
    *money("Amount"),
)


def exceptions_table(query: QueryDict, _reader: User) -> Table:
    """Return what a month was closed with, or is not done with as it now stands."""
    row = row_for(query.get("month", ""))
    found = unsettled_of(row)

    def rows() -> Iterator[Row]:
        for one, line in shown_of(found):
            if line is None:
                yield ("", "", "All lines paid in the month", "", one.why, None, one.amount)
                continue
            place = line.allocation.reference if line.allocation else ""
            told = (line.reference, line.payee, line.purpose, place, one.why)
            yield (*told, line.received_on, one.amount)

    def total() -> Row:
        return under(EXCEPTIONS, "Together", amount=sum((one.amount for one in found), NOUGHT))

    told = "closed with these" if row.closing else "as it now stands"
    filters = [("Month", f"{row.name}, {told}")]
    name = f"exceptions-{row.slug}"
    return Table("Exceptions", name, EXCEPTIONS, filters, lambda: len(found), rows, total)
