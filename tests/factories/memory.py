"""What a maker made once is put back row by row, in place of being made again by the same acts.

A signed paper takes forty acts and a PDF. The last hash of the audit trail names the state of the
whole register, so a maker called with the same arguments on the same hash makes the same. The first
time it acts as people do, and everything that the trail lists of it is kept: rows, entries, files.
The next time that all goes back as it was, hashes and numbers included, behind the triggers.

To use it, write ``@remembered`` over a maker whose arguments are plain values or rows, and let a
test call makers first and its own acts afterwards: after an act of its own, no hash is known. Where
nothing can be known the maker acts, as ever: outside a test's transaction, in another role than the
owner's, with a clock that was set, and in tests that patch something (`monkeypatch`, `settings`).
"""

import functools
import pickle
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

from django.conf import settings
from django.db import connection
from django.db.models import Model

from audit import clock

P = ParamSpec("P")
R = TypeVar("R")

LEDGER = tuple(f"audit.ledger_{name}" for name in ("entry", "payload", "row", "batch"))
# Rows that no entry lists, made out of rows that one does: their table, its key, and the others'.
DERIVED = tuple(
    (f"transient.decisions_{name}", "decision_id", "public.decisions_decision")
    for name in ("searchentry", "waitedon", "mail")
)
DIGEST = re.compile(rb"(?<![0-9a-fx])[0-9a-f]{64}(?![0-9a-f])")
PLAIN = (str, int, Decimal, date, bytes, type(None))

STANDING = """
    SELECT current_setting('is_superuser') = 'on',
           current_setting('session_replication_role') = 'origin',
           (SELECT seq FROM audit.ledger_entry ORDER BY seq DESC LIMIT 1),
           (SELECT hash FROM audit.ledger_entry ORDER BY seq DESC LIMIT 1)
"""
LISTED = """
    SELECT table_name, array_agg(DISTINCT key) FROM (
        SELECT table_name, key FROM audit.ledger_row WHERE seq > %(seq)s
        UNION ALL
        SELECT b.table_name, r.key FROM audit.ledger_batch b, audit.batch_rows(b.table_name) r
        WHERE b.seq > %(seq)s AND r.seq = b.seq) l GROUP BY 1
"""
SHAPE = """
    SELECT string_agg(quote_ident(attname), ', '),
           audit.key_expression(audit.table_key(%(table)s::regclass))
    FROM pg_attribute
    WHERE attrelid = %(table)s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
"""


class _Unnamed(Exception):
    """An argument that no key can name."""


@dataclass(frozen=True)
class _Rows:
    """Rows of one table: which they are, and their text as COPY writes it; none when gone."""

    table: str
    columns: str
    condition: str
    wanted: int | list[str]
    text: bytes


@dataclass(frozen=True)
class _Made:
    """All that a maker left behind."""

    result: bytes
    rows: list[_Rows]
    files: dict[Path, bytes]


_memory: dict[object, _Made] = {}
_shapes: dict[str, tuple[str, str]] = {}
_pauses: list[None] = []


def remembered(maker: Callable[P, R]) -> Callable[P, R]:
    """Let a maker act once for each state of the register and each set of arguments."""

    @functools.wraps(maker)
    def make(*args: P.args, **kwargs: P.kwargs) -> R:
        standing = _standing()
        if standing is None:
            return maker(*args, **kwargs)
        try:
            key = (maker.__qualname__, maker.__module__, standing, _named((args, kwargs)))
        except _Unnamed:
            return maker(*args, **kwargs)
        if key in _memory:
            _put_back(_memory[key])
        else:
            result = maker(*args, **kwargs)
            rows = _rows_since(cast("int", standing[0] or 0))
            _memory[key] = _Made(pickle.dumps(result), rows, _files_of(rows))
        return cast("R", pickle.loads(_memory[key].result))  # noqa: S301 - pickled just above

    return make


def forget() -> None:
    """Forget everything: the rows that a new database begins with have other numbers."""
    _memory.clear()
    _shapes.clear()


