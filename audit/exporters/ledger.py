"""The ledger as JSON Lines, for somebody who checks it elsewhere (docs/ledger-format.md).

Line 1 says what it is; then each entry in order, the digests of the rows it lists together and each
checkpoint after the entry.
"""

from collections.abc import Iterator

from audit.canonical import canonical
from audit.chain import StoredEntry, entries_after
from audit.models import Checkpoint, LedgerBatch, LedgerPayload, Register
from audit.refusals import Refused
from audit.snapshot import snapshot

FORMAT = "register-export/1"
BATCH = 500


def export_lines() -> Iterator[str]:
    """Yield the lines of an export, one consistent snapshot; Refused before the register starts."""
    with snapshot():
        register = Register.objects.first()
        if register is None:
            raise Refused("There is nothing to export: the register has not been started.")
        yield canonical({"format": FORMAT, "body": register.body, "mode": register.mode}) + "\n"
        batch: list[StoredEntry] = []
        for entry in entries_after(0):
            batch.append(entry)
            if len(batch) == BATCH:
                yield from _lines(batch)
                batch = []
        yield from _lines(batch)


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
