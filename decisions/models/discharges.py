"""Conditions that were met: append-only, each with its evidence."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from audit.fields import ActField
from decisions.models.approvals import Condition
from decisions.models.constraints import filled


class ConditionDischarge(models.Model):
    """That a condition was met: on what day, by which evidence, and who says so. Append-only.

    The file is kept in the document store under its SHA-256 (hex).
    """

    condition = models.OneToOneField(Condition, on_delete=models.PROTECT, related_name="discharge")
    note = models.TextField()
    met_on = models.DateField()
    file_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    discharged_at = models.DateTimeField()
    discharged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [
            filled("conditiondischarge", "note"),
            models.CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$"),
                name="conditiondischarge_sha256_is_hex",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition}: discharged"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this discharge."""
        return f"{self.condition.ledger_reference} discharge"
