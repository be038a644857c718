"""The ledger as JSON Lines, for somebody who checks it elsewhere (docs/ledger-format.md).

Line 1 says what it is; then each entry in order, the digests of the rows it lists together and each
checkpoint after the entry; then every row of every covered table, and a line that says where it
ends.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from audit.canonical import canonical
from audit.chain import StoredEntry, entries_after
from audit.models import Checkpoint, LedgerBatch, LedgerEntry, LedgerPayload, Register
from audit.refusals import Refused
from audit.snapshot import snapshot
from audit.verify_rows import COLUMNS_SQL, LISTED, TABLES_SQL, UNLISTED_SQL

FORMAT = "register-export/2"
BATCH = 500

# Every row that is there: its text, or the digest of the columns that were last listed of it.
WHOLE_SQL = """
    SELECT key, content FROM audit.rows_text(%(table)s::regclass,
                                             audit.table_columns(%(table)s::regclass)) ORDER BY key
"""
DIGESTS_SQL = f"""
    SELECT p.key, encode(sha256(convert_to(p.content, 'UTF8')), 'hex')
    FROM audit.rows_text(%(table)s::regclass, %(columns)s::text[]) p
    JOIN ({LISTED}) l USING (key) WHERE l.columns = %(columns)s::text[] ORDER BY p.key
"""  # noqa: S608 constants only


def export_lines(*, whole: bool = False) -> Iterator[str]:
    """Yield the lines of an export, one consistent snapshot; Refused before the register starts.

    Rows come as digests, or `whole`, with all that they say, of Part 2 too.
    """
    with snapshot():
        if not Register.objects.exists():
            raise Refused("There is nothing to export: the register has not been started.")
        yield canonical({"format": FORMAT}) + "\n"
        batch: list[StoredEntry] = []
        for entry in entries_after(0):
            batch.append(entry)
            if len(batch) == BATCH:
                yield from _lines(batch)
                batch = []
        yield from _lines(batch)
        yield from _rows(whole=whole)
        last = LedgerEntry.objects.order_by("-seq")[0]
        yield canonical({"kind": "end", "seq": last.seq, "hash": bytes(last.hash).hex()}) + "\n"


def _rows(*, whole: bool) -> Iterator[str]:
    """Yield the rows of all tables, a few at a time, however many there are."""
    for table, *_ in _few(TABLES_SQL, {}):
        yield canonical({"kind": "table", "table": table}) + "\n"
        if whole:
            for key, text in _few(WHOLE_SQL, {"table": table}):
                yield canonical({"kind": "row", "key": key, "text": text}) + "\n"
            continue
        for columns, _ in list(_few(COLUMNS_SQL, {"table": table})):
            for key, digest in _few(DIGESTS_SQL, {"table": table, "columns": columns}):
                yield canonical({"kind": "row", "key": key, "sha256": digest}) + "\n"
        for (key,) in _few(UNLISTED_SQL, {"table": table}):
            yield canonical({"kind": "row", "key": key, "sha256": None}) + "\n"


def _few(sql: str, values: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def _lines(batch: list[StoredEntry]) -> Iterator[str]:
    numbers = [entry.seq for entry in batch]
    payloads = LedgerPayload.objects.in_bulk(numbers)
    together = set(LedgerBatch.objects.filter(entry__in=numbers).values_list("entry_id", flat=True))
    checkpoints = Checkpoint.objects.select_related("key").in_bulk(numbers)
    for entry in batch:
        payload = payloads.get(entry.seq)
        facts = {
            "kind": "entry",
            "seq": entry.seq,
            "header": entry.header().decode(),
            "hash": entry.hash.hex(),
            "salt": bytes(payload.salt).hex() if payload else None,
            "payload": payload.payload if payload else None,
        }
        yield canonical(facts) + "\n"
        if entry.seq in together:
            yield from map(_batch_line, LedgerBatch.objects.filter(entry=entry.seq).order_by("pk"))
        if entry.seq in checkpoints:
            yield _checkpoint_line(checkpoints[entry.seq])


def _batch_line(listed: LedgerBatch) -> str:
    facts = {
        "kind": "batch",
        "seq": listed.entry_id,
        "place": listed.place,
        "digests": bytes(listed.digests).hex(),
    }
    return canonical(facts) + "\n"


def _checkpoint_line(checkpoint: Checkpoint) -> str:
    facts = {
        "kind": "checkpoint",
        "seq": checkpoint.entry_id,
        "key": checkpoint.key_id,
        "public_key": bytes(checkpoint.key.public_key).hex(),
        "statement": checkpoint.statement,
        "signature": bytes(checkpoint.signature).hex(),
    }
    return canonical(facts) + "\n"
