"""Choosing which two versions of a paper are compared."""

from collections.abc import Sequence
from typing import Any

from django import forms


class CompareForm(forms.Form):
    """The earlier and the later version; compared are the last two unless it is said."""

    before = forms.ChoiceField(label="Compare")
    after = forms.ChoiceField(label="With")
    marks_optional = False

    def __init__(self, *args: Any, choices: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("before", "after"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = choices
