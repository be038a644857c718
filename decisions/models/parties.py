"""The parties named in a paper, and the series its number is drawn from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from accounts.models import AdviceKind
from audit.fields import ActField
from audit.history import TrackedModel
from decisions.models.constraints import filled, one_of
from decisions.models.references import ReferenceForm


def always_advised() -> list[str]:
    """Return the kinds of advice that every paper needs, unless its series says otherwise."""
    return [AdviceKind.FINANCIAL.value, AdviceKind.LEGAL.value]


class Organisation(TrackedModel):
    """A funder, recipient or other party. `org_identifier` is its org-id.guide identifier."""

    name = models.CharField(max_length=200)
    org_identifier = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            filled("organisation", "name"),
            models.UniqueConstraint(Lower("name"), name="organisation_name_once"),
            models.UniqueConstraint(
                fields=["org_identifier"],
                condition=~Q(org_identifier=""),
                name="organisation_org_identifier_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this organisation."""
        return self.name


class SeriesQuerySet(models.QuerySet["Series"]):
    """Reading of series."""

    def numbered_here(self) -> "SeriesQuerySet":
        """Return the series whose numbers this register gives."""
        return self.filter(reference_form=ReferenceForm.NUMBER)


class Series(TrackedModel):
    """A series of decisions (PCD, CEOD…): who decides, what advice it needs, the next number.

    `reference_form` is how its references are written. Only a series of plain numbers is numbered
    here; one with years was numbered elsewhere, and its decisions are only recorded.
    """

    code = models.CharField(max_length=12, unique=True)
    title = models.CharField(max_length=200)
    next_number = models.PositiveIntegerField(default=1)
    reference_form = models.CharField(
        max_length=12, choices=ReferenceForm.choices, default=ReferenceForm.NUMBER
    )
    decision_maker_role = models.CharField(max_length=40, default="decision_maker")
    required_advice = ArrayField(
        models.CharField(max_length=20, choices=AdviceKind.choices), default=always_advised
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
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this series."""
        return self.code


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
