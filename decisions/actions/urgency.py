"""Urgent papers: they go before others, and no check is spared by it."""

from accounts.models import User
from audit.acts import Act, action
from decisions import events
from decisions.actions.edits import change
from decisions.models import Decision
from decisions.permissions import can_mark_urgent
from decisions.rules import gives_reason, hold


@action
def mark_urgent(act: Act, *, decision: Decision, reason: str, by: User) -> Decision:
    """Put a paper before others in every queue, for a reason that all who act on it see."""
    decision = Decision.objects.locked(decision)
    role = can_mark_urgent(by, decision).or_refuse().role
    hold("DEC-15", holds=gives_reason(reason))
    if change(decision, {"urgent_reason": reason.strip()}):
        facts = {"reason": reason.strip()}
        act.record(events.DECISION_URGENT, subject=decision, role=role, data=facts)
    return decision


@action
def end_urgency(act: Act, *, decision: Decision, by: User) -> Decision:
    """Let a paper wait its turn again."""
    decision = Decision.objects.locked(decision)
    role = can_mark_urgent(by, decision).or_refuse().role
    if change(decision, {"urgent_reason": ""}):
        act.record(events.DECISION_NOT_URGENT, subject=decision, role=role)
    return decision
