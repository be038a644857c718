"""Whom the money of a recommendation goes to, and in which financial years."""

from django.db import models

from audit.history import TrackedModel
from decisions.models.constraints import in_order, parted, positive_sum
from decisions.models.paper import Parted
from decisions.models.parties import Organisation
from decisions.models.recommendations import Figure, Recommendation

FIRST_YEAR, LAST_YEAR = 1990, 2099


class Recipient(Parted):
    """One of several recipients of a recommendation, with its sum (pounds) where that is known.

    The single one that lies in Part 1, without a sum, is the recommendation's own `recipient`.
    """

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="recipients"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            in_order("recipient", of="recommendation"),
            models.UniqueConstraint(
                fields=["recommendation", "organisation"],
                name="recipient_organisation_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            positive_sum("recipient"),
            *parted("recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.recommendation}, recipient {self.position}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this recipient, without its name."""
        return f"{self.recommendation.ledger_reference} recipient {self.position}"


class YearSum(TrackedModel):
    """What of a figure (pounds) falls in a financial year, named by the year it begins in.

    The sums by year of a figure come to the figure.
    """

    figure = models.ForeignKey(Figure, on_delete=models.PROTECT, related_name="years")
    year = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["year"]
        constraints = [
            models.UniqueConstraint(fields=["figure", "year"], name="yearsum_year_once"),
            positive_sum("yearsum"),
            models.CheckConstraint(
                condition=models.Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                name="yearsum_year_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure} in {self.name}"

    @property
    def name(self) -> str:
        """How the year is written: 2019/20."""
        return year_name(self.year)

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this sum, without its amount."""
        return f"{self.figure.ledger_reference} in {self.name}"


def year_name(year: int) -> str:
    """Return how a financial year is written that begins in a calendar year: 2019/20."""
    return f"{year}/{(year + 1) % 100:02d}"
