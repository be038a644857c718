"""Months that were closed: nothing more is posted into one until a second person reopens it.

The posting month of a move or a line is the one in which it was recorded, in London. A closing is
never changed: a month that was reopened is closed again by a later one.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from audit.fields import ActField
from audit.words import MONTHS
from decisions.models.constraints import positive_sum
from grants.models.lines import SpendingLine


def month_name(month: date) -> str:
    """Return what people call a month, by its first day: "October 2026"."""
    return f"{MONTHS[month.month - 1]} {month.year}"


class MonthClosingQuerySet(models.QuerySet["MonthClosing"]):
    """Reading of closings."""

    def in_force(self) -> Self:
        """Return the closings that no approved proposal reopened."""
        return self.exclude(proposals__answer__outcome="approved")


class MonthClosing(models.Model):
    """The closing of a month (its first day), with what it held then. Append-only.

    `n` counts the closings of the month; `moves` are the moves posted in it and `moved` their sum
    in pounds, as the database counts them. `words` say why it was closed with exceptions.
    """

    month = models.DateField()
    n = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    moves = models.PositiveIntegerField()
    moved = models.DecimalField(max_digits=16, decimal_places=2)
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    objects = MonthClosingQuerySet.as_manager()

    class Meta:
        ordering = ["-month", "-n"]
        constraints = [
            models.UniqueConstraint(fields=["month", "n"], name="monthclosing_n_once"),
            models.CheckConstraint(condition=Q(n__gte=1), name="monthclosing_n_from_one"),
            models.CheckConstraint(condition=Q(month__day=1), name="monthclosing_of_a_whole_month"),
        ]

    def __str__(self) -> str:
        return month_name(self.month)

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this closing."""
        return f"{month_name(self.month)} closing {self.n}"


class ExceptionKind(models.TextChoices):
    """Why a line is named when a month is closed."""

    OVERDUE = "overdue", "Committed, past its date"
    AWAITING = "awaiting", "Awaiting authority"
    AT_RISK = "at_risk", "At risk: received before a letter was accepted"
    SAP = "sap", "Paid, and not reconciled with SAP"


class MonthException(models.Model):
    """A line with which a month was closed all the same, and its sum (pounds) then. Append-only.

    The database lists them itself when the closing is written, so that none is left out. That the
    month was not reconciled with SAP is of no one line; the sum is of all that were paid in it.
    """

    closing = models.ForeignKey(MonthClosing, on_delete=models.PROTECT, related_name="exceptions")
    line = models.ForeignKey(SpendingLine, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=8, choices=ExceptionKind.choices)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["closing", "line", "kind"], name="monthexception_named_once"
            ),
            positive_sum("monthexception"),
            models.CheckConstraint(
                condition=Q(kind="sap", line__isnull=True) | ~Q(kind="sap") & Q(line__isnull=False),
                name="monthexception_of_a_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line or self.closing}: {self.get_kind_display().lower()}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this exception."""
        about = self.line or self.get_kind_display().lower()
        return f"{self.closing.ledger_reference}, {about}"
