"""Forms about funders' answers and later decisions: letters, bids, variations, limits."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from audit.forms import DayField, MoneyField, Radios, WordsField
from decisions.forms.base import KeyedForm, long_text
from decisions.importers.dates import full_date
from decisions.models import Organisation, OutcomeFigure
from grants.actions import Letter
from grants.forms.evidence import EvidenceForm
from grants.forms.parties import party_field
from grants.forms.spending import YES_NO, reason_field
from grants.models import NOUGHT, BidResult

RAISE, LOWER = "raise", "lower"
# What stands in a form for money that is set apart for no category: an empty answer is none.


class AwardForm(EvidenceForm, KeyedForm):
    """A funder's letter, as it was read."""

    reference = WordsField(max_length=100, label="Reference of the letter")
    dated = DayField(label="Date of the letter")
    amount = MoneyField(label="Sum awarded", help_text="As the letter has it, even if it is more.")
    period_start = DayField(label="From")
    period_end = DayField(label="To", help_text="Both days included.")
    accepted_on = DayField(
        label="Accepted on", help_text="Spending before this day is shown as at risk."
    )
    accepted_by = WordsField(
        max_length=120, label="Accepted by", help_text="Who signed for MOPAC: name or office."
    )
    conditions = long_text(
        "Conditions", rows=4, required=False, help_text="In your own words, one in a line."
    )
    needs_consent = forms.TypedChoiceField(
        label="Must the funder consent to virements and carry forward?",
        choices=YES_NO,
        coerce=lambda value: value == "yes",
        initial="no",
        widget=Radios(is_inline=True),
    )
    claim_dates = long_text(
        "Claim dates",
        rows=4,
        required=False,
        help_text="One in a line, like 15 July 2020 or 15/7/2020.",
    )
    field_order = [
        *("reference", "dated", "amount", "period_start", "period_end", "accepted_on"),
        *("accepted_by", "conditions", "needs_consent", "claim_dates", "file"),
    ]

    def __init__(self, *args: Any, needs_funder: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["file"].label = "The letter"
        if needs_funder:
            self.fields["funder"] = party_field("Funder", "The decision names none.", required=True)

    def clean_claim_dates(self) -> list[date]:
        """Return the days that were typed, one in a line."""
        found = []
        for line in self.cleaned_data["claim_dates"].splitlines():
            if not line.strip():
                continue
            day = full_date(line.strip())
            if day is None:
                message = f"“{line.strip()}” is not a date. Type it like 15 July 2020"
                raise forms.ValidationError(message)
            found.append(day)
        return found

    def letter(self, funder: Organisation | None) -> Letter:
        """Return the letter; its funder only where the decision names none."""
        names = [name for name in Letter.__dataclass_fields__ if name in self.cleaned_data]
        typed = {name: self.cleaned_data[name] for name in names if name != "funder"}
        return Letter(**typed, file=self.evidence, funder=funder)


class BidEndForm(KeyedForm):
    """How a bid ended."""

    result = forms.ChoiceField(label="How did it end?", choices=BidResult.choices, widget=Radios())
    amount = MoneyField(
        label="Sum won", required=False, help_text="Leave empty where the bid was lost."
    )
    told_on = DayField(label="When did the funder say so?")
    words = long_text("What the funder said", rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for the sum of a bid that was won; a bid that was lost has none."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        result, amount = cleaned.get("result"), cleaned.get("amount")
        if result == BidResult.LOST and amount:
            self.add_error("amount", "Leave this empty: a bid that was lost brings nothing")
        elif result and result != BidResult.LOST and not amount and "amount" not in self.errors:
            self.add_error("amount", "Enter the sum that was won")
        cleaned["amount"] = amount or NOUGHT
        return cleaned


class VariationForm(KeyedForm):
    """Choose the sum that a decision varies."""

    varied = forms.ModelChoiceField(
        OutcomeFigure.objects.none(), empty_label=None, widget=Radios(), label="Which sum?"
    )

    def __init__(self, *args: Any, sums: list[tuple[OutcomeFigure, str, str]], **options: Any):
        super().__init__(*args, **options)
        field = self.fields["varied"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = OutcomeFigure.objects.filter(pk__in=[one.pk for one, _, _ in sums])
        field.choices = [(str(one.pk), label) for one, label, _ in sums]
        assert isinstance(field.widget, Radios)  # noqa: S101
        field.widget.hints = {str(one.pk): hint for one, _, hint in sums}
        if len(sums) == 1:
            field.initial = sums[0][0].pk


class LimitForm(KeyedForm):
    """Raise or lower the limit of an allocation."""

    way = forms.ChoiceField(
        label="Raise or lower it?",
        choices=((RAISE, "Raise"), (LOWER, "Lower")),
        widget=Radios(
            hints={
                RAISE: "Out of what is decided and not yet allocated.",
                LOWER: "What it gives up can be allocated anew.",
            }
        ),
    )
    amount = MoneyField(label="By how much?")
    reason = reason_field("Why?", "It is kept with the change, for good.")

    def difference(self) -> Decimal:
        """Return by how much, in pounds; below nought to lower it."""
        amount: Decimal = self.cleaned_data["amount"]
        return amount if self.cleaned_data["way"] == RAISE else -amount
