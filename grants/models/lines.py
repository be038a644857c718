"""Spending lines: what was ordered, received or paid for, and where it is charged."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Coalesce

from accounts.models import User
from audit.history import TrackedModel
from decisions.models.constraints import MOST, at_and_by, filled, one_of, positive_sum
from grants.models.accounts import Account, AccountRole, Move
from grants.models.allocation import Allocation
from grants.models.category import Category
from grants.models.kinds import LineKind, fields_of_its_kind
from grants.models.querysets import SpendingLineQuerySet


class LineStage(models.TextChoices):
    """How far an item of spend has come."""

    COMMITMENT = "commitment", "Commitment"
    ACCRUAL = "accrual", "Accrual"
    ACTUAL = "actual", "Actual"


ROLE_OF_STAGE = {
    LineStage.COMMITMENT: AccountRole.COMMITTED,
    LineStage.ACCRUAL: AccountRole.ACCRUED,
    LineStage.ACTUAL: AccountRole.USED,
}


# What takes money: a line, and what takes back a credit. All else gives money back.
CHARGES = Q(reverses__isnull=True) & ~Q(kind="credit") | Q(reverses__isnull=False, kind="credit")


class SpendingLine(TrackedModel):
    """One item of spend (pounds). Once posted only purpose, PO number and evidence may change.

    `amount` is what counts against the limit: net, and the VAT that is not recovered. `account` is
    where `move` put it; without an `allocation` it awaits authority. `draws_on` is the commitment
    or accrual it comes out of; `reverses` the line it takes back; `covers` the line that awaited
    the authority this one has. `received_on` is the date of receipt of goods or service (expected,
    for a commitment): it decides the period and the year. Lines of an import share one move to each
    account, whose sum is `together`; `sap_turn` counts how often a SAP item was recorded before and
    taken back. Each `kind` has fields of its own (`OWN_FIELDS`); pay and overtime name nobody.
    A credit gives money back: of the line that it `credits`, or of none and `why_credited`; what
    reverses it names that line too.
    `reservation` is what waited for a second person, who approved it; `waiver` set a rule aside for
    it, and `why_so` says why it is right where a rule warned.
    """

    kind = models.CharField(
        max_length=16, choices=LineKind.choices, default=LineKind.INVOICE, db_default="invoice"
    )
    # Ties that say more than these hold them too (account of its allocation, sum of its entry …).
    allocation = models.ForeignKey(
        Allocation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
        db_constraint=False,
        db_index=False,
    )
    stage = models.CharField(max_length=12, choices=LineStage.choices)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, related_name="lines", db_constraint=False, db_index=False
    )
    account_role = models.CharField(max_length=12, choices=AccountRole.choices)
    move = models.ForeignKey(
        Move, on_delete=models.PROTECT, related_name="lines", db_constraint=False
    )
    together = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    net = models.DecimalField(max_digits=14, decimal_places=2)
    vat = models.DecimalField(max_digits=14, decimal_places=2)
    gross = models.DecimalField(max_digits=14, decimal_places=2)
    is_vat_recovered = models.BooleanField()
    received_on = models.DateField()
    paid_on = models.DateField(null=True, blank=True)
    payee = models.CharField(max_length=200)
    purpose = models.CharField(max_length=300)
    category = models.CharField(max_length=16, choices=Category.choices)
    cost_centre = models.CharField(max_length=40, blank=True)
    subjective_code = models.CharField(max_length=40, blank=True)
    invoice_number = models.CharField(max_length=60, blank=True)
    po_number = models.CharField(max_length=60, blank=True)
    pay_period = models.CharField(max_length=40, blank=True, default="", db_default="")
    journal_number = models.CharField(max_length=60, blank=True, default="", db_default="")
    evidence_sha256 = models.CharField(max_length=64, blank=True)
    evidence_name = models.CharField(max_length=200, blank=True)
    evidence_type = models.CharField(max_length=100, blank=True)
    why_awaiting = models.TextField(blank=True)
    draws_on = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="drawn"
    )
    reverses = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reversal",
        db_constraint=False,
    )
    credits = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="credited_by"
    )
    why_credited = models.TextField(blank=True, default="", db_default="")
    spending_import = models.ForeignKey(
        "grants.SpendingImport",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
    )
    import_place = models.CharField(max_length=80, blank=True, db_default="")
    sap_document = models.CharField(max_length=40, blank=True, db_default="")
    sap_item = models.CharField(max_length=20, blank=True, db_default="")
    sap_turn = models.PositiveSmallIntegerField(db_default=0)
    key = models.UUIDField(unique=True, editable=False, db_default=RandomUUID())
    covers = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="covered_by",
        db_constraint=False,
    )
    reservation = models.OneToOneField(
        "grants.Reservation", on_delete=models.PROTECT, null=True, blank=True, related_name="line"
    )
    waiver = models.ForeignKey(
        "grants.Waiver", on_delete=models.PROTECT, null=True, blank=True, related_name="lines"
    )
    why_so = models.TextField(blank=True, default="", db_default="")
    effect = models.GeneratedField(
        expression=Case(When(CHARGES, then=F("amount")), default=F("amount") * -1),
        output_field=models.DecimalField(max_digits=14, decimal_places=2),
        db_persist=True,
    )
    moved = models.GeneratedField(
        expression=Case(
            When(CHARGES, then=Coalesce(F("together"), F("amount"))),
            default=Coalesce(F("together"), F("amount")) * -1,
        ),
        output_field=models.DecimalField(max_digits=14, decimal_places=2),
        db_persist=True,
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="lines_recorded")

    objects = SpendingLineQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            one_of("spendingline", "kind", LineKind.values),
            fields_of_its_kind("spendingline"),
            one_of("spendingline", "stage", LineStage.values),
            one_of("spendingline", "category", Category.values),
            positive_sum("spendingline"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{column}__gte": 0, f"{column}__lt": MOST}),
                    name=f"spendingline_{column}_is_a_sum",
                )
                for column in ("net", "vat", "gross")
            ),
            models.CheckConstraint(
                condition=Q(gross=F("net") + F("vat")), name="spendingline_vat_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(is_vat_recovered=True, amount=F("net"))
                | Q(is_vat_recovered=False, amount=F("gross")),
                name="spendingline_counts_net_and_lost_vat",
            ),
            models.CheckConstraint(
                condition=Q(allocation__isnull=True, account_role=AccountRole.AWAITING)
                & ~Q(why_awaiting="")
                | Q(allocation__isnull=False, stage="commitment", account_role="committed")
                | Q(allocation__isnull=False, stage="accrual", account_role="accrued")
                | Q(allocation__isnull=False, stage="actual", account_role="used"),
                name="spendingline_stage_and_account",
            ),
            models.CheckConstraint(
                condition=Q(evidence_sha256="", evidence_name="", evidence_type="")
                | Q(evidence_sha256__regex="^[0-9a-f]{64}$")
                & ~Q(evidence_name="")
                & ~Q(evidence_type=""),
                name="spendingline_evidence_is_whole",
            ),
            filled("spendingline", "payee"),
            filled("spendingline", "purpose"),
            at_and_by("spendingline", "recorded"),
            models.UniqueConstraint(fields=["id", "amount"], name="spendingline_id_and_amount"),
            models.UniqueConstraint(
                fields=["move"], condition=Q(together__isnull=True), name="spendingline_of_its_move"
            ),
            models.CheckConstraint(
                condition=Q(together__isnull=True)
                | Q(together__gt=0, spending_import__isnull=False, stage="actual"),
                name="spendingline_together_in_an_import",
            ),
            models.CheckConstraint(
                condition=Q(spending_import__isnull=True, import_place="")
                | Q(spending_import__isnull=False) & ~Q(import_place=""),
                name="spendingline_import_and_place",
            ),
            models.UniqueConstraint(
                fields=["spending_import", "import_place"],
                condition=Q(reverses__isnull=True, spending_import__isnull=False),
                name="spendingline_once_in_its_import",
            ),
            models.CheckConstraint(
                condition=Q(sap_document="", sap_item="") | ~Q(sap_document=""),
                name="spendingline_sap_item_of_a_document",
            ),
            models.UniqueConstraint(
                fields=["sap_document", "sap_item", "sap_turn"],
                condition=Q(reverses__isnull=True) & ~Q(sap_document=""),
                name="spendingline_sap_once",
            ),
            models.UniqueConstraint(fields=["id", "account"], name="spendingline_id_and_account"),
        ]
        indexes = [
            models.Index(fields=["allocation", "-id"], name="spendingline_allocation"),
            models.Index(fields=["account"], name="spendingline_account"),
            models.Index(
                fields=["gross"],
                condition=~Q(invoice_number=""),
                name="spendingline_sum_of_invoice",
            ),
            models.Index(fields=["recorded_at"], name="spendingline_recorded_at"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people call it: "Line 12"."""
        return f"Line {self.pk}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this line, without payee or purpose."""
        return self.reference

    @property
    def is_reversal(self) -> bool:
        """Whether it takes another line back."""
        return self.reverses_id is not None

    @property
    def is_credit(self) -> bool:
        """Whether it gives money back as a credit, or did before it was reversed."""
        return self.kind == LineKind.CREDIT

    @property
    def gives_back(self) -> bool:
        """Whether it gives money back: a credit, or the reversal of anything else."""
        return self.is_credit != self.is_reversal

    @property
    def is_reversed(self) -> bool:
        """Whether another line took it back."""
        return hasattr(self, "reversal")

    @property
    def is_awaiting(self) -> bool:
        """Whether it awaits authority: recorded so, and neither covered nor reversed since."""
        return self.allocation_id is None and not self.is_reversal and not self.is_reversed

    @property
    def is_open(self) -> bool:
        """Whether something of a commitment or accrual is left to convert or release."""
        return self.outstanding > 0

    @property
    def outstanding(self) -> Decimal:
        """What is left (pounds) of a commitment or an accrual; nought of any other line."""
        holds = (AccountRole.COMMITTED, AccountRole.ACCRUED)
        if self.is_reversal or self.account_role not in holds:
            return Decimal("0.00")
        return self.account.present_balance
