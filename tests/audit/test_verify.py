"""Verification finds what a superuser with triggers off changed, and names it."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import ProgrammingError, connection, transaction

from audit import checks, register
from audit.acts import SYSTEM, acting
from audit.checkpoints import sign_checkpoint
from audit.findings import Failure
from audit.models import Checkpoint, LedgerEntry, LedgerRow, Register
from audit.verify import verify
from tests.audit.conftest import (
    OTHER,
    Person,
    a_started_register,
    commit_checks,
    make_sample,
    write_note,
    write_sql,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def started(lasting: None) -> Register:
    return a_started_register()


@pytest.fixture(scope="module", autouse=True)
def sample(started: Register) -> None:
    make_sample()


@pytest.fixture(scope="module", autouse=True)
def first_note(sample: None) -> int:
    """Write two notes and a checkpoint; give the seq of the entry of the first note."""
    first = write_note(key=1, words="first", by=Person())
    write_note(key=2, words="second", by=Person())
    with acting(by=SYSTEM, name="checkpoint") as act:
        act.record(OTHER)
        sign_checkpoint(act)
        act.record(OTHER)
    commit_checks()
    return first.seq


@pytest.fixture
def written(first_note: int, db: None) -> Iterator[int]:
    """Switch the triggers off, and give the seq of the entry of the first note."""
    write_sql("SET session_replication_role = replica")
    yield first_note
    write_sql("SET session_replication_role = origin")


def found() -> set[tuple[str, int | None, str | None, str | None]]:
    return {(f.kind, f.seq, f.table, f.key) for f in verify().failures}


def test_untouched_register_verifies(written: int) -> None:
    report = verify()
    assert report.ok
    assert report.entries == LedgerEntry.objects.count()
    assert report.head == bytes(LedgerEntry.objects.first().hash).hex()  # type: ignore[union-attr]


def test_changed_row_is_named(written: int) -> None:
    write_sql("UPDATE sample_note SET sum = sum + 0.01 WHERE id = 1")
    assert found() == {("row-changed", written, "public.sample_note", "1")}


def test_deleted_row_is_named(written: int) -> None:
    write_sql("DELETE FROM sample_note WHERE id = 1")
    assert found() == {("row-deleted", written, "public.sample_note", "1")}


def test_slipped_in_row_is_named(written: int) -> None:
    write_sql("INSERT INTO sample_note VALUES (9, 'slipped in', 1)")
    assert found() == {("row-inserted", None, "public.sample_note", "9")}


def test_row_put_back_after_deletion_is_named(written: int) -> None:
    write_sql("SET session_replication_role = origin")
    with acting(by=SYSTEM, name="delete") as act:
        write_sql("DELETE FROM sample_note WHERE id = 1")
        act.record(OTHER)
    commit_checks()
    write_sql("SET session_replication_role = replica")
    write_sql("INSERT INTO sample_note VALUES (1, 'first', 1)")
    assert {failure.kind for failure in verify().failures} == {"row-inserted"}


def test_a_row_that_bears_another_act_than_its_entry_is_named(written: int) -> None:
    """Somebody with the database lets the entry of a checkpoint be of another act."""
    [(seq,)] = LedgerRow.objects.filter(table_name="audit.checkpoint").values_list("entry_id")
    write_sql("UPDATE audit.ledger_entry SET act = gen_random_uuid() WHERE seq = %s", seq)
    write_sql("UPDATE audit.ledger_entry e SET hash = sha256(convert_to(audit.entry_header(e),"
              " 'UTF8')) WHERE seq = %s", seq)  # fmt: skip
    key = str(Checkpoint.objects.get().pk)
    assert ("act-differs", seq, "audit.checkpoint", key) in found()


def test_changed_machinery_row_is_named(written: int) -> None:
    key = ContentType.objects.earliest("pk").pk
    write_sql("UPDATE django_content_type SET model = 'x' WHERE id = %s", key)
    assert [(f.kind, f.table, f.key) for f in verify().failures] == [
        ("row-changed", "public.django_content_type", str(key))
    ]


@pytest.mark.parametrize(
    "change",
    [
        "at = at + interval '1 microsecond'",
        "recorded_at = recorded_at - interval '1 microsecond'",
        "demonstration = NOT demonstration",
        "act = gen_random_uuid()",
        "event = 'a.b.c'",
        "actor_id = '5'",
        "actor_name = 'Somebody else'",
        "actor_role = 'auditor'",
        "subject_label = 'x'",
        "subject_id = 'x'",
        "subject_reference = 'PCD 1'",
        "transaction_id = '1'",
        "transaction_started = transaction_started + interval '1 second'",
        "payload_digest = sha256('')",
        "previous_hash = sha256('')",
        "hash = sha256('')",
    ],
)
def test_changed_entry_is_named(written: int, change: str) -> None:
    write_sql(f"UPDATE audit.ledger_entry SET {change} WHERE seq = %s", written)
    assert ("entry-changed", written, None, None) in found()


def test_deleted_entry_is_named(written: int) -> None:
    write_sql("DELETE FROM audit.ledger_entry WHERE seq = %s", written)
    assert ("entry-missing", written, None, None) in found()


def test_cut_off_tail_is_found(written: int) -> None:
    last = LedgerEntry.objects.first()
    assert last is not None
    write_sql("DELETE FROM audit.ledger_entry WHERE seq = %s", last.seq)
    assert not verify().ok


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ("payload = payload || ' '", "payload-changed"),
        ("salt = sha256('')", "payload-changed"),
    ],
)
def test_changed_payload_is_named(written: int, change: str, kind: str) -> None:
    write_sql(f"UPDATE audit.ledger_payload SET {change} WHERE seq = %s", written)
    assert (kind, written, None, None) in found()


def test_a_payload_that_names_rows_by_numbers_is_named_and_stops_nothing(written: int) -> None:
    write_sql(
        """UPDATE audit.ledger_payload SET payload = replace(payload, '"key":"1"', '"key":1')"""
        " WHERE seq = %s",
        written,
    )
    write_sql(
        "UPDATE audit.ledger_entry e SET payload_digest ="
        " sha256(salt || convert_to(payload, 'UTF8'))"
        " FROM audit.ledger_payload p WHERE p.seq = e.seq AND e.seq = %s",
        written,
    )
    assert ("payload-unreadable", written, None, None) in found()


def test_deleted_payload_is_named(written: int) -> None:
    write_sql("DELETE FROM audit.ledger_payload WHERE seq = %s", written)
    assert ("payload-missing", written, None, None) in found()


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit.ledger_row SET digest = sha256('') WHERE seq = %s",
        "UPDATE audit.ledger_row SET columns = '{id}' WHERE seq = %s",
        "DELETE FROM audit.ledger_row WHERE seq = %s",
    ],
)
def test_changed_listing_is_named(written: int, change: str) -> None:
    write_sql(change, written)
    assert ("listing-changed", written, "public.sample_note", "1") in found()


@pytest.mark.parametrize("change", ["at = now()", "signature = repeat('x', 64)::bytea"])
def test_changed_checkpoint_is_named(written: int, change: str) -> None:
    write_sql(f"UPDATE audit.checkpoint SET {change}")
    assert "checkpoint-changed" in {failure.kind for failure in verify().failures}


def test_row_left_in_touched_is_found(written: int) -> None:
    write_sql("INSERT INTO audit.touched VALUES ('1', 'public.sample_note', '1')")
    assert {failure.table for failure in verify().failures} == {"audit.touched"}


def test_rewritten_chain_is_caught_by_the_checkpoint(written: int, started: Register) -> None:
    """Somebody who recomputes every hash still cannot sign the checkpoint again."""
    write_sql("UPDATE audit.ledger_entry SET actor_name = 'Forged' WHERE seq = 1")
    write_sql(REWRITE)
    assert {f.kind for f in verify().failures} == {"checkpoint-differs"}


REWRITE = """
    DO $$
    DECLARE e audit.ledger_entry; last bytea := decode(repeat('00', 32), 'hex');
    BEGIN
        FOR e IN SELECT * FROM audit.ledger_entry ORDER BY seq LOOP
            e.previous_hash := last;
            last := sha256(convert_to(audit.entry_header(e), 'UTF8'));
            UPDATE audit.ledger_entry SET previous_hash = e.previous_hash, hash = last
            WHERE seq = e.seq;
        END LOOP;
    END $$
