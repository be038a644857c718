"""Forms of statements of expenditure."""

from collections.abc import Sequence
from typing import Any

from django import forms

from decisions.forms.base import KeyedForm


class StatementForm(KeyedForm):
    """What a statement is of: the whole grant, or a financial year that is over."""

    year = forms.TypedChoiceField(
        label="What is it of?",
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    marks_optional = False

    def __init__(self, *args: Any, years: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        whole = ("", "The whole grant, from first to last")
        field = self.fields["year"]
        field.choices = [whole, *((key, f"Financial year {name}") for key, name in years)]  # type: ignore[attr-defined]


class CertifyForm(KeyedForm):
    """The key of the page on which a statement is certified."""
