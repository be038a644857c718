"""The chain as Python recomputes it: the same bytes as the database hashed, by other code.

``docs/ledger-format.md`` writes the format down to the byte.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import connection

GENESIS = bytes(32)

MOMENT = """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')"""

# Moments are read as text: a stored 'infinity' must be found, not stop the reading.
COLUMNS = (
    f"seq, {MOMENT.format('at')}, {MOMENT.format('recorded_at')}, demonstration, act::text, event,"
    " actor_id, actor_name, actor_role, subject_label, subject_id, subject_reference,"
    f" transaction_id, {MOMENT.format('transaction_started')},"
    " payload_digest, previous_hash, hash"
)


def utc(moment: datetime) -> str:
    """Return a moment as the header writes it: ISO 8601, UTC, microseconds, Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass(frozen=True)
class StoredEntry:
    """The stored columns of one entry, in the header's order; moments as the header has them."""

    seq: int
    at: str
    recorded_at: str
    demonstration: bool
    act: str
    event: str
    actor_id: str
    actor_name: str
    actor_role: str
    subject_label: str
    subject_id: str
    subject_reference: str
    transaction_id: str
    transaction_started: str
    payload_digest: bytes
    previous_hash: bytes
    hash: bytes

    def header(self) -> bytes:
        """Return the exact bytes that the entry's hash is taken over."""
        lines = (
            "register-ledger/1",
            f"seq={self.seq}",
            f"at={self.at}",
            f"recorded_at={self.recorded_at}",
            f"demonstration={'true' if self.demonstration else 'false'}",
            f"act={self.act}",
            f"event={self.event}",
            f"actor_id={self.actor_id}",
            f"actor_name={self.actor_name}",
            f"actor_role={self.actor_role}",
            f"subject_label={self.subject_label}",
            f"subject_id={self.subject_id}",
            f"subject_reference={self.subject_reference}",
            f"transaction={self.transaction_id} {self.transaction_started}",
            f"payload={self.payload_digest.hex()}",
            f"previous={self.previous_hash.hex()}",
        )
        return ("\n".join(lines) + "\n").encode()

    def computed_hash(self) -> bytes:
        """Return the SHA-256 of the header."""
        return sha256(self.header()).digest()


def stored(row: tuple[Any, ...]) -> StoredEntry:
    """Return a StoredEntry from a row of :data:`COLUMNS`."""
    return StoredEntry(*row[:-3], *(bytes(value) for value in row[-3:]))


def entries_after(seq: int, *, until: int | None = None) -> Iterator[StoredEntry]:
    """Yield the stored entries after a position, in order, a thousand at a time."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {COLUMNS} FROM audit.ledger_entry"  # noqa: S608 a constant
                " WHERE seq > %s AND (%s::bigint IS NULL OR seq <= %s) ORDER BY seq LIMIT 1000",
                [seq, until, until],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        for row in rows:
            yield stored(row)
        seq = rows[-1][0]
