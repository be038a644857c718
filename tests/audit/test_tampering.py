"""Somebody with the database and no scruples: whatever they change, in any table, is named.

Tables and columns are drawn from the database's catalogue, not from a list. Triggers are off and
checks are dropped, as a superuser can do.
"""

from dataclasses import dataclass
from functools import partial
from itertools import chain

import pytest
from django.db import connection

from audit.findings import Report
from audit.verify import CHECKS, verify
from audit.verify_chain import chain_failures, orphan_failures
from audit.verify_rows import _read_table, row_failures
from grants.demonstration import load
from tests.audit.conftest import commit_checks, write_sql
from tests.factories.lasting import undone

LEDGER = ("audit.ledger_entry", "audit.ledger_payload", "audit.ledger_row", "audit.touched")

CHANGED = {
    "boolean": "NOT coalesce({0}, false)",
    "bytea": "coalesce({0}, '') || '\\x00'::bytea",
    "date": "coalesce({0}, '2020-01-01'::date) + 1",
    "timestamp with time zone": "coalesce({0}, now()) + interval '1 microsecond'",
    "uuid": "gen_random_uuid()",
    "jsonb": "jsonb_build_object('was', {0})",
    "bigint": "coalesce({0}, 0) + 1000003",
    "integer": "coalesce({0}, 0) + 1000003",
    "smallint": "coalesce({0}, 0) + 7",
    "numeric": "coalesce({0}, 0) + 0.01",
    "text": "CASE WHEN coalesce({0}, '') = '' THEN '~' ELSE overlay({0} PLACING"
    " (CASE left({0}, 1) WHEN '~' THEN '#' ELSE '~' END) FROM 1 FOR 1) END",
}
MADE = {
    "boolean": "true",
    "bytea": "''::bytea",
    "date": "'2020-01-01'::date",
    "timestamp with time zone": "now()",
    "uuid": "gen_random_uuid()",
    "jsonb": "'{}'::jsonb",
    "text": "'~'",
    "xid8": "'7'::xid8",
}


@dataclass(frozen=True)
class Column:
    """A stored column: its name, its type and whether it belongs to the primary key."""

    name: str
    kind: str
    is_key: bool

    @property
    def changed(self) -> str:
        """SQL for another value than the stored one."""
        if self.kind.endswith("[]"):
            return f"coalesce({self.name}, '{{}}') || '{{~}}'::{self.kind}"
        return CHANGED["text" if "char" in self.kind else self.kind.split("(")[0]].format(self.name)

    @property
    def made(self) -> str:
        """SQL for some value of the type."""
        if self.kind.endswith("[]"):
            return f"'{{}}'::{self.kind}"
        return MADE.get("text" if "char" in self.kind else self.kind.split("(")[0], "30007")


