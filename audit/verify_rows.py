"""Verification of the register's rows: each as last listed, and as its latest history says."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from audit.findings import Failure, first_line

TABLES_SQL = """
    SELECT n.nspname || '.' || c.relname,
           EXISTS (SELECT FROM pg_attribute a
                   WHERE a.attrelid = c.oid AND a.attname = 'act' AND NOT a.attisdropped)
    FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE audit.is_covered(c.oid) ORDER BY 1
"""

# By itself or with others; of one entry, a row by itself was changed after its batch was written.
LISTED = """
    SELECT DISTINCT ON (key) key, seq, columns, digest FROM audit.listed(%(table)s)
    ORDER BY key, seq DESC, is_alone DESC
"""

COLUMNS_SQL = f"""
    SELECT DISTINCT l.columns, l.columns <@ audit.table_columns(%(table)s::regclass)
    FROM ({LISTED}) l
"""  # noqa: S608 constants only

DIFFERING_SQL = f"""
    WITH listed AS ({LISTED}),
    present AS (SELECT key, sha256(convert_to(content, 'UTF8')) AS digest
                FROM audit.rows_text(%(table)s::regclass, %(columns)s::text[]))
    SELECT l.seq, l.key, l.digest IS NULL, p.digest IS NULL
    FROM listed l LEFT JOIN present p USING (key)
    WHERE l.columns = %(columns)s::text[] AND l.digest IS DISTINCT FROM p.digest
    ORDER BY l.seq, l.key
"""  # noqa: S608 constants only

UNLISTED_SQL = """
    SELECT key FROM audit.rows_text(%(table)s::regclass, audit.table_key(%(table)s::regclass))
    EXCEPT SELECT key FROM audit.listed(%(table)s) ORDER BY key
"""

TABLES_LISTED_SQL = """
    SELECT table_name, min(seq) FROM (
        SELECT table_name, seq FROM audit.ledger_row UNION ALL
        SELECT table_name, seq FROM audit.ledger_batch) l GROUP BY 1 ORDER BY 1
"""

# The same of many tables of which no entry lists any row: all that is in them was slipped in.
NEVER_LISTED_SQL = """
    SELECT t.name, p.key FROM unnest(%(tables)s::text[]) t(name)
    CROSS JOIN LATERAL audit.rows_text(t.name::regclass, audit.table_key(t.name::regclass)) p
    ORDER BY t.name, p.key
"""

# Rows that bear an act are never written twice: the entry that first lists one is of that act.
ACTS_DIFFERING_SQL = """
    WITH listed AS (SELECT key, min(seq) AS seq FROM audit.listed(%(table)s) GROUP BY key)
    SELECT l.seq, p.key FROM audit.rows_text(%(table)s::regclass, '{act}') p
    JOIN listed l USING (key) JOIN audit.ledger_entry e USING (seq)
    WHERE p.content IS DISTINCT FROM audit.row_text('{act}', ARRAY[e.act::text])
    ORDER BY l.seq, p.key
