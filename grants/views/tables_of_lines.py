"""The tables of spending lines, whole, for a file. What is counted is counted once.

An order and what was paid of it are two lines: their amounts are not added up, but what is open of
the one and what was paid by the other.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.timezone import localdate

from accounts.models import User
from audit import clock
from grants.exporters.tables import Kind, Row, Table
from grants.models import AccountRole, SpendingLine
from grants.search import open_lines, overdue, totals_of_lines, with_open_sums
from grants.templatetags.grants import status_of
from grants.views.access import allocation_for
from grants.views.narrowing import OF_LINES, lines_wanted, told
from grants.views.tables import CHUNK, days, money, of_kind, under, words

LINES = (
    *words(
        "Line",
        "Stands as",
        "Allocation",
        "Decision",
        "Funder",
        "Kind",
        "Payee",
        "Purpose",
        "Category",
    ),
    *days("Received or expected", "Paid on"),
    *money("Net", "VAT", "Gross"),
    *words("VAT recovered", "Invoice number", "PO number", "Pay period", "SAP journal"),
    *words("Cost centre or WBS"),
    *words("Subjective code", "SAP document", "SAP item", "Comes out of", "Reverses", "Credits"),
    *words("Why it came back"),
    *days("Recorded"),
    *words("Recorded by"),
    *money("Amount", "Committed", "Accrued", "Paid", "Awaiting authority"),
    *of_kind(Kind.WORDS, "Why it awaits authority"),
)


def lines_table(query: QueryDict, _reader: User) -> Table:
    """Return the spending lines that match, newest first."""
    form, found = lines_wanted(query)
    return _of(found, "Spending", "spending", told(query, form, OF_LINES))


def awaiting_table(_query: QueryDict, _reader: User) -> Table:
    """Return the lines that await authority, oldest first."""
    return _of(SpendingLine.objects.awaiting(), "Awaiting authority", "awaiting-authority", [])


def open_table(query: QueryDict, _reader: User) -> Table:
    """Return the commitments and accruals of an allocation that are open still, newest first."""
    allocation = allocation_for(query.get("allocation", ""))
    found = open_lines().filter(allocation=allocation).order_by("-id")
    filters = [("Allocation", f"{allocation.reference}: {allocation.purpose}")]
    return _of(found, "Committed and accrued, still open", f"open-{allocation.slug}", filters)


def overdue_table(_query: QueryDict, _reader: User) -> Table:
    """Return the commitments past their expected date, the oldest first."""
    title = "Commitments past their expected date"
    return _of(overdue(clock.today()), title, "overdue", [])


def _of(
    found: QuerySet[SpendingLine], title: str, name: str, filters: list[tuple[str, str]]
) -> Table:
    tied = (
        *("allocation__decision__series", "allocation__funder", "account__funder", "recorded_by"),
        *("reverses", "reversal", "draws_on", "covered_by", "credits"),
    )

    def rows() -> Iterator[Row]:
        lines: Iterable[SpendingLine] = with_open_sums(found.select_related(*tied)).iterator(CHUNK)
        return map(_line, lines)

    def total() -> Row:
        sums: dict[str, Any] = totals_of_lines(found)
        sums["awaiting_authority"] = sums.pop("awaiting")
        return under(LINES, "Together", **sums)

    return Table(title, name, LINES, filters, found.count, rows, total)


def _line(row: SpendingLine) -> Row:
    allocation = row.allocation
    return (
        row.reference,
        status_of(row)[0],
        allocation.reference if allocation else "",
        allocation.decision.reference if allocation else "",
        str(allocation.funder if allocation else row.account.funder or ""),
        row.get_kind_display(),
        row.payee,
        row.purpose,
        row.get_category_display(),
        row.received_on,
        row.paid_on,
        *(row.net, row.vat, row.gross),
        "yes" if row.is_vat_recovered else "no",
        *(row.invoice_number, row.po_number, row.pay_period, row.journal_number),
        *(row.cost_centre, row.subjective_code),
        *(row.sap_document, row.sap_item),
        row.draws_on.reference if row.draws_on else "",
        row.reverses.reference if row.reverses else "",
        row.credits.reference if row.credits else "",
        row.why_credited,
        localdate(row.recorded_at),
        row.recorded_by.name,
        row.effect,
        *_standing(row),
        row.why_awaiting,
    )


def _standing(row: SpendingLine) -> Row:
    """Return what of a line counts now (pounds): committed, accrued, paid, awaiting authority."""
    still, role = vars(row)["open_sum"], row.account_role
    return (
        still if role == AccountRole.COMMITTED else None,
        still if role == AccountRole.ACCRUED else None,
        row.effect if role == AccountRole.USED else None,
        row.amount if row.is_awaiting else None,
    )
