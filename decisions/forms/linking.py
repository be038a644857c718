"""Forms for linking a paper to another decision, once that is found."""

from collections.abc import Iterable
from typing import Any

from django import forms

from audit.forms import Radios, WordsField
from decisions.models import Decision, DecisionQuerySet, LinkKind
from decisions.search import LONGEST

KIND_HINTS = {
    LinkKind.CONTINUES.value: "A further period or stage of the same work.",
    LinkKind.VARIES.value: "Changes what it decided, and leaves the rest of it in force.",
    LinkKind.SUPERSEDES.value: "Takes its place: it is revoked when this one is signed.",
    LinkKind.RESUBMITS.value: "Asks again for what was withdrawn, rejected or deferred.",
    LinkKind.FUNDS.value: "Gives the money that the other one spends.",
}


class FindForm(forms.Form):
    """Look for the other decision."""

    q = forms.CharField(
        required=False,
        max_length=LONGEST,
        label="Find the other decision",
        help_text="By its reference, like PCD 386, or by words in it.",
    )


class LinkForm(forms.Form):
    """Link the paper to one of the decisions found, or to a reference that is not held here."""

    kind = forms.ChoiceField(
        label="This paper…",
        choices=LinkKind.choices,
        widget=Radios(hints=KIND_HINTS),
        initial=LinkKind.CONTINUES,
    )
    to = forms.ModelChoiceField(
        Decision.objects.none(), label="Decisions found", required=False, widget=Radios()
    )
    reference = WordsField(
        max_length=40,
        label="Or type a reference",
        required=False,
        help_text="Of a decision that may not be in this register. It is kept as you type it.",
    )
    marks_optional = False

    def __init__(
        self, *args: Any, among: DecisionQuerySet, found: Iterable[Decision], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        to = self.fields["to"]
        assert isinstance(to, forms.ModelChoiceField)  # noqa: S101
        to.queryset = among
        to.choices = [(row.pk, f"{row.reference}: {row.title}") for row in found]
        if not to.choices:
            to.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Ask for one decision, by choosing it or by typing its reference."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(cleaned.get("to")) == bool(cleaned.get("reference")):
            raise forms.ValidationError("Choose a decision that was found, or type a reference")
        return cleaned
