"""Many lines at once: a file as it was staged, its rows, what was decided about it.

The file is kept in the store of evidence by its digest. Only `ImportRow` is outside the register:
it is what the file says, read once, and can be read from it again.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from audit.fields import ActField
from decisions.models.constraints import filled, one_of
from grants.models.allocation import Allocation
from grants.models.category import Category


class SpendingImport(models.Model):
    """A file of spending as somebody staged it. Append-only; its steps say what became of it.

    `columns` says which heading is which field; `lines_count` and `amount` (pounds) are of the rows
    that can be recorded, `faulty_count` of those that cannot as they are; `rows_sha256` is over all
    of them as they were read.
    """

    file_sha256 = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    columns = models.JSONField()
    lines_count = models.PositiveIntegerField()
    faulty_count = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    rows_sha256 = models.CharField(max_length=64)
    staged_at = models.DateTimeField()
    staged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            filled("spendingimport", "file_name"),
            models.CheckConstraint(
                condition=Q(file_sha256__regex="^[0-9a-f]{64}$")
                & Q(rows_sha256__regex="^[0-9a-f]{64}$"),
                name="spendingimport_digests_are_whole",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0, amount__lt=10**12), name="spendingimport_amount_is_a_sum"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people call it: "Import 3"."""
        return f"Import {self.pk}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this import."""
        return self.reference

    @property
    def state(self) -> str:
        """What became of it: staged, approved, dropped or reversed."""
        kinds = {step.kind for step in self.steps.all()}
        order = (ImportStepKind.REVERSED, ImportStepKind.DROPPED, ImportStepKind.APPROVED)
        return next((kind.value for kind in order if kind in kinds), "staged")

    @property
    def withholds(self) -> bool:
        """Whether a row of its file withholds something."""
        shown = Q(payee__startswith="Withheld:") | Q(purpose__startswith="Withheld:")
        return self.rows.filter(shown).exists()


class ImportStepKind(models.TextChoices):
    """What was decided about an import."""

    APPROVED = "approved", "Approved and recorded"
    DROPPED = "dropped", "Dropped"
    REVERSED = "reversed", "Reversed as a whole"


