"""The chain: what the database makes of an entry, whatever is asked of it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, connection

from audit import clock, register
from audit.acts import SYSTEM, acting
from audit.chain import GENESIS, StoredEntry, entries_after
from audit.models import LedgerEntry, Register
from tests.audit.conftest import OTHER, Person, commit_checks, write_note, write_sql

pytestmark = pytest.mark.django_db

VECTORS: dict[str, Any] = json.loads(
    (Path(settings.BASE_DIR) / "docs" / "ledger-vectors.json").read_text(encoding="utf-8")
)


def vector_entry() -> StoredEntry:
    columns = dict(VECTORS["entry"]["columns"])
    for name in ("payload_digest", "previous_hash"):
        columns[name] = bytes.fromhex(columns[name])
    return StoredEntry(**columns, hash=b"")


def test_python_makes_the_documented_header() -> None:
    assert vector_entry().header().decode() == VECTORS["entry"]["header"]


def test_python_makes_the_documented_hash() -> None:
    assert vector_entry().computed_hash().hex() == VECTORS["entry"]["hash"]


def test_database_makes_the_documented_header() -> None:
    columns = VECTORS["entry"]["columns"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit.entry_header(jsonb_populate_record(NULL::audit.ledger_entry, %s))",
            [json.dumps(columns | {name: f"\\x{columns[name]}" for name in BINARY})],
        )
        assert cursor.fetchone()[0] == VECTORS["entry"]["header"]


BINARY = ("payload_digest", "previous_hash")


def test_database_makes_the_documented_row_digest(db: None) -> None:
    write_sql(
        "CREATE TABLE public.vector (id bigint PRIMARY KEY, words text, title text, note int)"
    )
    write_sql("GRANT SELECT ON public.vector TO register_ledger")
    write_sql("INSERT INTO public.vector VALUES (7, '£570', 'County Lines', NULL)")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT content FROM audit.rows_text('public.vector',"
            " audit.table_columns('public.vector'))"
        )
        assert cursor.fetchone()[0] == VECTORS["row"]["text"]


def test_entries_are_numbered_and_linked(started: Register) -> None:
    entries = list(entries_after(0))
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    assert [e.previous_hash for e in entries] == [GENESIS, *(e.hash for e in entries[:-1])]


def test_stored_hashes_recompute(sample: None, person: Person) -> None:
    write_note(key=1, words="first", by=person)
    assert all(entry.computed_hash() == entry.hash for entry in entries_after(0))


def test_entry_names_actor_and_role_as_they_stood(sample: None, person: Person) -> None:
    entry = write_note(key=1, words="first", by=person)
    assert (entry.actor_id, entry.actor_name, entry.actor_role) == (
        "4",
        "Deputy Mayor",
        "decision_maker",
    )


def test_line_breaks_in_names_cannot_forge_header_lines(sample: None) -> None:
    forged = Person(ledger_name="A\nevent=audit.ledger.verified")
    entry = write_note(key=1, words="x", by=forged)
    assert entry.actor_name == "A event=audit.ledger.verified"


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("seq", "99999"),
        ("at", "'1999-01-01Z'"),
        ("recorded_at", "'1999-01-01Z'"),
        ("demonstration", "false"),
        ("transaction_id", "'1'"),
        ("previous_hash", "decode(repeat('ab', 32), 'hex')"),
        ("hash", "decode(repeat('cd', 32), 'hex')"),
    ],
)
def test_database_sets_its_own_columns(started: Register, column: str, value: str) -> None:
    with acting(by=SYSTEM, name="attack"):
        write_sql(
            f"INSERT INTO audit.ledger_entry ({column}, event, actor_id, actor_name, actor_role,"
            f" subject_label, subject_id, subject_reference, payload_digest) SELECT {value},"
            " 'a.b.c', '', '', '', '', '', '',"
            f" sha256(decode(repeat('00', 32), 'hex') || convert_to('{EMPTY}', 'UTF8'))"
        )
        write_sql(EMPTY_PAYLOAD)
    *_, before, forged = entries_after(0)
    assert forged.seq == before.seq + 1
    assert forged.previous_hash == before.hash
    assert forged.computed_hash() == forged.hash
    assert forged.at >= before.at
    assert forged.demonstration


EMPTY = '{"act": "", "data": {}, "demonstration": true, "event": "a.b.c", "rows": []}'
EMPTY_PAYLOAD = f"""
    INSERT INTO audit.ledger_payload SELECT max(seq), decode(repeat('00', 32), 'hex'),
        '{EMPTY}' FROM audit.ledger_entry
