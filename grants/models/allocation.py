"""Money set aside under one recommendation."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from accounts.models import User
from audit.history import TrackedModel
from decisions.models import Decision, Organisation, OutcomeFigure
from decisions.models.constraints import at_and_by, filled, one_of, period, positive_sum
from grants.models.querysets import AllocationQuerySet


class Charge(models.TextChoices):
    """Whether what is bought lasts."""

    REVENUE = "revenue", "Revenue"
    CAPITAL = "capital", "Capital"


class Allocation(TrackedModel):
    """A ceiling (`limit`, pounds) under a sum that a recommendation decided, for a purpose.

    `figure` is that sum as decided; `n` counts the allocations of its decision. `funded_from` is
    the allocation that the sum was drawn from. Period dates are inclusive. What may change later
    are purpose and parties; limit, sum, funder, period and charge never do.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="allocations")
    n = models.PositiveIntegerField()
    figure = models.ForeignKey(OutcomeFigure, on_delete=models.PROTECT, related_name="allocations")
    limit = models.DecimalField(max_digits=14, decimal_places=2)
    purpose = models.CharField(max_length=300)
    funder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    budget_holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    beneficiary = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    period_start = models.DateField()
    period_end = models.DateField()
    charge = models.CharField(max_length=8, choices=Charge.choices, default=Charge.REVENUE)
    funded_from = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="funds"
    )
    allocated_at = models.DateTimeField()
    allocated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="allocations")

    objects = AllocationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "n"], name="allocation_n_once"),
            models.UniqueConstraint(fields=["id", "figure"], name="allocation_id_and_figure"),
            models.CheckConstraint(condition=Q(n__gte=1), name="allocation_n_from_one"),
            models.CheckConstraint(
                condition=~Q(funded_from=models.F("id")), name="allocation_not_from_itself"
            ),
            positive_sum("allocation", "limit"),
            filled("allocation", "purpose"),
            one_of("allocation", "charge", Charge.values),
            period("allocation", "period_start", "period_end"),
            at_and_by("allocation", "allocated"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people call it: "PCD 726 allocation 2"."""
        return f"{self.decision.reference} allocation {self.n}"

    @property
    def slug(self) -> str:
        """Its place in addresses: "pcd-726-2"."""
        return f"{self.decision.slug}-{self.n}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this allocation."""
        return self.reference

    def covers(self, received_on: date) -> bool:
        """Whether a date of receipt lies in its period, both ends included."""
        return self.period_start <= received_on <= self.period_end