class ImportStep(models.Model):
    """A decision about an import: by whom, when and why. Append-only."""

    spending_import = models.ForeignKey(
        SpendingImport, on_delete=models.PROTECT, related_name="steps"
    )
    kind = models.CharField(max_length=8, choices=ImportStepKind.choices)
    reason = models.TextField(blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("importstep", "kind", ImportStepKind.values),
            models.UniqueConstraint(fields=["spending_import", "kind"], name="importstep_once"),
            models.CheckConstraint(
                condition=Q(kind=ImportStepKind.APPROVED) | ~Q(reason=""),
                name="importstep_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.spending_import} {self.kind}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this step."""
        return str(self)


class ImportSetAside(models.Model):
    """A row of a file that is left out of its import, by choice and with a reason. Append-only."""

    spending_import = models.ForeignKey(
        SpendingImport, on_delete=models.PROTECT, related_name="set_aside"
    )
    place = models.CharField(max_length=80)
    reason = models.TextField()
    set_aside_at = models.DateTimeField()
    set_aside_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["id"]
        constraints = [
            filled("importsetaside", "reason"),
            models.UniqueConstraint(
                fields=["spending_import", "place"], name="importsetaside_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.spending_import}, {self.place}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this row."""
        return str(self)


class ImportMatch(models.Model):
    """What somebody said of a SAP row that looks like a line keyed by hand. Append-only.

    Where it `is_same`, nothing is recorded of the row: the line gets its SAP document and item.
    """

    spending_import = models.ForeignKey(
        SpendingImport, on_delete=models.PROTECT, related_name="matches"
    )
    place = models.CharField(max_length=80)
    line = models.ForeignKey(
        "grants.SpendingLine", on_delete=models.PROTECT, related_name="matches"
    )
    is_same = models.BooleanField()
    sap_document = models.CharField(max_length=40)
    sap_item = models.CharField(max_length=20, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "import matches"
        constraints = [
            filled("importmatch", "sap_document"),
            models.UniqueConstraint(fields=["spending_import", "place"], name="importmatch_once"),
            models.UniqueConstraint(
                fields=["spending_import", "line"],
                condition=Q(is_same=True),
                name="importmatch_line_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.spending_import}, {self.place}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this answer."""
        return str(self)


class ImportColumns(models.Model):
    """Which column is which field, for all files with the same headings. Append-only.

    `headings` are those of the file, in order; `columns` the field of each that is used. The last
    one recorded of a shape counts.
    """

    shape_sha256 = models.CharField(max_length=64)
    headings = models.JSONField()
    columns = models.JSONField()
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "import columns"
        indexes = [models.Index(fields=["shape_sha256", "-id"], name="importcolumns_shape")]

    def __str__(self) -> str:
        return f"Columns {self.pk}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this choice of columns."""
        return str(self)


class SapCode(models.Model):
    """What a code of SAP means from a day to another, both included. Append-only.

    A WBS element or cost centre names an allocation, a cost element a category. Of several that
    hold on a day the one recorded last counts.
    """

    code = models.CharField(max_length=40)
    allocation = models.ForeignKey(
        Allocation, on_delete=models.PROTECT, null=True, blank=True, related_name="sap_codes"
    )
    category = models.CharField(max_length=16, choices=Category.choices, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["code", "-id"]
        constraints = [
            filled("sapcode", "code"),
            models.CheckConstraint(
                condition=Q(allocation__isnull=False, category="")
                | Q(allocation__isnull=True, category__in=Category.values),
                name="sapcode_means_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="sapcode_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this code."""
        return f"SAP code {self.code}"


class RowKind(models.TextChoices):
    """What a row of a file is."""

    LINE = "line", "To be recorded"
    HELD = "held", "Held already"
    LISTED = "listed", "Not a line"


class ImportRow(models.Model):
    """A row of a staged file, as it was read. No part of the register; kept with its import.

    `place` is where people find it, "Sheet1!12"; `looks_like` is a line that was keyed by hand and
    may be the same item; `faults` are what is wrong with it, cell by cell;
    `cells` what stands in it, by column, where it is no line or has faults; `withheld` the words
    and the ground of each field that it withholds, which shows the ground instead.
    """

    # What it points at is there when it is staged, and never deleted: nothing is asked of each row.
    spending_import = models.ForeignKey(
        SpendingImport,
        on_delete=models.PROTECT,
        related_name="rows",
        db_constraint=False,
        db_index=False,
    )
    place = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=RowKind.choices)
    note = models.CharField(max_length=200, blank=True)
    allocation = models.ForeignKey(
        Allocation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    received_on = models.DateField(null=True)
    paid_on = models.DateField(null=True)
    payee = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=300, blank=True)
    category = models.CharField(max_length=16, blank=True)
    net = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    vat = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    gross = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    is_vat_recovered = models.BooleanField(default=True)
    cost_centre = models.CharField(max_length=40, blank=True)
    subjective_code = models.CharField(max_length=40, blank=True)
    invoice_number = models.CharField(max_length=60, blank=True)
    po_number = models.CharField(max_length=60, blank=True)
    sap_document = models.CharField(max_length=40, blank=True)
    sap_item = models.CharField(max_length=20, blank=True)
    looks_like = models.ForeignKey(
        "grants.SpendingLine",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    faults = models.JSONField(default=list)
    cells = models.JSONField(default=dict)
    withheld = models.JSONField(default=dict, db_default={})

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["spending_import", "place"], name="importrow_once"),
        ]

    def __str__(self) -> str:
        return self.place

    @property
    def of_category(self) -> str:
        """The label of its category."""
        return Category(self.category).label