"""


def test_entry_without_payload_is_refused_at_commit(started: Register) -> None:
    with (
        pytest.raises(DatabaseError, match="has no payload"),
        acting(by=SYSTEM, name="attack"),
    ):
        write_sql(BARE_ENTRY)
        commit_checks()


BARE_ENTRY = """
    INSERT INTO audit.ledger_entry (event, actor_id, actor_name, actor_role, subject_label,
        subject_id, subject_reference, payload_digest)
    VALUES ('a.b.c', '', '', '', '', '', '', decode(repeat('00', 32), 'hex'))
"""


def test_fork_cannot_be_stored(started: Register) -> None:
    write_sql("ALTER TABLE audit.ledger_entry DISABLE TRIGGER ledger_entry_chain")
    with pytest.raises(DatabaseError, match="ledger_entry_previous_once"):
        write_sql(
            "INSERT INTO audit.ledger_entry SELECT 1000, at, recorded_at, demonstration, act,"
            " event, actor_id, actor_name, actor_role, subject_label, subject_id,"
            " subject_reference, transaction_id, transaction_started, payload_digest,"
            " previous_hash, sha256(hash) FROM audit.ledger_entry WHERE seq = 1"
        )


def test_payload_must_be_the_hashed_one(started: Register) -> None:
    with (
        pytest.raises(DatabaseError, match="did not hash this payload"),
        acting(by=SYSTEM, name="attack"),
    ):
        write_sql(BARE_ENTRY)
        write_sql(EMPTY_PAYLOAD)


def test_nothing_is_appended_before_the_register_starts(db: None) -> None:
    with (
        pytest.raises(DatabaseError, match="has not been started"),
        acting(by=SYSTEM, name="early") as act,
    ):
        act.record(OTHER)


def test_demonstration_clock_sets_the_time(started: Register) -> None:
    moment = datetime(2099, 10, 28, 17, 4, tzinfo=UTC)
    with clock.at(moment), acting(by=SYSTEM, name="past") as act:
        act.record(OTHER)
    assert LedgerEntry.objects.first().at == moment  # type: ignore[union-attr]


def test_time_never_decreases(started: Register) -> None:
    with clock.at(datetime(1999, 1, 1, tzinfo=UTC)), acting(by=SYSTEM, name="past") as act:
        act.record(OTHER)
    times = [entry.at for entry in entries_after(0)]
    assert times == sorted(times)


def test_clock_cannot_be_set_in_a_live_register(settings: Any) -> None:
    settings.REGISTER_MODE = "live"
    with pytest.raises(clock.ClockNotSettable), clock.at(datetime(2019, 1, 1, tzinfo=UTC)):
        pass


def test_live_database_ignores_the_demonstration_clock(settings: Any, db: None) -> None:
    settings.REGISTER_MODE = "live"
    write_sql("SET register.mode = 'live'")
    try:
        live = register.start(body="Office of examples")
        with acting(by=SYSTEM, name="now") as act:
            write_sql("SELECT set_config('audit.clock', '2099-01-01Z', true)")
            act.record(OTHER)
        assert LedgerEntry.objects.first().at.year < 2099  # type: ignore[union-attr]
        assert live.mode == "live"
    finally:
        write_sql("SET register.mode = 'demonstration'")
