"""What one person proposes and another approves: a month opened again, money moved or handed back.

Neither a proposal nor its answer is ever changed.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from audit.fields import ActField
from audit.words import money
from decisions.models.constraints import MOST, filled, one_of
from grants.models.accounts import Move
from grants.models.allocation import Allocation
from grants.models.category import Category, category_name
from grants.models.months import MonthClosing, month_name


class ProposalKind(models.TextChoices):
    """What is proposed."""

    REOPENING = "reopening", "Reopen a month"
    VIREMENT = "virement", "Virement"
    CARRY_FORWARD = "carry_forward", "Carry forward"
    HAND_BACK = "hand_back", "Hand-back"
    HAND_BACK_UNDONE = "hand_back_undone", "Hand-back corrected"


BETWEEN = (ProposalKind.VIREMENT, ProposalKind.CARRY_FORWARD)


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """Reading of proposals."""

    def waiting(self) -> Self:
        """Return what nobody answered yet, the oldest first."""
        return self.filter(answer__isnull=True).order_by("id")

    def with_parties(self) -> Self:
        """Join what every list shows."""
        return self.select_related(
            "closing",
            "proposed_by",
            "answer__answered_by",
            "giver__decision__series",
            "taker__decision__series",
        )

    def about(self, allocation: Allocation) -> Self:
        """Return what would move money of an allocation, or to it."""
        return self.filter(Q(giver=allocation) | Q(taker=allocation))


class Proposal(models.Model):
    """What one person proposes. Append-only.

    `closing` is the closing of the month to reopen. Else `amount` (pounds) is to be moved out of
    what is left of `giver`, of what is set apart there for a category where one is named, to
    `taker` (it may be the same, for another category), or back to the funder; or what was handed
    back is put right, into `taker_category`. `consent` is the funder's, with its reference and
    day, where there is one.
    """

    kind = models.CharField(max_length=16, choices=ProposalKind.choices)
    closing = models.ForeignKey(
        MonthClosing, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    giver = models.ForeignKey(
        Allocation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    giver_category = models.CharField(max_length=16, choices=Category.choices, blank=True)
    taker = models.ForeignKey(
        Allocation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taker_category = models.CharField(max_length=16, choices=Category.choices, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    consent_reference = models.CharField(max_length=100, blank=True)
    consent_on = models.DateField(null=True, blank=True)
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
                condition=Q(
                    kind=ProposalKind.REOPENING,
                    closing__isnull=False,
                    giver__isnull=True,
                    taker__isnull=True,
                    amount__isnull=True,
                    giver_category="",
                    taker_category="",
                )
                | Q(
                    kind__in=BETWEEN,
                    closing__isnull=True,
                    giver__isnull=False,
                    taker__isnull=False,
                    amount__isnull=False,
                )
                | Q(
                    kind=ProposalKind.HAND_BACK,
                    closing__isnull=True,
                    giver__isnull=False,
                    taker__isnull=True,
                    amount__isnull=False,
                    taker_category="",
                )
                | Q(
                    kind=ProposalKind.HAND_BACK_UNDONE,
                    closing__isnull=True,
                    giver__isnull=False,
                    taker__isnull=True,
                    amount__isnull=False,
                    giver_category="",
                ),
                name="proposal_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gt=0, amount__lt=MOST),
                name="proposal_amount_above_nought",
            ),
            models.CheckConstraint(
                condition=Q(taker__isnull=True)
                | ~Q(giver=F("taker"))
                | ~Q(giver_category=F("taker_category")),
                name="proposal_moves_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(consent_reference="", consent_on__isnull=True)
                | ~Q(consent_reference="") & Q(consent_on__isnull=False),
                name="proposal_consent_is_whole",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{side}__in": ["", *Category.values]}),
                    name=f"proposal_{side}_known",
                )
                for side in ("giver_category", "taker_category")
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
        if self.closing is not None:
            return f"Reopen {month_name(self.closing.month)}"
        if self.giver is None or self.amount is None:
            return ""
        sum_, giver = money(self.amount), self.giver.reference
        if self.kind == ProposalKind.HAND_BACK_UNDONE:
            return f"Correct what was handed back of {giver} by {sum_}"
        if self.taker is None:
            return f"Hand back {sum_} of {giver}"
        if self.kind == ProposalKind.CARRY_FORWARD:
            return f"Carry {sum_} of {giver} forward to {self.taker.reference}"
        if not self.is_within:
            return f"Move {sum_} from {giver} to {self.taker.reference}"
        ends = category_name(self.giver_category), category_name(self.taker_category)
        return f"Move {sum_} of {giver} from {ends[0]} to {ends[1]}"

    @property
    def is_within(self) -> bool:
        """Whether it moves money between the categories of one allocation."""
        return self.giver_id is not None and self.giver_id == self.taker_id

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

    `proposed_by` is the proposal's own, by a foreign key over both; `move` is what carried it out.
    Append-only.
    """

    proposal = models.OneToOneField(Proposal, on_delete=models.PROTECT, related_name="answer")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=ProposalOutcome.choices)
    words = models.TextField(blank=True)
    move = models.OneToOneField(
        Move, on_delete=models.PROTECT, null=True, blank=True, related_name="approved_by"
    )
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
