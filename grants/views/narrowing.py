"""What a list is narrowed to: its selection, its further pages, each filter taken away."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from audit import clock
from grants.forms.allocations import FilterForm, LineSearchForm
from grants.models import Allocation, SpendingLine
from grants.search import PAGING, filtered, funders, lines_with

FIRST_YEAR = 2016
OF_ALLOCATIONS = ("q", "decision", "funder", "year")
OF_LINES = ("q", "allocation")


def years_known() -> range:
    """Return the years that financial years begin in, from the first known to the next."""
    today = clock.today()
    return range(FIRST_YEAR, today.year + (today.month > 3) + 1)


def allocations_wanted(query: QueryDict) -> tuple[FilterForm, QuerySet[Allocation]]:
    """Return the allocations that an address asks for, and the form that says it."""
    form = FilterForm(query, years=years_known(), funders=funders())
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    funder = wanted.get("funder")
    found = filtered(
        Allocation.objects.all(),
        words=wanted.get("q", ""),
        decision=wanted.get("decision", ""),
        funder=funder.pk if funder else None,
        year=wanted.get("year"),
    )
    return form, found


def lines_wanted(query: QueryDict) -> tuple[LineSearchForm, QuerySet[SpendingLine]]:
    """Return the spending lines that an address asks for, newest first, and the form."""
    form = LineSearchForm(query)
    wanted: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    return form, lines_with(wanted.get("q", ""), wanted.get("allocation", ""))


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
    return [
        {"name": name, "label": label, "url": address(query, **{name: None})}
        for name in names
        if (label := _label(query, form, name))
    ]


def told(query: QueryDict, form: forms.Form, names: Iterable[str]) -> list[tuple[str, str]]:
    """Return the filters in use: what is narrowed, and to which."""
    found = chosen(query, form, names)
    return [(str(form[each["name"]].label), each["label"]) for each in found]


def _label(query: QueryDict, form: forms.Form, name: str) -> str:
    value = query.get(name, "")
    key = int(value) if name == "funder" and value.isdecimal() else value
    return str(dict(getattr(form.fields[name], "choices", [])).get(key, value)) if value else ""
