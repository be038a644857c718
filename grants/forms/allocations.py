"""Forms about allocations: their terms, and finding them."""

from typing import Any

from django import forms

from audit.forms import DayField, MoneyField, Radios, WordsField
from decisions.forms.base import EditForm, KeyedForm
from decisions.models import Organisation, year_name
from grants.forms.parties import party_field
from grants.models import Charge

CHARGE_HINTS = {
    Charge.REVENUE.value: "Pay, training, licences by the year and other running costs.",
    Charge.CAPITAL.value: "What lasts: vehicles, buildings, equipment.",
}


class PartiesFields(forms.Form):
    """What an allocation is for, and whose it is."""

    purpose = WordsField(max_length=300, help_text="What the money is for, in a line.")
    budget_holder = party_field("Budget holder", "Who answers for spending it.", required=True)
    recipient = party_field("Recipient", "Who receives the grant, if it is passed on.")
    beneficiary = party_field("Beneficiary", "Who has the good of it, if somebody else.")


class TermsForm(PartiesFields, KeyedForm):
    """The terms of a new allocation."""

    limit = MoneyField(help_text="No more than is left of the sum decided.")
    period_start = DayField(label="From")
    period_end = DayField(
        label="To", help_text="Both days included. Only what is received within them is charged."
    )
    charge = forms.ChoiceField(
        label="Revenue or capital",
        choices=Charge.choices,
        initial=Charge.REVENUE,
        widget=Radios(hints=CHARGE_HINTS),
    )
    field_order = ["limit", "purpose", "period_start", "period_end", "charge"]

    def __init__(
        self,
        *args: Any,
        sources: list[tuple[str, str]] | None = None,
        needs_funder: bool = False,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        if sources:
            field = forms.ChoiceField(
                label="Drawn out of",
                choices=sources,
                widget=Radios(),
                initial=sources[0][0] if len(sources) == 1 else None,
                help_text="The whole sum moves out of there with its first allocation.",
            )
            self.fields = {"funded_from": field, **self.fields}
        if needs_funder:
            self.fields["funder"] = party_field("Funder", "The decision names none.", required=True)


class AmendAllocationForm(PartiesFields, EditForm):
    """Correct what may change of an allocation."""


class LineSearchForm(forms.Form):
    """Words, one allocation by its slug, and where the page begins."""

    q = forms.CharField(required=False, max_length=200, label="Search spending")
    allocation = forms.SlugField(required=False, max_length=60)
    before = forms.IntegerField(required=False, min_value=1)


class OfFunderAndYear(forms.Form):
    """Narrows money to a funder and a financial year."""

    funder = forms.ModelChoiceField(
        Organisation.objects.none(), required=False, empty_label="Any funder"
    )
    year = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, label="Financial year"
    )
    marks_optional = False

    def __init__(self, *args: Any, years: range, funders: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        funder, year = self.fields["funder"], self.fields["year"]
        assert isinstance(funder, forms.ModelChoiceField)  # noqa: S101
        assert isinstance(year, forms.ChoiceField)  # noqa: S101
        funder.queryset = funders
        shown = [(str(one), year_name(one)) for one in reversed(years)]
        year.choices = [("", "Any year"), *shown]


class FilterForm(OfFunderAndYear):
    """Words, decision, funder and financial year; and where the page begins."""

    q = forms.CharField(required=False, max_length=200, label="Words")
    decision = forms.CharField(
        required=False, max_length=40, label="Decision", help_text="Like PCD 726."
    )
    before = forms.IntegerField(required=False, min_value=1)
