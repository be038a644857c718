"""Versions of the scheme of delegation, their paragraphs, and what is proposed and approved."""

from datetime import date
from hashlib import sha256
from typing import Any, Self, TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models.authority import CEILING, DelegatedAct, Role, in_force, period
from audit import clock
from audit.canonical import canonical
from audit.history import TrackedModel
from audit.words import day

Row = TypeVar("Row", bound=models.Model)
APPROVED = Q(approved_at__isnull=False)
DECLINED = Q(declined_at__isnull=False)
OPEN = Q(approved_at__isnull=True, declined_at__isnull=True)


class State(models.TextChoices):
    """How something proposed stands today."""

    PROPOSED = "proposed", "Proposed"
    DECLINED = "declined", "Not approved"
    AHEAD = "ahead", "Approved, not yet in force"
    IN_FORCE = "in_force", "In force"
    ENDED = "ended", "Ended"


def acts_field() -> Any:
    """Return the field of the kinds of recommendation that may be decided."""
    return ArrayField(models.CharField(max_length=30, choices=DelegatedAct.choices))


def limit_field() -> Any:
    """Return the field of a sum in pounds; None is no limit."""
    return models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)


def known_acts(table: str) -> models.CheckConstraint:
    """Return the constraint that there are acts, and none but those known."""
    return models.CheckConstraint(
        condition=Q(acts__len__gte=1) & Q(acts__contained_by=[act.value for act in DelegatedAct]),
        name=f"{table}_acts_known",
    )


def above_nought(table: str, column: str = "limit") -> models.CheckConstraint:
    """Return the constraint that a sum, where there is one, is above nought and finite."""
    return models.CheckConstraint(
        condition=Q(**{f"{column}__isnull": True})
        | Q(**{f"{column}__gt": 0, f"{column}__lt": CEILING}),
        name=f"{table}_{column}_above_nought",
    )


def paired(table: str, what: str) -> models.CheckConstraint:
    """Return the constraint that a moment and its person are there together."""
    at, by = f"{what}_at", f"{what}_by"
    return models.CheckConstraint(
        condition=Q(**{f"{at}__isnull": True, f"{by}__isnull": True})
        | Q(**{f"{at}__isnull": False, f"{by}__isnull": False}),
        name=f"{table}_{what}_at_and_by",
    )


def decided_apart(table: str) -> list[models.CheckConstraint]:
    """Return the constraints of a proposal: by one person, approved by another or declined."""
    return [
        paired(table, "proposed"),
        paired(table, "approved"),
        paired(table, "declined"),
        models.CheckConstraint(
            condition=Q(approved_at__isnull=True) | Q(declined_at__isnull=True),
            name=f"{table}_approved_or_declined",
        ),
        models.CheckConstraint(
            condition=Q(declined_at__isnull=True, declined_reason="")
            | (Q(declined_at__isnull=False) & ~Q(declined_reason="")),
            name=f"{table}_declined_with_reason",
        ),
        models.CheckConstraint(
            condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("proposed_by")),
            name=f"{table}_approved_by_another",
        ),
    ]


def _person(name: str) -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name=f"%(class)ss_{name}",
    )


class ProposedQuerySet(models.QuerySet[Row]):
    """Reading what is proposed."""

    def waiting(self) -> Self:
        """Return what is proposed and neither approved nor declined, the oldest first."""
        return self.filter(OPEN).order_by("proposed_at", "pk")


class Proposed(TrackedModel):
    """Base of what one person proposes and another approves, in force between two days.

    Nobody proposed what was recorded before proposals were kept. Nothing but the last day changes
    once it is approved; what was declined stays as it is.
    """

    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = _person("proposed")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = _person("approved")
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = _person("declined")
    declined_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        """Whether it is neither approved nor declined."""
        return self.approved_at is None and self.declined_at is None

    @property
    def is_approved(self) -> bool:
        """Whether it was approved."""
        return self.approved_at is not None

    def is_in_force(self, on: date) -> bool:
        """Say whether it is approved and a date lies within its days."""
        within = self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)
        return self.is_approved and within

    @property
    def state(self) -> State:
        """How it stands today."""
        today = clock.today()
        if self.declined_at is not None:
            return State.DECLINED
        if not self.is_approved:
            return State.PROPOSED
        if self.is_in_force(today):
            return State.IN_FORCE
        return State.AHEAD if today < self.valid_from else State.ENDED


class SchemeVersionQuerySet(ProposedQuerySet["SchemeVersion"]):
    """Reading versions of schemes."""

    def in_force(self, on: date) -> "SchemeVersionQuerySet":
        """Return the approved versions in force on a date."""
        return self.filter(in_force(on), APPROVED)


class SchemeVersion(Proposed):
    """One dated version of a scheme of delegation, in force from a day until a day (inclusive)."""

    title = models.CharField(max_length=200)
    dated = models.DateField()

    objects = SchemeVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-dated", "title", "pk"]
        constraints = [
            period("schemeversion"),
            models.CheckConstraint(condition=~Q(title=""), name="schemeversion_titled"),
            models.UniqueConstraint(
                fields=["title", "dated"],
                condition=Q(declined_at__isnull=True),
                name="schemeversion_once",
            ),
            *decided_apart("schemeversion"),
        ]

    def __str__(self) -> str:
        return f"{self.title} of {day(self.dated)}"

    @property
    def digest(self) -> str:
        """The SHA-256 (hex) of its days and of all that its paragraphs say: what is approved."""
        rows = self.paragraphs.order_by("number")
        said = rows.values("number", "acts", "limit", "words", "office")
        days = [self.valid_from, self.valid_to]
        return sha256(canonical({"days": days, "paragraphs": list(said)}).encode()).hexdigest()

    @property
    def ledger_reference(self) -> str:
        """How the audit trail refers to this version."""
        return str(self)


class SchemeParagraph(TrackedModel):
    """One paragraph of a version: which acts it gives to which office, up to what sum (pounds).

    `limit` is for one decision, None without a limit; `words` are the scheme's own; `office` is
    the role whose holders may be delegated to, "" for any. Fixed once its version is approved.
    """

    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="paragraphs")
    number = models.CharField(max_length=20)
    acts = acts_field()
    limit = limit_field()
    words = models.TextField(blank=True)
    office = models.CharField(max_length=30, choices=Role.choices, blank=True)

    class Meta:
        ordering = ["version", "number", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(number=""), name="schemeparagraph_numbered"),
            models.UniqueConstraint(fields=["version", "number"], name="schemeparagraph_once"),
            above_nought("schemeparagraph"),
            known_acts("schemeparagraph"),
            models.CheckConstraint(
                condition=Q(office="") | Q(office__in=Role.values),
                name="schemeparagraph_office_known",
            ),
        ]

    def __str__(self) -> str:
        return f"paragraph {self.number} of the {self.version}"

    @property
    def acts_in_words(self) -> str:
        """The kinds of recommendation covered, in words."""
        return ", ".join(DelegatedAct(act).label.lower() for act in self.acts)

    @property
    def ledger_reference(self) -> str:
        """How the audit trail refers to this paragraph."""
        return str(self)
