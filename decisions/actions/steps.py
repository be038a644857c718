"""Taking a step of the way: move the status, leave the row that says who, when and why."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from accounts.models import User
from accounts.permissions import acted_as
from audit import clock
from audit.acts import Act
from audit.events import Event
from decisions import search
from decisions.actions.notices import tell, tell_officer
from decisions.models import Decision, StepTaken
from decisions.rules import gives_reason, hold
from decisions.workflow import Status, step

NEWS = {"decide", "decide_deferred", "publish", "publish_further", "take_down", "revoke"}
NEWS |= {"withdraw"}


def take(
    act: Act,
    decision: Decision,
    name: str,
    *,
    event: Event,
    by: User,
    role: str,
    reason: str = "",
    until: date | None = None,
    in_favour_of: Decision | None = None,
    change: Mapping[str, Any] | None = None,
    data: Mapping[str, Any] | None = None,
) -> StepTaken:
    """Take a step with a locked decision, within an act; permission was asked before.

    `change` are further columns of the decision that the step sets. Raises RuleBroken (DEC-15)
    when the step needs a reason and has none.
    """
    wanted = step(name)
    hold("DEC-15", holds=not wanted.needs_reason or gives_reason(reason))
    old = Status(decision.status)
    new = wanted.target or old
    _move(decision, new, change or {})
    taken = StepTaken.objects.create(
        decision=decision,
        name=name,
        from_status=old,
        to_status=new,
        reason=reason.strip(),
        until=until,
        in_favour_of=in_favour_of,
        taken_at=clock.now(),
        taken_by=by,
        role=role,
    )
    search.reindex(decision)
    tell(decision, by)
    if name in NEWS:
        tell_officer(decision, wanted.done.lower(), by)
    facts = {"old": old.value, "new": new.value, "reason": reason.strip(), **(data or {})}
    act.record(event, subject=decision, role=acted_as(by, role), data=facts)
    return taken


def _move(decision: Decision, new: Status, change: Mapping[str, Any]) -> None:
    values = dict(change)
    if new != decision.status:
        values |= {"status": new, "status_since": clock.now()}
        if new != Status.WITH_CHIEF_EXECUTIVE:
            values["with_stage"] = None
    for name, value in values.items():
        setattr(decision, name, value)
    if values:
        decision.save(update_fields=list(values))
