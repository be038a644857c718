"""Forms for what a recommendation's sums are divided into: recipients, and financial years."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from audit import clock
from audit.forms import MoneyField
from audit.words import money
from decisions.forms.paper import organisation_field
from decisions.models import Decision, year_name
from decisions.rules import adds_up, years_outside

MOST_RECIPIENTS, MOST_YEARS = 60, 60
EARLIER, LATER = 15, 12  # years before and after this one that a table can name
OPEN = ""  # where a recipient is named that lies in Part 1; otherwise its exemption's id


class RecipientForm(forms.Form):
    """One recipient, with its sum where that is known; in Part 1, or exempt in Part 2."""

    name = organisation_field("Recipient")
    amount = MoneyField(label="Sum, if known", required=False, min_value=Decimal("0.01"))
    place = forms.ChoiceField(label="Where it is named", initial=OPEN, required=False)
    marks_optional = False

    def __init__(self, *args: Any, decision: Decision, **options: Any) -> None:
        super().__init__(*args, **options)
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)  # noqa: S101
        grounds = [(str(row.pk), f"Part 2, {row.ground}") for row in decision.exemptions.all()]
        place.choices = [(OPEN, "Part 1"), *grounds]

    def clean(self) -> dict[str, Any]:
        """Ask for the name of who receives a sum."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("name") and (cleaned.get("amount") or cleaned.get("place")):
            self.add_error("name", "Name the recipient")
        return cleaned


class YearForm(forms.Form):
    """What of one of the sums falls in a financial year."""

    of = forms.TypedChoiceField(label="Of sum", coerce=int, initial=1, required=False, choices=())
    year = forms.TypedChoiceField(label="Financial year", coerce=int, required=False, choices=())
    amount = MoneyField(label="In that year", required=False, min_value=Decimal("0.01"))
    marks_optional = False

    def __init__(self, *args: Any, sums: int, **options: Any) -> None:
        super().__init__(*args, **options)
        of, year = self.fields["of"], self.fields["year"]
        assert isinstance(of, forms.ChoiceField)  # noqa: S101
        assert isinstance(year, forms.ChoiceField)  # noqa: S101
        of.choices = [(n, f"Sum {n}") for n in range(1, sums + 1)]
        known = {*_years_about(), *([self.initial["year"]] if "year" in self.initial else [])}
        year.choices = [("", "Choose a year"), *((n, year_name(n)) for n in sorted(known))]

    def clean(self) -> dict[str, Any]:
        """Ask for the year of a sum, and the sum of a year."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        cleaned["of"] = cleaned.get("of") or 1
        if cleaned.get("amount") and not cleaned.get("year") and "year" not in self.errors:
            self.add_error("year", "Choose the financial year of this sum")
        if cleaned.get("year") and cleaned.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", "Enter the sum of this year, or remove the year")
        return cleaned


def _years_about() -> range:
    this = clock.today().year
    return range(this - EARLIER, this + LATER)


if TYPE_CHECKING:
    Rows = BaseFormSet[forms.Form]
else:
    Rows = BaseFormSet


class _Recipients(Rows):
    label = "Recipients"

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Say what the box removes, for people who hear the form."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Remove this recipient"

    def clean(self) -> None:
        """Refuse a recipient that is named twice."""
        names = Counter(row["name"].casefold() for row in kept(self) if row.get("name"))
        if any(count > 1 for count in names.values()):
            message = "Name each recipient once, with all that it receives"
            raise forms.ValidationError(message)


class _Years(Rows):
    label = "Sums by financial year"

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        """Say what the box removes, for people who hear the form."""
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = "Remove this year"


def kept(rows: Rows) -> list[dict[str, Any]]:
    """Return the rows of a formset that were typed and not removed, in order."""
    typed = [getattr(form, "cleaned_data", {}) for form in rows.forms]
    return [
        row for row in typed if (row.get("name") or row.get("amount")) and not row.get("DELETE")
    ]


RecipientFormSet = formset_factory(
    RecipientForm,
    formset=_Recipients,
    extra=3,
    can_delete=True,
    can_delete_extra=False,
    max_num=MOST_RECIPIENTS,
    validate_max=True,
)
YearFormSet = formset_factory(
    YearForm,
    formset=_Years,
    extra=4,
    can_delete=True,
    can_delete_extra=False,
    max_num=MOST_YEARS,
    validate_max=True,
)


def years_hold(
    years: Rows, sums: Mapping[int, Decimal], first: date | None, last: date | None
) -> bool:
    """Hold the years of each sum (numbered as on the page) to the sum and to the period.

    What does not hold is said where it was typed. Years of a sum that was removed go with it.
    """
    forms_of: dict[int, list[forms.Form]] = {}
    for form in years.forms:
        row = form.cleaned_data
        if row.get("amount") and not row.get("DELETE") and row["of"] in sums:
            forms_of.setdefault(row["of"], []).append(form)
    for of, rows in forms_of.items():
        _hold(of, rows, sums[of], (first, last))
    return not any(form.errors for form in years.forms)


def _hold(
    of: int, rows: Sequence[forms.Form], whole: Decimal, period: tuple[date | None, date | None]
) -> None:
    typed = [(form.cleaned_data["year"], form.cleaned_data["amount"]) for form in rows]
    for n, (form, (year, _)) in enumerate(zip(rows, typed, strict=True)):
        if year in dict(typed[:n]):
            form.add_error("year", f"{year_name(year)} stands twice for sum {of}")
        elif years_outside([year], *period):
            form.add_error("year", f"{year_name(year)} lies outside the period")
    if not any(form.errors for form in rows) and not adds_up(whole, typed):
        together = money(sum((amount for _, amount in typed), Decimal()))
        message = f"The years of sum {of} come to {together}, and the sum is {money(whole)}"
        rows[-1].add_error("amount", message)
