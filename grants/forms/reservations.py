"""Forms about lines above the limit: the limit itself, and the answer of a second person."""

from typing import Any

from django import forms

from audit import clock
from audit.forms import DayField, MoneyField, Radios
from audit.words import money
from decisions.forms.base import KeyedForm
from grants.forms.answers import SecondPersonForm
from grants.forms.spending import reason_field
from grants.models import Reservation, ReservationOutcome

HINTS = {
    ReservationOutcome.APPROVED.value: "It is recorded at once, if all rules hold.",
    ReservationOutcome.DECLINED.value: "What is reserved goes back. Who entered it can correct it "
    "and send it again.",
    ReservationOutcome.TAKEN_BACK.value: "What is reserved goes back. You can send it again later.",
}


class AnswerReservationForm(SecondPersonForm):
    """Approve or decline a line that another entered, or take one's own back."""

    def __init__(self, *args: Any, reservation: Reservation, is_own: bool, **options: Any) -> None:
        offered = {
            ReservationOutcome.APPROVED.value: f"Approve: record {money(reservation.amount)}",
            ReservationOutcome.DECLINED.value: "Decline it",
        }
        super().__init__(
            *args,
            offered=offered,
            own=ReservationOutcome.TAKEN_BACK.value,
            is_own=is_own,
            hints=HINTS,
            needed="Needed where you decline it: who entered it reads this.",
            **options,
        )


class ApprovalLimitForm(KeyedForm):
    """Set above which sum a line needs a second person."""

    way = forms.ChoiceField(
        label="Which lines need a second person?",
        choices=[("above", "Lines above a sum"), ("none", "No lines")],
        widget=Radios(),
    )
    amount = MoneyField(
        label="Above which sum?",
        required=False,
        help_text="The whole sum of a line, with its VAT. Only for lines above a sum.",
    )
    valid_from = DayField(label="From which day?", help_text="Today, or a day to come.")
    reason = reason_field("Why?", "It is kept with the limit, for good.")

    def clean(self) -> dict[str, Any]:
        """Ask for the sum where there is one; the past stays as it was."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        way, begins = cleaned.pop("way", ""), cleaned.get("valid_from")
        if way == "above" and cleaned.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", "Type the sum above which a line needs a second person")
        if way == "none":
            cleaned["amount"] = None
        if begins and begins < clock.today():
            self.add_error("valid_from", "Choose today or a day to come: the past stays as it was")
        return cleaned
