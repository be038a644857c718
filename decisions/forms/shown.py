"""Forms that mean something only on the paper as the page showed it: they carry its version."""

from copy import copy
from typing import Any

from django import forms

from decisions.forms.base import KeyedForm
from decisions.models import Decision, latest_version

NAME = "version_shown"
OVERTAKEN = (
    "The paper changed since you opened this page. What you typed is kept: read what changed "
    "below, then go on."
)


class ShownForm(KeyedForm):
    """A form on a paper that carries the version that its page showed; refuses any but the last.

    Shown again it carries the last one, and :attr:`overtaken` is the one shown before.
    """

    version_shown = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, decision: Decision, **options: Any) -> None:
        super().__init__(*args, **options)
        version = latest_version(decision)
        self.latest = version.n if version else 0
        self.overtaken: int | None = None
        self.initial = {**self.initial, NAME: self.latest}

    def clean(self) -> dict[str, Any]:
        """Refuse what was typed on another version than the last."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get(NAME) != self.latest:
            self.overtaken = cleaned.get(NAME) or 0
            self.add_error(None, OVERTAKEN)
            data = copy(self.data)
            data[self.add_prefix(NAME)] = str(self.latest)  # type: ignore[index]  # QueryDict or dict
            self.data = data
        return cleaned
