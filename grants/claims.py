"""What was claimed of grants and allocations, and what may be claimed yet. Sums in pounds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from decisions.models import OutcomeFigure
from grants.models import (
    NOUGHT,
    Account,
    AccountRole,
    Allocation,
    Category,
    Claim,
    ClaimLine,
    ClaimOutcome,
    LineOutcome,
    SpendingLine,
)
from grants.months import year_bounds
from grants.search import open_lines

CLAIMABLE = """
    SELECT count(*), coalesce(sum(amount), 0)
    FROM grants_claimable(%s, grants_year_start(%s), %s)
"""
OF_GRANT = "SELECT grants_allocations_of(%s)"
LIVE = Q(outcome__isnull=True) | Q(outcome__outcome=LineOutcome.PAID)


@dataclass(frozen=True)
class Claimed:
    """How far something is claimed: spent (paid for) = claimed + disallowed + left.

    `paid` is what of `claimed` the funder paid, `before` what was claimed before this register;
    `disallowed` what it refused and is still charged here. `left` is below nought where what was
    claimed has been taken back since.
    """

    spent: Decimal
    claimed: Decimal
    paid: Decimal
    disallowed: Decimal
    before: Decimal = NOUGHT

    @property
    def left(self) -> Decimal:
        """What is left to claim."""
        return self.spent - self.claimed - self.disallowed


def allocations_of(figure: OutcomeFigure) -> list[int]:
    """Return the keys of the allocations whose money came out of a sum accepted."""
    with connection.cursor() as cursor:
        cursor.execute(OF_GRANT, [figure.pk])
        return [key for (key,) in cursor.fetchall()]


def claimed_of(allocations: Iterable[int]) -> Claimed:
    """Return how far allocations are claimed."""
    keys = list(allocations)
    used = Account.objects.filter(allocation__in=keys, role=AccountRole.USED).with_balance()
    lines = ClaimLine.objects.filter(line__allocation__in=keys)
    back = SpendingLine.objects.filter(reverses=OuterRef("line"))
    refused = Q(~Exists(back), outcome__outcome=LineOutcome.DISALLOWED)
    found = lines.aggregate(
        claimed=Sum("amount", filter=LIVE),
        paid=Sum("amount", filter=Q(outcome__outcome=LineOutcome.PAID)),
        disallowed=Sum("amount", filter=refused),
    )
    given_back = SpendingLine.objects.filter(credits__in=lines.filter(refused).values("line"))
    credited = given_back.aggregate(total=Sum("effect"))["total"] or NOUGHT
    found["disallowed"] = (found["disallowed"] or NOUGHT) + credited
    spent = sum((vars(one)["balance"] for one in used), NOUGHT)
    sums = {name: total or NOUGHT for name, total in found.items()}
    before = claimed_before().filter(allocation__in=keys).aggregate(total=Sum("effect"))["total"]
    before = before or NOUGHT
    return Claimed(spent, **{**sums, "claimed": sums["claimed"] + before}, before=before)


def claimed_before() -> QuerySet[SpendingLine]:
    """Return the lines that were claimed before this register, with what takes them back."""
    ways = ("", "reverses__", "credits__", "reverses__credits__")
    early = (Q(**{f"{way}spending_import__claimed_before__isnull": False}) for way in ways)
    return SpendingLine.objects.filter(reduce(or_, early))


def claimed_by_decision(decisions: Iterable[int]) -> dict[int, Decimal]:
    """Return what was claimed of the allocations of decisions, by the decision's key."""
    whose = "line__allocation__decision"
    lines = ClaimLine.objects.filter(LIVE, **{f"{whose}__in": list(decisions)})
    rows = lines.order_by().values_list(whose).annotate(total=Sum("amount"))
    early = claimed_before().filter(allocation__decision__in=list(decisions)).order_by()
    early_rows = early.values_list("allocation__decision").annotate(total=Sum("effect"))
    found: dict[int, Decimal] = defaultdict(lambda: NOUGHT)
    for key, total in (*rows, *early_rows):
        found[key] += total
    return found


def claimed_of_allocation(allocation: Allocation) -> Claimed:
    """Return how far an allocation is claimed."""
    return claimed_of([allocation.pk])


def claimable(figure: OutcomeFigure, start: date, end: date) -> tuple[int, Decimal]:
    """Return how many lines of a grant may be claimed for a period, and what they come to.

    Those of the financial year that were received earlier and not claimed are among them.
    """
    with connection.cursor() as cursor:
        cursor.execute(CLAIMABLE, [figure.pk, start, end])
        number, total = cursor.fetchone()
        return number, total


@dataclass(frozen=True)
class CategoryTotal:
    """What a claim comes to for a category."""

    label: str
    lines: int
    total: Decimal


def category_totals(claim: Claim) -> list[CategoryTotal]:
    """Return what a claim comes to by category, in the order of the categories."""
    rows = ClaimLine.objects.filter(claim=claim).order_by().values("line__category")
    found = {
        row["line__category"]: row for row in rows.annotate(lines=Count("id"), total=Sum("amount"))
    }
    return [
        CategoryTotal(label, found[key]["lines"], found[key]["total"])
        for key, label in Category.choices
        if key in found
    ]


def disallowed_in(line: SpendingLine) -> Claim | None:
    """Return the claim in which a line was disallowed, while it is still charged here."""
    found = ClaimOutcome.objects.filter(line=line).order_by("-turn").select_related("claim").first()
    if found is None or found.outcome != LineOutcome.DISALLOWED or line.is_reversed:
        return None
    return found.claim


def year_end_accruals(claim: Claim) -> list[SpendingLine]:
    """Return what of the claim's year was received by its end and is not paid yet, as of now.

    Only of a claim that runs to the last day of the year: these are listed apart, and are not in
    the claim. Each has its `open_sum`.
    """
    start, end = year_bounds(claim.period_end)
    if claim.period_end != end:
        return []
    held = open_lines().filter(
        account_role=AccountRole.ACCRUED,
        allocation__in=allocations_of(claim.figure),
        received_on__range=(start, end),
    )
    return list(held.order_by("id"))
