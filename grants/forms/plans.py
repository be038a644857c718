"""The form of a profile or a forecast: a box for each month, filled from a column or evenly."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from audit.forms import MoneyField
from decisions.forms.base import KeyedForm, long_text
from grants.by_month import PENNY
from grants.forms.spending import reason_field
from grants.models import NOUGHT, month_name

MOST = 20_000  # letters that may be pasted


class PlanForm(KeyedForm):
    """What is planned of each month, in pounds. `seen` is the number of the plan that it shows."""

    marks_optional = False

    seen = forms.IntegerField(widget=forms.HiddenInput)
    pasted = long_text(
        "A column of sums",
        rows=4,
        max_length=MOST,
        required=False,
        help_text="Copied from a spreadsheet: one month in a row, from the first box down.",
    )

    def __init__(self, *args: Any, months: Iterable[date], is_first: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.months = list(months)
        for month in self.months:
            field = MoneyField(label=month_name(month), required=False)
            self.fields[name_of(month)] = field
        if not is_first:
            self.fields["reason"] = reason_field("Why is it revised?", "The earlier one is kept.")

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The boxes of the months, the first one first."""
        return [self[name_of(month)] for month in self.months]

    def typed(self) -> dict[date, Decimal]:
        """Return the sums that can be read, by month; empty boxes left out."""
        self.is_valid()
        found = {month: self.cleaned_data.get(name_of(month)) for month in self.months}
        return {month: amount for month, amount in found.items() if amount is not None}

    def raw(self) -> dict[str, Any]:
        """Return everything as it was typed."""
        return {
            name: field.widget.value_from_datadict(self.data, self.files, name)
            for name, field in self.fields.items()
        }

    def column(self) -> dict[str, str]:
        """Return what was pasted, by the names of the boxes; raises ValidationError."""
        lines = str(self.raw()["pasted"] or "").strip("\r\n").splitlines()
        cells = lines[0].split("\t") if len(lines) == 1 else lines
        found: dict[str, str] = {}
        for number, line in enumerate(cells):
            cell = line.rstrip("\t").rpartition("\t")[2].strip()
            if number >= len(self.months):
                raise ValidationError(f"There are {len(cells)} rows for {len(self.months)} months.")
            try:
                amount = MoneyField(required=False).clean(cell)
            except ValidationError as error:
                raise ValidationError(f"Row {number + 1}, “{cell}”: {error.messages[0]}") from error
            if amount is not None:
                found[name_of(self.months[number])] = f"{amount:,.2f}"
        return found

    def evenly(self, whole: Decimal) -> dict[str, str]:
        """Return what is left of a whole, spread over the empty boxes to the penny."""
        raw = self.raw()
        empty = [month for month in self.months if not str(raw[name_of(month)] or "").strip()]
        left = max(NOUGHT, whole - sum(self.typed().values(), NOUGHT))
        found = {}
        for place, month in enumerate(empty):
            share = (left / (len(empty) - place)).quantize(PENNY)
            left -= share
            found[name_of(month)] = f"{share:,.2f}"
        return found


def name_of(month: date) -> str:
    """Return the name of the box of a month."""
    return f"month_{month:%Y_%m}"


def shown(months: Mapping[date, Decimal]) -> dict[str, Decimal]:
    """Return what a plan says, by the names of the boxes."""
    return {name_of(month): amount for month, amount in months.items()}
