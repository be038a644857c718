"""Who stood aside from a paper because of a prejudicial interest: append-only."""

from django.db import models

from accounts.models import User
from audit.fields import ActField
from decisions.models.approvals import PaperVersion, Stage
from decisions.models.constraints import filled, one_of
from decisions.models.decision import Decision


class StandingAside(models.Model):
    """A person's standing aside from a paper, for good, because of a prejudicial interest.

    `words` say what the interest is, and are printed in the signed document; `stage` is the one
    that waited on the person. The database refuses every approval of the decision by somebody who
    stood aside from it. Append-only.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="standings_aside")
    version = models.ForeignKey(PaperVersion, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="standings_aside")
    stage = models.CharField(max_length=16, choices=Stage.choices)
    role = models.CharField(max_length=40)
    words = models.TextField()
    made_at = models.DateTimeField()
    act = ActField()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "standings aside"
        constraints = [
            filled("standingaside", "words"),
            one_of("standingaside", "stage", Stage.values),
            models.UniqueConstraint(
                fields=["decision", "person"], name="standingaside_once_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} stood aside from {self.decision}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this standing aside."""
        return f"{self.decision.reference} standing aside"
