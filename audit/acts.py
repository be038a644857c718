"""Acts: one transaction, its writes, and the entries that list them.

An *action* is a keyword-only function with ``by=`` under ``@action``. The decorator opens one
durable transaction, hands the function its :class:`Act`, and appends the entries last, under the
ledger's lock. A refusal rolls everything back and is itself appended, in a transaction of its own.
"""

import functools
import secrets
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar, cast
from uuid import UUID, uuid4

from django.conf import settings
from django.db import OperationalError, connection, transaction

from audit import clock
from audit.canonical import canonical
from audit.events import ACT_REFUSED, Event, registered
from audit.refusals import Refused

P = ParamSpec("P")
R = TypeVar("R")

RETRIED = {"40P01", "40001"}  # deadlock, serialisation failure: nothing was done, so do it again
ATTEMPTS = 4


class Actor(Protocol):
    """Whoever acts: a person, or the register itself."""

    @property
    def pk(self) -> Any:
        """The person's number; empty for the register itself."""

    @property
    def ledger_name(self) -> str:
        """The name as it stands now."""

    @property
    def ledger_role(self) -> str:
        """The roles held now, in words."""


class Subject(Protocol):
    """What an act is about: a model instance with a short human reference."""

    @property
    def pk(self) -> Any:
        """Its number."""

    @property
    def _meta(self) -> Any:
        """Django's description of its model."""

    @property
    def ledger_reference(self) -> str:
        """What people call it: 'PCD 726', a person's e-mail address."""


@dataclass(frozen=True)
class Automatic:
    """An actor that is no person."""

    pk: str
    ledger_name: str
    ledger_role: str


SYSTEM = Automatic("", "The register", "automatic")
NOBODY = Automatic("", "Somebody not signed in", "public")


@dataclass(frozen=True)
class Appended:
    """An entry as the database stored it."""

    seq: int
    hash: bytes


@dataclass(frozen=True)
class _Recorded:
    event: Event
    subject: Subject | None
    role: str
    data: Mapping[str, object]
    rows: list[dict[str, Any]]


@dataclass
class Act:
    """An act that is under way."""

    by: Actor
    name: str
    id: UUID = field(default_factory=uuid4)
    mode: str = ""  # the register's own, as the database has it; empty while it is being started
    _waiting: list[_Recorded] = field(default_factory=list)

    def record(
        self,
        event: Event,
        *,
        subject: Subject | None = None,
        role: str = "",
        data: Mapping[str, object] | None = None,
        rows: list[dict[str, Any]] | None = None,
    ) -> None:
        """Note an event; it is appended when the act ends, in the order noted.

        ``role`` is the role acted in (the person's roles otherwise). ``data`` is what the entry
        says: strings, whole numbers, booleans, Decimal pounds, dates. ``rows`` lists rows of
        tables without a guard (:func:`grouped_rows`); guarded rows list themselves. Raises
        LookupError for an event that no app registered.
        """
        registered(event.name)
        self._waiting.append(_Recorded(event, subject, role, data or {}, rows or []))

    def append_now(self) -> Appended:
        """Append what was noted so far, taking the ledger's lock until the act commits.

        Raises ValueError when nothing was noted.
        """
        if not self._waiting:
            message = f"The act {self.name} has nothing to append."
            raise ValueError(message)
        appended = Appended(0, b"")
        for waiting in self._waiting:
            appended = _append(self, waiting)
        self._waiting.clear()
        return appended

    @property
    def has_waiting(self) -> bool:
        """Whether something was noted and not yet appended."""
        return bool(self._waiting)


_current: ContextVar[Act | None] = ContextVar("audit_act", default=None)


def current_act() -> Act | None:
    """Return the act that is under way here, if any."""
    return _current.get()


def grouped_rows(found: list[tuple[str, list[str], str, str | None]]) -> list[dict[str, Any]]:
    """Return (table, columns, key, digest) tuples, sorted by table, in the payload's shape."""
    return [
        {
            "table": table,
            "columns": columns,
            "rows": [{"key": key, "sha256": digest} for *_, key, digest in rows],
        }
        for (table, columns), rows in groupby(found, key=lambda row: (row[0], row[1]))
    ]


