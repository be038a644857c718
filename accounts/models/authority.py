"""Offices and delegations: each with dates, both ends inclusive."""

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
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


def in_force(on: date) -> Q:
    """Return the condition that a dated row is in force on a date."""
    return Q(valid_from__lte=on) & (Q(valid_to__isnull=True) | Q(valid_to__gte=on))


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

    Advisers hold the role for one kind of advice each; no other role has a kind.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="holdings"
    )
    role = models.CharField(max_length=30, choices=Role.choices)
    advice_kind = models.CharField(max_length=20, choices=AdviceKind.choices, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

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
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.title}"

    @property
    def title(self) -> str:
        """The office in words: "Adviser (legal)"."""
        role = self.get_role_display()
        return f"{role} ({self.get_advice_kind_display().lower()})" if self.advice_kind else role

    @property
    def ledger_reference(self) -> str:
        """How the audit trail refers to this holding."""
        return f"{self.user.email} {self.title}"

    def is_in_force(self, on: date) -> bool:
        """Say whether the role is held on a date."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class DelegationQuerySet(models.QuerySet["Delegation"]):
    """Reading delegations."""

    def in_force(self, on: date) -> "DelegationQuerySet":
        """Return the delegations in force on a date."""
        return self.filter(in_force(on))

    def held_by(self, user: models.Model) -> "DelegationQuerySet":
        """Return a person's delegations."""
        return self.filter(holder_id=user.pk)

    def covering(self, kind: str) -> "DelegationQuerySet":
        """Return the delegations for a kind of recommendation."""
        return self.filter(acts__contains=[kind])


class Delegation(TrackedModel):
    """Authority under a paragraph of a dated scheme of delegation.

    ``acts`` are kinds of recommendation; ``limit`` is pounds for one decision, None without
    a limit; a deputy's delegation names whose deputy the holder is. Never deleted: ended.
    """

    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegations"
    )
    scheme_title = models.CharField(max_length=200)
    scheme_dated = models.DateField()
    scheme_paragraph = models.CharField(max_length=20)
    acts = ArrayField(models.CharField(max_length=30, choices=DelegatedAct.choices))
    limit = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    deputy_for = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deputies",
    )

    objects = DelegationQuerySet.as_manager()

    class Meta:
        ordering = ["scheme_dated", "scheme_paragraph", "pk"]
        constraints = [
            period("delegation"),
            models.CheckConstraint(
                condition=Q(limit__isnull=True) | Q(limit__gt=0, limit__lt=CEILING),
                name="delegation_limit_above_nought",
            ),
            models.CheckConstraint(
                condition=Q(acts__len__gte=1)
                & Q(acts__contained_by=[act.value for act in DelegatedAct]),
                name="delegation_acts_known",
            ),
            models.CheckConstraint(
                condition=~Q(scheme_title="") & ~Q(scheme_paragraph=""),
                name="delegation_scheme_named",
            ),
            models.CheckConstraint(
                condition=Q(deputy_for__isnull=True) | ~Q(deputy_for=F("holder")),
                name="delegation_deputy_for_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.holder}: {self.authority}"

    @property
    def authority(self) -> str:
        """The authority in words, as signed documents print it.

        "paragraph 4.8 of the Scheme of Delegation and Consent of 1 May 2016, as deputy for …".
        """
        dated = f"{self.scheme_dated.day} {self.scheme_dated:%B %Y}"
        words = f"paragraph {self.scheme_paragraph} of the {self.scheme_title} of {dated}"
        return f"{words}, as deputy for {self.deputy_for}" if self.deputy_for else words

    @property
    def acts_in_words(self) -> str:
        """The kinds of recommendation covered, in words."""
        return ", ".join(DelegatedAct(act).label.lower() for act in self.acts)

    @property
    def ledger_reference(self) -> str:
        """How the audit trail refers to this delegation."""
        return f"{self.holder.email} paragraph {self.scheme_paragraph}"

    def is_in_force(self, on: date) -> bool:
        """Say whether the delegation is in force on a date."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
