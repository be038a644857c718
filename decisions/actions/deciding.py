"""The decision itself: one function for every outcome, ending in a signed document."""

from collections.abc import Sequence
from uuid import UUID

from accounts import step_up
from accounts.models import Delegation, StepUp, User
from audit import clock
from audit.acts import Act, action
from decisions import events
from decisions.actions.edits import made_before, present, remember
from decisions.actions.outcomes import (
    ACT_NAME,
    OutcomeWords,
    checked,
    decision_digest,
    overall,
    undecided,
)
from decisions.actions.signing import issue_documents, prepare_documents
from decisions.actions.steps import take
from decisions.models import (
    Approval,
    Condition,
    Decision,
    OutcomeFigure,
    RecommendationOutcome,
    Stage,
    latest_version,
)
from decisions.permissions import can_decide, sitting_of
from decisions.rules import Amended, authority_for


@action
def decide(
    act: Act,
    *,
    decision: Decision,
    outcomes: Sequence[OutcomeWords],
    interests: str,
    words: str = "",
    proof: StepUp | None = None,
    form_key: UUID | None = None,
    by: User,
) -> Approval:
    """Decide a paper, or what of it was deferred, and issue its signed documents.

    Approval, rejection, deferral and noting all go this way. Needs `proof`, a fresh second
    factor for `ACT_NAME` bound to `decision_digest`. Raises NotPermitted, RuleBroken, NoAuthority,
    StepUpRefused or DocumentRefused; whichever it is, nothing but the refusal remains.
    """
    decision = Decision.objects.locked(decision)
    if before := made_before(form_key, Approval):
        return before
    role = can_decide(by, decision).or_refuse().role
    decided = checked(decision, outcomes, interests, by)
    delegation = authority_for(by, decided, clock.today())
    digest = decision_digest(decision=decision, outcomes=outcomes, interests=interests, words=words)
    used = step_up.consume(act, by=by, act_name=ACT_NAME, digest=digest, proof=proof)
    approval = Approval.objects.create(
        decision=decision,
        version=present(latest_version(decision)),
        stage=Stage.DECISION,
        sitting=sitting_of(decision),
        outcome=overall([row.outcome for row in decided]),
        words=words.strip(),
        interests=interests.strip(),
        approved_at=clock.now(),
        approved_by=by,
        role=role,
        delegation=delegation,
        authority=delegation.authority,
        evidence=used.in_words,
    )
    for one, amended in zip(outcomes, decided, strict=True):
        _record_outcome(approval, one, amended)
    remember(form_key, approval)
    _sign(act, approval, delegation)
    return approval


def _record_outcome(approval: Approval, words: OutcomeWords, amended: Amended) -> None:
    made = RecommendationOutcome.objects.create(
        approval=approval,
        recommendation=amended.recommendation,
        outcome=amended.outcome,
        words=words.words.strip(),
        until=words.until,
    )
    if amended.is_granted:
        for figure, amount in amended.sums():
            OutcomeFigure.objects.create(
                outcome=made, figure=figure, amount=amount, up_to=figure.up_to
            )
    for position, condition in enumerate(words.conditions, start=1):
        Condition.objects.create(
            outcome=made,
            position=position,
            text=condition.text.strip(),
            owner=condition.owner,
            due_on=condition.due_on,
        )


def _sign(act: Act, approval: Approval, delegation: Delegation) -> None:
    """Move the decision, lay its documents out, and sign them under the ledger's lock."""
    decision = approval.decision
    change: dict[str, object] = {"has_deferred": bool(undecided(decision))}
    if decision.date_signed is None:
        change["date_signed"] = clock.today()
    take(
        act,
        decision,
        "decide" if approval.sitting == 1 else "decide_deferred",
        event=events.DECISION_SIGNED,
        by=approval.approved_by,
        role=approval.role,
        change=change,
        data={
            "version": approval.version.n,
            "sitting": approval.sitting,
            "outcome": approval.get_outcome_display().lower(),
            "authority": delegation.authority,
            "part_1_digest": approval.version.part_1_digest,
            "part_2_digest": approval.version.part_2_digest,
            "evidence": approval.evidence,
        },
    )
    issue_documents(act, approval, prepare_documents(approval))
