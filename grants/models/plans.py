"""What is planned to be spent of an allocation, month by month: its profile, and its forecast.

None of these rows is ever changed: a plan is revised by the next one of its kind.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import User
from audit.fields import ActField
from decisions.models.constraints import MOST, one_of
from grants.models.allocation import Allocation
from grants.models.months import month_name


class PlanKind(models.TextChoices):
    """What a plan says of a month."""

    PROFILE = "profile", "Profile"
    FORECAST = "forecast", "Forecast"


class Plan(models.Model):
    """What is to be spent of an allocation (a profile), or is now expected to be (a forecast).

    `n` counts the plans of its kind; the last is in force. `total` (pounds) is what its months
    come to. From the second profile on, `reason` says why it was revised. Append-only.
    """

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="plans")
    kind = models.CharField(max_length=8, choices=PlanKind.choices)
    n = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=14, decimal_places=2)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            one_of("plan", "kind", PlanKind.values),
            models.UniqueConstraint(fields=["allocation", "kind", "n"], name="plan_n_once"),
            models.CheckConstraint(condition=Q(n__gte=1), name="plan_n_from_one"),
            models.CheckConstraint(
                condition=Q(total__gte=0, total__lt=MOST), name="plan_total_is_a_sum"
            ),
            models.CheckConstraint(
                condition=Q(n=1) | ~Q(reason=""), name="plan_revised_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.allocation.reference} {self.get_kind_display().lower()} {self.n}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this plan."""
        return str(self)


class PlanMonth(models.Model):
    """What a plan says of a month (its first day), in pounds. Append-only."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="months")
    month = models.DateField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    act = ActField()

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "month"], name="planmonth_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="planmonth_of_a_whole_month"),
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lt=MOST), name="planmonth_amount_is_a_sum"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, {month_name(self.month)}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this month of a plan."""
        return str(self)
