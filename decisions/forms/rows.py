"""Rows of a form that can be added to, one by one, without JavaScript."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict

MORE = "more"
"""The name of the buttons that add a row; the value is the prefix of the rows."""


def asks_for_more(data: Mapping[str, Any]) -> bool:
    """Return whether what was sent only asks for one more row."""
    return MORE in data


def with_another(data: QueryDict, most: int) -> QueryDict:
    """Return what was sent with one more empty row where it asks for one, up to so many."""
    if not asks_for_more(data):
        return data
    changed = data.copy()
    total = f"{data[MORE]}-TOTAL_FORMS"
    typed = data.get(total, "")
    if typed.isascii() and typed.isdigit() and int(typed) < most:
        changed[total] = str(int(typed) + 1)
    return changed
