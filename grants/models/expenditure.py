"""Statements of expenditure: what was spent of a grant, prepared by one, certified by another.

None of these rows is ever changed. A statement is of a whole grant or of one financial year of it;
the one that was certified last is current, and the earlier ones are superseded.
"""

from __future__ import annotations

import json
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from audit.fields import ActField
from decisions.models import OutcomeFigure, year_name
from decisions.models.constraints import MOST


class ExpenditureStatementQuerySet(models.QuerySet["ExpenditureStatement"]):
    """Reading of statements."""

    def with_people(self) -> Self:
        """Join what every page shows."""
        return self.select_related(
            "prepared_by",
            "certified__certified_by",
            "figure__outcome__recommendation__decision__series",
        )

    def of(self, figure: OutcomeFigure, year: int | None) -> Self:
        """Return the statements of a grant or of a year of it, the latest first."""
        return self.filter(figure=figure, year=year).order_by("-n")


class ExpenditureStatement(models.Model):
    """What was spent of a sum accepted, as it stood when it was prepared. Append-only.

    `year` is the one that its financial year begins in; of the whole grant without one. `n` counts
    the statements of either. `content` is what it says (canonical JSON), `digest` its SHA-256
    (hex); the database holds `lines` and `spent` (pounds) to what is charged to the grant.
    """

    figure = models.ForeignKey(OutcomeFigure, on_delete=models.PROTECT, related_name="statements")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    n = models.PositiveIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    lines = models.PositiveIntegerField()
    spent = models.DecimalField(max_digits=14, decimal_places=2)
    prepared_at = models.DateTimeField()
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    objects = ExpenditureStatementQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["figure", "year", "n"],
                nulls_distinct=False,
                name="expenditurestatement_n_once",
            ),
            models.UniqueConstraint(
                fields=["id", "prepared_by"], name="expenditurestatement_id_and_by"
            ),
            models.CheckConstraint(
                condition=Q(n__gte=1) & (Q(year__isnull=True) | Q(year__range=(2000, 2999))),
                name="expenditurestatement_of_a_year_or_all",
            ),
            models.CheckConstraint(
                condition=Q(spent__gt=-MOST, spent__lt=MOST),
                name="expenditurestatement_spent_is_a_sum",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def scope(self) -> str:
        """What it is of: "the whole grant" or "2025/26"."""
        return "the whole grant" if self.year is None else year_name(self.year)

    @property
    def reference(self) -> str:
        """What people call it: "PCD 726 recommendation 1 statement of expenditure 2025/26, 2"."""
        recommendation = self.figure.outcome.recommendation
        of = "" if self.year is None else f" {year_name(self.year)}"
        about = f"{recommendation.decision.reference} recommendation {recommendation.number}"
        return f"{about} statement of expenditure{of}, {self.n}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this statement."""
        return self.reference

    @property
    def slug(self) -> str:
        """Its name in its document's identifier and file name, without its number."""
        recommendation = self.figure.outcome.recommendation
        of = "" if self.year is None else f"-{self.year}"
        return f"{recommendation.decision.slug}-{recommendation.number}-statement{of}"

    @property
    def said(self) -> dict[str, Any]:
        """What it says."""
        found: dict[str, Any] = json.loads(self.content)
        return found

    @property
    def is_certified(self) -> bool:
        """Whether it was certified, and so issued as a document."""
        return hasattr(self, "certified")

    @property
    def later(self) -> ExpenditureStatementQuerySet:
        """The statements of the same that were prepared after it."""
        found = ExpenditureStatement.objects.filter(figure=self.figure_id, year=self.year)
        return found.filter(n__gt=self.n)

    @property
    def standing(self) -> str:
        """How it stands: waiting, current, superseded, or overtaken by a later one."""
        if not self.is_certified:
            return "overtaken" if self.later.exists() else "waiting"
        return "superseded" if self.later.filter(certified__isnull=False).exists() else "current"


class CertifiedStatement(models.Model):
    """The certificate of a statement by the chief finance officer, and its document. Append-only.

    `sha256` (hex) names the signed PDF, `ledger_seq` the entry that its checkpoint covers;
    `evidence` says which second factor was given. `prepared_by` is the statement's own, by a
    foreign key over both.
    """

    statement = models.OneToOneField(
        ExpenditureStatement, on_delete=models.PROTECT, related_name="certified"
    )
    prepared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    certified_at = models.DateTimeField()
    certified_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=200)
    evidence = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    ledger_seq = models.PositiveBigIntegerField(unique=True)
    act = ActField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(certified_by=F("prepared_by")),
                name="certifiedstatement_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="certifiedstatement_sha256_is_hex"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement} certified"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this certificate."""
        return str(self)

    @property
    def file_name(self) -> str:
        """Return the name under which it is downloaded."""
        return f"{self.statement.slug}-{self.statement.n}.pdf"
