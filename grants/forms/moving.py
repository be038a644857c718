"""Forms that propose to move money between allocations or categories, or to hand it back."""

from typing import Any

from django import forms

from audit.forms import DayField, MoneyField, Radios, WordsField
from decisions.forms.base import KeyedForm
from grants.actions import Moving
from grants.forms.spending import reason_field
from grants.models import Allocation, Category

NOT_APART = "-"


class MoveForm(KeyedForm):
    """A sum to be moved, and why; with the funder's consent where the letter asks for it."""

    amount = MoneyField()
    reason = reason_field("Why?", "Another person reads it and answers. It is kept, for good.")
    consent_reference = WordsField(
        label="Reference of the funder’s consent",
        max_length=100,
        required=False,
        help_text="The letter of award asks for it.",
    )
    consent_on = DayField(label="Date of the consent", required=False)

    def __init__(self, *args: Any, needs_consent: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if not needs_consent:
            del self.fields["consent_reference"], self.fields["consent_on"]

    def clean(self) -> dict[str, Any]:
        """Ask for both the reference and the day of a consent, where one of them is typed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        reference, day = cleaned.get("consent_reference"), cleaned.get("consent_on")
        if reference and not day and "consent_on" not in self.errors:
            self.add_error("consent_on", "Enter the date of the consent")
        if day and not reference:
            self.add_error("consent_reference", "Enter the reference of the consent")
        return cleaned

    def moving(self, giver: Allocation, taker: Allocation | None = None) -> Moving:
        """Return what is proposed."""
        typed = self.cleaned_data
        names = ("amount", "reason", "consent_reference", "consent_on")
        return Moving(giver, taker=taker, **{name: typed[name] for name in names if name in typed})


class VirementForm(MoveForm):
    """Move what is left of one allocation to another under the same sum decided."""

    taker = forms.ModelChoiceField(
        Allocation.objects.none(), empty_label=None, widget=Radios(), label="To which allocation?"
    )
    field_order = ["taker"]

    def __init__(self, *args: Any, takers: list[tuple[Allocation, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["taker"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Allocation.objects.filter(pk__in=[one.pk for one, _ in takers])
        field.choices = [(str(one.pk), f"{one.reference}: {one.purpose}") for one, _ in takers]
        assert isinstance(field.widget, Radios)  # noqa: S101
        field.widget.hints = {str(one.pk): hint for one, hint in takers}


class HandBackForm(MoveForm):
    """Hand what is left of an allocation back to the funder, out of a category where some are."""

    giver_category = forms.ChoiceField(label="Out of what?", required=False, widget=Radios())
    field_order = ["giver_category"]

    def __init__(self, *args: Any, givers: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        if givers:
            offer_givers(self.fields["giver_category"], givers)
        else:
            del self.fields["giver_category"]


class HandBackUndoneForm(MoveForm):
    """Put right what was handed back by mistake, into a category where some are."""

    taker_category = forms.ChoiceField(label="Back into what?", required=False, widget=Radios())
    field_order = ["taker_category"]

    def __init__(self, *args: Any, takers: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        if takers:
            offer_givers(self.fields["taker_category"], takers)
        else:
            del self.fields["taker_category"]


def category_chosen(chosen: str) -> str:
    """Return the category that was chosen; "" for what is not set apart."""
    return "" if chosen == NOT_APART else chosen


def offer_givers(field: forms.Field, givers: dict[str, str]) -> None:
    """Offer what is set apart in an allocation, with what is left of each as a hint."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    names = {"": "What is not set apart", **dict(Category.choices)}
    field.choices = [(each or NOT_APART, names[each]) for each in givers]
    assert isinstance(field.widget, Radios)  # noqa: S101
    field.widget.hints = {each or NOT_APART: hint for each, hint in givers.items()}


class CategoryMoveForm(MoveForm):
    """Set money apart for a category, or move it between categories."""

    giver = forms.TypedChoiceField(label="Out of what?", coerce=category_chosen, widget=Radios())
    taker = forms.TypedChoiceField(label="For which category?", coerce=category_chosen)
    field_order = ["giver", "taker"]

    def __init__(self, *args: Any, givers: dict[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        field, taker = self.fields["giver"], self.fields["taker"]
        assert isinstance(taker, forms.ChoiceField)  # noqa: S101
        offer_givers(field, givers)
        taker.choices = [("", "Choose"), *Category.choices]
        if len(givers) == 1:
            field.initial = next(iter(givers)) or NOT_APART
        else:
            back = (NOT_APART, "No category: back to what is not set apart")
            taker.choices = [*taker.choices, back]
