"""The tables of claims, whole, for a file: the claims, the lines of one, and its totals."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Q, Sum
from django.http import Http404, QueryDict
from django.utils.timezone import localdate

from accounts.models import User
from grants.claims import LIVE, category_totals, year_end_accruals
from grants.exporters.tables import Kind, Row, Table
from grants.models import NOUGHT, Claim, ClaimLine, LineOutcome, StepKind
from grants.search import sums_accepted
from grants.views.claims import claim_for
from grants.views.tables import CHUNK, days, money, of_kind, under, words

CLAIMS = (
    *words("Claim", "Decision", "State"),
    *days("From", "To"),
    *of_kind(Kind.NUMBER, "Lines"),
    *days("Drawn up"),
    *words("By"),
    *days("Submitted", "Answered"),
    *words("Reference of the answer"),
    *money("Claimed", "Paid"),
)


def number_in(query: QueryDict, name: str) -> int:
    """Return the number that an address gives; 404 where it is none."""
    typed = query.get(name, "")
    if not (typed.isascii() and typed.isdigit() and len(typed) < 15):
        raise Http404
    return int(typed)


def claims_table(query: QueryDict, _reader: User) -> Table:
    """Return the claims, newest first; those of one grant where the address names it."""
    found, filters = Claim.objects.with_steps().order_by("-id"), []
    if "grant" in query:
        figure = sums_accepted().filter(pk=number_in(query, "grant")).first()
        if figure is None:
            raise Http404
        found = found.filter(figure=figure)
        filters = [("Grant", figure.ledger_reference)]

    def rows() -> Iterator[Row]:
        return map(_claim, found.iterator(CHUNK))

    def total() -> Row:
        sums = ClaimLine.objects.filter(claim__in=found.order_by().values("pk")).aggregate(
            live=Sum("amount", filter=LIVE),
            paid=Sum("amount", filter=Q(outcome__outcome=LineOutcome.PAID)),
        )
        label = "Together, what was carried forward, disallowed or withdrawn left out"
        return under(CLAIMS, label, claimed=sums["live"] or NOUGHT, paid=sums["paid"] or NOUGHT)

    return Table("Claims", "claims", CLAIMS, filters, found.count, rows, total)


def _claim(claim: Claim) -> Row:
    sent, answered = claim.step(StepKind.SUBMITTED), claim.step(StepKind.ANSWERED)
    return (
        claim.reference,
        claim.figure.outcome.recommendation.decision.reference,
        claim.state,
        claim.period_start,
        claim.period_end,
        claim.lines,
        localdate(claim.made_at),
        str(claim.made_by),
        sent.taken_on if sent else None,
        answered.taken_on if answered else None,
        answered.reference if answered else "",
        claim.total,
        claim.paid,
    )


OF_CLAIM = (
    *words("Line", "Allocation", "Payee", "Purpose", "Category"),
    *days("Received"),
    *words("Invoice number", "Takes back", "What became of it"),
    *money("Amount"),
)


def claim_table(query: QueryDict, _reader: User) -> Table:
    """Return the lines of a claim, in their order."""
    claim = claim_for(number_in(query, "claim"))
    found = ClaimLine.objects.filter(claim=claim).order_by("id")
    joined = found.select_related("line__allocation__decision__series", "line__reverses", "outcome")

    def rows() -> Iterator[Row]:
        return map(_claimed, joined.iterator(CHUNK))

    def total() -> Row:
        return under(OF_CLAIM, "Together", amount=claim.total)

    name = f"claim-{claim.pk}-lines"
    return Table("Lines of a claim", name, OF_CLAIM, of(claim), found.count, rows, total)


def _claimed(row: ClaimLine) -> Row:
    line = row.line
    return (
        line.reference,
        line.allocation.reference if line.allocation else "",
        line.payee,
        line.purpose,
        line.get_category_display(),
        line.received_on,
        line.invoice_number,
        line.reverses.reference if line.reverses else "",
        row.outcome.get_outcome_display() if hasattr(row, "outcome") else "",
        row.amount,
    )


def of(claim: Claim) -> list[tuple[str, str]]:
    """Return what a table of a claim is narrowed to."""
    return [("Claim", f"{claim.reference}, {claim.state.lower()}")]


BY_CATEGORY = (*words("Category"), *of_kind(Kind.NUMBER, "Lines"), *money("Amount"))


def claim_categories_table(query: QueryDict, _reader: User) -> Table:
    """Return what a claim comes to by category."""
    claim = claim_for(number_in(query, "claim"))
    found = category_totals(claim)

    def rows() -> Iterator[Row]:
        return ((one.label, one.lines, one.total) for one in found)

    def total() -> Row:
        return ("Together", claim.lines, claim.total)

    name = f"claim-{claim.pk}-by-category"
    return Table(
        "A claim by category", name, BY_CATEGORY, of(claim), lambda: len(found), rows, total
    )


ACCRUALS = (
    *words("Line", "Allocation", "Payee", "Purpose", "Category"),
    *days("Received"),
    *money("Still open"),
)


def claim_accruals_table(query: QueryDict, _reader: User) -> Table:
    """Return what was accrued at the end of a claim's year, and is in no claim."""
    claim = claim_for(number_in(query, "claim"))
    found = year_end_accruals(claim)

    def rows() -> Iterator[Row]:
        for line in found:
            place = line.allocation.reference if line.allocation else ""
            words_ = (line.reference, place, line.payee, line.purpose)
            yield (*words_, line.get_category_display(), line.received_on, _open(line))

    def total() -> Row:
        return under(ACCRUALS, "Together", still_open=sum(map(_open, found), NOUGHT))

    name = f"claim-{claim.pk}-accruals"
    return Table("Accrued, not claimed", name, ACCRUALS, of(claim), lambda: len(found), rows, total)


def _open(line: object) -> Decimal:
    amount: Decimal = vars(line)["open_sum"]
    return amount
