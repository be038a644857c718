"""What one person proposes and another approves: a month opened again, money moved or handed back.

Neither a proposal nor its answer is ever changed.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from audit.fields import ActField
from decisions.models.constraints import filled, one_of
from grants.models.months import MonthClosing, month_name


class ProposalKind(models.TextChoices):
    """What is proposed."""

    REOPENING = "reopening", "Reopen a month"


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Reading of proposals."""

    def waiting(self) -> Self:
        """Return what nobody answered yet, the oldest first."""
        return self.filter(answer__isnull=True).order_by("id")

    def with_parties(self) -> Self:
        """Join what every list shows."""
        return self.select_related("closing", "proposed_by", "answer__answered_by")


class Proposal(models.Model):
    """What one person proposes: `closing` is the closing of the month to reopen. Append-only."""

    kind = models.CharField(max_length=16, choices=ProposalKind.choices)
    closing = models.ForeignKey(
        MonthClosing, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    reason = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            one_of("proposal", "kind", ProposalKind.values),
            filled("proposal", "reason"),
            models.CheckConstraint(
                condition=Q(kind=ProposalKind.REOPENING, closing__isnull=False),
                name="proposal_of_one_thing",
            ),
            models.UniqueConstraint(fields=["id", "proposed_by"], name="proposal_id_and_by"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people call it: "Proposal 7"."""
        return f"Proposal {self.pk}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this proposal."""
        return self.reference

    @property
    def what(self) -> str:
        """What is proposed, in a line."""
        return f"Reopen {month_name(self.closing.month)}" if self.closing else ""

    @property
    def is_waiting(self) -> bool:
        """Whether nobody answered it yet."""
        return not hasattr(self, "answer")


class ProposalOutcome(models.TextChoices):
    """What became of a proposal."""

    APPROVED = "approved", "Approved"
    TURNED_DOWN = "turned_down", "Turned down"
    TAKEN_BACK = "taken_back", "Taken back"


BY_ANOTHER = (ProposalOutcome.APPROVED, ProposalOutcome.TURNED_DOWN)


class ProposalAnswer(models.Model):
    """What became of a proposal: another person answers it, or who proposed it takes it back.

    `proposed_by` is the proposal's own, by a foreign key over both. Append-only.
    """

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="answer")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=ProposalOutcome.choices)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=BY_ANOTHER) & ~Q(answered_by=F("proposed_by"))
                | Q(outcome=ProposalOutcome.TAKEN_BACK, answered_by=F("proposed_by")),
                name="proposalanswer_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=ProposalOutcome.TURNED_DOWN, words=""),
                name="proposalanswer_no_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} {self.get_outcome_display().lower()}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this answer."""
        return f"{self.proposal.reference} answer"
