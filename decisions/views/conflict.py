"""Two people wrote in one place: both texts, who wrote the other and when, and what differs.

A form that was overtaken is never refused with its words lost: its page is shown once more with
both texts above it, what was typed still in its boxes.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.forms import BaseFormSet
from django.http import HttpRequest

from accounts.models import User
from audit.models import LedgerEntry
from audit.words import moment
from decisions.forms.base import EditForm, rows_typed
from decisions.forms.saying import rows_in_words, said
from decisions.models import Decision, Part
from decisions.views.access import reader, record_reading
from decisions.wording.word_changes import Stretch, word_changes

THEIRS = "theirs"


@dataclass(frozen=True)
class Edited:
    """What a page changes: the record, and the history of what belongs to it.

    `part` is 2 where anything that belongs to it lies in Part 2.
    """

    row: models.Model
    parts: Sequence[Any] = ()
    part: int = Part.PART_1


@dataclass(frozen=True)
class Clash:
    """One place in which two texts stand against each other; the stretches lead to one's own."""

    label: str
    theirs: str
    mine: str
    stretches: list[Stretch] = field(default_factory=list)


@dataclass(frozen=True)
class Conflict:
    """What the page says of a change made meanwhile: by whom, where both wrote, where one did."""

    by: str
    when: str
    clashes: list[Clash]
    taken_over: list[Clash]


def conflict(
    request: HttpRequest, form: EditForm, edited: Edited | None, decision: Decision | None
) -> Conflict:
    """Return both texts of an overtaken form, which from here on shows what can be saved.

    Where the record lies in Part 2, the other text is one more reading of it, recorded first.
    """
    user = reader(request)
    if decision and edited and (edited.part == Part.PART_2 or is_restricted(edited.row)):
        record_reading(decision, user)
    here, there = form.changed_here(), form.changed_by_others()
    both = list(_clashes(form, here & there))
    alone = list(_clashes(form, there - here))
    entry = _latest(edited)
    form.let_merge()
    return Conflict(
        by=_name(entry, user),
        when=moment(entry.at) if entry else "",
        clashes=both,
        taken_over=alone,
    )


def is_restricted(row: models.Model) -> bool:
    """Whether a row of a paper lies in Part 2, by itself or with what it lies in or under."""
    is_in_part_2 = getattr(row, "part", Part.PART_1) == Part.PART_2
    return bool(getattr(row, "is_restricted", is_in_part_2))


def _clashes(form: EditForm, names: set[str]) -> Iterable[Clash]:
    for name in form.fields:
        if name in names:
            bound = form[name]
            theirs = said(form.fields[name], bound.initial)
            mine = said(form.fields[name], form.cleaned_data.get(name))
            if theirs != mine:
                yield Clash(str(bound.label), theirs, mine, word_changes(theirs, mine))
    for each in form.beside:
        if each.prefix in names:
            theirs, mine = _rows(each, each.initial or []), _rows(each, rows_typed(each))
            if theirs != mine:
                label = getattr(each, "label", str(each.prefix).capitalize())
                yield Clash(label, theirs, mine, word_changes(theirs, mine))


def _rows(formset: "BaseFormSet[Any]", rows: Sequence[Mapping[str, Any]]) -> str:
    return rows_in_words(formset.empty_form.fields, rows)


def _latest(edited: Edited | None) -> LedgerEntry | None:
    """Return the audit trail's entry of the last change to what is edited."""
    if edited is None or not hasattr(edited.row, "history"):
        return None
    kept = [each.order_by("-history_id").first() for each in (edited.row.history, *edited.parts)]
    found = [row for row in kept if row is not None]
    last = max(found, key=lambda row: row.history_date, default=None)
    return LedgerEntry.objects.filter(act=last.act).first() if last else None


def _name(entry: LedgerEntry | None, user: User) -> str:
    if entry is None:
        return "Somebody"
    return "You, in another window," if entry.actor_id == str(user.pk) else entry.actor_name