def rows_of(sql: str, *params: str) -> list[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        found: list[tuple[str, ...]] = cursor.fetchall()
    return found


def tables() -> list[str]:
    found = rows_of(
        "SELECT n.nspname || '.' || relname FROM pg_class c JOIN pg_namespace n"
        " ON n.oid = relnamespace WHERE nspname IN ('public', 'audit') AND relkind = 'r' ORDER BY 1"
    )
    return [name for (name,) in found]


def columns_of(table: str) -> list[Column]:
    found = rows_of(
        "SELECT quote_ident(attname), format_type(atttypid, atttypmod),"
        " attname = ANY (audit.table_key(attrelid::regclass)) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
        table,
    )
    return [Column(name, kind, bool(is_key)) for name, kind, is_key in found]


def ordinary_tables() -> set[str]:
    """Return the tables that the ledger lists, other than its own."""
    return {*tables()} - {*LEDGER}


def key_of(table: str) -> str:
    expression = "audit.key_expression(audit.table_key(%s::regclass))"
    return rows_of(f"SELECT {expression}", table)[0][0]


def last_key(table: str) -> str | None:
    key = key_of(table)
    found = rows_of(f"SELECT {key} FROM {table} ORDER BY length({key}) DESC, {key} DESC LIMIT 1")
    return found[0][0] if found else None


DROP_CHECKS = """
    DO $$ DECLARE c record; BEGIN
        FOR c IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE conname IN
            ('ledger_entry_hash_once', 'ledger_entry_previous_once') OR contype = 'c'
            AND connamespace IN ('public'::regnamespace, 'audit'::regnamespace)
        LOOP EXECUTE format('ALTER TABLE %%s DROP CONSTRAINT %%I', c.t, c.conname); END LOOP;
    END $$
"""


def rows_named(tables: dict[str, list[Column]]) -> set[tuple[str | None, str | None]]:
    """Return the rows that the check of rows names in some tables: in all, as it is run itself."""
    if {*tables} == ordinary_tables():
        assert row_failures in CHECKS
        return {(failure.table, failure.key) for failure in row_failures()}
    read = (_read_table(table, has_act=has_act(columns)) for table, columns in tables.items())
    return {(failure.table, failure.key) for failure in chain.from_iterable(read)}


def has_act(columns: list[Column]) -> bool:
    return any(column.name == "act" for column in columns)


def is_entry_named(seq: int) -> bool:
    """Say whether one of verification's checks that read the ledger names an entry."""
    assert {orphan_failures, row_failures} <= set(CHECKS)
    checks = (partial(chain_failures, Report()), orphan_failures, row_failures)
    return any(failure.seq == seq for check in checks for failure in check())


def change(table: str, column: Column) -> str | None:
    """Change one value of a table's last row; give the row's key as it was."""
    key = last_key(table)
    if key is not None:
        condition = f"{key_of(table)} = %s"
        write_sql(f"UPDATE {table} SET {column.name} = {column.changed} WHERE {condition}", key)
    return key


def missed_changes() -> list[object]:
    """Change, one position of a column at a time, the last row of every table."""
    columns = {table: columns_of(table) for table in ordinary_tables()}
    missed: list[object] = []
    for position in range(max(map(len, columns.values()))):
        with undone():
            there = {table: found for table, found in columns.items() if position < len(found)}
            changed = {
                (table, change(table, found[position])): found[position].name
                for table, found in there.items()
            }
            named = rows_named(there)
            missed += [
                (row, column) for row, column in changed.items() if row[1] and row not in named
            ]
    return missed


def missed_deletions() -> list[object]:
    """Delete the last row of every table."""
    rows = [(table, key) for table in tables() if table not in LEDGER and (key := last_key(table))]
    with undone():
        for table, key in rows:
            write_sql(f"DELETE FROM {table} WHERE {key_of(table)} = %s", key)
        named = {(failure.table, failure.key) for failure in verify().failures}
    return [row for row in rows if row not in named]


def missed_insertions() -> list[object]:
    """Slip a row into every table."""
    rows = []
    with undone():
        for table in tables():
            if table not in LEDGER[:3]:
                columns = columns_of(table)
                names = ", ".join(column.name for column in columns)
                values = ", ".join(column.made for column in columns)
                insert = f"INSERT INTO {table} ({names}) VALUES ({values})"
                rows.append((table, rows_of(f"{insert} RETURNING {key_of(table)}")[0][0]))
        named = {(failure.table, failure.key) for failure in verify().failures}
    return [row for row in rows if row not in named]


def missed_in_ledger(table: str) -> list[object]:
    """Change each column of, delete and slip in a row of one of the ledger's own tables."""
    seq = middle_entry()
    one = f"WHERE ctid = (SELECT min(ctid) FROM {table} WHERE seq = {seq})"
    others = ", ".join(column.name for column in columns_of(table) if column.name != "seq")
    attacks = {
        f"{table}.{column.name}": (f"UPDATE {table} SET {column.name} = {column.changed} {one}")
        for column in columns_of(table)
    }
    attacks["delete"] = f"DELETE FROM {table} {one}"
    attacks["insert"] = (
        f"INSERT INTO {table} (seq, {others}) SELECT 1000003, {others} FROM {table} {one}"
    )
    missed: list[object] = []
    for name, attack in attacks.items():
        with undone():
            write_sql(attack)
            if not is_entry_named(1000003 if name == "insert" else seq):
                missed.append((table, name))
    return missed


def middle_entry() -> int:
    """Return the number of an entry that lists rows, with entries before and after."""
    return int(rows_of("SELECT seq FROM audit.ledger_row ORDER BY seq OFFSET 200 LIMIT 1")[0][0])


@pytest.mark.django_db
def test_whatever_is_changed_deleted_or_slipped_in_is_named() -> None:
    """One test, because the demonstration is loaded once for all the attacks on it."""
    load(lambda _what: None)
    commit_checks()
    assert verify().ok
    write_sql("SET LOCAL session_replication_role = replica")
    write_sql(DROP_CHECKS)
    missed = missed_changes() + missed_deletions() + missed_insertions()
    for table in LEDGER[:3]:
        missed += missed_in_ledger(table)
    write_sql("SET LOCAL session_replication_role = origin")
    assert missed == []
