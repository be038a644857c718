"""The chief executive's endorsement, and the ways out: return to draft, withdraw."""

from uuid import UUID

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from decisions import events
from decisions.actions.edits import made_before, present, remember
from decisions.actions.steps import take
from decisions.actions.versions import refuse_overtaken
from decisions.models import Approval, Decision, Outcome, Stage, latest_version
from decisions.permissions import can_endorse, can_return, can_withdraw
from decisions.rules import has_current_advice, hold, look


@action
def endorse(
    act: Act,
    *,
    decision: Decision,
    words: str = "",
    version_shown: int,
    form_key: UUID | None = None,
    by: User,
) -> Approval:
    """Endorse a paper at its stage: it goes to the next one, or frozen to the decision maker.

    `version_shown` is the version that it is about: the last (DEC-78).
    """
    decision = Decision.objects.locked(decision)
    if before := made_before(form_key, Approval, of=decision):
        return before
    answer = can_endorse(by, decision).or_refuse()
    role = answer.role
    refuse_overtaken(decision, version_shown)
    hold("DEC-04", holds=has_current_advice(decision))
    version = present(latest_version(decision))
    approval = Approval.objects.create(
        decision=decision,
        version=version,
        stage=Stage.CHIEF_EXECUTIVE,
        sitting=present(decision.with_stage).position,
        outcome=Outcome.APPROVED,
        words=words.strip(),
        approved_at=clock.now(),
        approved_by=by,
        role=role,
        authority=answer.deputy,
    )
    look(decision).refuse()
    remember(form_key, approval)
    _go_on(act, approval, by)
    return approval


def _go_on(act: Act, approval: Approval, by: User) -> None:
    """Send an endorsed paper to the next stage of its series, or to the decision maker."""
    decision, version = approval.decision, approval.version
    stage = present(decision.with_stage)
    later = decision.series.stages.filter(position__gt=approval.sitting).first()
    take(
        act,
        decision,
        "endorse_stage" if later else "endorse",
        event=events.DECISION_ENDORSED,
        by=by,
        role=approval.role,
        change={"with_stage": later} if later else None,
        data={
            "stage": stage.title,
            "version": version.n,
            "part_1_digest": version.part_1_digest,
        },
    )


@action
def return_to_draft(
    act: Act, *, decision: Decision, reason: str, form_key: UUID | None = None, by: User
) -> Decision:
    """Return a paper to its officer, with a reason; it keeps its number and its advice."""
    decision = Decision.objects.locked(decision)
    if made_before(form_key, Decision, of=decision):
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
    if made_before(form_key, Decision, of=decision):
        return decision
    role = can_withdraw(by, decision).or_refuse().role
    event = events.DECISION_WITHDRAWN
    take(act, decision, "withdraw", event=event, by=by, role=role, reason=reason)
    return remember(form_key, decision)
