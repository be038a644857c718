"""The clock that actions read.

It is the real time, but the demonstration's loader may set it, so that the two published decisions
happen in their own years. Nothing else may: outside demonstration mode setting it raises.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

_set: ContextVar[datetime | None] = ContextVar("audit_clock", default=None)


class ClockNotSettable(RuntimeError):
    """The clock was set in a register that is no demonstration."""


def now() -> datetime:
    """Return the moment an act happens, aware."""
    return _set.get() or timezone.now()


def today() -> date:
    """Return the date of an act in the register's time zone (Europe/London)."""
    return timezone.localdate(now())


def set_to() -> datetime | None:
    """Return the moment the demonstration set, or None when the clock is the real one."""
    return _set.get()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let acts inside happen at ``moment`` (aware).

    Raises ClockNotSettable outside demonstration mode, ValueError for a naive moment.
    """
    if settings.REGISTER_MODE != "demonstration":
        message = "The clock can be set in a demonstration only (REGISTER_MODE=demonstration)."
        raise ClockNotSettable(message)
    if timezone.is_naive(moment):
        message = "The clock needs a moment with a time zone."
        raise ValueError(message)
    token = _set.set(moment)
    try:
        yield
    finally:
        _set.reset(token)
