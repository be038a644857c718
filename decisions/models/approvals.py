"""Advice given and decisions made: append-only, each naming the version it covers."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import AdviceKind, Delegation, User
from audit.fields import ActField
from audit.words import day, money
from decisions.models.constraints import filled, one_of, positive_sum
from decisions.models.decision import Decision
from decisions.models.paper import Part
from decisions.models.recommendations import Figure, Recommendation
from decisions.models.transcriptions import Transcription


class PaperVersion(models.Model):
    """The paper as it stood: what advice covers, approvals sign and documents render.

    `content` is canonical JSON ("paper/1", RFC 8785) of the whole paper, Part 2 included.
    `part_1_digest` is the SHA-256 (hex) of its Part 1 content; `part_2_digest` that of the salt
    followed by the whole content. Append-only.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="versions")
    n = models.PositiveIntegerField()
    content = models.TextField()
    part_1_digest = models.CharField(max_length=64)
    part_2_salt = models.CharField(max_length=64)
    part_2_digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    act = ActField()

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "n"], name="paperversion_n_once"),
            models.CheckConstraint(condition=Q(n__gte=1), name="paperversion_n_from_one"),
            filled("paperversion", "content"),
        ]

    def __str__(self) -> str:
        return f"{self.decision} version {self.n}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this version."""
        return str(self)


WITHHELD = "The words of this advice lie in Part 2."


class Advice(models.Model):
    """Advice of one kind on one version; a later row of the kind confirms or replaces it.

    Words of Part 2 are shown with the paper's Part 2, and nowhere else.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="advice")
    version = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, related_name="advice")
    kind = models.CharField(max_length=20, choices=AdviceKind.choices)
    words = models.TextField()
    part = models.PositiveSmallIntegerField(choices=Part.choices, default=Part.PART_1)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="advice_given")
    confirms = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="confirmations"
    )
    act = ActField()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "advice"
        constraints = [
            filled("advice", "words"),
            one_of("advice", "kind", AdviceKind.values),
            one_of("advice", "part", Part.values),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} advice on {self.decision}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this advice."""
        return f"{self.decision.reference} {self.get_kind_display().lower()} advice"

    @property
    def open_words(self) -> str:
        """What everybody inside may read of it."""
        return WITHHELD if self.part == Part.PART_2 else self.words


class Stage(models.TextChoices):
    """The stages at which a paper is approved."""

    CHIEF_EXECUTIVE = "chief_executive", "Chief executive"
    DECISION = "decision", "Decision"


class Outcome(models.TextChoices):
    """What was decided."""

    APPROVED = "approved", "Approved"
    APPROVED_AS_AMENDED = "approved_as_amended", "Approved as amended"
    REJECTED = "rejected", "Rejected"
    DEFERRED = "deferred", "Deferred"
    NOTED = "noted", "Noted"


SUMS_DECIDED = (
    "figures__figure",
    "figures__years__year_sum",
    "recipients__recipient__organisation",
)
"""What of an outcome says what was decided of its sums, to be read along with it."""


GRANTED = (Outcome.APPROVED, Outcome.APPROVED_AS_AMENDED)


class InterestKind(models.TextChoices):
    """What a decision maker's interest in a matter amounts to."""

    NONE = "none", "None to declare"
    DECLARED = "declared", "Declared, not prejudicial"
    PREJUDICIAL = "prejudicial", "Prejudicial"


DECIDES_WITH = (InterestKind.NONE, InterestKind.DECLARED)


class Approval(models.Model):
    """An officer's act on one version, at one stage and sitting. Append-only.

    `interests` are the words in which the decision maker records interests, and `interests_kind`
    what they amount to (empty for endorsements); `authority` is the delegation as it read when
    used; `evidence` the step-up that was used up for it. Of a decision signed elsewhere,
    `transcription` says what was read on the paper, nobody here approved it, and `approved_at` is
    the moment it was confirmed.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="approvals")
    version = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, related_name="approvals")
    stage = models.CharField(max_length=16, choices=Stage.choices)
    sitting = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    words = models.TextField(blank=True)
    interests = models.TextField(blank=True)
    interests_kind = models.CharField(max_length=12, choices=InterestKind.choices, blank=True)
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="approvals"
    )
    transcription = models.OneToOneField(
        Transcription,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="approval",
    )
    confirmed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=40)
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="approvals"
    )
    authority = models.CharField(max_length=400, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "version", "stage", "sitting"],
                name="approval_once_per_version_stage_and_sitting",
            ),
            models.UniqueConstraint(
                fields=["decision", "sitting"],
                condition=Q(stage=Stage.DECISION),
                name="approval_one_decision_per_sitting",
            ),
            one_of("approval", "stage", Stage.values),
            one_of("approval", "outcome", Outcome.values),
            models.CheckConstraint(condition=Q(sitting__gte=1), name="approval_sitting_from_one"),
            models.CheckConstraint(
                condition=~Q(stage=Stage.DECISION)
                | Q(transcription__isnull=False)
                | (Q(delegation__isnull=False) & ~Q(interests="")),
                name="approval_decision_has_authority_and_interests",
            ),
            one_of("approval", "interests_kind", ["", *DECIDES_WITH]),
            models.CheckConstraint(
                condition=Q(
                    approved_by__isnull=False,
                    transcription__isnull=True,
                    confirmed_by__isnull=True,
                )
                | (
                    Q(
                        approved_by__isnull=True,
                        transcription__isnull=False,
                        confirmed_by__isnull=False,
                        stage=Stage.DECISION,
                        sitting=1,
                    )
                    & ~Q(authority="")
                ),
                name="approval_by_somebody_here_or_on_paper",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} {self.get_stage_display()}: {self.get_outcome_display()}"

    @property
    def by_name(self) -> str:
        """Who decided or endorsed: a person here, as called then, or whom the paper names."""
        if self.transcription is not None:
            return self.transcription.decided_by
        return self.approved_by.name_at(self.approved_at) if self.approved_by else ""

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this approval."""
        return f"{self.decision.reference} {self.get_stage_display().lower()} approval"

    @property
    def interests_in_words(self) -> str:
        """The interests as documents print them: what they amount to, where there are any."""
        if self.interests_kind != InterestKind.DECLARED:
            return self.interests
        return f"{InterestKind.DECLARED.label}: {self.interests}"


