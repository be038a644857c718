"""Lines above the limit: what waits for a second person, its sum reserved meanwhile.

A reservation and its answer are never changed. The limit is data: the last one set counts.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from audit import clock
from audit.fields import ActField
from audit.words import money
from decisions.models.constraints import MOST, filled, one_of, positive_sum
from grants.models.accounts import Account
from grants.models.allocation import Allocation
from grants.models.lines import LineStage, SpendingLine


class ApprovalLimit(models.Model):
    """Above which sum (pounds, with VAT) a line needs a second person, from a day on. Append-only.

    Without an `amount` none does. Of those that have begun the one from the latest day counts, and
    of two from one day the later.
    """

    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    valid_from = models.DateField()
    reason = models.TextField()
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["-valid_from", "-id"]
        constraints = [
            filled("approvallimit", "reason"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0, amount__lt=MOST),
                name="approvallimit_amount_is_a_sum",
            ),
        ]

    def __str__(self) -> str:
        if self.amount is None:
            return "No line needs a second person"
        return f"A line above {money(self.amount)} needs a second person"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this limit."""
        return f"Approval limit {self.pk}"


def approval_limit(on: date | None = None) -> Decimal | None:
    """Return the limit (pounds) in force on a day (today); None where no line needs approval."""
    day = on or clock.today()
    found = ApprovalLimit.objects.filter(valid_from__lte=day).order_by("-valid_from", "-id")
    return found.values_list("amount", flat=True).first()


class ReservationKind(models.TextChoices):
    """What is recorded once a reservation is approved."""

    NEW = "new", "Spending"
    CONVERSION = "conversion", "Conversion"
    COVER = "cover", "Spend that awaited authority"
    RECHARGE = "recharge", "Spend that was disallowed elsewhere"


class ReservationQuerySet(models.QuerySet["Reservation"]):
    """Reading of reservations."""

    def waiting(self) -> Self:
        """Return what nobody answered yet, the oldest first."""
        return self.filter(answer__isnull=True).order_by("id")

    def declined_to(self, user: User) -> Self:
        """Return what a person entered and another declined, not sent again, the newest first."""
        declined = self.filter(answer__outcome=ReservationOutcome.DECLINED, reserved_by=user)
        return declined.filter(corrected_by__isnull=True).order_by("-id")

    def with_parties(self) -> Self:
        """Join what every list shows."""
        return self.select_related(
            "allocation__decision__series",
            "allocation__funder",
            "of_line",
            "reserved_by",
            "answer__answered_by",
        )


class Reservation(models.Model):
    """A line above the limit as it was entered; its sum (pounds) lies in `account`. Append-only.

    `spend` is the whole item as it was typed (`grants.actions.reserving`); `amount` is what of it
    counts against the allocation. `of_line` is the line that it converts, covers or charges
    elsewhere; `corrects` the reservation that was declined before it.
    """

    allocation = models.ForeignKey(
        Allocation, on_delete=models.PROTECT, related_name="reservations"
    )
    account = models.OneToOneField(Account, on_delete=models.PROTECT, related_name="reservation")
    kind = models.CharField(max_length=12, choices=ReservationKind.choices)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    spend = models.JSONField()
    of_line = models.ForeignKey(
        SpendingLine,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reservations_of_it",
    )
    is_last = models.BooleanField(default=True)
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    key = models.UUIDField(unique=True, editable=False)
    reserved_at = models.DateTimeField()
    reserved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    objects = ReservationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            one_of("reservation", "kind", ReservationKind.values),
            positive_sum("reservation"),
            models.CheckConstraint(
                condition=Q(kind=ReservationKind.NEW, of_line__isnull=True)
                | ~Q(kind=ReservationKind.NEW) & Q(of_line__isnull=False),
                name="reservation_of_a_line_or_new",
            ),
            models.UniqueConstraint(fields=["id", "reserved_by"], name="reservation_id_and_by"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """What people call it: "Reservation 7"."""
        return f"Reservation {self.pk}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this reservation."""
        return self.reference

    @property
    def payee(self) -> str:
        """Who is paid, as it was typed; of what was recorded, as its line says."""
        return str(self._line.payee if self._line else self.spend["payee"])

    @property
    def purpose(self) -> str:
        """What for, as it was typed; of what was recorded, as its line says."""
        return str(self._line.purpose if self._line else self.spend["purpose"])

    @property
    def _line(self) -> SpendingLine | None:
        """The line that was recorded of it: what is withheld of that is withheld here."""
        is_approved = not self.is_waiting and self.answer.outcome == ReservationOutcome.APPROVED
        return self.line if is_approved else None

    @property
    def stage_label(self) -> str:
        """How far it has come: "Commitment"."""
        return LineStage(self.spend["stage"]).label

    @property
    def received_on(self) -> date:
        """When it was received, or is expected."""
        return date.fromisoformat(self.spend["received_on"])

    @property
    def is_waiting(self) -> bool:
        """Whether nobody answered it yet."""
        return not hasattr(self, "answer")


class ReservationOutcome(models.TextChoices):
    """What became of a reservation."""

    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Declined"
    TAKEN_BACK = "taken_back", "Taken back"


class ReservationAnswer(models.Model):
    """What became of a reservation: another person answers it, or who entered it takes it back.

    `reserved_by` is the reservation's own, by a foreign key over both. The line that an approval
    recorded names the reservation. Append-only.
    """

    reservation = models.OneToOneField(Reservation, on_delete=models.PROTECT, related_name="answer")
    reserved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=ReservationOutcome.choices)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    act = ActField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["approved", "declined"]) & ~Q(answered_by=F("reserved_by"))
                | Q(outcome="taken_back", answered_by=F("reserved_by")),
                name="reservationanswer_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="declined", words=""),
                name="reservationanswer_no_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reservation} {self.get_outcome_display().lower()}"

    @property
    def ledger_reference(self) -> str:
        """How the audit trail names this answer."""
        return f"{self.reservation.reference} answer"
