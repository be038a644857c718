"""What stands in a field, in words: as kept, as read from a form, or as it was typed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from audit.forms import MoneyField
from audit.words import day, money


def said(field: forms.Field, value: Any) -> str:
    """Return the value of a field in words; "" for an empty one."""
    if isinstance(field, forms.BooleanField):
        return "Yes" if value and value != "False" else "No"
    if value in (None, "", [], ()):
        return ""
    if isinstance(field, forms.ChoiceField):
        return _chosen(field, value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal) and isinstance(field, MoneyField):
        return money(value)
    if isinstance(value, list | tuple):
        return _lines(value)
    return str(value).replace("\r\n", "\n")


def _lines(value: Sequence[Any]) -> str:
    """Return the parts of a day typed in boxes, or the rows of a table."""
    if all(isinstance(row, list | tuple) for row in value):
        return "\n".join(" | ".join(str(cell) for cell in row) for row in value)
    return " ".join(str(part) for part in value)


def _chosen(field: forms.ChoiceField, value: Any) -> str:
    choices: Any = field.choices
    labels = {str(key): str(label) for key, label in _flat(choices)}
    keys = value if isinstance(value, list | tuple) else [value]
    keys = [str(getattr(key, "pk", key)) for key in keys]
    return ", ".join(labels.get(key, key) for key in sorted(keys, key=[*labels, *keys].index))


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def rows_in_words(fields: Mapping[str, forms.Field], rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the rows of a formset in words, a line for each."""
    return "\n".join(
        "; ".join(
            f"{field.label or name.replace('_', ' ').capitalize()}: {words}"
            for name, field in fields.items()
            if name != "DELETE" and (words := said(field, row.get(name)))
        )
        for row in rows
    )
