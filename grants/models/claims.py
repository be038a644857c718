"""Claims: what a funder is asked to pay of what was spent of its grant, and what became of it.

None of these rows is ever changed. A line is in one live claim at most: it enters a claim for the
first time, or after the outcome that freed it from the one before.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import BooleanField, Case, F, Q, Value, When
from django.db.models.functions import NullIf

from accounts.models import User
from audit.fields import ActField
from decisions.models import OutcomeFigure
from decisions.models.constraints import MOST, filled, one_of, period, positive_sum
from grants.models.imports import SpendingImport
from grants.models.lines import SpendingLine


class StepKind(models.TextChoices):
    """What happened to a claim after it was drawn up."""

    SUBMITTED = "submitted", "Submitted"
    ANSWERED = "answered", "Answered"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ClaimQuerySet(models.QuerySet["Claim"]):
    """Reading of claims."""

    def with_steps(self) -> Self:
        """Join what every list shows."""
        return self.select_related(
            "made_by", "figure__outcome__recommendation__decision__series"
        ).prefetch_related("steps__taken_by")


class Claim(models.Model):
    """Lines of a grant that the funder is asked to pay, for a period (inclusive). Append-only.

    `figure` is the sum accepted that the lines' money came out of in the end; `n` counts its
    claims. `total` (pounds) is what its `lines` come to.
    """

    figure = models.ForeignKey(OutcomeFigure, on_delete=models.PROTECT, related_name="claims")
    n = models.PositiveIntegerField()
    period_start = models.DateField()
    period_end = models.DateField()
    lines = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=14, decimal_places=2)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            period("claim", "period_start", "period_end"),
            positive_sum("claim", "total"),
            models.UniqueConstraint(fields=["figure", "n"], name="claim_n_once"),
            models.UniqueConstraint(fields=["id", "made_by"], name="claim_id_and_by"),
            models.CheckConstraint(condition=Q(n__gte=1, lines__gte=1), name="claim_of_something"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people call it: "PCD 726 recommendation 1 claim 2"."""
        recommendation = self.figure.outcome.recommendation
        number = recommendation.number
        return f"{recommendation.decision.reference} recommendation {number} claim {self.n}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this claim."""
        return self.reference

    def step(self, kind: StepKind) -> ClaimStep | None:
        """Return what happened to it of a kind; None where it did not."""
        return next((one for one in self.steps.all() if one.kind == kind), None)

    @property
    def paid(self) -> Decimal:
        """What the funder paid of it, in pounds."""
        answer = self.step(StepKind.ANSWERED)
        return answer.paid if answer else Decimal("0.00")

    @property
    def state(self) -> str:
        """How it stands: draft, submitted, paid, part-paid, not paid or withdrawn."""
        if self.step(StepKind.WITHDRAWN):
            return "Withdrawn"
        if self.step(StepKind.ANSWERED):
            if self.paid == self.total:
                return "Paid"
            return "Part-paid" if self.paid else "Not paid"
        return "Submitted" if self.step(StepKind.SUBMITTED) else "Draft"

    @property
    def colour(self) -> str:
        """The colour of the tag of its state."""
        return COLOURS[self.state]


COLOURS = {
    "Draft": "blue",
    "Submitted": "orange",
    "Paid": "green",
    "Part-paid": "yellow",
    "Not paid": "red",
    "Withdrawn": "grey",
}


class ClaimStep(models.Model):
    """A step of a claim: submitted by a second person, answered by the funder, or withdrawn.

    `taken_on` is the day it happened, `reference` the letter or remittance; `paid` (pounds) what
    the funder paid. `made_by` is the claim's own, by a foreign key over both. Append-only.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    taken_on = models.DateField()
    reference = models.CharField(max_length=100, blank=True)
    words = models.TextField(blank=True)
    paid = models.DecimalField(max_digits=14, decimal_places=2)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("claimstep", "kind", StepKind.values),
            models.UniqueConstraint(fields=["claim", "kind"], name="claimstep_once"),
            models.CheckConstraint(
                condition=~Q(kind=StepKind.SUBMITTED) | ~Q(taken_by=F("made_by")),
                name="claimstep_submitted_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(kind=StepKind.ANSWERED, paid__gte=0, paid__lt=MOST) | Q(paid=0),
                name="claimstep_paid_with_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim} {self.get_kind_display().lower()}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this step."""
        return str(self)


