"""What the forms share: a key so that one posted twice acts once, and a check on what was seen."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms import BaseFormSet

from audit.forms import WordsField

LONG = 20_000
CHANGED = (
    "This was changed while you were writing, perhaps in another window. Put right what is marked "
    "below and save: then both texts are shown, and nothing is lost."
)
SEEN = "seen"
LENGTH = 8  # letters of a digest


class KeyedForm(forms.Form):
    """A form that makes something; its key is made with the page."""

    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class EditForm(forms.Form):
    """A form that changes what it shows; refuses to overwrite a change that it did not show.

    It carries a digest of each value that it was made from. `beside` are formsets on the same
    page, whose rows count as values of their own. One that was overtaken is shown again by
    :meth:`let_merge`, with both texts.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, beside: "Sequence[BaseFormSet[Any]]" = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.beside = beside
        values = dict(self.initial) | {str(each.prefix): each.initial or [] for each in beside}
        values.pop(SEEN, None)
        self.now = {name: digest_of(values[name]) for name in sorted(values)}
        self.shown = "".join(self.now.values())
        self.initial = {**self.initial, SEEN: self.shown}

    def clean(self) -> dict[str, Any]:
        """Refuse when the record is no longer what the page showed, unless nothing is lost."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get(SEEN) != self.shown and self.differing():
            self.add_error(None, forms.ValidationError(CHANGED, code="changed"))
        return cleaned

    @property
    def is_overtaken(self) -> bool:
        """Whether all is in order but that the record was changed meanwhile."""
        return [*self.errors] == [NON_FIELD_ERRORS] and [
            error.code for error in self.errors[NON_FIELD_ERRORS].as_data()
        ] == ["changed"]

    def differing(self) -> list[str]:
        """Return the names of the values that were typed otherwise than they stand now."""
        own = [
            name for name in self.fields if name in self.now and self._typed(name) != self.now[name]
        ]
        return own + [
            str(each.prefix) for each in self.beside if each.is_bound and each.has_changed()
        ]

    def changed_by_others(self) -> set[str]:
        """Return the names of the values that stand otherwise than the page had shown them."""
        then = self._then()
        return {name for name, digest in self.now.items() if then.get(name) != digest}

    def changed_here(self) -> set[str]:
        """Return the names of the values that were typed otherwise than the page had shown them."""
        then = self._then()
        own = {
            name for name in self.fields if name in self.now and self._typed(name) != then.get(name)
        }
        return own | {
            str(each.prefix)
            for each in self.beside
            if digest_of(rows_typed(each)) != then.get(str(each.prefix))
        }

    def _typed(self, name: str) -> str:
        """Return the digest of what was typed; of nothing where it cannot be read."""
        return digest_of(self.cleaned_data[name]) if name in self.cleaned_data else ""

    def _then(self) -> dict[str, str]:
        seen = str(self.data.get(self.add_prefix(SEEN), ""))
        if len(seen) != LENGTH * len(self.now):
            return {}
        parts = [seen[start : start + LENGTH] for start in range(0, len(seen), LENGTH)]
        return dict(zip(self.now, parts, strict=True))

    def let_merge(self) -> None:
        """Show what was typed, and what stands now where nothing was; made from what stands now."""
        here = self.changed_here()
        merged = {
            name: self._raw(name)
            for name in self.fields
            if name != SEEN and (name in here or name not in self.now)
        }
        for each in self.beside:
            if each.prefix not in here:
                each.is_bound = False
                for kept in ("forms", "management_form"):
                    vars(each).pop(kept, None)
        self.initial = {**self.initial, **merged}
        self.is_bound = False
        self._errors = None
        self._bound_fields_cache: dict[str, Any] = {}

    def _raw(self, name: str) -> Any:
        widget = self.fields[name].widget
        return widget.value_from_datadict(self.data, self.files, self.add_prefix(name))


def rows_typed(formset: "BaseFormSet[Any]") -> list[dict[str, Any]]:
    """Return the rows of a valid formset as they are to stand: those not empty and not removed."""
    typed = [form.cleaned_data for form in formset.forms if getattr(form, "cleaned_data", None)]
    return [
        {name: value for name, value in row.items() if name != "DELETE"}
        for row in typed
        if not row.get("DELETE")
    ]


def digest_of(value: Any) -> str:
    """Return a short digest of a value that a form shows."""
    return sha256(repr(_plain(value)).encode()).hexdigest()[:LENGTH]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return sorted((name, _plain(each)) for name, each in value.items())
    if isinstance(value, list | tuple):
        plain = [_plain(each) for each in value]
        return sorted(plain) if all(isinstance(each, str) for each in plain) else plain
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip() or None
    return getattr(value, "pk", value)


def long_text(label: str, rows: int = 5, **options: Any) -> WordsField:
    """Return a field for text of several paragraphs, blank lines between them."""
    options.setdefault("max_length", LONG)
    return WordsField(label=label, widget=forms.Textarea({"rows": rows}), **options)
