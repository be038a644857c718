"""What funders answer and what later decisions change: letters of award, bids, variations.

None of these rows is ever changed: a later letter replaces an earlier one, and says which.
"""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Abs

from accounts.models import Delegation, User
from audit.fields import ActField
from decisions.models import OutcomeFigure, RecommendationOutcome
from decisions.models.constraints import MOST, filled, one_of, period, positive_sum
from grants.models.accounts import Move


class Award(models.Model):
    """The funder's letter: what it awards (pounds) of a sum accepted, for when, on what terms.

    The lower of decision and letter binds: what the letter awards less than was decided is kept
    apart as *decided, not awarded*. Spending before `accepted_on`, or before there is a letter, is
    at risk. Period dates are inclusive. `replaces` is the letter that it amends; the one that
    nothing replaces is in force. Append-only.
    """

    figure = models.ForeignKey(OutcomeFigure, on_delete=models.PROTECT, related_name="awards")
    n = models.PositiveIntegerField()
    reference = models.CharField(max_length=100)
    dated = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    period_start = models.DateField()
    period_end = models.DateField()
    conditions = models.TextField(blank=True)
    needs_consent = models.BooleanField()
    accepted_on = models.DateField()
    accepted_by = models.CharField(max_length=120)
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    letter_sha256 = models.CharField(max_length=64, blank=True)
    letter_name = models.CharField(max_length=200, blank=True)
    letter_type = models.CharField(max_length=100, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            positive_sum("award"),
            filled("award", "reference"),
            filled("award", "accepted_by"),
            period("award", "period_start", "period_end"),
            models.UniqueConstraint(fields=["figure", "n"], name="award_n_once"),
            models.UniqueConstraint(fields=["id", "figure"], name="award_id_and_figure"),
            models.CheckConstraint(condition=Q(n__gte=1), name="award_n_from_one"),
            models.CheckConstraint(
                condition=Q(n=1, replaces__isnull=True) | Q(n__gt=1, replaces__isnull=False),
                name="award_replaces_the_one_before",
            ),
            models.CheckConstraint(
                condition=Q(accepted_on__gte=F("dated")), name="award_accepted_once_written"
            ),
            models.CheckConstraint(
                condition=Q(letter_sha256="", letter_name="", letter_type="")
                | Q(letter_sha256__regex="^[0-9a-f]{64}$")
                & ~Q(letter_name="")
                & ~Q(letter_type=""),
                name="award_letter_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Award {self.reference}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this letter."""
        return f"{self.figure.ledger_reference} award {self.n}"

    @property
    def is_replaced(self) -> bool:
        """Whether a later letter stands in its place."""
        return hasattr(self, "replaced_by")


class ClaimDate(models.Model):
    """A day by which the funder wants a claim. Append-only."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="claim_dates")
    due_on = models.DateField()
    act = ActField()

    class Meta:
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["award", "due_on"], name="claimdate_once"),
        ]

    def __str__(self) -> str:
        return f"{self.award}, claim by {self.due_on}"


class BidResult(models.TextChoices):
    """How a bid ended."""

    WON = "won", "Won"
    IN_PART = "in_part", "Won in part"
    LOST = "lost", "Lost"


class BidEnd(models.Model):
    """How a bid ended, and what it brought (pounds; nothing where it was lost). Append-only.

    It opens no money: the decision that accepts the grant does.
    """

    outcome = models.OneToOneField(
        RecommendationOutcome, on_delete=models.PROTECT, related_name="bid_end"
    )
    result = models.CharField(max_length=8, choices=BidResult.choices)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    told_on = models.DateField()
    words = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            one_of("bidend", "result", BidResult.values),
            models.CheckConstraint(
                condition=Q(result=BidResult.LOST, amount=0)
                | Q(result__in=(BidResult.WON, BidResult.IN_PART), amount__gt=0, amount__lt=MOST),
                name="bidend_brings_what_was_won",
            ),
        ]

    def __str__(self) -> str:
        return self.get_result_display()

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this result."""
        return f"{self.outcome.ledger_reference} bid"


class Variation(models.Model):
    """What a decision that varies did to a sum decided earlier (pounds). Append-only.

    `varying` is the sum as it now stands, by the decision that varies; `varied` the sum decided
    earlier; `earlier` what that one authorised until then; `difference` what came to it, below
    nought where it was lowered.
    """

    varying = models.OneToOneField(
        OutcomeFigure, on_delete=models.PROTECT, related_name="applied_as"
    )
    varied = models.ForeignKey(OutcomeFigure, on_delete=models.PROTECT, related_name="variations")
    earlier = models.DecimalField(max_digits=14, decimal_places=2)
    difference = models.DecimalField(max_digits=14, decimal_places=2)
    moved = models.GeneratedField(
        expression=Abs(F("difference")),
        output_field=models.DecimalField(max_digits=14, decimal_places=2),
        db_persist=True,
    )
    move = models.OneToOneField(Move, on_delete=models.PROTECT, related_name="variation")
    applied_at = models.DateTimeField()
    applied_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            positive_sum("variation", "earlier"),
            models.CheckConstraint(
                condition=Q(difference__gt=-MOST, difference__lt=MOST) & ~Q(difference=0),
                name="variation_changes_something",
            ),
            models.CheckConstraint(
                condition=~Q(varying=F("varied")), name="variation_of_another_sum"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.varied} varied by {self.difference}"

    @property
    def later(self) -> Decimal:
        """What the sum authorises from then on, in pounds."""
        return self.earlier + self.difference

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this variation."""
        return f"{self.varying.ledger_reference} applied"
