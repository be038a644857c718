"""SAP's own rows of a month, and what lines and rows were found to be the same.

Everything here is append-only: a match or an export ends by a row of its own. Sums are pounds,
below nought where SAP takes back.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from accounts.models import User
from audit.fields import ActField
from decisions.models.constraints import filled, one_of
from grants.models.lines import SpendingLine

ONE_SIDE = Q(line__isnull=False, item__isnull=True) | Q(line__isnull=True, item__isnull=False)


class SapExportQuerySet(models.QuerySet["SapExport"]):
    """Reading of exports."""

    def live(self) -> Self:
        """Return the exports that nobody withdrew."""
        return self.filter(end__isnull=True)


class SapExport(models.Model):
    """What SAP posted in a month (its first day), as a file of it was loaded.

    `listed` are the rows of the file that are no posting, each with its place and why.
    """

    month = models.DateField()
    file_sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    rows_count = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=16, decimal_places=2)
    listed = models.JSONField(default=list)
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    objects = SapExportQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            filled("sapexport", "file_name"),
            models.CheckConstraint(condition=Q(month__day=1), name="sapexport_of_a_whole_month"),
            models.CheckConstraint(
                condition=Q(file_sha256__regex="^[0-9a-f]{64}$"), name="sapexport_digest_is_whole"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people call it: "SAP export 3"."""
        return f"SAP export {self.pk}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this export."""
        return self.reference


class SapExportEnd(models.Model):
    """That an export was withdrawn: the wrong month, the wrong file. Its matches end with it."""

    export = models.OneToOneField(SapExport, on_delete=models.PROTECT, related_name="end")
    reason = models.TextField()
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [filled("sapexportend", "reason")]

    def __str__(self) -> str:
        return f"{self.export} withdrawn"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names it."""
        return str(self)


class SapItem(models.Model):
    """A posting of SAP, as a row of an export has it; `posted_on` is the date that the row says."""

    export = models.ForeignKey(SapExport, on_delete=models.PROTECT, related_name="items")
    place = models.CharField(max_length=80)
    sap_document = models.CharField(max_length=40)
    sap_item = models.CharField(max_length=20, blank=True)
    posted_on = models.DateField(null=True)
    payee = models.CharField(max_length=200, blank=True)
    text = models.CharField(max_length=300, blank=True)
    invoice_number = models.CharField(max_length=60, blank=True)
    cost_centre = models.CharField(max_length=40, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [
            filled("sapitem", "sap_document"),
            models.CheckConstraint(
                condition=~Q(amount=0) & Q(amount__gt=-(10**12), amount__lt=10**12),
                name="sapitem_amount_is_a_sum",
            ),
            models.UniqueConstraint(fields=["export", "place"], name="sapitem_place_once"),
            models.UniqueConstraint(
                fields=["export", "sap_document", "sap_item"], name="sapitem_once_in_its_export"
            ),
        ]
        indexes = [
            models.Index(fields=["sap_document", "sap_item"], name="sapitem_document"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people call it: "SAP 1900012 item 1"."""
        return f"SAP {self.sap_document}" + (f" item {self.sap_item}" if self.sap_item else "")

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this posting."""
        return self.reference


class MatchRule(models.TextChoices):
    """By what lines and postings were found to be the same, in the order in which it is tried."""

    ITEM = "item", "Same SAP document and item, same sum"
    DOCUMENT = "document", "Same SAP document, together the same sum"
    INVOICE = "invoice", "Same invoice number and sum"
    NEAR = "near", "Same payee and sum, dates at most 10 days apart"
    TAKEN_BACK = "taken_back", "A line and its reversal, neither in SAP"
    CANCELLED = "cancelled", "Two postings of SAP that cancel each other"
    BY_HAND = "by_hand", "Matched by hand"


class SapMatchQuerySet(models.QuerySet["SapMatch"]):
    """Reading of matches."""

    def live(self) -> Self:
        """Return the matches that nobody undid."""
        return self.filter(end__isnull=True)


class SapMatch(models.Model):
    """That lines and postings are the same, or cancel each other: by which rule, and why."""

    rule = models.CharField(max_length=12, choices=MatchRule.choices)
    why = models.TextField()
    matched_at = models.DateTimeField()
    matched_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    objects = SapMatchQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "sap matches"
        constraints = [
            one_of("sapmatch", "rule", MatchRule.values),
            filled("sapmatch", "why"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people call it: "Match 7"."""
        return f"Match {self.pk}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this match."""
        return self.reference


class SapMatchPart(models.Model):
    """A line or a posting in a match, with its sum: what a line adds to or takes from its account.

    The lines of a match come to the same as its postings; each is in one match at a time.
    """

    match = models.ForeignKey(SapMatch, on_delete=models.PROTECT, related_name="parts")
    line = models.ForeignKey(
        SpendingLine, on_delete=models.PROTECT, null=True, related_name="match_parts"
    )
    item = models.ForeignKey(
        SapItem, on_delete=models.PROTECT, null=True, related_name="match_parts"
    )
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=ONE_SIDE, name="sapmatchpart_of_one_side"),
            models.UniqueConstraint(fields=["match", "line"], name="sapmatchpart_line_once"),
            models.UniqueConstraint(fields=["match", "item"], name="sapmatchpart_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.match}, part {self.pk}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this part."""
        return str(self)


class SapMatchEnd(models.Model):
    """That a match was undone, and why."""

    match = models.OneToOneField(SapMatch, on_delete=models.PROTECT, related_name="end")
    reason = models.TextField()
    ended_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [filled("sapmatchend", "reason")]

    def __str__(self) -> str:
        return f"{self.match} undone"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names it."""
        return str(self)
