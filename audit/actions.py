"""What people do with the audit trail itself."""

from audit import clock
from audit.acts import Act, Actor, action
from audit.chain import utc
from audit.checkpoints import (
    SignedCheckpoint,
    locked_head,
    present_key_id,
    sign_checkpoint,
    succession_text,
)
from audit.events import CHECKPOINT_SIGNED, KEY_ROTATED, LEDGER_VERIFIED
from audit.findings import Report
from audit.keys import create_next_key, load_key
from audit.models import CheckpointKey, CheckpointSuccession
from audit.refusals import Refused


@action
def record_verification(act: Act, *, by: Actor, report: Report) -> None:
    """Note on the audit trail that somebody verified it, and what came of it."""
    count = len(report.failures)
    outcome = "all as written" if report.ok else f"{count} difference{'s' if count != 1 else ''}"
    data = {"outcome": outcome, "entries": report.entries, "head": report.head}
    act.record(LEDGER_VERIFIED, data=data)


@action
def checkpoint(act: Act, *, by: Actor) -> SignedCheckpoint:
    """Sign the head of the audit trail, once the chain since the last checkpoint was recomputed.

    Raises ChainBroken or KeyNotHere, and nothing is signed then.
    """
    signed = sign_checkpoint(act)
    act.record(CHECKPOINT_SIGNED, data={"checkpoint": signed.seq, "key": signed.key_id})
    return signed


@action
def rotate_key(act: Act, *, reason: str, is_lost: bool, by: Actor) -> CheckpointKey:
    """Put a new key in place of the one that signs checkpoints, and sign the head with it.

    Both keys sign that the one comes after the other; a key that `is_lost` cannot. Raises Refused
    without a reason, where a key that is there is called lost, or the reverse.
    """
    if not reason.strip():
        raise Refused("Say why the key is put out of use.", clears="Give a reason.")
    locked_head()
    old = load_key(present_key_id())
    if (old is None) is not is_lost:
        raise Refused(
            f"The key {present_key_id()} is {'not ' if old is None else ''}in VAR_DIR/keys.",
            clears="Use --lost when it is gone for good, and only then.",
        )
    new = create_next_key()
    previous = CheckpointKey.objects.get(id=present_key_id())
    key = CheckpointKey.objects.create(id=new.id, public_key=new.public_bytes)
    statement = succession_text(new=new.id, old=previous.id, at=utc(clock.now()))
    CheckpointSuccession.objects.create(
        key=key,
        previous=previous,
        statement=statement,
        signature=new.private.sign(statement.encode()),
        previous_signature=old.private.sign(statement.encode()) if old else None,
        reason=reason.strip(),
    )
    data = {"old": previous.id, "new": new.id, "reason": reason.strip(), "is_lost": is_lost}
    act.record(KEY_ROTATED, data=data)
    signed = sign_checkpoint(act)
    act.record(CHECKPOINT_SIGNED, data={"checkpoint": signed.seq, "key": signed.key_id})
    return key