class RecommendationOutcome(models.Model):
    """What was decided on one recommendation at one sitting. Append-only.

    `until` is when a deferred one is to come back, where that was said.
    """

    approval = models.ForeignKey(Approval, on_delete=models.PROTECT, related_name="outcomes")
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="outcomes"
    )
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    words = models.TextField(blank=True)
    until = models.DateField(null=True, blank=True)
    act = ActField()

    class Meta:
        ordering = ["recommendation__position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(outcome=Outcome.DEFERRED),
                name="recommendationoutcome_until_only_deferred",
            ),
            models.UniqueConstraint(
                fields=["approval", "recommendation"],
                name="recommendationoutcome_once_per_approval",
            ),
            models.UniqueConstraint(
                fields=["recommendation"],
                condition=~Q(outcome=Outcome.DEFERRED),
                name="recommendationoutcome_decided_once",
            ),
            one_of("recommendationoutcome", "outcome", Outcome.values),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation}: {self.get_outcome_display()}"

    @property
    def in_words(self) -> str:
        """The outcome with what was amended, old and new, and when a deferred one comes back.

        What a recipient in Part 2 receives is not in it.
        """
        told = [row.amendment for row in self.figures.all() if row.is_amended]
        told += [year.amendment for row in self.figures.all() for year in row.years.all()]
        told += [
            row.amendment for row in self.recipients.all() if row.recipient.part == Part.PART_1
        ]
        sums = "; ".join(told)
        until = f" until {day(self.until)}" if self.until else ""
        return f"{self}{until}{f': {sums}' if sums else ''}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this outcome."""
        return f"{self.recommendation.ledger_reference} outcome"


class OutcomeFigure(models.Model):
    """A sum (pounds) as decided: the paper's figure, or less where it was amended. Append-only."""

    outcome = models.ForeignKey(
        RecommendationOutcome, on_delete=models.PROTECT, related_name="figures"
    )
    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="decided")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    up_to = models.BooleanField()
    act = ActField()

    class Meta:
        ordering = ["figure__position"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "figure"], name="outcomefigure_once"),
            positive_sum("outcomefigure"),
        ]

    def __str__(self) -> str:
        return f"£{self.amount:,.2f}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this figure."""
        return f"{self.outcome.ledger_reference} figure {self.figure.position}"

    @property
    def is_amended(self) -> bool:
        """Whether it is less than the paper asked for."""
        return self.amount != self.figure.amount

    @property
    def amendment(self) -> str:
        """The sum asked for and the sum decided: "up to £1,200,000 → up to £1,000,000"."""
        up_to = "up to " if self.figure.up_to else ""
        now = "up to " if self.up_to else ""
        return f"{up_to}{money(self.figure.amount)} → {now}{money(self.amount)}"

    @property
    def decided_on(self) -> date | None:
        """The day it was signed; of one that was deferred at first, the day of its own sitting."""
        approval = self.outcome.approval
        if approval.sitting == 1:
            return approval.decision.date_signed
        return timezone.localdate(approval.approved_at)


class Condition(models.Model):
    """A condition set with an outcome: what, by whom (`owner`), by when. Append-only."""

    outcome = models.ForeignKey(
        RecommendationOutcome, on_delete=models.PROTECT, related_name="conditions"
    )
    position = models.PositiveIntegerField()
    text = models.TextField()
    owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="conditions_owned"
    )
    due_on = models.DateField(null=True, blank=True)
    act = ActField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "position"], name="condition_position_once"),
            filled("condition", "text"),
        ]

    def __str__(self) -> str:
        return f"Condition {self.position} of {self.outcome.recommendation}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this condition."""
        return f"{self.outcome.recommendation.ledger_reference} condition {self.position}"
