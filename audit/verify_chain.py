"""Verification of the chain: entries, payloads, what they list, and checkpoints over them."""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from django.db import connection

from audit.chain import GENESIS, StoredEntry, entries_after, utc
from audit.checkpoints import is_genuine, statement_text
from audit.findings import Failure, Report
from audit.models import Checkpoint, CheckpointSuccession, LedgerEntry

BATCH = 500

# What an entry lists, by table and key (or keys): the columns, the digest (or what says a batch).
Listing = dict[tuple[str, str], tuple[tuple[str, ...], str | None]]


def chain_failures(report: Report) -> Iterator[Failure]:
    """Recompute every entry in order; fills in the report's entries and head."""
    previous: StoredEntry | None = None
    for batch in _batches():
        payloads, listings = _payloads(batch), _listings(batch)
        for entry in batch:
            yield from _missing_before(previous, entry)
            yield from _entry_failures(previous, entry)
            yield from _payload_failures(entry, payloads.get(entry.seq), listings)
            previous = entry
            report.entries += 1
            report.head = entry.hash.hex()


def _batches() -> Iterator[list[StoredEntry]]:
    batch: list[StoredEntry] = []
    for entry in entries_after(-(2**62)):
        batch.append(entry)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _payloads(batch: list[StoredEntry]) -> dict[int, tuple[bytes, str]]:
    found = _between("SELECT seq, salt, payload FROM audit.ledger_payload", batch)
    return {seq: (bytes(salt), payload) for seq, salt, payload in found}


def _listings(batch: list[StoredEntry]) -> dict[int, Listing]:
    found = _between(
        "SELECT seq, table_name, key, columns, encode(digest, 'hex') FROM audit.ledger_row", batch
    )
    listings: dict[int, Listing] = {}
    for seq, table, key, columns, digest in found:
        listings.setdefault(seq, {})[table, key] = (tuple(columns), digest)
    batches = _between(
        "SELECT seq, table_name, keys, columns, concat_ws(' ', place, count, encode(digest, 'hex'),"
        " encode(sha256(digests), 'hex')) FROM audit.ledger_batch",
        batch,
    )
    for seq, table, keys, columns, said in batches:
        listings.setdefault(seq, {})[table, keys] = (tuple(columns), said)
    return listings


def _between(select: str, batch: list[StoredEntry]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"{select} WHERE seq BETWEEN %s AND %s", [batch[0].seq, batch[-1].seq])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _missing_before(previous: StoredEntry | None, entry: StoredEntry) -> Iterator[Failure]:
    expected = previous.seq + 1 if previous else 1
    if entry.seq > expected:
        last = entry.seq - 1
        which = f"Entry {expected} is" if last == expected else f"Entries {expected} to {last} are"
        yield Failure("entry-missing", f"{which} missing.", expected)


def _entry_failures(previous: StoredEntry | None, entry: StoredEntry) -> Iterator[Failure]:
    if entry.computed_hash() != entry.hash:
        yield Failure("entry-changed", f"Entry {entry.seq} is not as it was written.", entry.seq)
        return
    if entry.seq < 1:
        yield Failure("entry-inserted", f"Entry {entry.seq} was slipped in.", entry.seq)
    before = previous.hash if previous else GENESIS
    if previous and previous.computed_hash() != previous.hash:
        return  # the entry before is to blame, and is named already
    if entry.previous_hash != before:
        yield Failure(
            "chain-broken", f"Entry {entry.seq} does not follow the one before it.", entry.seq
        )
    if previous and entry.at < previous.at:
        yield Failure("time-decreased", f"Entry {entry.seq} is earlier than the last.", entry.seq)


def _payload_failures(
    entry: StoredEntry, payload: tuple[bytes, str] | None, listings: dict[int, Listing]
) -> Iterator[Failure]:
    if payload is None:
        yield Failure("payload-missing", f"Entry {entry.seq} has lost its payload.", entry.seq)
        return
    salt, text = payload
    if sha256(salt + text.encode()).digest() != entry.payload_digest:
        detail = f"The payload of entry {entry.seq} is not as it was written."
        yield Failure("payload-changed", detail, entry.seq)
        return
    try:
        listed = _listed_in(text)
    except (ValueError, LookupError, TypeError, RecursionError):
        detail = f"The payload of entry {entry.seq} is as it was written, but cannot be read."
        yield Failure("payload-unreadable", detail, entry.seq)
        return
    yield from _listing_failures(entry.seq, listed, listings.get(entry.seq, {}))


