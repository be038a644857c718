"""Entries as sentences that a person can read."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from audit.events import registered, title_of
from audit.models import LedgerEntry
from audit.words import money


@dataclass(frozen=True)
class Told:
    """One entry as a person reads it; ``at`` is the register's time, aware."""

    seq: int
    at: datetime
    title: str
    sentence: str
    by: str
    reference: str
    data: dict[str, Any]


def payload_of(entry: LedgerEntry) -> dict[str, Any]:
    """Return an entry's payload; empty when it was erased. Load it with select_related.

    Also empty where it cannot be read or is no such payload, which verification names.
    """
    payload = getattr(entry, "payload", None)
    try:
        facts = json.loads(payload.payload) if payload else {}
    except (ValueError, RecursionError):
        return {}
    return facts if isinstance(facts, dict) and isinstance(facts.get("data"), dict) else {}


def tell(entries: Iterable[LedgerEntry]) -> list[Told]:
    """Return entries (with their payloads loaded) as sentences, in the order given."""
    return [_told(entry) for entry in entries]


def _told(entry: LedgerEntry) -> Told:
    data = payload_of(entry).get("data", {})
    facts = _sums(data) | {
        "actor": entry.actor_name,
        "role": entry.actor_role.replace("_", " "),
        "reference": entry.subject_reference or "the register",
    }
    return Told(
        seq=entry.seq,
        at=entry.at,
        title=title_of(entry.event),
        sentence=_sentence(entry.event, data | facts),
        by=_who(entry),
        reference=entry.subject_reference,
        data=data,
    )


def _sums(data: dict[str, Any]) -> dict[str, str]:
    """Return the sum that an entry is about (`amount`, pounds) with its thousands set apart."""
    amount = str(data.get("amount", ""))
    try:
        return {"amount": money(Decimal(amount)).removeprefix("£")} if amount else {}
    except InvalidOperation:
        return {}


def _who(entry: LedgerEntry) -> str:
    """Name the actor and the role; a role that is part of the name is not said twice."""
    role = entry.actor_role.replace("_", " ")
    if not role or entry.actor_name.lower().startswith(role.lower()):
        return entry.actor_name
    return f"{entry.actor_name}, {role}"


def _sentence(event: str, facts: dict[str, Any]) -> str:
    try:
        return registered(event).read(facts)
    except LookupError:  # written by an older release: its bare name still says what happened
        return f"{facts['actor']}: {event}"
