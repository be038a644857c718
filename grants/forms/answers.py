"""What a second person says to what another entered or proposed."""

from collections.abc import Mapping
from typing import Any

from django import forms

from audit.forms import Radios
from decisions.forms.base import KeyedForm, long_text


class SecondPersonForm(KeyedForm):
    """Answer what another began; whoever began it can take it back, and no more.

    `offered` are the answers of a second person by their values, `own` the one answer of whoever
    began it, `hints` what comes of each, and `needed` when words are.
    """

    outcome = forms.ChoiceField(label="What do you say?", widget=Radios())
    words = long_text("Why?", rows=3, max_length=1000, required=False)

    def __init__(
        self,
        *args: Any,
        offered: Mapping[str, str],
        own: str,
        is_own: bool,
        hints: Mapping[str, str],
        needed: str,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.fields["words"].help_text = needed
        field = self.fields["outcome"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        assert isinstance(field.widget, Radios)  # noqa: S101
        field.widget.hints = hints
        field.choices = [(own, "Take it back")] if is_own else list(offered.items())
        field.initial = own if is_own else None