@contextmanager
def paused() -> Iterator[None]:
    """Let every maker act, and keep nothing."""
    _pauses.append(None)
    try:
        yield
    finally:
        _pauses.pop()


def _standing() -> tuple[object, ...] | None:
    """Return what names the state of the register, the number of its last entry first, or None."""
    if _pauses or not connection.in_atomic_block or clock.set_to():
        return None
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        is_owner, has_triggers, seq, last = cursor.fetchone()
    if not (is_owner and has_triggers):
        return None
    return (seq, bytes(last or b""), clock.today(), settings.REGISTER_MODE, str(settings.VAR_DIR))


def _named(value: object) -> object:
    """Return what names an argument: its value, or a row's number."""
    if isinstance(value, Model) and value.pk is not None:
        return (value._meta.label, value.pk)
    if isinstance(value, (list, tuple)):
        return tuple(map(_named, value))
    if isinstance(value, dict):
        return tuple((name, _named(value[name])) for name in sorted(value))
    if is_dataclass(value):
        parts = ((field.name, _named(getattr(value, field.name))) for field in fields(value))
        return (type(value).__qualname__, *parts)
    if isinstance(value, PLAIN):
        return (type(value).__name__, value)
    raise _Unnamed


def _rows_since(seq: int) -> list[_Rows]:
    """Return the rows that entries after `seq` list, as they now stand, and those entries."""
    with connection.cursor() as cursor:
        cursor.execute(LISTED, {"seq": seq})
        listed: dict[str, list[str]] = dict(cursor.fetchall())
        if not listed:
            return []
        found = [
            _copied(cursor, table, f"{_shape(cursor, table)[1]} = ANY (%s)", keys)
            for table, keys in listed.items()
        ]
        found += [
            _copied(cursor, table, f"{key}::text = ANY (%s)", listed[of])
            for table, key, of in DERIVED
            if of in listed
        ]
        return found + [_copied(cursor, table, "seq > %s", seq) for table in LEDGER]


def _shape(cursor: Any, table: str) -> tuple[str, str]:
    """Return the columns of a table and its key as SQL, asked for once: no test changes them."""
    if table not in _shapes:
        cursor.execute(SHAPE, {"table": table})
        _shapes[table] = cursor.fetchone()
    return _shapes[table]


def _copied(cursor: Any, table: str, condition: str, wanted: int | list[str]) -> _Rows:
    columns, _ = _shape(cursor, table)
    rows = f"COPY (SELECT {columns} FROM {table} WHERE {condition}) TO STDOUT"
    with cursor.cursor.copy(rows, [wanted]) as copy:
        text = b"".join(bytes(block) for block in copy)
    return _Rows(table, columns, condition, wanted, text)


def _files_of(rows: list[_Rows]) -> dict[Path, bytes]:
    """Return the stored files that rows name by their SHA-256."""
    texts = [each.text for each in rows if each.table not in LEDGER]
    digests = {found.decode() for text in texts for found in DIGEST.findall(text)}
    paths = (path for one in digests for path in settings.VAR_DIR.glob(f"*/{one[:2]}/{one}*"))
    return {path: path.read_bytes() for path in paths}


def _put_back(made: _Made) -> None:
    for path, data in made.files.items():
        if not path.is_file() or path.read_bytes() != data:
            path.unlink(missing_ok=True)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    if not made.rows:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS audit.audit_entry_required IMMEDIATE;"
            "SET CONSTRAINTS audit.audit_entry_required DEFERRED;"
            "SET LOCAL session_replication_role = replica"
        )
        for rows in made.rows:
            if rows.table not in LEDGER:
                cursor.execute(f"DELETE FROM {rows.table} WHERE {rows.condition}", [rows.wanted])
            with cursor.cursor.copy(f"COPY {rows.table} ({rows.columns}) FROM STDIN") as copy:
                copy.write(rows.text)
        cursor.execute("SET LOCAL session_replication_role = origin")
