"""The tables of the money pages, whole: what each shows page by page, for a file.

Each maker takes the address's query, as its page does, and returns the table that it narrows to.
"""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Q, Sum
from django.http import Http404, QueryDict
from django.utils.timezone import localdate

from accounts.models import User
from decisions.models import Decision, OutcomeFigure
from grants.exporters.tables import Cell, Column, Kind, Row, Table
from grants.forms.report import GROUPED_BY
from grants.models import NOUGHT, Allocation
from grants.programmes import ProgrammeMoney, programme_money
from grants.programmes import Row as Member
from grants.report import grouped, together
from grants.search import categories_of, sums_accepted, sums_to_allocate, total_to_allocate, totals
from grants.views.access import allocation_for
from grants.views.crumbs import named
from grants.views.narrowing import OF_ALLOCATIONS, allocations_wanted, told
from grants.views.report import NARROWING, report_wanted
from grants.views.statements import StatementRow, available, statement

CHUNK = 1_000  # rows read at a time


def of_kind(kind: Kind, *headings: str) -> tuple[Column, ...]:
    """Return columns of one kind."""
    return tuple(Column(heading, kind) for heading in headings)


def words(*headings: str) -> tuple[Column, ...]:
    """Return columns of words."""
    return of_kind(Kind.WORDS, *headings)


def money(*headings: str) -> tuple[Column, ...]:
    """Return columns of sums in pounds."""
    return of_kind(Kind.MONEY, *headings)


def days(*headings: str) -> tuple[Column, ...]:
    """Return columns of days."""
    return of_kind(Kind.DAY, *headings)


def under(columns: tuple[Column, ...], label: str, **sums: Cell) -> Row:
    """Return the row of totals: a word in the first cell, sums under their headings."""
    by_heading = {name.replace("_", " ").capitalize(): total for name, total in sums.items()}
    assert by_heading.keys() <= {column.heading for column in columns}  # noqa: S101
    return (label, *(by_heading.get(column.heading) for column in columns[1:]))


# ---------------------------------------------------------------- allocations

ALLOCATIONS = (
    *words("Allocation", "Purpose", "Decision", "Funder", "Budget holder", "Recipient"),
    *words("Beneficiary"),
    *days("From", "To"),
    *words("Revenue or capital"),
    *money("Limit when made", "Changed by", "Moved", "Carried forward", "Handed back", "Limit"),
    *money("Reserved", "Committed", "Accrued", "Paid", "Spent", "Passed on", "Left"),
    *money("Drawn out of others"),
)


def allocations_table(query: QueryDict, _reader: User) -> Table:
    """Return the allocations, newest first; what some draw out of others is in the totals once."""
    form, selection = allocations_wanted(query)

    def rows() -> Iterator[Row]:
        found = Allocation.objects.filter(pk__in=selection.values("pk")).with_parties()
        return map(_allocation, found.with_balances().order_by("-id").iterator(CHUNK))

    def total() -> Row:
        found = totals(selection)
        sums = {
            "limit": found.limit,
            "reserved": found.reserved,
            "committed": found.committed,
            "spent": found.spent,
        }
        sums |= {"passed_on": found.passed_on, "left": found.left}
        label = "Together, what is drawn out of others once"
        return under(ALLOCATIONS, label, drawn_out_of_others=found.drawn, **sums)

    filters = told(query, form, OF_ALLOCATIONS)
    return Table("Allocations", "allocations", ALLOCATIONS, filters, selection.count, rows, total)


def _allocation(row: Allocation) -> Row:
    sums = vars(row)
    parties = (row.funder, row.budget_holder, row.recipient, row.beneficiary)
    names = ("changed", "vired", "carried", "handed_back", "now", "reserved")
    return (
        row.reference,
        row.purpose,
        row.decision.reference,
        *(str(party or "") for party in parties),
        row.period_start,
        row.period_end,
        row.get_charge_display(),
        row.limit,
        *(
            sums[name]
            for name in (*names, *("committed", "accrued", "paid", "spent", "passed_on", "left"))
        ),
        sums["now"] if row.funded_from_id else None,
    )


