"""Waivers: a rule set aside for an allocation, or one line of it, until a day, with a reason.

Neither a waiver nor its end is ever changed. A line that rests on one names it.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models

from accounts.models import User
from audit import clock
from audit.fields import ActField
from audit.rulebook import LONGEST_WAIVER
from decisions.models.constraints import filled, one_of
from grants.models.allocation import Allocation

WAIVABLE = ("GRT-05", "GRT-06", "GRT-53", "GRT-54")
"""The rules that may be waived; the rulebook says the same. No ceiling is among them."""


class WaiverQuerySet(models.QuerySet["Waiver"]):
    """Reading of waivers."""

    def in_force(self, on: date | None = None) -> Self:
        """Return the waivers that may be named on a day (today)."""
        day = on or clock.today()
        return self.filter(expires_on__gte=day, end__isnull=True)

    def usable_by(self, user: User, allocation: Allocation) -> Self:
        """Return the waivers that a person may name on a line of an allocation."""
        return self.in_force().filter(allocation=allocation).exclude(given_by=user)

    def with_parties(self) -> Self:
        """Join what every list shows."""
        return self.select_related("allocation__decision__series", "given_by", "end__ended_by")


class Waiver(models.Model):
    """A rule that need not hold for lines of an allocation until a day (inclusive). Append-only.

    Only for lines of a payee, or with an invoice number, where one is said.
    """

    rule = models.CharField(max_length=8, choices=[(code, code) for code in WAIVABLE])
    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="waivers")
    payee = models.CharField(max_length=200, blank=True)
    invoice_number = models.CharField(max_length=60, blank=True)
    reason = models.TextField()
    expires_on = models.DateField()
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    objects = WaiverQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            one_of("waiver", "rule", WAIVABLE),
            filled("waiver", "reason"),
        ]

    def __str__(self) -> str:
        only = f", {self.payee}" if self.payee else ""
        invoice = f", invoice {self.invoice_number}" if self.invoice_number else ""
        return f"{self.reference}: {self.rule} for {self.allocation}{only}{invoice}"

    @property
    def reference(self) -> str:
        """What people call it: "Waiver 7"."""
        return f"Waiver {self.pk}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this waiver."""
        return self.reference

    @property
    def state(self) -> str:
        """How it stands today."""
        if hasattr(self, "end"):
            return "Ended"
        return "In force" if self.expires_on >= clock.today() else "Expired"


class WaiverEnd(models.Model):
    """A waiver ended before its last day. Append-only."""

    waiver = models.OneToOneField(Waiver, on_delete=models.PROTECT, related_name="end")
    reason = models.TextField()
    ended_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["-id"]
        constraints = [filled("waiverend", "reason")]

    def __str__(self) -> str:
        return f"{self.waiver.reference} ended"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this end."""
        return f"{self.waiver.reference} end"


def longest(given_on: date) -> date:
    """Return the last day that a waiver given on a day may have."""
    return given_on + LONGEST_WAIVER
