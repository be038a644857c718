"""The guard: no row of the register changes without an entry that lists it as it then stands."""

import json

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from audit.acts import SYSTEM, acting
from audit.canonical import canonical
from audit.checkpoints import sign_checkpoint
from audit.management.commands.provision_roles import provision
from audit.models import LedgerEntry, LedgerRow, Register
from audit.refusals import Refused
from tests.audit.conftest import (
    NOTED,
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


def test_write_with_its_entry_commits(sample: None, person: Person) -> None:
    write_note(key=1, words="first", by=person)
    commit_checks()
    assert LedgerRow.objects.filter(table_name="public.sample_note", key="1").exists()


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO sample_note VALUES (2, 'slipped in', 0)",
        "UPDATE sample_note SET words = 'changed'",
        "DELETE FROM sample_note",
    ],
)
def test_write_without_entry_is_refused_at_commit(sample: None, person: Person, sql: str) -> None:
    write_note(key=1, words="first", by=person)
    commit_checks()
    with pytest.raises(DatabaseError, match="without an entry"), transaction.atomic():
        write_sql(sql)
        commit_checks()


def test_entry_made_before_the_last_change_does_not_cover_it(sample: None) -> None:
    with (
        pytest.raises(DatabaseError, match="without an entry"),
        acting(by=SYSTEM, name="early") as act,
    ):
        write_sql("INSERT INTO sample_note VALUES (1, 'told', 0)")
        act.record(NOTED, data={"words": "told"})
        act.append_now()
        write_sql("UPDATE sample_note SET words = 'untold'")
        commit_checks()


def test_entry_cannot_list_a_row_as_it_is_not(sample: None, person: Person) -> None:
    write_note(key=1, words="first", by=person)
    false = [{"key": "1", "sha256": "ab" * 32}]
    lie = {"table": "public.sample_note", "columns": ["id", "sum", "words"], "rows": false}
    with (
        pytest.raises(DatabaseError, match="not as the entry says"),
        acting(by=SYSTEM, name="lie") as act,
    ):
        act.record(OTHER, rows=[lie])


def test_listings_are_canonical_whatever_a_key_holds(started: Register) -> None:
    with acting(by=SYSTEM, name="odd") as act:
        write_sql(
            "INSERT INTO audit.checkpoint_key (id, public_key)"
            " VALUES (%s, decode(repeat('00', 32), 'hex'))",
            'a"b\\c\n\x1f\x7f£',
        )
        act.record(OTHER)
    said = LedgerEntry.objects.told().first()
    assert said is not None
    assert said.payload.payload == canonical(json.loads(said.payload.payload))


def test_a_guard_that_knows_too_few_columns_refuses(sample: None, person: Person) -> None:
    write_sql("ALTER TABLE sample_note ADD COLUMN more text")
    with pytest.raises(DatabaseError, match="has other columns"):
        write_note(key=1, words="first", by=person)


def test_provisioning_makes_guards_cover_new_columns(sample: None, person: Person) -> None:
    write_sql("ALTER TABLE sample_note ADD COLUMN more text")
    provision()
    write_note(key=1, words="first", by=person)
    commit_checks()
    listed = LedgerRow.objects.get(table_name="public.sample_note", key="1")
    assert listed.columns == ["id", "more", "sum", "words"]


def test_nothing_comes_between_a_row_and_its_digest(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgrelid::regclass::text, t.tgname FROM pg_trigger t JOIN pg_trigger noting"
            " ON noting.tgrelid = t.tgrelid AND noting.tgname = 'audit_note_touched'"
            " WHERE NOT t.tgisinternal AND t.tgtype & 1 = 1 AND t.tgtype & 66 = 0"
            " AND NOT t.tginitdeferred AND t.tgname < noting.tgname"
        )
        assert cursor.fetchall() == []


def test_a_row_keeps_its_key(sample: None, person: Person) -> None:
    write_note(key=1, words="first", by=person)
    with (
        pytest.raises(DatabaseError, match="keeps its key"),
        acting(by=SYSTEM, name="rename") as act,
    ):
        write_sql("UPDATE sample_note SET id = 77")
        act.record(OTHER)


def test_append_only_rows_take_their_act_from_the_database(started: Register) -> None:
    with pytest.raises(DatabaseError, match="outside an act"):
        write_sql(
            "INSERT INTO audit.checkpoint_key (id, public_key)"
            " VALUES ('x', decode(repeat('00', 32), 'hex'))"
        )


def test_rows_cannot_claim_another_act(started: Register) -> None:
    with (
        pytest.raises(DatabaseError, match="another act"),
        acting(by=SYSTEM, name="attack"),
    ):
        write_sql(
            "INSERT INTO audit.checkpoint_key VALUES ('x', decode(repeat('00', 32), 'hex'),"
            " gen_random_uuid())"
        )


def constraint_of(error: DatabaseError) -> str | None:
    """Return the name of the constraint that refused."""
    assert isinstance(error.__cause__, psycopg.Error)
    return error.__cause__.diag.constraint_name


BEARING = (
    "INSERT INTO audit.checkpoint_key (id, public_key)"
    " VALUES ('x', decode(repeat('00', 32), 'hex'))"
)


