"""Rows written by one statement and listed together: each is held as one listed by itself is."""

import json
from collections.abc import Iterator
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction

from audit import writers
from audit.acts import SYSTEM, acting
from audit.exporters.ledger import export_lines
from audit.findings import Failure
from audit.listed import first_entries
from audit.models import LedgerBatch, LedgerEntry, LedgerRow
from audit.story import payload_of
from audit.verify import verify
from tests.audit.conftest import NOTED, OTHER, commit_checks, write_sql
from tests.audit.test_chain import VECTORS
from tests.audit.test_guard import constraint_of

pytestmark = pytest.mark.django_db

TABLE = "public.sample_note"
MANY = "INSERT INTO sample_note SELECT n, 'note ' || n, n FROM generate_series(%s::int, %s::int) n"


@pytest.fixture
def many(sample: None) -> None:
    """Let the sample table take many rows at once."""
    write_sql("SELECT audit.guard_many('public.sample_note')")


def write(*statements: str, first: int = 1, last: int = 150) -> LedgerEntry:
    """Write notes by one statement, and what else is asked, in one act."""
    with acting(by=SYSTEM, name="many") as act:
        write_sql(MANY, first, last)
        for statement in statements:
            write_sql(statement)
        act.record(OTHER)
        seq = act.append_now().seq
    commit_checks()
    return LedgerEntry.objects.told().get(seq=seq)


def found() -> set[tuple[str, int | None, str | None, str | None]]:
    failures: list[Failure] = [one for one in verify().failures if one.kind != "structure-changed"]
    return {(one.kind, one.seq, one.table, one.key) for one in failures}


@pytest.fixture
def written(many: None) -> Iterator[int]:
    """Write 150 notes together; give the entry, with the triggers off."""
    entry = write()
    write_sql("SET session_replication_role = replica")
    yield entry.seq
    write_sql("SET session_replication_role = origin")


def test_many_rows_are_one_item_of_the_entry(many: None) -> None:
    [item] = payload_of(write()).get("rows", [])
    kept = LedgerBatch.objects.get()
    digests = [kept.digests[n : n + 32] for n in range(0, 32 * 150, 32)]
    text = "id=1:7\nsum=4:7.00\nwords=6:note 7\n"
    assert digests[6] == sha256(text.encode()).digest()
    assert item == {
        "table": TABLE,
        "columns": ["id", "sum", "words"],
        "count": 150,
        "keys": "1-150",
        "sha256": sha256(b"".join(digests)).hexdigest(),
    }
    assert not LedgerRow.objects.filter(table_name=TABLE).exists()


def test_few_rows_are_listed_one_by_one(many: None) -> None:
    write(last=99)
    assert LedgerRow.objects.filter(table_name=TABLE).count() == 99


def test_keys_with_gaps_are_listed_as_ranges(many: None) -> None:
    write(first=200, last=200)
    write(
        "INSERT INTO sample_note SELECT n, '', 0 FROM generate_series(151, 350) n"
        " WHERE n NOT IN (152, 200, 201)"
    )
    keys = LedgerBatch.objects.order_by("pk").values_list("keys", flat=True)
    assert list(keys) == ["1-150", "151-151,153-199,202-350"]
    assert found() == set()


@pytest.mark.parametrize(
    ("attack", "named"),
    [
        ("UPDATE sample_note SET sum = sum + 0.01 WHERE id = 77", {("row-changed", "77")}),
        ("DELETE FROM sample_note WHERE id = 1", {("row-deleted", "1")}),
        (
            "UPDATE sample_note SET id = 231 - id, words = words WHERE id IN (77, 154)",
            {("row-deleted", "77"), ("row-inserted", "154")},
        ),
        (
            "UPDATE sample_note SET words = 'note ' || 9 - id, sum = 9 - id WHERE id IN (4, 5)",
            {("row-changed", "4"), ("row-changed", "5")},
        ),
    ],
    ids=["changed", "deleted", "numbered otherwise", "put in each other's place"],
)
def test_a_row_of_a_batch_is_named(written: int, attack: str, named: set[tuple[str, str]]) -> None:
    write_sql(attack)
    assert {(kind, key) for kind, _seq, _table, key in found()} == named


