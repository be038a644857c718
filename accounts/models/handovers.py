"""Work that was handed over: whose it was, whose it is now, one row for each kind of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from audit.fields import ActField


class HandOver(models.Model):
    """That one kind of a person's work became another's, on a day. Append-only.

    `kind` is the name under which an app registered it (`accounts.handover`). Rows that cannot
    change (a condition's owner) stay as they are: `accounts.handover.now_with` follows these.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handovers"
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="taken_over"
    )
    kind = models.CharField(max_length=40)
    moved_on = models.DateField()
    act = ActField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind=""), name="handover_kind_named"),
            models.CheckConstraint(condition=~Q(to=F("user")), name="handover_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.user} to {self.to}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail refers to this handing over."""
        return f"{self.user.email} {self.kind}"