"""


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE sample_note DISABLE TRIGGER audit_note_touched",
        "DROP TRIGGER audit_append_only ON audit.ledger_entry",
        "CREATE OR REPLACE FUNCTION audit.require_entry() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NULL; END'",
        "ALTER TABLE sample_note ADD COLUMN slipped text",
        "ALTER TABLE sample_note ALTER COLUMN words SET NOT NULL",
        "ALTER TABLE audit.ledger_entry DROP CONSTRAINT ledger_entry_seq_positive",
        "GRANT UPDATE ON audit.ledger_entry TO register_app",
        "DROP INDEX public.recommendationoutcome_decided_once",
        "CREATE UNIQUE INDEX slipped ON sample_note (words)",
        "ALTER ROLE register_app SET session_replication_role = replica",
        "ALTER ROLE register_app SET audit.clock = '2019-01-01'",
        "DO $$ BEGIN EXECUTE 'ALTER ROLE register_app IN DATABASE '"
        " || quote_ident(current_database()) || ' SET search_path = mine'; END $$",
        "CREATE RULE lost AS ON INSERT TO sample_note DO INSTEAD NOTHING",
        "CREATE TABLE public.hidden (id bigint PRIMARY KEY)",
    ],
)
def test_weakened_structure_is_named(written: int, change: str) -> None:
    write_sql(change)
    assert "structure-changed" in {failure.kind for failure in verify().failures}


def test_structure_is_recorded_again_after_a_migration(written: int) -> None:
    write_sql("SET session_replication_role = origin")
    write_sql("ALTER TABLE sample_note ADD COLUMN more text")
    write_sql("INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'more', now())")
    assert register.record_schema()
    commit_checks()
    assert "structure-changed" not in {failure.kind for failure in verify().failures}
    assert not register.record_schema()


def test_a_record_of_the_structure_that_was_lost_is_one_finding(written: int) -> None:
    recorded = LedgerEntry.objects.filter(event="audit.schema.recorded").values_list("seq")[0][0]
    write_sql("UPDATE audit.ledger_payload SET payload = '{}' WHERE seq = %s", recorded)
    kinds = [(kind, seq) for kind, seq, *_ in found() if kind != "listing-changed"]
    assert sorted(kinds) == [("check-stopped", recorded), ("payload-changed", recorded)]


def test_a_restart_does_not_make_a_dropped_guard_lawful(written: int) -> None:
    write_sql("SET session_replication_role = origin")
    write_sql("ALTER TABLE sample_note DISABLE TRIGGER audit_note_touched")
    assert not register.record_schema()
    assert "structure-changed" in {failure.kind for failure in verify().failures}
    assert register.record_schema(accept=True)
    commit_checks()
    said = LedgerEntry.objects.told().first()
    assert said is not None
    assert "trigger public.sample_note audit_note_touched" in said.payload.payload


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit.checkpoint SET at = 'infinity'",
        "UPDATE audit.checkpoint SET at = '0100-01-01 BC'",
        "UPDATE audit.register SET started_at = '-infinity'",
        "ALTER TABLE decisions_figure DROP COLUMN role",
    ],
)
def test_what_cannot_be_read_is_a_finding_and_stops_nothing(written: int, sql: str) -> None:
    write_sql(sql)
    write_sql("UPDATE sample_note SET sum = 9 WHERE id = 1")
    assert len(found()) > 1
    assert ("row-changed", written, "public.sample_note", "1") in found()


@pytest.mark.parametrize(
    "sql",
    [
        "GRANT register_ledger TO register_app",
        "GRANT EXECUTE ON FUNCTION audit.spread_payload() TO register_app",
        "GRANT CREATE ON SCHEMA public TO register_app",
    ],
)
def test_rights_given_since_are_named(written: int, sql: str) -> None:
    write_sql(sql)
    assert {kind for kind, *_ in found()} == {"structure-changed"}


def _wordless() -> Iterator[Failure]:
    raise ValueError
    yield


def test_a_check_that_stops_without_a_word_is_a_finding(
    started: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "_paths", [f"{__name__}._wordless"])
    (failure,) = verify().failures
    assert (failure.kind, failure.key) == ("check-stopped", "further_failures")
    assert failure.detail.endswith("could not be finished: ValueError.")


def test_an_event_trigger_is_named_or_cannot_be_made(written: int) -> None:
    """Only a superuser makes one; the tests' own role need not be."""
    write_sql(
        "CREATE FUNCTION transient.sample_ddl() RETURNS event_trigger LANGUAGE plpgsql"
        " AS 'BEGIN END'"
    )
    made = "CREATE EVENT TRIGGER sample ON ddl_command_start EXECUTE FUNCTION sample_ddl()"
    with suppress(ProgrammingError), transaction.atomic():
        write_sql(made)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 'event trigger ' || evtname FROM pg_event_trigger")
        there = {name for (name,) in cursor.fetchall()}
    assert {key for kind, *_, key in found() if kind == "structure-changed"} == there
