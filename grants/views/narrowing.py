"""What a list is narrowed to: its further pages, and each filter taken away."""

from collections.abc import Iterable

from django import forms
from django.http import QueryDict

from audit import clock

FIRST_YEAR = 2016
PAGING = ("before", "after")


def years_known() -> range:
    """Return the years that financial years begin in, from the first known to the next."""
    today = clock.today()
    return range(FIRST_YEAR, today.year + (today.month > 3) + 1)


def address(query: QueryDict, **changes: object) -> str:
    """Return the address of the same list with changes; None takes a part of it away."""
    changed = query.copy()
    for name in PAGING:
        changed.pop(name, None)
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = str(value)
    return f"?{changed.urlencode()}"


def chosen(query: QueryDict, form: forms.Form, names: Iterable[str]) -> list[dict[str, str]]:
    """Return the filters in use, each in words, with the address of the list without it."""
    found = []
    for name in names:
        if value := query.get(name, ""):
            label = dict(getattr(form.fields[name], "choices", [])).get(_key(name, value), value)
            found.append({"label": str(label), "url": address(query, **{name: None})})
    return found


def _key(name: str, value: str) -> object:
    return int(value) if name == "funder" and value.isdecimal() else value
