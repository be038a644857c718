"""Finding money: sums decided and not yet allocated, allocations and their totals, open lines.

Sums are in pounds. Nothing of Part 2 is found here: whoever sees money need not see restricted
facts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models import (
    Case,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from audit.listed import first_entries
from decisions.models import (
    GRANTED,
    Decision,
    FigureRole,
    Organisation,
    OutcomeFigure,
    Recommendation,
    RecommendationKind,
    in_part_1,
)
from decisions.models.lineage import OPENING_KINDS
from decisions.workflow import DECIDED, IN_FORCE_HERE
from grants.models import (
    NOUGHT,
    Account,
    AccountRole,
    Allocation,
    Award,
    Category,
    Cause,
    Entry,
    LineStage,
    Move,
    Reservation,
    SpendingLine,
    Variation,
)

PAGE = 25
PAGING = ("before", "after", "open")
"""What an address says of where a page of a list begins."""
CHARGING = (Cause.RESERVATION, Cause.COMMITMENT, Cause.ACCRUAL, Cause.SPEND)
HOLDING = (AccountRole.COMMITTED, AccountRole.ACCRUED)
IS_HELD = Q(account_role__in=HOLDING, reverses__isnull=True)
"""Whether a line holds money for what is to come: a commitment or an accrual."""
Row = TypeVar("Row", bound=models.Model)


def sums_decided() -> QuerySet[OutcomeFigure]:
    """Return the sums of Part 1 that were granted, with what is `left` to allocate of each.

    `is_opened` says whether anything was allocated of it yet. Not all of them open money.
    """
    authority = Entry.objects.filter(
        account__figure=OuterRef("pk"), account__role=AccountRole.AUTHORITY
    )
    balance = authority.order_by("-n").values("after")[:1]
    is_opened = Exists(Move.objects.filter(opens=OuterRef("pk")))
    decision = "outcome__recommendation__decision"
    return (
        OutcomeFigure.objects.filter(
            in_part_1("outcome__recommendation__"),
            outcome__outcome__in=GRANTED,
            figure__role=FigureRole.SUM_DECIDED,
        )
        .annotate(is_opened=is_opened)
        .annotate(left=Case(When(is_opened=True, then=Subquery(balance)), default=F("amount")))
        .select_related(
            "figure",
            f"{decision}__series",
            f"{decision}__funder",
            "outcome__recommendation__funder",
            "outcome__recommendation__recipient",
            "outcome__recommendation__funded_from",
        )
    )


def sums_to_allocate() -> QuerySet[OutcomeFigure]:
    """Return sums decided, in force, of which something is left to allocate, newest first."""
    recommendation = "outcome__recommendation"
    return (
        sums_decided()
        .filter(
            Q(left__gt=0),
            **{
                f"{recommendation}__kind__in": OPENING_KINDS,
                f"{recommendation}__decision__source__in": IN_FORCE_HERE,
                f"{recommendation}__decision__status__in": DECIDED,
                f"{recommendation}__decision__revoked_on__isnull": True,
            },
        )
        .order_by("-id")
    )


def sums_accepted() -> QuerySet[OutcomeFigure]:
    """Return the grants accepted from funders, newest first, with the letter in force of each.

    `stands` is what is authorised now (pounds), `letter` the reference of the letter, `awarded` its
    sum and `accepted_on` its day: None before there is one.
    """
    last = Award.objects.filter(figure=OuterRef("pk")).order_by("-n")
    varied = Variation.objects.filter(varied=OuterRef("pk")).order_by().values("varied")
    together = varied.annotate(total=Sum("difference")).values("total")
    return (
        sums_decided()
        .filter(
            outcome__recommendation__kind=RecommendationKind.ACCEPT,
            outcome__recommendation__funded_from__isnull=True,
            outcome__recommendation__decision__source__in=IN_FORCE_HERE,
            outcome__recommendation__decision__status__in=DECIDED,
        )
        .annotate(
            stands=F("amount") + Coalesce(Subquery(together), Value(NOUGHT)),
            letter=Subquery(last.values("reference")[:1]),
            awarded=Subquery(last.values("amount")[:1]),
            accepted_on=Subquery(last.values("accepted_on")[:1]),
        )
        .order_by("-id")
    )


ROOT = "SELECT grants_root_of(%s)"


def award_of(allocation: Allocation) -> OutcomeFigure | None:
    """Return the grant accepted that an allocation's money came out of in the end; None for others.

    With what `sums_accepted` adds of its letter.
    """
    with connection.cursor() as cursor:
        cursor.execute(ROOT, [allocation.figure_id])
        root = cursor.fetchone()[0]
    return sums_accepted().filter(pk=root).first()


def at_risk(allocation: Allocation) -> Decimal:
    """Return what was spent of an allocation (pounds) before its first letter was accepted.

    All of it where there is no letter; nothing of what no funder has to award.
    """
    grant = award_of(allocation)
    if grant is None:
        return NOUGHT
    lines = SpendingLine.objects.filter(allocation=allocation, stage=LineStage.ACTUAL)
    first = Award.objects.filter(figure=grant).order_by("n").first()
    if first is not None:
        lines = lines.filter(received_on__lt=first.accepted_on)
    return lines.aggregate(total=Sum("effect"))["total"] or NOUGHT


def total_to_allocate() -> Decimal:
    """Return what is left to allocate; a sum drawn from another counts there until it is opened."""
    drawn = Q(outcome__recommendation__funded_from__isnull=False, is_opened=False)
    found = sums_to_allocate().exclude(drawn).aggregate(total=Sum("left"))
    return found["total"] or NOUGHT


def filtered(
    allocations: QuerySet[Allocation],
    *,
    words: str = "",
    decision: str = "",
    funder: int | None = None,
    year: int | None = None,
) -> QuerySet[Allocation]:
    """Return the allocations that have the words, of a decision ("PCD 726"), funder and year.

    `year` is the one that a financial year begins in: an allocation is of every year that its
    period touches.
    """
    if decision:
        slug = "-".join(decision.lower().replace("-", " ").split())
        allocations = allocations.filter(decision__in=Decision.objects.with_slug(slug))
    if funder is not None:
        allocations = allocations.filter(funder=funder)
    if year is not None:
        allocations = allocations.filter(
            period_start__lte=date(year + 1, 3, 31), period_end__gte=date(year, 4, 1)
        )
    for word in words.split():
        allocations = allocations.filter(_with_word(word))
    return allocations


def _with_word(word: str) -> Q:
    columns = (
        "purpose",
        "decision__title",
        "funder__name",
        "recipient__name",
        "budget_holder__name",
        "beneficiary__name",
    )
    is_number = word.isascii() and word.isdigit() and len(word) < 10
    found = Q(decision__number=int(word)) if is_number else Q()
    for column in columns:
        found |= Q(**{f"{column}__icontains": word})
    return found


@dataclass(frozen=True)
class Totals:
    """What allocations come to together, the same money never twice (pounds).

    `drawn` is the part of their limits that came out of others among them: it is in `limit` once,
    with those. limit = reserved + committed + spent + passed_on + left.
    """

    limit: Decimal
    reserved: Decimal
    committed: Decimal
    spent: Decimal
    passed_on: Decimal
    left: Decimal
    drawn: Decimal

    @property
    def allocated(self) -> Decimal:
        """What is with an allocation now; what was passed on counts once it is allocated again."""
        return self.reserved + self.committed + self.spent + self.left


def totals(selection: QuerySet[Allocation]) -> Totals:
    """Return what a selection of allocations comes to."""
    one_by_one = Allocation.objects.filter(pk__in=selection.values("pk")).with_balances()
    drawn = one_by_one.filter(figure__opening__source__allocation__in=selection.values("pk"))
    names = ("now", "reserved", "committed", "spent", "passed_on", "left")
    found = one_by_one.aggregate(**{f"all_{name}": Sum(name) for name in names})
    sums = {name: found[f"all_{name}"] or NOUGHT for name in names}
    twice = drawn.aggregate(total=Sum("now"))["total"] or NOUGHT
    return Totals(
        limit=sums["now"] - twice,
        reserved=sums["reserved"],
        committed=sums["committed"],
        spent=sums["spent"],
        passed_on=sums["passed_on"] - twice,
        left=sums["left"],
        drawn=twice,
    )


def open_lines() -> QuerySet[SpendingLine]:
    """Return commitments and accruals of which something is `open_sum` still, newest first."""
    held = SpendingLine.objects.with_parties().filter(IS_HELD)
    return with_open_sums(held).filter(Q(open_sum__gt=0))


def with_open_sums(lines: QuerySet[SpendingLine]) -> QuerySet[SpendingLine]:
    """Add `open_sum` (pounds): what is open of a commitment or an accrual, None of other lines."""
    last = Entry.objects.filter(account=OuterRef("account")).order_by("-n").values("after")[:1]
    return lines.annotate(open_sum=Case(When(IS_HELD, then=Subquery(last)), default=None))


def totals_of_lines(lines: QuerySet[SpendingLine]) -> dict[str, Decimal]:
    """Return what lines come to (pounds), the same money never twice.

    `committed` and `accrued` are what is open of them, `paid` what was paid less what was taken
    back, and `awaiting` what awaits authority.
    """
    held = with_open_sums(lines)
    still = SpendingLine.objects.awaiting()
    found = held.order_by().aggregate(
        committed=Sum("open_sum", filter=Q(account_role=AccountRole.COMMITTED)),
        accrued=Sum("open_sum", filter=Q(account_role=AccountRole.ACCRUED)),
        paid=Sum("effect", filter=Q(account_role=AccountRole.USED)),
    )
    waiting = lines.filter(pk__in=still.order_by().values("pk")).order_by()
    found["awaiting"] = waiting.aggregate(total=Sum("amount"))["total"]
    return {name: total or NOUGHT for name, total in found.items()}


def lines_with(words: str, allocation: str) -> QuerySet[SpendingLine]:
    """Return the lines, newest first, that have the words; of one allocation where a slug is said.

    The words are looked for in payee, purpose, invoice and PO number; "Line 12" finds that line.
    """
    found = SpendingLine.objects.with_parties().order_by("-id")
    if allocation:
        found = found.filter(allocation__in=Allocation.objects.with_slug(allocation))
    number = words.lower().removeprefix("line").strip()
    if number.isascii() and number.isdigit() and len(number) < 10:
        return found.filter(Q(pk=int(number)) | Q(pk__in=found.matching(number).values("pk")))
    return found.matching(words)


@dataclass(frozen=True)
class Apart:
    """What is set apart in an allocation for a category (pounds): set_apart = used + left.

    `category` is "" for what is for all that have nothing set apart; `used` is charged and open.
    """

    category: str
    label: str
    set_apart: Decimal
    used: Decimal
    left: Decimal


def categories_of(allocation: Allocation) -> list[Apart]:
    """Return what is set apart for each category; nothing where none has anything set apart."""
    accounts = Account.objects.filter(allocation=allocation, role=AccountRole.AVAILABLE)
    entries = Q(entries__move__cause__in=CHARGING)
    back = Q(entries__move__cause__in=(Cause.RELEASE, Cause.REVERSAL, Cause.GIVEN_BACK))
    rows = accounts.annotate(charged=Sum("entries__amount", filter=entries | back)).with_balance()
    found = []
    for row in rows.order_by("category"):
        used, left = -(vars(row)["charged"] or NOUGHT), vars(row)["balance"]
        label = Category(row.category).label if row.category else "All other"
        found.append(Apart(row.category, label, used + left, used, left))
    return [*found[1:], found[0]] if len(found) > 1 else []


def reserved_now() -> tuple[int, Decimal]:
    """Return how many lines wait for a second person, and what is reserved for them (pounds)."""
    waiting = Reservation.objects.waiting().order_by()
    found = waiting.aggregate(lines=models.Count("id"), total=Sum("amount"))
    return found["lines"], found["total"] or NOUGHT


def overdue(today: date) -> QuerySet[SpendingLine]:
    """Return commitments whose expected date has passed, the oldest date first."""
    found = open_lines().filter(account_role=AccountRole.COMMITTED, received_on__lt=today)
    return found.order_by("received_on", "id")


def awaiting_by_funder() -> list[dict[str, Any]]:
    """Return what awaits authority of each funder: `funder`, `lines`, `total`, `since`."""
    rows = SpendingLine.objects.awaiting().order_by().values(funder=F("account__funder__name"))
    found = rows.annotate(
        lines=models.Count("id"), total=Sum("amount"), since=Min("recorded_at")
    ).order_by("funder")
    return [dict(row) for row in found]


def known_organisations() -> QuerySet[Organisation]:
    """Return the organisations that money, or Part 1 of a decided paper, names.

    No others: that the register knows an organisation may itself be a fact of Part 2.
    """
    decided = Q(decision__status__in=DECIDED)
    named = Recommendation.objects.filter(decided, in_part_1())
    parties = ("funder", "recipient", "budget_holder", "beneficiary")
    found = Q(pk__in=Decision.objects.decided().values("funder"))
    for party in parties:
        found |= Q(pk__in=Allocation.objects.values(party))
    for party in parties[:2]:
        found |= Q(pk__in=named.values(party))
    found |= Q(pk__in=Account.objects.values("funder"))
    return Organisation.objects.filter(found)


def funders() -> QuerySet[Organisation]:
    """Return the organisations that fund an allocation."""
    return Organisation.objects.filter(Exists(Allocation.objects.filter(funder=OuterRef("pk"))))


def funders_of_money() -> QuerySet[Organisation]:
    """Return the organisations whose money was decided, allocated, or spent without authority."""
    named = Recommendation.objects.filter(Q(decision__status__in=DECIDED), in_part_1())
    found = Q(pk__in=Decision.objects.decided().values("funder"))
    found |= Q(pk__in=named.values("funder")) | Q(pk__in=Allocation.objects.values("funder"))
    return Organisation.objects.filter(found | Q(pk__in=Account.objects.values("funder")))


def entries_of(table: str, keys: Iterable[int]) -> dict[int, int]:
    """Return, for rows of a table by their keys, the audit trail entry that first lists each."""
    return first_entries(f"public.{table}", keys)
