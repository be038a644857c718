"""What the register publishes so that anybody can hold an export against it."""

from collections.abc import Iterator
from typing import Any

from audit.canonical import canonical
from audit.checkpoints import as_json
from audit.models import Checkpoint, CheckpointKey, CheckpointSuccession

KEYS = "register-keys/1"


def published_checkpoints() -> Iterator[str]:
    """Yield each checkpoint, oldest first, as it is attached to documents, one a line."""
    for one in Checkpoint.objects.select_related("key").order_by("entry_id").iterator():
        public, signature = bytes(one.key.public_key), bytes(one.signature)
        yield as_json(one.key_id, public, one.statement, signature) + "\n"


def published_keys() -> str:
    """Return every key that ever signed checkpoints, the first one first, and how each came."""
    successions = {one.key_id: one for one in CheckpointSuccession.objects.all()}
    after = {one.previous_id: one.key_id for one in successions.values()}
    keys = {one.id: one for one in CheckpointKey.objects.all()}
    present: str | None = next(iter(keys.keys() - successions.keys()), None)
    listed = []
    while present is not None:
        listed.append(_key(keys[present], successions.get(present)))
        present = after.get(present)
    return canonical({"format": KEYS, "keys": listed}) + "\n"


def _key(key: CheckpointKey, succession: CheckpointSuccession | None) -> dict[str, Any]:
    facts: dict[str, Any] = {"key": key.id, "public_key": bytes(key.public_key).hex()}
    if succession is not None:
        before = succession.previous_signature
        facts["succession"] = {
            "statement": succession.statement,
            "signature": bytes(succession.signature).hex(),
            "previous_signature": bytes(before).hex() if before is not None else None,
            "reason": succession.reason,
        }
    return facts