# ---------------------------------------------------------------- the statement

STATEMENT = (
    *of_kind(Kind.WORDS, "Entry"),
    *days("Date"),
    *words("What", "Line", "Payee", "Purpose", "Other allocation", "Reason"),
    *money("Out", "In", "Left"),
    *of_kind(Kind.NUMBER, "Audit trail entry"),
)


def statement_table(query: QueryDict, _reader: User) -> Table:
    """Return the whole statement of an allocation, or of a category in it, newest first."""
    allocation = allocation_for(query.get("allocation", ""))
    account = available(allocation, query.get("category", ""))

    def rows() -> Iterator[Row]:
        older: int | None = None
        while older != 0:
            page = statement(account, older, CHUNK)
            older = page.older
            yield from map(_entry, page.rows)

    def total() -> Row:
        ways = {"in": Sum("amount", filter=Q(amount__gt=0)), "out": Sum("amount")}
        found = account.entries.aggregate(**ways)
        into = found["in"] or NOUGHT
        left = found["out"] or NOUGHT
        return under(STATEMENT, "Together", out=into - left, left=left, **{"in": into})

    filters = [("Allocation", f"{allocation.reference}: {allocation.purpose}")]
    filters += [("Category", account.get_category_display())] if account.category else []
    name = f"statement-{allocation.slug}"
    return Table("Statement", name, STATEMENT, filters, account.entries.count, rows, total)


def _entry(row: StatementRow) -> Row:
    line, other = row.line, row.allocation
    return (
        str(row.n),
        localdate(row.at),
        row.what,
        line.reference if line else "",
        line.payee if line else "",
        line.purpose if line else "",
        other.reference if other else "",
        row.reason,
        row.out,
        row.into,
        row.left,
        row.seq,
    )


BY_CATEGORY = (*words("Category"), *money("Set apart", "Charged", "Left"))


def categories_table(query: QueryDict, _reader: User) -> Table:
    """Return what is set apart in an allocation for each category."""
    allocation = allocation_for(query.get("allocation", ""))
    found = categories_of(allocation)

    def rows() -> Iterator[Row]:
        return ((one.label, one.set_apart, one.used, one.left) for one in found)

    def total() -> Row:
        names = ("set_apart", "used", "left")
        return ("Together", *(sum((getattr(one, n) for one in found), NOUGHT) for n in names))

    filters = [("Allocation", f"{allocation.reference}: {allocation.purpose}")]
    name = f"categories-{allocation.slug}"
    return Table("By category", name, BY_CATEGORY, filters, lambda: len(found), rows, total)


# ---------------------------------------------------------------- sums decided, and awards

TO_ALLOCATE = (
    *words("Sum decided", "Decision", "Funder", "Drawn from"),
    *money("Decided", "Left to allocate"),
)
AWARDS = (
    *words("Grant", "Decision", "Funder", "Letter"),
    *days("Accepted"),
    *money("Decided", "Awarded"),
)


def sums_table(_query: QueryDict, _reader: User) -> Table:
    """Return the sums decided of which something is left to allocate, newest first."""
    found = sums_to_allocate()

    def rows() -> Iterator[Row]:
        return map(_sum_decided, found.iterator(CHUNK))

    def total() -> Row:
        label = "Together, a sum drawn from another counted there"
        return under(TO_ALLOCATE, label, left_to_allocate=total_to_allocate())

    title = "Decided and not yet allocated"
    return Table(title, "not-allocated", TO_ALLOCATE, [], found.count, rows, total)


def _whose(row: OutcomeFigure) -> tuple[str, str, str]:
    recommendation = row.outcome.recommendation
    funder = recommendation.funder or recommendation.decision.funder
    return named(row), recommendation.decision.title, str(funder or "")


