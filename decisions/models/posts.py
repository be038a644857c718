"""Forms that were posted, so that one posted twice acts once."""

from django.db import models

from audit.fields import ActField


class FormPost(models.Model):
    """A form that acted: its key (made with the form) and the row that came of it. Append-only."""

    key = models.UUIDField(unique=True)
    made = models.CharField(max_length=60)
    made_id = models.BigIntegerField()
    act = ActField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"Form {self.key}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this form."""
        return str(self)
