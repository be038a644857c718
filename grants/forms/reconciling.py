"""Forms that hold the register against SAP: an export, what is matched by hand, why it is not."""

from typing import Any

from django import forms

from audit.forms import Radios
from decisions.forms.base import KeyedForm
from grants.forms.imports import ImportForm
from grants.forms.spending import reason_field
from grants.models import NoteKind, SpendingImport

IMPORTS_OFFERED = 20


class ImportChoice(forms.ModelChoiceField[SpendingImport]):
    """One of the files staged here, by what people call it."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what people call it, and the file's name."""
        return f"{obj.reference}: {obj.file_name}"


class LoadForm(ImportForm):
    """An export of SAP: a file, rows pasted, or the file of an import that is here already."""

    staged = ImportChoice(
        SpendingImport.objects.none(),
        label="Or take the file of an import",
        required=False,
        empty_label="None",
    )
    field_order = ["file", "pasted", "staged"]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["claimed_before"]
        newest = SpendingImport.objects.order_by("-pk").values_list("pk", flat=True)
        field = self.fields["staged"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = SpendingImport.objects.filter(pk__in=list(newest[:IMPORTS_OFFERED]))

    def has_other(self, cleaned: dict[str, Any]) -> bool:
        """Return whether an import was chosen, so that no file is needed."""
        return cleaned.get("staged") is not None


class ChosenForm(KeyedForm):
    """Lines and postings that were ticked, by their keys with commas between."""

    lines = forms.CharField(widget=forms.HiddenInput, required=False)
    items = forms.CharField(widget=forms.HiddenInput, required=False)

    def keys(self, name: str) -> list[int]:
        """Return the keys of one side."""
        return keys_in(self.cleaned_data[name])

    def clean(self) -> dict[str, Any]:
        """Refuse when nothing was ticked."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("lines") and not cleaned.get("items"):
            raise forms.ValidationError("Go back and tick at least one line or posting")
        return cleaned


def keys_in(text: str) -> list[int]:
    """Return the keys that a text names, with commas between; what is no key is left out."""
    return [
        int(one) for one in text.split(",") if one.isascii() and one.isdigit() and len(one) < 15
    ]


class ExplainForm(ChosenForm):
    """Why what was ticked has no other side."""

    kind = forms.ChoiceField(label="Why?", choices=NoteKind.choices, widget=Radios())
    words = reason_field("In your words", "What happened, and who puts it right by when.")


class PairForm(ChosenForm):
    """Why what was ticked is the same."""

    reason = reason_field("How do you know?", "It is kept with the match.")


class UndoForm(KeyedForm):
    """Why something is undone."""

    reason = reason_field("Why?")