"""


def _fetch(sql: str, params: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def row_failures() -> Iterator[Failure]:
    """Compare every row of every table with what the ledger last listed of it."""
    bears_act: dict[str, bool] = dict(_fetch(TABLES_SQL))
    listed: dict[str, int] = dict(_fetch(TABLES_LISTED_SQL))
    for table, seq in listed.items():
        if table not in bears_act:
            yield Failure("table-missing", f"Table {table} is gone.", seq, table)
    never = [table for table in bears_act if table not in listed]
    slipped_in = _never_listed(never)
    if slipped_in is not None:
        yield from slipped_in
    for table, has_act in bears_act.items():
        if table in listed or slipped_in is None:
            yield from _read_table(table, has_act=has_act)


def _never_listed(tables: list[str]) -> list[Failure] | None:
    """Check tables of which no entry lists any row, at once; None where one cannot be read."""
    try:
        with transaction.atomic():
            found = _fetch(NEVER_LISTED_SQL, {"tables": tables})
    except DatabaseError:
        return None
    return [_slipped_in(table, key) for table, key in found]


def _read_table(table: str, *, has_act: bool) -> list[Failure]:
    """Check one table; one that cannot even be read is itself a finding."""
    try:
        with transaction.atomic():
            return list(_table_failures(table, has_act=has_act))
    except DatabaseError as error:
        detail = f"{table} cannot be read: {first_line(error)}."
        return [Failure("table-unreadable", detail, None, table)]


def _table_failures(table: str, *, has_act: bool) -> Iterator[Failure]:
    for columns, known in _fetch(COLUMNS_SQL, {"table": table}):
        if not known:
            detail = f"{table} has lost a column that the audit trail covers."
            yield Failure("column-missing", detail, None, table)
            continue
        for seq, key, was_gone, is_gone in _fetch(
            DIFFERING_SQL, {"table": table, "columns": columns}
        ):
            yield _differing(table, seq, key, was_gone=was_gone, is_gone=is_gone)
    for (key,) in _fetch(UNLISTED_SQL, {"table": table}):
        yield _slipped_in(table, key)
    if has_act:
        for seq, key in _fetch(ACTS_DIFFERING_SQL, {"table": table}):
            detail = f"{table} {key} bears another act than entry {seq}, which first lists it."
            yield Failure("act-differs", detail, seq, table, key)


def _slipped_in(table: str, key: str) -> Failure:
    detail = f"{table} {key} is in no entry: it was slipped in."
    return Failure("row-inserted", detail, None, table, key)


def _differing(table: str, seq: int, key: str, *, was_gone: bool, is_gone: bool) -> Failure:
    if is_gone:
        detail = f"{table} {key}, last written with entry {seq}, was deleted."
        return Failure("row-deleted", detail, seq, table, key)
    if was_gone:
        detail = f"{table} {key}, deleted with entry {seq}, is there again."
        return Failure("row-inserted", detail, seq, table, key)
    detail = f"{table} {key} is not as entry {seq} wrote it."
    return Failure("row-changed", detail, seq, table, key)


def tracked_models() -> list[type[models.Model]]:
    """Return the models that keep history."""
    return [m for m in apps.get_models() if hasattr(m._meta, "simple_history_manager_attribute")]


def history_failures() -> Iterator[Failure]:
    """Compare every live row with the latest history of it."""
    for model in tracked_models():
        table = model._meta.db_table
        for (key,) in _fetch(_history_sql(model)):
            detail = f"{table} {key} differs from the latest history of it."
            yield Failure("history-differs", detail, None, f"public.{table}", key)


def _columns(model: type[models.Model]) -> list[str]:
    return [f.column for f in model._meta.concrete_fields if f.column]


def _history_sql(model: type[models.Model]) -> str:
    manager = getattr(model, model._meta.simple_history_manager_attribute)  # type: ignore[attr-defined]
    kept = _columns(manager.model)
    quote = connection.ops.quote_name
    columns = [quote(column) for column in _columns(model) if column in kept]
    live = ", ".join(f"m.{c}" for c in columns)
    past = ", ".join(f"h.{c}" for c in columns)
    key = quote(model._meta.pk.attname)
    return f"""
        SELECT coalesce(m.{key}, h.{key})::text FROM {quote(model._meta.db_table)} m
        FULL JOIN (
            SELECT * FROM (SELECT DISTINCT ON ({key}) * FROM {quote(manager.model._meta.db_table)}
                           ORDER BY {key}, history_id DESC) latest
            WHERE history_type <> '-') h ON h.{key} = m.{key}
        WHERE m.{key} IS NULL OR h.{key} IS NULL OR ROW({live}) IS DISTINCT FROM ROW({past})
        ORDER BY 1
    """  # noqa: S608 names of our own models
