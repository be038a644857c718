"""Somebody who holds the application's database role: what the database itself refuses them."""

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import LedgerEntry, Register
from audit.verify import verify
from tests.audit.conftest import (
    Person,
    a_started_register,
    make_sample,
    write_note,
    write_sql,
)

pytestmark = pytest.mark.django_db

COLUMNS = ["id", "sum", "words"]
WHOLE = {"act": "forge", "data": {}, "demonstration": True, "event": "sample.other.happened"}


@pytest.fixture(scope="module", autouse=True)
def started(lasting: None) -> Register:
    return a_started_register()


@pytest.fixture(scope="module", autouse=True)
def sample(started: Register) -> None:
    make_sample()


@pytest.fixture
def as_application(db: None, person: Person) -> Iterator[None]:
    """Write a note as the register does, then work as the application's role."""
    write_note(key=1, words="first", by=person)
    write_sql("SET ROLE register_app")
    yield
    write_sql("RESET ROLE")


def forge(
    payload: str,
    event: str = "sample.other.happened",
    meanwhile: Callable[[], None] = lambda: None,
) -> None:
    """Append an entry and its payload by hand; do something between the two."""
    salt = bytes(32)
    digest = sha256(salt + payload.encode()).digest()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('audit.act', %s, true)", [str(uuid4())])
        cursor.execute(
            "INSERT INTO audit.ledger_entry (event, actor_id, actor_name, actor_role,"
            " subject_label, subject_id, subject_reference, payload_digest)"
            " VALUES (%s, '', '', '', '', '', '', %s) RETURNING seq",
            [event, digest],
        )
        values = [cursor.fetchone()[0], salt, payload]
        meanwhile()
        cursor.execute("INSERT INTO audit.ledger_payload VALUES (%s, %s, %s)", values)


def listing(table: str, columns: list[str], key: str) -> list[object]:
    """Return what an entry would list: one row, with the digest that the database gives it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT encode(audit.row_digest(%s::regclass, %s, %s), 'hex')", [table, key, columns]
        )
        rows = [{"key": key, "sha256": cursor.fetchone()[0]}]
    return [{"table": table, "columns": columns, "rows": rows}]


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TEMPORARY TABLE bait (id int PRIMARY KEY)",
        "CREATE FUNCTION pg_temp.bait() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    ],
)
def test_it_makes_nothing_of_its_own(as_application: None, sql: str) -> None:
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        write_sql(sql)


def test_the_ledger_reads_no_table_of_a_session_with_its_owners_rights(sample: None) -> None:
    write_sql("CREATE TEMPORARY TABLE bait (id int PRIMARY KEY)")
    with pytest.raises(DatabaseError, match="does not cover"), transaction.atomic():
        write_sql("SELECT audit.rows_text('bait'::regclass, '{id}')")


def test_the_ledgers_triggers_are_not_for_tables_of_others(as_application: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_function_privilege('audit.spread_payload()', 'execute')")
        assert cursor.fetchone() == (False,)


@pytest.mark.parametrize(
    "payload",
    [
        "{}",
        "[]",
        "null",
        json.dumps({**WHOLE, "rows": {}}),
        json.dumps({**WHOLE, "rows": [], "event": "sample.note.written"}),
        json.dumps({**WHOLE, "rows": [], "demonstration": False}),
    ],
)
def test_a_payload_that_does_not_fit_its_entry_is_refused(
    as_application: None, payload: str
) -> None:
    with pytest.raises(DatabaseError, match="does not say what the entry says"):
        forge(payload)


@pytest.mark.parametrize(
    ("table", "columns", "key"),
    [
        ("public.sample_note", ["id"], "1"),
        ("sample_note", COLUMNS, "1"),
        ("audit.ledger_entry", ["seq"], "900000"),
    ],
)
def test_an_entry_lists_whole_rows_of_covered_tables(
    as_application: None, table: str, columns: list[str], key: str
) -> None:
    rows = [{"table": table, "columns": columns, "rows": [{"key": key, "sha256": None}]}]
    with pytest.raises(DatabaseError, match="whole rows"):
        forge(json.dumps({**WHOLE, "rows": rows}))


def test_an_entry_lists_a_row_by_its_own_key(as_application: None) -> None:
    rows = listing("public.sample_note", COLUMNS, "01")
    with pytest.raises(DatabaseError, match="not as the entry says"):
        forge(json.dumps({**WHOLE, "rows": rows}))


def test_a_payload_comes_before_the_next_entry(as_application: None) -> None:
    payload = json.dumps({**WHOLE, "rows": []})
    with pytest.raises(DatabaseError, match="no longer the newest"):
        forge(payload, meanwhile=lambda: forge(payload))


@pytest.mark.parametrize(
    "change",
    [
        {"key": 1},
        {"key": ["1"]},
        {"sha256": "AB" * 32},
        {"sha256": " " + "ab" * 32},
        {"sha256": 7},
    ],
)
def test_an_entry_lists_rows_in_one_form_only(
    as_application: None, change: dict[str, object]
) -> None:
    rows = [{"key": "1", "sha256": "ab" * 32, **change}]
    listed = [{"table": "public.sample_note", "columns": COLUMNS, "rows": rows}]
    with pytest.raises(DatabaseError, match="as listings are written"):
        forge(json.dumps({**WHOLE, "rows": listed}))


def test_a_listing_without_a_digest_is_refused(as_application: None) -> None:
    listed = [{"table": "public.sample_note", "columns": COLUMNS, "rows": [{"key": "2"}]}]
    with pytest.raises(DatabaseError, match="as listings are written"):
        forge(json.dumps({**WHOLE, "rows": listed}))


@pytest.mark.parametrize("value", ["9" * 5000, "[" * 3000 + "]" * 3000])
def test_a_payload_that_cannot_be_read_is_named_and_stops_nothing(
    as_application: None, value: str
) -> None:
    whole = json.dumps({**WHOLE, "rows": []})
    forge(whole.replace('"data": {}', '"data": {"x": ' + value + "}"))
    last = LedgerEntry.objects.order_by("-seq").values_list("seq", flat=True)[0]
    assert {(one.kind, one.seq) for one in verify().failures} == {("payload-unreadable", last)}


@pytest.mark.parametrize("moment", ["infinity", "20000-01-01", "9999-12-31"])
def test_the_time_of_an_entry_is_one_that_a_page_can_show(started: Register, moment: str) -> None:
    write_sql("SELECT set_config('audit.clock', %s, true)", moment)
    with pytest.raises(DatabaseError, match="ledger_entry_at_finite"):
        forge(json.dumps({**WHOLE, "rows": []}))


def test_it_does_not_record_the_structure(as_application: None) -> None:
    payload = json.dumps({**WHOLE, "rows": [], "event": "audit.schema.recorded"})
    with pytest.raises(DatabaseError, match="does not record the structure"):
        forge(payload, event="audit.schema.recorded")
