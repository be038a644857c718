"""The series a decision's number is drawn from: who decides, endorses and advises on its papers."""

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import AdviceKind, Role, User
from audit.fields import ActField
from audit.history import TrackedModel
from decisions.models.constraints import filled, in_order, one_of
from decisions.models.references import ReferenceForm

DECIDING_ROLES = [(role.value, role.label) for role in (Role.DECISION_MAKER, Role.CHIEF_EXECUTIVE)]
ENDORSING_ROLES = [
    (role.value, role.label)
    for role in (Role.CHIEF_EXECUTIVE, Role.CHIEF_FINANCE_OFFICER, Role.DECISION_MAKER)
]


ADVISING_ROLES = [Role.CHIEF_FINANCE_OFFICER.value, Role.GOVERNANCE_OFFICER.value]


def always_advised() -> list[str]:
    """Return the kinds of advice that every paper needs, unless its series says otherwise."""
    return [AdviceKind.FINANCIAL.value, AdviceKind.LEGAL.value]


class SeriesQuerySet(models.QuerySet["Series"]):
    """Reading of series."""

    def numbered_here(self) -> "SeriesQuerySet":
        """Return the series whose numbers this register gives."""
        return self.filter(reference_form=ReferenceForm.NUMBER)

    def in_use(self, on: date) -> "SeriesQuerySet":
        """Return those that had not ended by a day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class Series(TrackedModel):
    """A series of decisions (PCD, CEOD…): who decides, what advice it needs, the next number.

    `reference_form` is how its references are written. Only a series of plain numbers is numbered
    here; one with years was numbered elsewhere, and its decisions are only recorded.

    Its papers are decided by whoever holds `decision_maker_role`, or only by `decision_maker`
    (and a deputy) where that names somebody; `decision_maker_title` is how they are addressed.
    `publish_within` and `remind_after` are working days. The stages of endorsement before it are
    rows of their own (:class:`EndorsingStage`).

    After `ends_on` (inclusive) no paper begins in it, and one that has no number yet goes on in
    its `successor`; its decisions stay as they are.
    """

    code = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=200)
    next_number = models.PositiveIntegerField(default=1)
    reference_form = models.CharField(
        max_length=12, choices=ReferenceForm.choices, default=ReferenceForm.NUMBER
    )
    decision_maker_role = models.CharField(
        max_length=40, choices=DECIDING_ROLES, default=Role.DECISION_MAKER
    )
    decision_maker_title = models.CharField(
        max_length=200, default="Deputy Mayor for Policing and Crime"
    )
    decision_maker = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    publish_within = models.PositiveSmallIntegerField(default=1)
    remind_after = models.PositiveSmallIntegerField(default=3)
    required_advice = ArrayField(
        models.CharField(max_length=20, choices=AdviceKind.choices), default=always_advised
    )
    ends_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name_plural = "series"
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[A-Z]{2,12}$"), name="series_code_in_capitals"
            ),
            models.CheckConstraint(
                condition=Q(next_number__gte=1), name="series_next_number_from_one"
            ),
            one_of("series", "reference_form", ReferenceForm.values),
            one_of("series", "decision_maker_role", [role for role, _ in DECIDING_ROLES]),
            filled("series", "decision_maker_title"),
            models.CheckConstraint(
                condition=Q(publish_within__range=(0, 30), remind_after__range=(1, 60)),
                name="series_working_days_few",
            ),
            models.CheckConstraint(
                condition=Q(successor__isnull=True)
                | (Q(ends_on__isnull=False) & ~Q(successor=F("id"))),
                name="series_followed_by_another_when_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this series."""
        return self.code

    def has_ended(self, on: date) -> bool:
        """Say whether it had ended by a day."""
        return self.ends_on is not None and self.ends_on < on


class EndorsingStage(TrackedModel):
    """One stage at which the papers of a series are endorsed, in the order of `position`.

    Whoever holds `role` endorses, or only `officer` where that names somebody: so another named
    officer endorses what the chief executive decides. `title` is how the office is addressed.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="stages")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    role = models.CharField(max_length=40, choices=ENDORSING_ROLES, default=Role.CHIEF_EXECUTIVE)
    officer = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["series", "position"]
        constraints = [
            in_order("endorsingstage", of="series"),
            filled("endorsingstage", "title"),
            one_of("endorsingstage", "role", [role for role, _ in ENDORSING_ROLES]),
            models.CheckConstraint(
                condition=Q(position__range=(1, 9)), name="endorsingstage_position_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} stage {self.position}: {self.title}"

    @property
    def who(self) -> str:
        """Who endorses, as a page says it: the officer's name, else the office."""
        return str(self.officer) if self.officer else self.title

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this stage."""
        return f"{self.series.code} stage {self.position}"


class AdviceGiver(TrackedModel):
    """An office that may give a kind of advice in a series, besides the advisers of that kind."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="advice_givers")
    kind = models.CharField(max_length=20, choices=AdviceKind.choices)
    role = models.CharField(max_length=40, choices=Role.choices)

    class Meta:
        ordering = ["series", "kind", "role"]
        constraints = [
            one_of("advicegiver", "kind", AdviceKind.values),
            one_of("advicegiver", "role", ADVISING_ROLES),
            models.UniqueConstraint(fields=["series", "kind", "role"], name="advicegiver_once"),
        ]

    def __str__(self) -> str:
        return f"{self.series}: {self.get_role_display()} gives {self.get_kind_display()} advice"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this row."""
        return f"{self.series.code} {self.get_kind_display().lower()} advice by {self.role}"


class NumberGap(models.Model):
    """Numbers `first` to `last` (inclusive) of a series that were passed over, and why.

    Append-only.
    """

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="gaps")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    reason = models.TextField()
    act = ActField()

    class Meta:
        ordering = ["series", "first"]
        constraints = [
            filled("numbergap", "reason"),
            models.CheckConstraint(
                condition=Q(last__gte=F("first")), name="numbergap_last_not_before_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.first} to {self.last}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this gap."""
        return str(self)
