"""What the forms share: a key so that one posted twice acts once, and a check on what was seen."""

from hashlib import sha256
from typing import Any
from uuid import uuid4

from django import forms

from audit.forms import WordsField

LONG = 20_000
CHANGED = (
    "This was changed while you were writing, perhaps in another window. What you wrote is still "
    "below: copy it, open the page again, and put the two together."
)


class KeyedForm(forms.Form):
    """A form that makes something; its key is made with the page."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class EditForm(forms.Form):
    """A form that changes what it shows; refuses to overwrite a change that it did not show."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.shown = digest_of(dict(self.initial))
        self.initial = {**self.initial, "seen": self.shown}

    def clean(self) -> dict[str, Any]:
        """Refuse when the record is no longer what the page showed, unless nothing is lost."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        changes = [name for name in self.changed_data if name != "seen"]
        if changes and cleaned.get("seen") != self.shown:
            raise forms.ValidationError(CHANGED, code="changed")
        return cleaned


def digest_of(values: dict[str, Any]) -> str:
    """Return a short digest of what a form showed."""
    shown = {name: getattr(value, "pk", value) for name, value in values.items() if name != "seen"}
    return sha256(repr(sorted(shown.items(), key=str)).encode()).hexdigest()[:16]


def long_text(label: str, rows: int = 5, **options: Any) -> WordsField:
    """Return a field for text of several paragraphs, blank lines between them."""
    options.setdefault("max_length", LONG)
    return WordsField(label=label, widget=forms.Textarea({"rows": rows}), **options)
