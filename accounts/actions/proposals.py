"""What proposing, approving, declining and ending have in common; each inside an open act."""

from datetime import date, timedelta

from accounts.models.schemes import Proposed
from accounts.refusals import AccountRefused
from audit import clock
from audit.acts import Actor


def approve(thing: Proposed, by: Actor) -> None:
    """Approve a locked proposal; who may was asked before, and the database asks again."""
    thing.approved_at, thing.approved_by_id = clock.now(), by.pk
    thing.save(update_fields=["approved_at", "approved_by"])


def decline(thing: Proposed, reason: str, by: Actor) -> dict[str, object]:
    """Turn a locked proposal down; return what the entry says."""
    if not reason.strip():
        raise AccountRefused("Turning this down needs a reason.", clears="Enter it.")
    thing.declined_at, thing.declined_by_id = clock.now(), by.pk
    thing.declined_reason = reason.strip()
    thing.save(update_fields=["declined_at", "declined_by", "declined_reason"])
    return {"reason": thing.declined_reason}


def end(thing: Proposed, valid_to: date | None) -> dict[str, object]:
    """End what was approved after a day (yesterday, or its first day); return what is said."""
    if not thing.is_approved:
        raise AccountRefused("This is not approved yet.", clears="Take the proposal back instead.")
    last = valid_to or max(thing.valid_from, clock.today() - timedelta(days=1))
    if last < thing.valid_from:
        raise AccountRefused("The last day is before the first.", clears="Change the date.")
    if thing.valid_to is not None and thing.valid_to <= last:
        raise AccountRefused("This has ended already, or will by then.")
    thing.valid_to = last
    thing.save(update_fields=["valid_to"])
    return {"valid_to": last}
