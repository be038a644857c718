"""Organisations, series and their numbers."""

from collections.abc import Iterable

from accounts.models import User
from audit.acts import Act, Actor, action
from decisions import events
from decisions.actions.edits import change
from decisions.actions.series import add_first_stage
from decisions.models import USUAL, Decision, NumberGap, Organisation, Requirement, Series
from decisions.permissions import can_add_organisation, can_set_next_number
from decisions.refusals import NumberTaken
from decisions.rules import gives_reason, hold
from decisions.workflow import GOVERNANCE


def organisation_named(act: Act, name: str, org_identifier: str = "") -> Organisation:
    """Return the organisation of a name (in any case), made within the act if there is none."""
    name = " ".join(name.split())
    found = Organisation.objects.filter(name__iexact=name).first()
    if found is None:
        found = Organisation.objects.create(name=name, org_identifier=org_identifier)
        act.record(events.ORGANISATION_ADDED, subject=found)
    return found


@action
def add_organisation(act: Act, *, name: str, org_identifier: str = "", by: User) -> Organisation:
    """Add an organisation, or return the one that has the name already."""
    can_add_organisation(by).or_refuse()
    return organisation_named(act, name, org_identifier)


@action
def change_organisation(
    act: Act, *, organisation: Organisation, name: str, org_identifier: str, by: User
) -> Organisation:
    """Correct an organisation's name or identifier; papers that were signed keep the old one."""
    answer = can_add_organisation(by).or_refuse()
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if change(organisation, {"name": name, "org_identifier": org_identifier}):
        act.record(events.ORGANISATION_CHANGED, subject=organisation, role=answer.role)
    return organisation


@action
def start_series(
    act: Act,
    *,
    code: str,
    title: str,
    next_number: int = 1,
    requirements: Iterable[tuple[str, str, str]] = USUAL,
    by: Actor,
) -> Series:
    """Start a series of decisions; part of setting a register up, done by the register itself.

    `requirements` are what its papers need: (kind of recommendation or any, form, subject).
    """
    series = Series.objects.create(code=code, title=title, next_number=next_number)
    add_first_stage(series)
    for kind, form, subject in requirements:
        Requirement.objects.create(
            series=series, recommendation_kind=kind, form=form, subject=subject
        )
    act.record(events.SERIES_STARTED, subject=series, data={"next_number": next_number})
    return series


@action
def set_next_number(act: Act, *, series: Series, number: int, reason: str, by: User) -> Series:
    """Set the next number of a series. Numbers passed over are kept as a gap with its reason.

    Raises NumberTaken when the number, or a later one given here, was used already.
    """
    can_set_next_number(by).or_refuse()
    hold("DEC-15", holds=gives_reason(reason))
    series = Series.objects.select_for_update().get(pk=series.pk)
    old = series.next_number
    _refuse_used(series, number)
    if number > old:
        NumberGap.objects.create(series=series, first=old, last=number - 1, reason=reason)
    if change(series, {"next_number": number}):
        data = {"old": old, "new": number, "reason": reason}
        act.record(events.NEXT_NUMBER_SET, subject=series, role=GOVERNANCE, data=data)
    return series


def _refuse_used(series: Series, number: int) -> None:
    used = Decision.objects.filter(series=series, number=number).exists()
    if used or number < 1 or _passed(series, number):
        raise NumberTaken(
            f"{series.code} {number} cannot be the next number: it, or a later one, was given "
            "already, and numbers are never used twice.",
            clears="Choose a number that follows the last one given.",
        )


def _passed(series: Series, number: int) -> bool:
    submitted = Decision.objects.filter(series=series, source="here", versions__isnull=False)
    return number < series.next_number and submitted.filter(number__gte=number).exists()


def give_number(decision: Decision) -> None:
    """Give a decision without a number the next free one, under the lock of its series."""
    if decision.number is not None:
        return
    series = Series.objects.select_for_update().get(pk=decision.series_id)
    used = Decision.objects.filter(series=series, number__gte=series.next_number)
    taken = set(used.values_list("number", flat=True))
    number = series.next_number
    while number in taken:
        number += 1
    decision.number = number
    change(series, {"next_number": number + 1})


def refuse_taken(series: Series, number: int, year: int | None = None) -> None:
    """Refuse a printed number that was given already; the series stays locked until the end."""
    Series.objects.select_for_update().get(pk=series.pk)
    if Decision.objects.filter(series=series, number=number, year=year).exists():
        raise NumberTaken(
            f"{series.code} {number} is in the register already.",
            clears="Open that decision, or leave the number out to be given the next one.",
        )
