"""A started register and a guarded table to write in, for tests that need no domain."""

from dataclasses import dataclass

import pytest
from django.db import connection

from audit import register
from audit.acts import Act, action
from audit.events import Event, register_events
from audit.models import LedgerEntry, Register

NOTED = Event("sample.note.written", "Note written", "{actor} wrote {words} in {reference}")
OTHER = Event("sample.other.happened", "Something else")
register_events([NOTED, OTHER])

SAMPLE = """
    CREATE TABLE public.sample_note (id bigint PRIMARY KEY, words text, sum numeric(14, 2));
    SELECT audit.guard('public.sample_note');
    GRANT SELECT, INSERT, UPDATE, DELETE ON public.sample_note TO register_app;
    GRANT SELECT ON public.sample_note TO register_ledger;
"""


@dataclass(frozen=True)
class Person:
    """An actor that is no user."""

    pk: int = 4
    ledger_name: str = "Deputy Mayor"
    ledger_role: str = "decision_maker"


@pytest.fixture
def person() -> Person:
    return Person()


@pytest.fixture
def started(db: None) -> Register:
    return a_started_register()


@pytest.fixture
def sample(started: Register) -> None:
    """Make the guarded table public.sample_note (id, words, sum)."""
    make_sample()


def a_started_register() -> Register:
    """Start a register: for each test, or once where a module's fixtures are `lasting`."""
    begun = register.start(body="Office of examples")
    commit_checks()
    return begun


def make_sample() -> None:
    """Make the guarded table in a started register."""
    write_sql(SAMPLE)
    register.record_schema(accept=True)
    commit_checks()


def write_sql(sql: str, *params: str | int) -> None:
    """Run one statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def commit_checks() -> None:
    """Run what the database runs at commit."""
    write_sql("SET CONSTRAINTS ALL IMMEDIATE")
    write_sql("SET CONSTRAINTS ALL DEFERRED")


@action
def write_note(act: Act, *, key: int, words: str, by: Person) -> LedgerEntry:
    """Write a note in the sample table and say so."""
    write_sql(
        "INSERT INTO sample_note VALUES (%s, %s, 1) ON CONFLICT (id) DO UPDATE"
        " SET words = excluded.words",
        key,
        words,
    )
    act.record(NOTED, data={"words": words, "key": key})
    appended = act.append_now()
    return LedgerEntry.objects.get(seq=appended.seq)
