"""Reading Part 2: an act too, written down before the words are shown."""

from accounts.models import User
from audit.acts import Act, Actor, action
from decisions import events
from decisions.models import Decision, PaperVersion, SignedDocument, latest_version
from decisions.permissions import can_read_part_2


@action
def open_part_2(
    act: Act, *, decision: Decision, document: SignedDocument | None = None, by: User
) -> PaperVersion | None:
    """Record that somebody reads Part 2 of a paper; commits before the bytes are shown.

    With `document`, it is read in that restricted document. Returns the version read, None for a
    draft that has none.
    """
    role = can_read_part_2(by, decision).or_refuse().role
    version = document.version if document else latest_version(decision)
    record_reading(act, decision, version, document, role)
    return version


@action
def hand_out_part_2(act: Act, *, document: SignedDocument, by: Actor) -> SignedDocument:
    """Record that the register itself writes a restricted document to a file, at a command."""
    record_reading(act, document.decision, document.version, document, by.ledger_role)
    return document


def record_reading(
    act: Act,
    decision: Decision,
    version: PaperVersion | None,
    document: SignedDocument | None,
    role: str,
) -> None:
    """Write down within an act that Part 2 is read."""
    data = {"version": version.n if version else None}
    if document:
        data["document"] = document.n
    act.record(events.PART_2_READ, subject=decision, role=role, data=data)
