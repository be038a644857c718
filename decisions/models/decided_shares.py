"""What recipients receive, and what falls in each financial year, of a sum that was amended.

Kept beside the paper's own, which say what was asked for; only where a smaller sum was decided, or
other shares. Append-only.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q

from audit.fields import ActField
from audit.words import money
from decisions.models.approvals import OutcomeFigure, RecommendationOutcome
from decisions.models.constraints import MOST
from decisions.models.shares import Recipient, YearSum


def recipients_decided(
    asked: dict[str, Any], rows: "Iterable[OutcomeRecipient]"
) -> dict[str, Decimal]:
    """Return what each recipient was granted (pounds), by its name in a recommendation as signed.

    `asked` is the recommendation in the whole content of the paper, Part 2 included.
    """
    granted = {row.recipient.position: row.amount for row in rows}
    names = dict(enumerate((each["name"] for each in asked.get("recipients", [])), start=1))
    return {names[position]: amount for position, amount in granted.items() if position in names}


def _sum(table: str) -> models.CheckConstraint:
    """Return the constraint that a share (pounds) is nought or more, and a number."""
    condition = Q(amount__gte=0, amount__lt=MOST)
    return models.CheckConstraint(condition=condition, name=f"{table}_amount_not_below_nought")


class OutcomeRecipient(models.Model):
    """What a recipient receives (pounds) of a sum as decided. Append-only."""

    outcome = models.ForeignKey(
        RecommendationOutcome, on_delete=models.PROTECT, related_name="recipients"
    )
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="decided")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    act = ActField()

    class Meta:
        ordering = ["recipient__position"]
        constraints = [
            models.UniqueConstraint(fields=["outcome", "recipient"], name="outcomerecipient_once"),
            _sum("outcomerecipient"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient} as decided"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this share, without the recipient's name."""
        return f"{self.outcome.ledger_reference} recipient {self.recipient.position}"

    @property
    def amendment(self) -> str:
        """The recipient with the sum asked for and the sum decided: "The Met £900 → £600"."""
        asked = money(self.recipient.amount) if self.recipient.amount is not None else ""
        return f"{self.recipient.organisation.name} {_from(asked, money(self.amount))}"


class OutcomeYear(models.Model):
    """What of a sum as decided (pounds) falls in a financial year. Append-only."""

    figure = models.ForeignKey(OutcomeFigure, on_delete=models.PROTECT, related_name="years")
    year_sum = models.ForeignKey(YearSum, on_delete=models.PROTECT, related_name="decided")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    act = ActField()

    class Meta:
        ordering = ["year_sum__year"]
        constraints = [
            models.UniqueConstraint(fields=["figure", "year_sum"], name="outcomeyear_once"),
            _sum("outcomeyear"),
        ]

    def __str__(self) -> str:
        return f"{self.year_sum} as decided"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this share."""
        return f"{self.figure.ledger_reference} in {self.year_sum.name}"

    @property
    def amendment(self) -> str:
        """The year with the sum asked for and the sum decided: "2019/20 £900 → £600"."""
        return f"{self.year_sum.name} {_from(money(self.year_sum.amount), money(self.amount))}"


def _from(asked: str, decided: str) -> str:
    """Return what was asked and what was decided; one sum where they are the same."""
    return decided if asked == decided else f"{asked} → {decided}"