def test_a_row_slipped_in_beside_a_batch_is_named(written: int) -> None:
    write_sql("INSERT INTO sample_note VALUES (151, 'note 151', 151)")
    assert found() == {("row-inserted", None, TABLE, "151")}


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE audit.ledger_batch SET place = place + 1",
        "UPDATE audit.ledger_batch SET table_name = 'public.other'",
        "UPDATE audit.ledger_batch SET columns = '{id,words}'",
        "UPDATE audit.ledger_batch SET keys = '1-149,151-151'",
        "UPDATE audit.ledger_batch SET keys = 'none'",
        "UPDATE audit.ledger_batch SET count = 151",
        "UPDATE audit.ledger_batch SET digest = sha256('')",
        "UPDATE audit.ledger_batch SET digests = overlay(digests PLACING '\\x00' FROM 5)",
        "UPDATE audit.ledger_batch SET digests = '', digest = sha256('')",
        "DELETE FROM audit.ledger_batch",
        "INSERT INTO audit.ledger_batch"
        " SELECT seq, 9, table_name, columns, '9-9', 1, sha256(''), '' FROM audit.ledger_batch",
    ],
)
def test_a_changed_listing_of_a_batch_is_named(written: int, attack: str) -> None:
    write_sql(attack)
    assert ("listing-changed", written) in {(kind, seq) for kind, seq, *_ in found()}


def test_a_row_changed_after_its_batch_is_listed_as_it_then_stands(many: None) -> None:
    write(
        "UPDATE sample_note SET words = 'mended' WHERE id = 3",
        "DELETE FROM sample_note WHERE id = 4",
    )
    assert LedgerRow.objects.filter(table_name=TABLE).count() == 2
    assert found() == set()


def test_rows_deleted_and_written_again_are_listed_as_they_then_stand(many: None) -> None:
    write("DELETE FROM sample_note", MANY % ("1", "150"), "UPDATE sample_note SET sum = 0")
    assert found() == set()


AFTERWARDS = [
    "INSERT INTO sample_note VALUES (151, 'one more', 0)",
    "UPDATE sample_note SET words = 'changed' WHERE id = 3",
    "DELETE FROM sample_note WHERE id = 3",
    MANY % ("151", "300"),
]


@pytest.mark.parametrize("afterwards", AFTERWARDS)
def test_an_entry_does_not_cover_what_is_written_after_it(many: None, afterwards: str) -> None:
    with (
        pytest.raises(DatabaseError, match="without an entry") as refused,
        acting(by=SYSTEM, name="early") as act,
    ):
        write_sql(MANY, 1, 150)
        act.record(OTHER)
        act.append_now()
        write_sql(afterwards)
        commit_checks()
    assert constraint_of(refused.value) == "audit_entry_required"


def test_a_batch_without_an_entry_is_refused_at_commit(many: None) -> None:
    with pytest.raises(DatabaseError, match="without an entry"), transaction.atomic():
        write_sql(MANY, 1, 150)
        commit_checks()


def test_a_batch_without_its_guard_commits(many: None) -> None:
    """Without the guard what the test above refuses goes through, and verification names it."""
    write_sql("ALTER TABLE sample_note DISABLE TRIGGER audit_note_made")
    write_sql(MANY, 1, 150)
    commit_checks()
    assert len(found()) == 150


def test_a_batch_is_listed_by_its_own_act(many: None) -> None:
    with (
        pytest.raises(DatabaseError, match="under another act") as refused,
        acting(by=SYSTEM, name="two acts") as act,
    ):
        write_sql(MANY, 1, 150)
        write_sql("SELECT set_config('audit.act', gen_random_uuid()::text, true)")
        act.record(OTHER)
        act.append_now()
        commit_checks()
    assert constraint_of(refused.value) == "audit_entry_of_the_same_act"


COLUMNS = ["id", "sum", "words"]
ITEM = {"table": TABLE, "columns": COLUMNS, "count": 150, "keys": "1-150", "sha256": "ab" * 32}


@pytest.mark.parametrize(
    ("item", "constraint"),
    [
        (ITEM, "ledger_payload_is_true"),
        (ITEM | {"keys": "1-151"}, "ledger_payload_is_true"),
        (ITEM | {"keys": "150-1x"}, "ledger_payload_lists_plainly"),
        (ITEM | {"keys": "1"}, "ledger_payload_lists_plainly"),
        (ITEM | {"rows": []}, "ledger_payload_lists_plainly"),
        (ITEM | {"count": "150"}, "ledger_payload_lists_plainly"),
        (ITEM | {"sha256": None}, "ledger_payload_lists_plainly"),
    ],
)
def test_an_entry_lists_no_batch_that_was_not_noted(
    many: None, item: dict[str, object], constraint: str
) -> None:
    with pytest.raises(DatabaseError) as refused, acting(by=SYSTEM, name="lie") as act:
        write_sql(MANY, 1, 150)
        act.record(OTHER, rows=[item])
    assert constraint_of(refused.value) == constraint


