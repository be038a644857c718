"""The events that the audit trail may hold, and how each reads to a person.

Every app declares its events as constants and registers them at start-up; an event that is not
registered cannot be appended.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

EVENT_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+){2}")


@dataclass(frozen=True)
class Event:
    """A kind of act: ``name`` is ``app.object.past_participle`` and is never changed once released.

    ``sentence`` is a format string over actor, role, reference and the string values of the
    payload's data.
    """

    name: str
    title: str
    sentence: str = "{actor} recorded this about {reference}"

    def __post_init__(self) -> None:
        """Refuse a name that is not three words joined by dots."""
        if not EVENT_NAME.fullmatch(self.name):
            message = f"Event name {self.name!r} is not app.object.past_participle."
            raise ValueError(message)

    def read(self, facts: Mapping[str, object]) -> str:
        """Return the sentence for a person; a fact that is missing reads as '…'."""
        return self.sentence.format_map(_Facts(facts))


def events_of(app: str) -> Callable[[str, str, str], Event]:
    """Return what makes an app's events: called with "object.past_participle", title, sentence."""

    def event(name: str, title: str, sentence: str) -> Event:
        return Event(name=f"{app}.{name}", title=title, sentence=sentence)

    return event


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


_registered: dict[str, Event] = {}


def register_events(events: Iterable[Event]) -> None:
    """Make events known; called once per app at start-up.

    Raises ValueError when two different events claim one name.
    """
    for event in events:
        if _registered.setdefault(event.name, event) != event:
            message = f"Two events are named {event.name}."
            raise ValueError(message)


def registered(name: str) -> Event:
    """Return the event of that name; LookupError when no app registered it."""
    if name not in _registered:
        message = f"Event {name} is not registered: add it to EVENTS in its app's events.py."
        raise LookupError(message)
    return _registered[name]


def all_events() -> tuple[Event, ...]:
    """Return every registered event, by name."""
    return tuple(sorted(_registered.values(), key=lambda event: event.name))


def title_of(name: str) -> str:
    """Return the title of an event for a list, or its name when an older release wrote it."""
    return _registered[name].title if name in _registered else name


REGISTER_STARTED = Event(
    "audit.register.started", "Register started", "{actor} started the register of {body}"
)
SCHEMA_RECORDED = Event(
    "audit.schema.recorded",
    "Database structure recorded",
    "{actor} recorded the tables that the software itself keeps",
)
ACT_REFUSED = Event("audit.act.refused", "Act refused", "{actor} was refused: {reason}")
CHECKPOINT_SIGNED = Event(
    "audit.checkpoint.signed", "Checkpoint signed", "{actor} signed a checkpoint of the audit trail"
)
KEY_ROTATED = Event(
    "audit.key.rotated", "Key rotated", "{actor} put key {new} in place of {old}: {reason}"
)
LEDGER_VERIFIED = Event(
    "audit.ledger.verified", "Audit trail verified", "{actor} verified the audit trail: {outcome}"
)

EVENTS = (
    REGISTER_STARTED,
    SCHEMA_RECORDED,
    ACT_REFUSED,
    CHECKPOINT_SIGNED,
    KEY_ROTATED,
    LEDGER_VERIFIED,
)
