"""Why a line or posting of SAP has no other side, and the statements that agree both, by month.

Everything here is append-only: of several notes about one row the last counts; a statement is
prepared anew, never changed. Sums are pounds.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from audit.fields import ActField
from decisions.models.constraints import filled, one_of
from grants.models.lines import SpendingLine
from grants.models.months import month_name
from grants.models.sap import ONE_SIDE, SapItem


class NoteKind(models.TextChoices):
    """Why a line is not in SAP, or a posting not in the register."""

    TIMING = "timing", "Timing: the other side posts it in a later month"
    TO_ENTER = "to_enter", "To be entered in the register"
    AWAITING = "awaiting", "Recorded as awaiting authority, charged to nothing yet"
    NOT_THIS = "not_this", "Not of a grant in this register"
    SAP_WRONG = "sap_wrong", "An error in SAP, to be put right there"
    WRONG_HERE = "wrong_here", "An error in the register, to be reversed"
    OTHER = "other", "Something else"


class ReconcilingNote(models.Model):
    """What somebody said of a line or posting without a match. The last one about it counts."""

    line = models.ForeignKey(
        SpendingLine, on_delete=models.PROTECT, null=True, related_name="reconciling_notes"
    )
    item = models.ForeignKey(
        SapItem, on_delete=models.PROTECT, null=True, related_name="reconciling_notes"
    )
    kind = models.CharField(max_length=12, choices=NoteKind.choices)
    words = models.TextField()
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("reconcilingnote", "kind", NoteKind.values),
            filled("reconcilingnote", "words"),
            models.CheckConstraint(condition=ONE_SIDE, name="reconcilingnote_of_one_side"),
        ]

    def __str__(self) -> str:
        return f"Note {self.pk}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this note."""
        return str(self)


class Reconciliation(models.Model):
    """The statement of a month: the register's sum, SAP's, and what makes the difference.

    The database counts and adds up all of it from the first month that was reconciled to the end of
    `month`: `register` less `sap` is `explained` and the `difference`. `items` lists every line and
    posting without its other side by then, `unexplained` counts those of which nobody said why.
    """

    month = models.DateField()
    n = models.PositiveSmallIntegerField()
    lines = models.PositiveIntegerField()
    register = models.DecimalField(max_digits=16, decimal_places=2)
    postings = models.PositiveIntegerField()
    sap = models.DecimalField(max_digits=16, decimal_places=2)
    explained = models.DecimalField(max_digits=16, decimal_places=2)
    difference = models.DecimalField(max_digits=16, decimal_places=2)
    unexplained = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["-month", "-n"]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1), name="reconciliation_of_a_whole_month"
            ),
            models.UniqueConstraint(fields=["month", "n"], name="reconciliation_n_once"),
            models.CheckConstraint(
                condition=Q(difference=F("register") - F("sap") - F("explained")),
                name="reconciliation_adds_up",
            ),
            models.UniqueConstraint(
                fields=["id", "prepared_by", "difference", "unexplained"],
                name="reconciliation_as_prepared",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people call it: "Reconciliation of October 2026, statement 1"."""
        return f"Reconciliation of {month_name(self.month)}, statement {self.n}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this statement."""
        return self.reference


class ReconcilingKind(models.TextChoices):
    """Why a line or posting stands in a statement: as noted, by what came later, or by nothing."""

    LATER = "later", "Matched with what the other side posted in a later month"
    UNEXPLAINED = "unexplained", "Not explained"


class ReconcilingItem(models.Model):
    """A line or posting without its other side by the end of a statement's month.

    The database lists them when the statement is written, with what was said of each by then.
    """

    reconciliation = models.ForeignKey(
        Reconciliation, on_delete=models.PROTECT, related_name="items"
    )
    line = models.ForeignKey(SpendingLine, on_delete=models.PROTECT, null=True, related_name="+")
    item = models.ForeignKey(SapItem, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=[*NoteKind.choices, *ReconcilingKind.choices])
    words = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("reconcilingitem", "kind", [*NoteKind.values, *ReconcilingKind.values]),
            models.CheckConstraint(condition=ONE_SIDE, name="reconcilingitem_of_one_side"),
            models.UniqueConstraint(
                fields=["reconciliation", "line"], name="reconcilingitem_line_once"
            ),
            models.UniqueConstraint(
                fields=["reconciliation", "item"], name="reconcilingitem_item_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reconciliation}, item {self.pk}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this item."""
        return str(self)


class ReconciliationAgreement(models.Model):
    """That a second person agreed a statement of which every item is explained.

    `prepared_by`, `difference` and `unexplained` are the statement's, held by a foreign key.
    """

    reconciliation = models.OneToOneField(
        Reconciliation, on_delete=models.PROTECT, related_name="agreement"
    )
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    difference = models.DecimalField(max_digits=16, decimal_places=2)
    unexplained = models.PositiveIntegerField()
    agreed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(difference=0, unexplained=0), name="reconciliationagreement_of_nought"
            ),
            models.CheckConstraint(
                condition=~Q(agreed_by=F("prepared_by")),
                name="reconciliationagreement_by_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reconciliation} agreed"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names it."""
        return str(self)
