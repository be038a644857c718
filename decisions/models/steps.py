"""The steps a decision has taken: a row for each, never changed."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from audit.fields import ActField
from decisions.models.constraints import one_of
from decisions.models.decision import Decision
from decisions.workflow import PUBLICATIONS, STEPS, Status, StepName

NEED_REASON = [step.name for step in STEPS if step.needs_reason]


class StepTakenQuerySet(models.QuerySet["StepTaken"]):
    """Reading of the steps that decisions took."""

    def unpublished(self) -> Self:
        """Return the further signings after a publication that none has followed yet."""
        published = StepTaken.objects.filter(
            decision=OuterRef("decision"), name__in=PUBLICATIONS
        ).order_by()
        return self.filter(
            Exists(published.filter(id__lt=OuterRef("id"))),
            ~Exists(published.filter(id__gt=OuterRef("id"))),
            name=StepName.DECIDE_DEFERRED,
        )


class StepTaken(models.Model):
    """One step of a decision's way that was taken: when, by whom, and why. Append-only.

    `until` is the end (inclusive) of a deferral of publication; `in_favour_of` is the decision
    that supersedes this one, where one does.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="steps")
    name = models.CharField(max_length=24, choices=StepName.choices)
    from_status = models.CharField(max_length=24, choices=Status.choices)
    to_status = models.CharField(max_length=24, choices=Status.choices)
    reason = models.TextField(blank=True)
    until = models.DateField(null=True, blank=True)
    in_favour_of = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, blank=True, related_name="supersessions"
    )
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    act = ActField()

    objects = StepTakenQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("step", "name", StepName.values),
            models.CheckConstraint(
                condition=~Q(name__in=NEED_REASON) | ~Q(reason=""), name="step_reason_where_needed"
            ),
            models.CheckConstraint(
                condition=Q(name=StepName.DEFER_PUBLICATION, until__isnull=False)
                | (~Q(name=StepName.DEFER_PUBLICATION) & Q(until__isnull=True)),
                name="step_deferral_has_end",
            ),
            models.CheckConstraint(
                condition=Q(name=StepName.REVOKE) | Q(in_favour_of__isnull=True),
                name="step_only_revocation_names_successor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision}: {self.get_name_display()}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this step."""
        return str(self)