class LineOutcome(models.TextChoices):
    """What became of a line of a claim."""

    PAID = "paid", "Paid"
    DISALLOWED = "disallowed", "Disallowed"
    CARRIED = "carried", "Carried forward"
    WITHDRAWN = "withdrawn", "Withdrawn"


FREES = (LineOutcome.CARRIED, LineOutcome.WITHDRAWN)


class ClaimLine(models.Model):
    """A line in a claim, with its sum (pounds; below nought for a reversal). Append-only.

    `turn` counts how often the line was claimed; from the second on, `follows` is the outcome that
    freed it from the claim before.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="claimed")
    line = models.ForeignKey(SpendingLine, on_delete=models.PROTECT, related_name="claimed")
    turn = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    follows = models.OneToOneField(
        "ClaimOutcome", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    previous_turn = models.GeneratedField(
        expression=NullIf(F("turn") - 1, Value(0)),
        output_field=models.IntegerField(null=True),
        db_persist=True,
    )
    follows_freed = models.GeneratedField(
        expression=Case(
            When(follows__isnull=False, then=Value(True)),
            default=Value(None),
            output_field=BooleanField(null=True),
        ),
        output_field=BooleanField(null=True),
        db_persist=True,
    )
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["line", "turn"], name="claimline_in_one_claim"),
            models.UniqueConstraint(fields=["claim", "line"], name="claimline_once_in_its_claim"),
            models.UniqueConstraint(fields=["id", "claim", "line", "turn"], name="claimline_whole"),
            models.CheckConstraint(
                condition=Q(turn=1, follows__isnull=True) | Q(turn__gt=1, follows__isnull=False),
                name="claimline_follows_what_freed_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} in {self.claim}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this line of a claim."""
        return f"{self.claim.reference}, {self.line}"


class ClaimOutcome(models.Model):
    """What became of a line of a claim. Append-only.

    `claim`, `line` and `turn` are the claimed line's own, by a foreign key over all. `frees` says
    that the line may be claimed again.
    """

    claimed = models.OneToOneField(ClaimLine, on_delete=models.PROTECT, related_name="outcome")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="outcomes")
    line = models.ForeignKey(SpendingLine, on_delete=models.PROTECT, related_name="+")
    turn = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, choices=LineOutcome.choices)
    frees = models.GeneratedField(
        expression=models.ExpressionWrapper(Q(outcome__in=FREES), output_field=BooleanField()),
        output_field=BooleanField(),
        db_persist=True,
    )
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("claimoutcome", "outcome", LineOutcome.values),
            models.UniqueConstraint(
                fields=["id", "line", "turn", "frees"], name="claimoutcome_of_its_turn"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.get_outcome_display().lower()}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this outcome."""
        return f"{self.claim.reference}, {self.line}"


class ClaimedBefore(models.Model):
    """That the lines of an import were claimed before this register kept claims. Append-only.

    It comes with the import. `reference` says in which claims or by which payment of the funder.
    Such a line counts as claimed and enters no claim; what takes it back, as claimed no longer.
    """

    spending_import = models.OneToOneField(
        SpendingImport, on_delete=models.PROTECT, related_name="claimed_before"
    )
    reference = models.CharField(max_length=200)
    act = ActField()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "claimed before"
        constraints = [filled("claimedbefore", "reference")]

    def __str__(self) -> str:
        return f"{self.spending_import.reference} claimed before"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this."""
        return str(self)
