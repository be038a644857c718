"""Signed checkpoints: a statement, under Ed25519, that the chain stood at a hash at a position."""

import json
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from audit import clock
from audit.acts import Act, Appended
from audit.canonical import canonical
from audit.chain import GENESIS, entries_after, utc
from audit.keys import CheckpointSigningKey, load_key
from audit.models import Checkpoint, CheckpointKey
from audit.refusals import Refused

FORMAT = "register-checkpoint/1"
LEDGER_LOCK = 7726386  # audit.ledger_entry_chain takes the same


class KeyNotHere(Refused):
    """The key that signs checkpoints is not in its file, so nothing can be signed."""

    def __init__(self, key_id: str) -> None:
        super().__init__(
            f"The key {key_id} that signs the audit trail is not in VAR_DIR/keys.",
            clears="Put its file back, or, if it is lost, run `manage.py rotate_key --lost`.",
        )


class ChainBroken(Refused):
    """The chain since the last checkpoint does not recompute, so nothing is signed over it."""

    def __init__(self, seq: int) -> None:
        super().__init__(
            f"Entry {seq} of the audit trail is not as it was written; nothing can be signed until "
            "this is cleared up.",
            clears="Tell the governance officer, who can have the audit trail verified.",
        )
        self.seq = seq


@dataclass(frozen=True)
class SignedCheckpoint:
    """A checkpoint as it is published and attached to signed documents."""

    seq: int
    hash: bytes
    at: str
    key_id: str
    public_key: bytes
    statement: str
    signature: bytes

    def to_json(self) -> bytes:
        """Return the canonical JSON that is attached to documents (docs/ledger-format.md)."""
        return as_json(self.key_id, self.public_key, self.statement, self.signature).encode()


def as_json(key_id: str, public_key: bytes, statement: str, signature: bytes) -> str:
    """Return a checkpoint as it is published and attached to documents: canonical JSON."""
    return canonical(
        {
            "format": FORMAT,
            "key": key_id,
            "public_key": public_key.hex(),
            "signature": signature.hex(),
            "statement": statement,
        }
    )


def statement_text(*, seq: int, entry_hash: bytes, at: str, key_id: str) -> str:
    """Return the exact text that is signed: five lines, each ended by a line feed."""
    return f"{FORMAT}\nseq={seq}\nhash={entry_hash.hex()}\nat={at}\nkey={key_id}\n"


def succession_text(*, new: str, old: str, at: str) -> str:
    """Return the exact text that both keys sign: four lines, each ended by a line feed."""
    return f"register-key-succession/1\nkey={new}\nprevious={old}\nat={at}\n"


def is_genuine(public_key: bytes, statement: str, signature: bytes) -> bool:
    """Say whether the signature is the key's, over that statement."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, statement.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def sign_checkpoint(act: Act) -> SignedCheckpoint:
    """Append what the act noted, recompute the chain since the last checkpoint, and sign its head.

    The ledger's lock is held from here until the act commits; the checkpoint's row is listed by
    the act's next entry. Raises ChainBroken when a stored entry does not recompute, KeyNotHere
    when the key that signs is not in its file.
    """
    head = act.append_now() if act.has_waiting else locked_head()
    recompute_until(head.seq)
    key = present_key()
    now = clock.now()
    moment = utc(now)
    statement = statement_text(seq=head.seq, entry_hash=head.hash, at=moment, key_id=key.id)
    signature = key.private.sign(statement.encode())
    Checkpoint.objects.create(
        entry_id=head.seq,
        hash=head.hash,
        at=now,
        key_id=key.id,
        statement=statement,
        signature=signature,
    )
    return SignedCheckpoint(
        head.seq, head.hash, moment, key.id, key.public_bytes, statement, signature
    )


def recompute_until(seq: int) -> None:
    """Recompute the chain from the last checkpoint to a position; ChainBroken where it fails."""
    last = Checkpoint.objects.filter(entry_id__lt=seq).order_by("-entry_id").first()
    start, previous = (last.entry_id, bytes(last.hash)) if last else (0, GENESIS)
    expected = start
    for entry in entries_after(start, until=seq):
        expected += 1
        if (
            entry.seq != expected
            or entry.previous_hash != previous
            or entry.computed_hash() != entry.hash
        ):
            raise ChainBroken(expected)
        previous = entry.hash
    if expected != seq:
        raise ChainBroken(expected + 1)


def locked_head() -> Appended:
    """Take the ledger's lock until the act commits, and return the last entry."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LEDGER_LOCK])
        cursor.execute("SELECT seq, hash FROM audit.ledger_entry ORDER BY seq DESC LIMIT 1")
        seq, entry_hash = cursor.fetchone()
    return Appended(seq, bytes(entry_hash))


def present_key_id() -> str:
    """Return the id of the key that signs: the one that no other came after."""
    return CheckpointKey.objects.get(successor__isnull=True).id


def present_key() -> CheckpointSigningKey:
    """Return the key that signs now; KeyNotHere where its file is gone or holds another."""
    key_id = present_key_id()
    key = load_key(key_id)
    if key is None:
        raise KeyNotHere(key_id)
    return key


def parse_checkpoint(data: bytes) -> SignedCheckpoint | None:
    """Return the checkpoint in attached JSON, or None when it is not genuine by its own key."""
    try:
        facts = json.loads(data)
        lines = dict(line.split("=", 1) for line in facts["statement"].splitlines()[1:])
        checkpoint = SignedCheckpoint(
            int(lines["seq"]),
            bytes.fromhex(lines["hash"]),
            lines["at"],
            lines["key"],
            bytes.fromhex(facts["public_key"]),
            facts["statement"],
            bytes.fromhex(facts["signature"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    genuine = is_genuine(checkpoint.public_key, checkpoint.statement, checkpoint.signature)
    return checkpoint if genuine else None
