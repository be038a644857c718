"""A superuser's doings, found with an export and one published document, by Python alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from audit.exporters.ledger import export_lines
from audit.exporters.published import published_keys
from audit.offline.verify_register import check
from decisions.documents.kept import document_store
from tests.audit.conftest import commit_checks, write_sql
from tests.audit.test_tampering import DROP_CHECKS, columns_of, key_of, last_key
from tests.factories import grants

ROWS = (
    "public.decisions_approval",
    "public.decisions_recommendationoutcome",
    "public.decisions_historicaldecision",
    "public.grants_entry",
    "public.grants_spendingline",
    "public.grants_historicalspendingline",
)


# What keeps a row from being there twice, but for its own number.
DROP_UNIQUE = """
    DO $$ DECLARE c record; BEGIN
        FOR c IN SELECT i.indexrelid::regclass AS name, k.conname FROM pg_index i
            LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype = 'u'
            WHERE i.indrelid = '{}'::regclass AND i.indisunique AND NOT i.indisprimary
        LOOP
            IF c.conname IS NULL THEN EXECUTE format('DROP INDEX %s', c.name);
            ELSE EXECUTE format('ALTER TABLE {} DROP CONSTRAINT %I CASCADE', c.conname); END IF;
        END LOOP;
    END $$
"""


@pytest.fixture(scope="module", autouse=True)
def kept(lasting: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sign a decision, spend on it twice, and keep its public document and the published keys."""
    folder = tmp_path_factory.mktemp("kept")
    allocation = grants.an_allocation(decision=grants.a_mixed_decision())
    for _ in range(2):
        grants.a_line(allocation=allocation)
    commit_checks()
    issued = allocation.decision.documents.public().latest("pk")
    (folder / "signed.pdf").write_bytes(document_store().get(issued.sha256))
    (folder / "keys.json").write_text(published_keys())
    return folder


@pytest.fixture
def superuser(db: None) -> Iterator[None]:
    write_sql(DROP_CHECKS)
    for table in ROWS:
        with connection.cursor() as cursor:
            cursor.execute(DROP_UNIQUE.replace("{}", table), None)
    write_sql("SET session_replication_role = replica")
    yield
    write_sql("SET session_replication_role = origin")


def found(kept: Path) -> set[tuple[str, str]]:
    file = kept / "export.jsonl"
    file.write_text("".join(export_lines()))
    report = check(file, None, kept / "keys.json", [kept / "signed.pdf"])
    return {(one.where, one.how) for one in report.failures}


def number_of(table: str) -> str:
    """Return the column of a table's number."""
    return key_of(table).removesuffix("::text")


def edit(table: str, key: str) -> str:
    """Change the last column that says something, of the last row."""
    kinds = {"text": "'Somebody else'", "numeric": "0.01", "timestamp": "now()", "bytea": "'0'"}
    named = [(one.name, one.kind.split("(")[0].split(" ")[0]) for one in columns_of(table)]
    column, kind = next((name, kind) for name, kind in reversed(named) if kind in kinds)
    write_sql(f"UPDATE {table} SET {column} = {kinds[kind]} WHERE {number_of(table)} = {key}")
    return key


def delete(table: str, key: str) -> str:
    write_sql(f"DELETE FROM {table} WHERE {number_of(table)} = {key}")
    return key


def insert(table: str, key: str) -> str:
    """Slip in the last row once more, as the next."""
    number = number_of(table)
    names = [one.name for one in columns_of(table)]
    copied = [f"{number} + 1" if name == number else name for name in names]
    write_sql(
        f"INSERT INTO {table} ({', '.join(names)})"
        f" SELECT {', '.join(copied)} FROM {table} WHERE {number} = {key}"
    )
    return str(int(key) + 1)


def reorder(table: str, key: str) -> str:
    """Let the last row and the first have each other's number."""
    number = number_of(table)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT min({number}) FROM {table}")
        [(first,)] = cursor.fetchall()
    for old, new in ((first, -1), (key, first), (-1, key)):
        write_sql(f"UPDATE {table} SET {number} = {new} WHERE {number} = {old}")
    return key


WAYS = {"edited": edit, "deleted": delete, "inserted": insert, "swapped": reorder}


def test_what_nobody_touched_is_proven(kept: Path) -> None:
    assert found(kept) == set()


@pytest.mark.parametrize("way", WAYS)
def test_rows_that_a_superuser_altered_are_named(way: str, kept: Path, superuser: None) -> None:
    altered = {table: WAYS[way](table, last_key(table) or "") for table in ROWS}
    how = "edited" if way == "swapped" else way
    assert {(f"row {table} {key}", how) for table, key in altered.items()} <= found(kept)


@pytest.mark.parametrize(
    ("way", "how"), [("edited", "edited"), ("deleted", "deleted"), ("swapped", "edited")]
)
def test_an_entry_that_a_superuser_altered_is_named(
    way: str, how: str, kept: Path, superuser: None
) -> None:
    key = str(int(last_key("audit.ledger_entry") or "") - 1)
    WAYS[way]("audit.ledger_entry", key)
    assert (f"entry {key}", how) in found(kept)


def test_an_entry_that_a_superuser_slipped_in_is_named(kept: Path, superuser: None) -> None:
    key = insert("audit.ledger_entry", last_key("audit.ledger_entry") or "")
    assert (f"entry {key}", "edited") in found(kept)
