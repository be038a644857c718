"""Reading Part 2: an act too, written down before the words are shown."""

from accounts.models import User
from audit.acts import Act, action
from decisions import events
from decisions.models import Decision, PaperVersion, latest_version
from decisions.permissions import can_read_part_2


@action
def open_part_2(act: Act, *, decision: Decision, by: User) -> PaperVersion | None:
    """Record that somebody reads Part 2 of a paper; commits before the bytes are shown.

    Returns the version read, None for a draft that has none.
    """
    role = can_read_part_2(by, decision).or_refuse().role
    version = latest_version(decision)
    data = {"version": version.n if version else None}
    act.record(events.PART_2_READ, subject=decision, role=role, data=data)
    return version