def _sum_decided(row: OutcomeFigure) -> Row:
    source = row.outcome.recommendation.funded_from
    drawn = str(source) if source is not None else ""
    return (*_whose(row), drawn, row.amount, vars(row)["left"])


def awards_table(_query: QueryDict, _reader: User) -> Table:
    """Return the grants accepted with the letter in force of each, newest first."""
    found = sums_accepted()

    def rows() -> Iterator[Row]:
        return map(_award, found.iterator(CHUNK))

    def total() -> Row:
        sums = found.order_by().aggregate(decided=Sum("stands"), letters=Sum("awarded"))
        decided, awarded = sums["decided"] or NOUGHT, sums["letters"] or NOUGHT
        return under(AWARDS, "Together", decided=decided, awarded=awarded)

    return Table("Awards", "awards", AWARDS, [], found.count, rows, total)


def _award(row: OutcomeFigure) -> Row:
    told_of = vars(row)
    letter = told_of["letter"] or "None: at risk"
    return (*_whose(row), letter, *(told_of[name] for name in ("accepted_on", "stands", "awarded")))


# ---------------------------------------------------------------- the report, and programmes


def report_table(query: QueryDict, _reader: User) -> Table:
    """Return the report as it is grouped and narrowed."""
    form, asked = report_wanted(query)
    found = asked.atoms
    groups, total = grouped(found, asked.by), together(found)
    columns = (*words(GROUPED_BY[asked.by], "About"), *money(*(name for name, _ in total.cells)))

    def rows() -> Iterator[Row]:
        for each in groups:
            yield (each.label, each.about, *(amount for _, amount in each.sums.cells))

    def together_row() -> Row:
        return ("Together", "", *(amount for _, amount in total.cells))

    filters = told(query, form, NARROWING)
    title, name = f"Money by {GROUPED_BY[asked.by].lower()}", f"money-by-{asked.by}"
    return Table(title, name, columns, filters, lambda: len(groups), rows, together_row)


PROGRAMME = (
    *words("Decision", "Title", "Status"),
    *days("Signed"),
    *words("Links"),
    *money("Authorised", "Running total", "Allocated", "Reserved", "Committed", "Spent"),
    *money("Claimed", "Left"),
)


def programme_for(query: QueryDict, reader: User) -> ProgrammeMoney:
    """Return the programme of the decision that an address names; 404 when there is none."""
    slug = query.get("decision", "")
    decision = Decision.objects.visible_to(reader).with_parties().with_slug(slug).first()
    if decision is None:
        raise Http404
    return programme_money(decision, reader)


def programme_table(query: QueryDict, reader: User) -> Table:
    """Return the decisions of a programme in the order of their signing, with the money of each."""
    programme = programme_for(query, reader)

    def total() -> Row:
        money = programme.money
        sums: dict[str, Decimal] = {"authorised": programme.total, "allocated": money.allocated}
        sums |= {
            "reserved": money.reserved,
            "committed": money.committed,
            "spent": money.spent,
            "left": money.left,
        }
        sums["claimed"] = programme.claimed
        return under(PROGRAMME, "Together", **sums)

    first = programme.first
    filters = [("Programme", f"begun with {first.reference}: {first.title}")]
    return Table(
        "Programme",
        f"programme-{first.slug}",
        PROGRAMME,
        filters,
        lambda: len(programme.rows),
        lambda: map(_member, programme.rows),
        total,
    )


def _member(row: Member) -> Row:
    decision, money = row.member.decision, row.money
    return (
        decision.reference,
        decision.title,
        decision.get_status_display(),
        decision.date_signed,
        ", ".join(f"{link.get_kind_display()} {link.reference}" for link in row.links),
        *(row.member.opened, row.member.running, money.allocated, money.reserved),
        *(money.committed, money.spent, row.claimed, money.left),
    )
