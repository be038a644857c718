"""The decision itself: one function for every outcome, ending in a signed document."""

from collections.abc import Sequence
from uuid import UUID

from accounts import step_up
from accounts.models import Delegation, StepUp, User
from audit import clock
from audit.acts import Act, action
from decisions import events
from decisions.actions.authority import count_use
from decisions.actions.batches import use_item, used_in_words
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
from decisions.actions.succeeding import supersede
from decisions.models import (
    SUMS_DECIDED,
    Approval,
    BatchItem,
    Condition,
    Decision,
    InterestKind,
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
    interests_kind: str = InterestKind.NONE,
    words: str = "",
    proof: StepUp | None = None,
    item: BatchItem | None = None,
    form_key: UUID | None = None,
    by: User,
) -> Approval:
    """Decide a paper, or what of it was deferred, and issue its signed documents.

    Approval, rejection, deferral and noting all go this way. Needs `proof`, a fresh second
    factor for `ACT_NAME` bound to `decision_digest`; or `item`, this paper's place in a batch that
    was confirmed for just this (`confirm_batch`). Raises NotPermitted, RuleBroken, NoAuthority,
    StepUpRefused or DocumentRefused; whichever it is, nothing but the refusal remains.
    """
    decision = Decision.objects.locked(decision)
    if before := made_before(form_key, Approval, of=decision):
        return before
    role = can_decide(by, decision).or_refuse().role
    decided, earlier = checked(decision, outcomes, interests, by, interests_kind)
    delegation = authority_for(by, decided, clock.today(), earlier)
    digest = decision_digest(
        decision=decision,
        outcomes=outcomes,
        interests=interests,
        interests_kind=interests_kind,
        words=words,
    )
    approval = _approval(decision, decided, delegation, by)
    approval.role, approval.words = role, words.strip()
    approval.interests, approval.interests_kind = interests.strip(), interests_kind
    _prove(act, approval, digest, proof, item, by)
    for one, amended in zip(outcomes, decided, strict=True):
        record_outcome(approval, one, amended)
    count_use(approval, decided)
    for prepared in decision.prepared.all():
        prepared.delete()
    remember(form_key, approval)
    _sign(act, approval, delegation, by)
    return approval


def _approval(
    decision: Decision, decided: Sequence[Amended], delegation: Delegation, by: User
) -> Approval:
    """Return the approval at this sitting, not saved yet."""
    return Approval(
        decision=decision,
        version=present(latest_version(decision)),
        stage=Stage.DECISION,
        sitting=sitting_of(decision),
        outcome=overall([row.outcome for row in decided]),
        approved_at=clock.now(),
        approved_by=by,
        delegation=delegation,
        authority=delegation.authority,
    )


def _prove(
    act: Act,
    approval: Approval,
    digest: str,
    proof: StepUp | None,
    item: BatchItem | None,
    by: User,
) -> None:
    """Use up the second factor, or the batch's item, and save the approval that it proves."""
    if item is None:
        used = step_up.consume(act, by=by, act_name=ACT_NAME, digest=digest, proof=proof)
        approval.evidence = used.in_words
        approval.save()
        return
    approval.evidence = used_in_words(item)
    use_item(item, approval, digest, by)


def record_outcome(approval: Approval, words: OutcomeWords, amended: Amended) -> None:
    """Keep what was decided on one recommendation, within the act of its decision."""
    made = RecommendationOutcome.objects.create(
        approval=approval,
        recommendation=amended.recommendation,
        outcome=amended.outcome,
        words=words.words.strip(),
        until=words.until,
    )
    if amended.is_granted:
        _record_sums(made, amended)
    for position, condition in enumerate(words.conditions, start=1):
        Condition.objects.create(
            outcome=made,
            position=position,
            text=condition.text.strip(),
            owner=condition.owner,
            due_on=condition.due_on,
        )


def _record_sums(made: RecommendationOutcome, amended: Amended) -> None:
    for figure, amount in amended.sums():
        kept = made.figures.create(figure=figure, amount=amount, up_to=figure.up_to)
        for year, share in amended.years_of(figure, amount):
            kept.years.create(year_sum=year, amount=share)
    for recipient, share in amended.parts():
        made.recipients.create(recipient=recipient, amount=share)


def _sign(act: Act, approval: Approval, delegation: Delegation, by: User) -> None:
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
        by=by,
        role=approval.role,
        change=change,
        data={
            "version": approval.version.n,
            "sitting": approval.sitting,
            "outcome": approval.get_outcome_display().lower(),
            "outcomes": _outcomes_in_words(approval),
            "authority": delegation.authority,
            "part_1_digest": approval.version.part_1_digest,
            "part_2_digest": approval.version.part_2_digest,
            "evidence": approval.evidence,
        },
    )
    issue_documents(act, approval, prepare_documents(approval))
    supersede(act, approval, by)


def _outcomes_in_words(approval: Approval) -> list[str]:
    """Return each outcome for the audit trail; of Part 2, nothing but that it was given."""
    rows = approval.outcomes.select_related("recommendation").prefetch_related(*SUMS_DECIDED)
    return [f"{row} (Part 2)" if row.recommendation.is_restricted else row.in_words for row in rows]
