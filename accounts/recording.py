"""Puts what happens in sign-in pages on the ledger: their views write rows that are guarded.

allauth's views know nothing of acts. :func:`recorded` runs one inside an act of the person it is
for and records which second factors it added, removed, changed or used; :func:`note` is what the
adapters call, inside such an act or in one of their own.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.account.internal.stagekit import get_pending_stage
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponseBase

from accounts import events
from accounts.models import User
from accounts.second_factor import NAMES
from audit.acts import NOBODY, Act, Actor, Subject, acting, current_act
from audit.events import Event

View = Callable[..., HttpResponseBase]
Snapshot = dict[int, tuple[str, object, object]]


def person_of(request: HttpRequest) -> User | None:
    """Return who is signed in, or who gave the right password and is about to be."""
    if isinstance(request.user, User):
        return request.user
    stage = get_pending_stage(request)
    pending = stage.login.user if stage else None
    return pending if isinstance(pending, User) else None


def note(
    event: Event,
    *,
    subject: Subject | None,
    by: Actor = NOBODY,
    data: Mapping[str, object] | None = None,
) -> None:
    """Record an event in the act under way, or else in an act of its own."""
    act = current_act()
    if act is not None:
        act.record(event, subject=subject, data=data)
        return
    with acting(by=by, name=event.name) as own:
        own.record(event, subject=subject, data=data)


def recorded(view: View) -> View:
    """Return an allauth view that runs inside an act of the person it is for."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = person_of(request)
        if person is None or current_act() is not None:
            return view(request, *args, **kwargs)
        with acting(by=person, name=_name_of(request), about=person) as act:
            before = _snapshot(person)
            response = view(request, *args, **kwargs)
            _record_factors(act, person, before, _snapshot(person))
        return response

    return inner


def never_replayed(view: View) -> View:
    """Return a confirmation view that forgets the form it interrupted: it is to be sent again."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        request.session.pop(STATE_SESSION_KEY, None)
        return view(request, *args, **kwargs)

    return inner


def _name_of(request: HttpRequest) -> str:
    match = request.resolver_match
    return (match.url_name if match else "") or "sign_in"


def _snapshot(person: User) -> Snapshot:
    rows = Authenticator.objects.filter(user_id=person.pk)
    return {row.pk: (row.type, row.last_used_at, row.data) for row in rows}


def _record_factors(act: Act, person: User, before: Snapshot, after: Snapshot) -> None:
    for key in sorted(before.keys() | after.keys()):
        was, now = before.get(key), after.get(key)
        if was != now:
            kind = (now or was or ("",))[0]
            data = {"factor": NAMES[Authenticator.Type(kind)], "factor_id": key}
            act.record(_event_of(was, now), subject=person, data=data)


def _event_of(was: tuple[Any, ...] | None, now: tuple[Any, ...] | None) -> Event:
    if was is None:
        return events.FACTOR_ADDED
    if now is None:
        return events.FACTOR_REMOVED
    if was[1] != now[1] or _uses(was) != _uses(now):
        return events.FACTOR_USED
    return events.FACTOR_CHANGED


def _uses(row: tuple[Any, ...]) -> object:
    return row[2].get("used_mask"), row[2].get("last_counter")
