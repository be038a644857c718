"""Which acts may write which tables: an act is known by the events that it recorded.

Every app names, beside its events, the tables that say who somebody is, what they may do and what
was decided, each with the events of which an act that writes it recorded one. A single column of a
tracked table is named "table.column".
"""

from collections.abc import Iterable, Iterator, Mapping

from django.db import connection

from audit.events import Event
from audit.findings import Failure

Writers = Mapping[str, Iterable[Event]]

_writers: dict[str, frozenset[str]] = {}

UNCALLED_SQL = """
    WITH allowed AS (SELECT * FROM unnest(%(tables)s::text[], %(events)s::text[])
                         AS given (table_name, event)),
    acts AS (SELECT DISTINCT e.act, a.table_name
             FROM audit.ledger_entry e JOIN allowed a USING (event))
    SELECT min(r.seq), r.table_name, r.key
    FROM (SELECT seq, table_name, key FROM audit.ledger_row UNION ALL
          SELECT seq, table_name, keys FROM audit.ledger_batch) r
    JOIN audit.ledger_entry e USING (seq)
    LEFT JOIN acts a ON a.act = e.act AND a.table_name = r.table_name
    WHERE r.table_name IN (SELECT table_name FROM allowed) AND a.act IS NULL
    GROUP BY r.table_name, r.key, e.act ORDER BY 1, 2, 3
"""

COLUMN_SQL = """
    WITH changes AS (
        SELECT id, act, {column} IS DISTINCT FROM lag({column}) OVER past AS is_changed,
            row_number() OVER past > 1 AS is_later
        FROM {history} WINDOW past AS (PARTITION BY id ORDER BY history_id))
    SELECT c.id::text, (SELECT min(seq) FROM audit.ledger_entry e WHERE e.act = c.act)
    FROM changes c WHERE c.is_changed AND c.is_later AND NOT EXISTS (
        SELECT FROM audit.ledger_entry e WHERE e.act = c.act AND e.event = ANY (%(events)s))
    ORDER BY 2, 1
"""


def register_writers(writers: Writers) -> None:
    """Name the events that write tables and columns; called once per app at start-up."""
    for name, events in writers.items():
        _writers[name] = frozenset(event.name for event in events)


def all_writers() -> Mapping[str, frozenset[str]]:
    """Return the names of the events that may write each table or column that has any."""
    return dict(_writers)


def writer_failures() -> Iterator[Failure]:
    """Find rows that were written by an act which recorded nothing that writes such rows."""
    pairs = [
        (f"public.{name}", event)
        for name, events in _writers.items()
        if "." not in name
        for event in events
    ]
    tables, events = [table for table, _ in pairs], [event for _, event in pairs]
    with connection.cursor() as cursor:
        cursor.execute(UNCALLED_SQL, {"tables": tables, "events": events})
        found: list[tuple[int, str, str]] = cursor.fetchall()
    for seq, table, key in found:
        yield _failure(seq, table, key, f"{table} {key}")
    for name in sorted(_writers):
        if "." in name:
            yield from _column_failures(*name.split("."))


def _column_failures(table: str, column: str) -> Iterator[Failure]:
    quote = connection.ops.quote_name
    history = quote(table.replace("_", "_historical", 1))
    sql = COLUMN_SQL.format(column=quote(column), history=history)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"events": list(_writers[f"{table}.{column}"])})
        found: list[tuple[str, int]] = cursor.fetchall()
    for key, seq in found:
        yield _failure(seq, f"public.{table}", key, f"The {column} of public.{table} {key}")


def _failure(seq: int, table: str, key: str, what: str) -> Failure:
    detail = f"{what} was written with entry {seq}, by an act that recorded no such change."
    return Failure("act-unfit", detail, seq, table, key)
