"""The decision maker's box: its order, decisions prepared in it, and the batches that sign them.

A prepared decision is the decision maker's own sheet, kept until it is signed. A batch is one
second factor for several of them: it names the digest of each, and each is used at most once.
See docs/adr/0007-one-proof-for-a-batch.md.
"""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from accounts.models import StepUp, User
from audit.fields import ActField
from audit.history import TrackedModel
from decisions.models.approvals import Approval, PaperVersion
from decisions.models.constraints import filled
from decisions.models.decision import Decision
from decisions.models.querysets import AWAITING_DECISION, DecisionQuerySet
from decisions.workflow import Source

BATCH_LASTS = timedelta(minutes=10)  # from its second factor to the last signature under it


def _is_digest(table: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(digest__regex="^[0-9a-f]{64}$"), name=f"{table}_digest_is_hex"
    )


class BoxPlace(TrackedModel):
    """A paper's place in the box, from 1, with the private office's note to the decision maker."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="box_place")
    position = models.PositiveIntegerField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["position"],
                name="boxplace_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} in the box"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this place."""
        return str(self)


def in_box() -> DecisionQuerySet:
    """Return the papers that await decision: those with a place first, then longest first."""
    waiting = Decision.objects.filter(AWAITING_DECISION, source=Source.HERE)
    placed = F("box_place__position").asc(nulls_last=True)
    rows = waiting.with_parties().select_related("box_place")
    return rows.order_by(placed, "status_since", "pk")


class PreparedDecision(TrackedModel):
    """What somebody means to decide on a paper, not signed yet and of no effect until it is.

    `facts` are canonical JSON of outcomes, interests and words; `digest` is what a second factor
    for them is bound to: the version, the sitting and the facts. Given up or signed, it is deleted.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="prepared")
    version = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    facts = models.TextField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "person"], name="prepareddecision_once_per_person"
            ),
            filled("prepareddecision", "facts"),
            _is_digest("prepareddecision"),
        ]

    def __str__(self) -> str:
        return f"{self.decision}, prepared"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this, without what it says."""
        return str(self)


class Batch(models.Model):
    """Several prepared decisions confirmed by one second factor, under a name. Append-only.

    `digest` is the SHA-256 (hex) over the name and the digests of its items: what the second
    factor was given for.
    """

    name = models.CharField(max_length=100)
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="batches")
    step_up = models.OneToOneField(StepUp, on_delete=models.PROTECT, related_name="batch")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    act = ActField()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "batches"
        constraints = [filled("batch", "name"), _is_digest("batch")]

    def __str__(self) -> str:
        return f"Batch “{self.name}”"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this batch."""
        return str(self)


class BatchItem(models.Model):
    """One paper of a batch: the digest of just what is decided on it. Append-only."""

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    act = ActField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="batchitem_position_once"),
            models.UniqueConstraint(fields=["batch", "decision"], name="batchitem_decision_once"),
            _is_digest("batchitem"),
        ]

    def __str__(self) -> str:
        return f"{self.batch}, {self.decision}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this item."""
        return str(self)


class BatchUse(models.Model):
    """The one use of a batch's item: the keys are unique, so the database refuses a second."""

    item = models.OneToOneField(BatchItem, on_delete=models.PROTECT, related_name="use")
    approval = models.OneToOneField(Approval, on_delete=models.PROTECT, related_name="batch_use")
    made_at = models.DateTimeField()
    act = ActField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Use of {self.item}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this use."""
        return str(self)