APPEND = """
    WITH said (payload) AS (VALUES (%s)), entry AS (
        INSERT INTO audit.ledger_entry (event, actor_id, actor_name, actor_role, subject_label,
            subject_id, subject_reference, payload_digest)
        SELECT 'sample.other.happened', '', '', '', '', '', '', sha256(convert_to(
            repeat('s', 32) || payload, 'UTF8')) FROM said RETURNING seq)
    INSERT INTO audit.ledger_payload SELECT seq, convert_to(repeat('s', 32), 'UTF8'), payload
    FROM entry, said
"""


def test_a_batch_is_not_listed_after_what_became_of_its_rows(many: None) -> None:
    """Else the row would last be listed as it no longer stands."""
    with pytest.raises(DatabaseError) as refused, acting(by=SYSTEM, name="late") as act:
        write_sql(MANY, 1, 150)
        write_sql("UPDATE sample_note SET words = 'changed' WHERE id = 3")
        with connection.cursor() as cursor:
            cursor.execute("SELECT audit.listing()")
            listed = json.loads(f"[{cursor.fetchone()[0]}]")
        alone = [item for item in listed if "rows" in item]
        said: dict[str, object] = {"act": "late", "data": {}, "event": OTHER.name}
        said["demonstration"] = act.mode == "demonstration"
        write_sql(APPEND, json.dumps(said | {"rows": alone}))
        act.record(OTHER)
    assert constraint_of(refused.value) == "ledger_payload_is_true"


def test_nothing_comes_between_new_rows_and_their_note(db: None) -> None:
    """No other trigger after each row, and none after the statement before the note."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.tgrelid::regclass::text, t.tgname FROM pg_trigger t JOIN pg_trigger noting"
            " ON noting.tgrelid = t.tgrelid AND noting.tgname = 'audit_note_made'"
            " WHERE NOT t.tgisinternal AND t.tgtype & 4 = 4 AND t.tgtype & 66 = 0"
            " AND NOT t.tginitdeferred AND (t.tgtype & 1 = 1 OR t.tgname < noting.tgname)"
        )
        assert cursor.fetchall() == []


def test_guards_made_anew_cover_new_columns(many: None) -> None:
    write_sql("ALTER TABLE sample_note ADD COLUMN more text DEFAULT ''")
    write_sql("SELECT audit.guard(relation) FROM audit.guarded_otherwise() relation")
    write("UPDATE sample_note SET more = 'x' WHERE id = 3")
    assert found() == set()


def test_a_row_s_entry_is_found_in_either_listing(many: None) -> None:
    together, alone = write().seq, write(first=200, last=201).seq
    assert first_entries(TABLE, [3, 200, 999]) == {3: together, 200: alone}


def test_rows_that_no_event_of_theirs_wrote_are_named_by_their_keys(
    many: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    seq = write().seq
    monkeypatch.setitem(writers._writers, "sample_note", frozenset({NOTED.name}))
    assert ("act-unfit", seq, TABLE, "1-150") in found()


def test_an_export_has_the_digests_of_each_row(many: None) -> None:
    seq = write().seq
    [line] = [json.loads(one) for one in export_lines() if '"kind":"batch"' in one]
    kept = LedgerBatch.objects.get()
    assert line == {"kind": "batch", "seq": seq, "place": 1, "digests": kept.digests.hex()}


def test_the_documented_batch_is_made_of_its_rows() -> None:
    batch = VECTORS["batch"]
    together = b"".join(map(bytes.fromhex, batch["row_digests"]))
    assert sha256(together).hexdigest() == batch["item"]["sha256"]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit.is_batch(%s), array_agg(n) FROM unnest(audit.ranges_of(%s)) r,"
            " generate_series(lower(r), upper(r) - 1) n",
            [json.dumps(batch["item"]), batch["item"]["keys"]],
        )
        assert cursor.fetchone() == (True, batch["keys"])