def _listed_in(payload: str) -> Listing:
    items = json.loads(payload)["rows"]
    listed: Listing = {
        (table["table"], row["key"]): (tuple(table["columns"]), row["sha256"])
        for table in items
        for row in table.get("rows", ())
    }
    for place, item in enumerate(items, start=1):
        if "keys" in item:
            said = f"{place} {item['count']} {item['sha256']} {item['sha256']}"
            listed[item["table"], item["keys"]] = (tuple(item["columns"]), said)
    if not all(isinstance(name, str) for where in listed for name in where):
        raise TypeError("A payload names tables and keys by text.")
    return listed


def _listing_failures(seq: int, hashed: Listing, spread: Listing) -> Iterator[Failure]:
    for table, key in sorted(hashed.keys() | spread.keys()):
        if hashed.get((table, key)) != spread.get((table, key)):
            kept = "ledger_batch" if "-" in key else "ledger_row"
            detail = f"What entry {seq} lists of {table} {key} was changed in audit.{kept}."
            yield Failure("listing-changed", detail, seq, table, key)


def orphan_failures() -> Iterator[Failure]:
    """Find payloads, listings and open notes that belong to no entry."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 'audit.ledger_payload', seq, seq::text FROM audit.ledger_payload p WHERE NOT"
            " EXISTS (SELECT FROM audit.ledger_entry e WHERE e.seq = p.seq) UNION ALL"
            " SELECT 'audit.ledger_row', seq, table_name || ',' || key || ',' || seq"
            " FROM audit.ledger_row r WHERE NOT"
            " EXISTS (SELECT FROM audit.ledger_entry e WHERE e.seq = r.seq) UNION ALL"
            " SELECT 'audit.ledger_batch', seq, seq || ',' || place FROM audit.ledger_batch b"
            " WHERE NOT EXISTS (SELECT FROM audit.ledger_entry e WHERE e.seq = b.seq) UNION ALL"
            " SELECT 'audit.touched_batch', NULL,"
            " concat_ws(',', transaction_id, table_name, first_key) FROM audit.touched_batch"
            " WHERE transaction_id IS DISTINCT FROM pg_current_xact_id_if_assigned() UNION ALL"
            " SELECT 'audit.touched', NULL, transaction_id || ',' || table_name || ',' || key"
            " FROM audit.touched WHERE transaction_id IS DISTINCT FROM"
            " pg_current_xact_id_if_assigned()"
        )
        for table, seq, key in cursor.fetchall():
            yield Failure("row-inserted", f"{table} {key} belongs to no entry.", seq, table, key)


def succession_failures() -> Iterator[Failure]:
    """Check that each key but the first was signed for, by itself and by the one before."""
    table = "audit.checkpoint_succession"
    for one in CheckpointSuccession.objects.select_related("key", "previous"):
        signed = [(one.key, one.signature)]
        if one.previous_signature is not None:
            signed.append((one.previous, one.previous_signature))
        is_of_both = f"\nkey={one.key_id}\nprevious={one.previous_id}\n" in one.statement
        if not is_of_both or not all(
            is_genuine(bytes(key.public_key), one.statement, bytes(signature))
            for key, signature in signed
        ):
            detail = f"That key {one.key_id} comes after {one.previous_id} is not signed by both."
            yield Failure("checkpoint-changed", detail, None, table, one.key_id)


def checkpoint_failures() -> Iterator[Failure]:
    """Check each checkpoint's signature, its key, and that the chain still stands as it says."""
    hashes = dict(
        LedgerEntry.objects.filter(seq__in=Checkpoint.objects.values("entry_id")).values_list(
            "seq", "hash"
        )
    )
    for checkpoint in Checkpoint.objects.select_related("key").order_by("entry_id").iterator():
        seq = checkpoint.entry_id
        public_key = bytes(checkpoint.key.public_key)
        statement = statement_text(
            seq=seq,
            entry_hash=bytes(checkpoint.hash),
            at=utc(checkpoint.at),
            key_id=sha256(public_key).hexdigest()[:16],
        )
        if checkpoint.statement != statement or not is_genuine(
            public_key, statement, bytes(checkpoint.signature)
        ):
            detail = f"The checkpoint at entry {seq} does not bear a genuine signature."
            yield Failure("checkpoint-changed", detail, seq, "audit.checkpoint", str(seq))
        elif bytes(hashes.get(seq, b"")) != bytes(checkpoint.hash):
            detail = f"Entry {seq} is not the one that the checkpoint signed."
            yield Failure("checkpoint-differs", detail, seq, "audit.checkpoint", str(seq))
