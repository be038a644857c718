"""What the decision maker is asked to decide, as records with figures."""

from collections.abc import Iterable

from django.db import models
from django.db.models import F, Q

from audit.history import TrackedModel
from decisions.models.constraints import filled, in_order, one_of, parted, period, positive_sum
from decisions.models.decision import Decision
from decisions.models.paper import Part, Parted
from decisions.models.parties import Organisation


class RecommendationKind(models.TextChoices):
    """What a recommendation does in law."""

    ACCEPT = "accept", "Accept a grant"
    APPROVE_SPEND = "approve_spend", "Approve spending"
    APPROVE = "approve", "Approve"
    BID = "bid", "Bid for a grant"
    AWARD = "award", "Award"
    NOTE = "note", "Note"
    DELEGATE = "delegate", "Delegate"
    APPROVE_IN_PRINCIPLE = "approve_in_principle", "Approve in principle"
    CARRY_FORWARD = "carry_forward", "Carry forward"
    VARY = "vary", "Vary"
    DETERMINE = "determine", "Determine"
    OTHER = "other", "Other"


MONEY_IN = (RecommendationKind.ACCEPT, RecommendationKind.BID)
ABOVE = ("", "parent__", "parent__parent__", "parent__parent__parent__")
MONEY_OUT = (RecommendationKind.APPROVE_SPEND, RecommendationKind.AWARD, RecommendationKind.APPROVE)


def in_part_1(to: str = "") -> Q:
    """Return that a recommendation (`to` it, like "outcome__recommendation__") is in Part 1.

    So is then all that it lies under: what lies under one of Part 2 is restricted with it.
    """
    found = Q()
    for above in ABOVE:
        found &= ~Q(**{f"{to}{above}part": Part.PART_2})
    return found


class FigureRole(models.TextChoices):
    """What a sum in a recommendation is: only a sum decided opens authority."""

    SUM_DECIDED = "sum_decided", "Sum decided"
    COMPONENT = "component", "Of which"
    TOTAL = "total", "Total of others"
    EARLIER = "earlier", "Decided earlier"


class Direction(models.TextChoices):
    """Whether a sum comes in or goes out."""

    IN = "in", "In"
    OUT = "out", "Out"
    NEITHER = "", "Neither"


def direction_of(kind: str) -> str:
    """Return the direction of the sums of a recommendation of that kind."""
    if kind in MONEY_IN:
        return Direction.IN
    return Direction.OUT if kind in MONEY_OUT else Direction.NEITHER


class Recommendation(Parted):
    """One numbered recommendation (1, 2a). `funded_from` is the one its money is drawn from.

    `own_money` says that its money counts beside that of what it lies under, not as part of it.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="recommendations")
    number = models.CharField(max_length=12)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    kind = models.CharField(
        max_length=24, choices=RecommendationKind.choices, default=RecommendationKind.OTHER
    )
    text = models.TextField()
    funder = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recipient = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    funded_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="funds"
    )
    own_money = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            in_order("recommendation", of="decision"),
            models.UniqueConstraint(
                fields=["decision", "number"],
                name="recommendation_number_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            filled("recommendation", "number"),
            filled("recommendation", "text"),
            one_of("recommendation", "kind", RecommendationKind.values),
            period("recommendation", "period_start", "period_end"),
            models.CheckConstraint(
                condition=~Q(parent=F("id")), name="recommendation_not_its_own_parent"
            ),
            models.CheckConstraint(
                condition=~Q(funded_from=F("id")), name="recommendation_not_funded_from_itself"
            ),
            *parted("recommendation"),
        ]

    def __str__(self) -> str:
        return f"Recommendation {self.number}"

    @property
    def is_restricted(self) -> bool:
        """Whether it lies in Part 2, by itself or with one that it lies under."""
        above: Recommendation | None = self
        while above is not None and above.part == Part.PART_1:
            above = above.parent
        return above is not None

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this recommendation, without its words."""
        return f"{self.decision.reference} recommendation {self.number}"


class Figure(TrackedModel):
    """A sum (pounds) that a recommendation names; `up_to` when it is a ceiling.

    `text` is the sum as the paper prints it.
    """

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="figures"
    )
    position = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    up_to = models.BooleanField(default=False)
    text = models.CharField(max_length=100, blank=True)
    role = models.CharField(
        max_length=12, choices=FigureRole.choices, default=FigureRole.SUM_DECIDED
    )
    direction = models.CharField(max_length=4, choices=Direction.choices, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            in_order("figure", of="recommendation"),
            positive_sum("figure"),
            one_of("figure", "role", FigureRole.values),
            one_of("figure", "direction", Direction.values),
        ]

    def __str__(self) -> str:
        return f"£{self.amount:,.2f}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this figure, without its sum."""
        return f"{self.recommendation.ledger_reference} figure {self.position}"


def hidden_among(rows: Iterable[Recommendation]) -> set[int]:
    """Return the ids of the recommendations in Part 2, and of all that lie under them."""
    found = list(rows)
    hidden = {row.pk for row in found if row.part == Part.PART_2}
    while under := {row.pk for row in found if row.parent_id in hidden} - hidden:
        hidden |= under
    return hidden
