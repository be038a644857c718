"""The chief executive's endorsement, and the ways out: return to draft, withdraw."""

from uuid import UUID

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from decisions import events
from decisions.actions.edits import made_before, present, remember
from decisions.actions.steps import take
from decisions.models import Approval, Decision, Outcome, Stage, latest_version
from decisions.permissions import can_endorse, can_return, can_withdraw
from decisions.rules import has_current_advice, hold


@action
def endorse(
    act: Act, *, decision: Decision, words: str = "", form_key: UUID | None = None, by: User
) -> Approval:
    """Endorse a paper as chief executive: it is frozen, and goes to the decision maker."""
    decision = Decision.objects.locked(decision)
    if before := made_before(form_key, Approval):
        return before
    role = can_endorse(by, decision).or_refuse().role
    hold("DEC-04", holds=has_current_advice(decision))
    version = present(latest_version(decision))
    approval = Approval.objects.create(
        decision=decision,
        version=version,
        stage=Stage.CHIEF_EXECUTIVE,
        outcome=Outcome.APPROVED,
        words=words.strip(),
        approved_at=clock.now(),
        approved_by=by,
        role=role,
    )
    remember(form_key, approval)
    data = {"version": version.n, "part_1_digest": version.part_1_digest}
    take(act, decision, "endorse", event=events.DECISION_ENDORSED, by=by, role=role, data=data)
    return approval


@action
def return_to_draft(
    act: Act, *, decision: Decision, reason: str, form_key: UUID | None = None, by: User
) -> Decision:
    """Return a paper to its officer, with a reason; it keeps its number and its advice."""
    decision = Decision.objects.locked(decision)
    if made_before(form_key, Decision):
        return decision
    role = can_return(by, decision).or_refuse().role
    event = events.DECISION_RETURNED
    take(act, decision, "return_to_draft", event=event, by=by, role=role, reason=reason)
    return remember(form_key, decision)


@action
def withdraw(
    act: Act, *, decision: Decision, reason: str, form_key: UUID | None = None, by: User
) -> Decision:
    """Withdraw a paper for good, with a reason; its number stays used."""
    decision = Decision.objects.locked(decision)
    if made_before(form_key, Decision):
        return decision
    role = can_withdraw(by, decision).or_refuse().role
    event = events.DECISION_WITHDRAWN
    take(act, decision, "withdraw", event=event, by=by, role=role, reason=reason)
    return remember(form_key, decision)
