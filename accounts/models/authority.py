"""Offices and who holds them, with dates, both ends inclusive."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from audit.history import TrackedModel

CEILING = Decimal(10) ** 12  # pounds; a numeric NaN is not below it


class Role(models.TextChoices):
    """The offices that people hold. What each may do stands in ``accounts.permissions``."""

    ORIGINATING_OFFICER = "originating_officer", "Originating officer"
    ADVISER = "adviser", "Adviser"
    CHIEF_EXECUTIVE = "chief_executive", "Chief executive"
    DECISION_MAKER = "decision_maker", "Decision maker"
    PRIVATE_OFFICE = "private_office", "Private office"
    FINANCE_OFFICER = "finance_officer", "Finance officer"
    FINANCE_APPROVER = "finance_approver", "Finance approver"
    CHIEF_FINANCE_OFFICER = "chief_finance_officer", "Chief finance officer"
    GOVERNANCE_OFFICER = "governance_officer", "Governance officer"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


class AdviceKind(models.TextChoices):
    """The kinds of advice a paper may carry; an adviser holds the office for one of them."""

    FINANCIAL = "financial", "Financial"
    LEGAL = "legal", "Legal"
    COMMERCIAL = "commercial", "Commercial"
    DATA_PROTECTION = "data_protection", "Data protection"
    EQUALITY = "equality", "Equality"


class DelegatedAct(models.TextChoices):
    """What a delegation can cover: the kinds that a recommendation may have."""

    ACCEPT = "accept", "Accept grant"
    APPROVE_SPEND = "approve_spend", "Approve spending"
    APPROVE = "approve", "Approve"
    BID = "bid", "Bid for grant"
    AWARD = "award", "Award a grant or contract"
    NOTE = "note", "Note"
    DELEGATE = "delegate", "Delegate"
    APPROVE_IN_PRINCIPLE = "approve_in_principle", "Approve in principle"
    CARRY_FORWARD = "carry_forward", "Carry forward"
    VARY = "vary", "Vary"
    DETERMINE = "determine", "Determine"
    OTHER = "other", "Other"


def in_force(on: date, of: str = "") -> Q:
    """Return the condition that a dated row (reached by the path ``of``) is in force on a date."""
    ends = Q(**{f"{of}valid_to__isnull": True}) | Q(**{f"{of}valid_to__gte": on})
    return Q(**{f"{of}valid_from__lte": on}) & ends


def period(table: str) -> models.CheckConstraint:
    """Return the constraint that a period does not end before it starts."""
    return models.CheckConstraint(
        condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
        name=f"{table}_period_ends_after_it_starts",
    )


class RoleHoldingQuerySet(models.QuerySet["RoleHolding"]):
    """Reading who holds which office."""

    def in_force(self, on: date) -> "RoleHoldingQuerySet":
        """Return the holdings in force on a date."""
        return self.filter(in_force(on))


class RoleHolding(TrackedModel):
    """A person's holding of a role, from a day until a day (inclusive) or until ended.

    Advisers hold the role for one kind of advice each; no other role has a kind. `deputy_for` is
    whose deputy the holder is, None in their own right; `succeeds` the holding this one follows.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="holdings"
    )
    role = models.CharField(max_length=30, choices=Role.choices)
    advice_kind = models.CharField(max_length=20, choices=AdviceKind.choices, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    deputy_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deputy_holdings",
    )
    succeeds = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="successors"
    )

    objects = RoleHoldingQuerySet.as_manager()

    class Meta:
        ordering = ["role", "advice_kind", "valid_from"]
        constraints = [
            period("roleholding"),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="roleholding_role_known"
            ),
            models.CheckConstraint(
                condition=Q(role=Role.ADVISER, advice_kind__in=AdviceKind.values)
                | (~Q(role=Role.ADVISER) & Q(advice_kind="")),
                name="roleholding_adviser_iff_advice_kind",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "advice_kind"],
                condition=Q(valid_to__isnull=True),
                name="roleholding_one_live_per_role",
            ),
            models.CheckConstraint(
                condition=Q(deputy_for__isnull=True) | ~Q(deputy_for=F("user")),
                name="roleholding_deputy_for_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.title}"

    @property
    def title(self) -> str:
        """The office in words: "Adviser (legal)", "Chief executive, as deputy for …"."""
        role = self.get_role_display()
        if self.advice_kind:
            role = f"{role} ({self.get_advice_kind_display().lower()})"
        return f"{role}, {self.as_deputy}" if self.deputy_for else role

    @property
    def as_deputy(self) -> str:
        """Whose deputy the holder is, as acts show it: "as deputy for …"; "" in their own right."""
        return f"as deputy for {self.deputy_for}" if self.deputy_for else ""

    @property
    def ledger_reference(self) -> str:
        """How the audit trail refers to this holding."""
        return f"{self.user.email} {self.title}"

    def is_in_force(self, on: date) -> bool:
        """Say whether the role is held on a date."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