@pytest.mark.parametrize(
    "written_again",
    ["SELECT 1", "UPDATE sample_note SET words = words"],
    ids=["as written", "written again"],
)
@pytest.mark.parametrize("written", [BEARING, "INSERT INTO sample_note VALUES (1, 'first', 0)"])
def test_a_row_is_listed_by_its_own_act(sample: None, written: str, written_again: str) -> None:
    """Its act would be over without an entry of its own, and could be used once more."""
    with (
        pytest.raises(DatabaseError, match="under another act") as refused,
        acting(by=SYSTEM, name="two acts") as act,
    ):
        write_sql(written)
        write_sql("SELECT set_config('audit.act', gen_random_uuid()::text, true)")
        write_sql(written_again)
        act.record(OTHER)
        act.append_now()
        commit_checks()
    assert constraint_of(refused.value) == "audit_entry_of_the_same_act"


def make_past(act: str) -> None:
    """Let an act's entries be of an earlier transaction."""
    write_sql("SET session_replication_role = replica")
    write_sql("UPDATE audit.ledger_entry SET transaction_started = at - interval '1 h'"
              " WHERE act = %s", act)  # fmt: skip
    write_sql("SET session_replication_role = origin")


@pytest.mark.parametrize(
    "joins",
    [
        "INSERT INTO audit.checkpoint_key (id, public_key)"
        " VALUES ('x', decode(repeat('00', 32), 'hex'))",
        "INSERT INTO audit.ledger_entry (event, actor_id, actor_name, actor_role, subject_label,"
        " subject_id, subject_reference, payload_digest)"
        " VALUES ('a.b.c', '', '', '', '', '', '', decode(repeat('00', 32), 'hex'))",
    ],
)
def test_nothing_joins_an_act_that_is_over(started: Register, joins: str) -> None:
    with acting(by=SYSTEM, name="before") as act:
        act.record(OTHER)
    make_past(str(act.id))
    with pytest.raises(DatabaseError, match="is over"), acting(by=SYSTEM, name="attack"):
        write_sql("SELECT set_config('audit.act', %s, true)", str(act.id))
        write_sql(joins)


def test_refusal_undoes_everything_and_is_recorded(sample: None, person: Person) -> None:
    with pytest.raises(Refused), acting(by=person, name="attempt") as act:
        write_sql("INSERT INTO sample_note VALUES (1, 'undone', 0)")
        act.record(NOTED)
        raise Refused("The paper is frozen.", clears="Return it to draft first.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sample_note")
        assert cursor.fetchone()[0] == 0
    entry = LedgerEntry.objects.told().first()
    assert entry is not None
    assert entry.event == "audit.act.refused"
    assert "The paper is frozen." in entry.payload.payload


TABLES = (
    "audit.ledger_entry",
    "audit.ledger_payload",
    "audit.ledger_row",
    "audit.register",
    "audit.checkpoint",
    "audit.checkpoint_key",
)


@pytest.mark.parametrize("table", TABLES)
def test_ledger_tables_refuse_truncate(started: Register, table: str) -> None:
    with pytest.raises(DatabaseError, match="may not be emptied"):
        write_sql(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_ledger_tables_refuse_change(started: Register, table: str, verb: str) -> None:
    column = "seq" if table.endswith(("entry", "payload", "row", "checkpoint")) else "id"
    write_checkpoint()
    commit_checks()
    with pytest.raises(DatabaseError, match="append-only"):
        write_sql(verb.format(table, column, column))


def write_checkpoint() -> None:
    """Put a row in each table of the ledger."""
    with acting(by=SYSTEM, name="checkpoint") as act:
        act.record(OTHER)
        sign_checkpoint(act)
        act.record(OTHER)


@pytest.mark.parametrize("table", [*TABLES, "audit.touched"])
def test_application_role_cannot_change_the_ledger(
    started: Register, as_application: None, table: str
) -> None:
    for sql in (f"DELETE FROM {table}", f"TRUNCATE {table}", f"DROP TABLE {table}"):
        with (
            pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
            transaction.atomic(),
        ):
            write_sql(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "SET session_replication_role = replica",
        "ALTER TABLE audit.ledger_entry DISABLE TRIGGER ALL",
        "ALTER TABLE sample_note DISABLE TRIGGER ALL",
        "DROP SCHEMA audit CASCADE",
        "DROP FUNCTION audit.require_entry() CASCADE",
        "CREATE OR REPLACE FUNCTION audit.current_act() RETURNS uuid LANGUAGE sql AS 'SELECT NULL'",
        "INSERT INTO audit.ledger_row VALUES (1, 'public.sample_note', '1', '{id}', NULL)",
        "CREATE TABLE public.mine (id int)",
    ],
)
def test_application_role_cannot_switch_the_guard_off(
    sample: None, as_application: None, sql: str
) -> None:
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
    ):
        write_sql(sql)


def test_application_role_can_act(sample: None, as_application: None, person: Person) -> None:
    write_note(key=1, words="first", by=person)
    commit_checks()
    assert LedgerEntry.objects.first().event == NOTED.name  # type: ignore[union-attr]