def _one_line(text: object) -> str:
    return "".join(c if c.isprintable() else " " for c in str(text))


def _append(act: Act, recorded: _Recorded) -> Appended:
    said = canonical(
        {
            "act": act.name,
            "data": recorded.data,
            "demonstration": (act.mode or settings.REGISTER_MODE) == "demonstration",
            "event": recorded.event.name,
        }
    )
    more = canonical(recorded.rows)
    with connection.cursor() as cursor:
        cursor.execute(
            APPEND,
            [
                recorded.event.name,
                *_header_words(act, recorded),
                secrets.token_bytes(32),
                said.removesuffix("}"),
                more[1:-1],
            ],
        )
        seq, entry_hash = cursor.fetchone()
    return Appended(seq, bytes(entry_hash))


APPEND = "SELECT seq, hash FROM audit.append_entry(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"


def _header_words(act: Act, recorded: _Recorded) -> list[str]:
    subject = recorded.subject
    about = ("", "", "")
    if subject is not None:
        about = (subject._meta.label_lower, str(subject.pk), subject.ledger_reference)
    role = recorded.role or act.by.ledger_role
    return [_one_line(word) for word in (act.by.pk or "", act.by.ledger_name, role, *about)]


def _open(act: Act) -> None:
    moment = clock.set_to()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('audit.act', %s, true), set_config('audit.clock', %s, true),"
            " (SELECT mode FROM audit.register)",
            [str(act.id), moment.isoformat() if moment else ""],
        )
        act.mode = cursor.fetchone()[2] or ""


def _close() -> None:
    """End the act where its transaction was part of another, which only tests do."""
    if not connection.in_atomic_block:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('audit.act', '', true), set_config('audit.clock', '', true)"
        )


@contextmanager
def acting(*, by: Actor, name: str, about: Subject | None = None) -> Iterator[Act]:
    """Open an act: one durable transaction that ends with its entries.

    ``about`` is what a refusal is recorded against. Raises whatever the block raises; a
    :class:`Refused` is appended to the ledger first, after everything else was rolled back.
    """
    act = Act(by=by, name=name)
    token = _current.set(act)
    try:
        with transaction.atomic(durable=True):
            _open(act)
            yield act
            if act.has_waiting:
                act.append_now()
        _close()
    except Refused as refusal:
        _record_refusal(act, refusal, about)
        raise
    finally:
        _current.reset(token)


def _record_refusal(act: Act, refusal: Refused, about: Subject | None) -> None:
    refused = Act(by=act.by, name=act.name, id=act.id)
    data = {"action": act.name, "reason": refusal.reason, "code": refusal.code}
    with transaction.atomic(durable=True):
        _open(refused)
        refused.record(ACT_REFUSED, subject=about, data=data)
        refused.append_now()
    _close()


def record_refusal(*, by: Actor, name: str, reason: str, about: Subject | None = None) -> None:
    """Append that an act was refused before it was begun: a form sent to a page that is closed."""
    _record_refusal(Act(by=by, name=name), Refused(reason), about)


def action(function: Callable[Concatenate[Act, P], R]) -> Callable[P, R]:
    """Make an action of a function ``(act, *, …, by)``: called without ``act``, all by keyword.

    A deadlock is tried again, up to four times in all; nothing had been written by then.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        by = cast("Actor", kwargs["by"])
        about = _subject_among(kwargs, by)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with acting(by=by, name=function.__name__, about=about) as act:
                    return function(act, *args, **kwargs)
            except OperationalError as error:
                if attempt == ATTEMPTS or getattr(error.__cause__, "sqlstate", "") not in RETRIED:
                    raise
                time.sleep(0.02 * 2**attempt)
        raise AssertionError

    return run


def _subject_among(kwargs: Mapping[str, object], by: Actor) -> Subject | None:
    for value in kwargs.values():
        if value is not by and hasattr(value, "ledger_reference"):
            return cast("Subject", value)
    return None
