"""Several papers, each decided by itself, signed under one second factor as a named batch.

A paper is prepared (`prepare_decision`), the batch is confirmed (`confirm_batch`), and then each
paper is signed in an act of its own (`decide` with its `item`). The one second factor is bound to
the digests of all, used up when the batch is confirmed, and signs each of them at most once.
See docs/adr/0007-one-proof-for-a-batch.md.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from accounts import step_up
from accounts.models import StepUp, User
from accounts.refusals import StepUpRefused
from audit import clock
from audit.acts import Act, action
from audit.canonical import canonical
from decisions import events
from decisions.actions.edits import made_before, present, remember
from decisions.actions.outcomes import (
    ConditionWords,
    OutcomeWords,
    checked,
    decision_digest,
    sums_kept,
    sums_of,
    undecided,
)
from decisions.models import (
    BATCH_LASTS,
    Approval,
    Batch,
    BatchItem,
    BatchUse,
    Decision,
    InterestKind,
    PreparedDecision,
    latest_version,
)
from decisions.permissions import can_decide
from decisions.refusals import DecisionRefused
from decisions.rules import authority_for, hold, is_as_confirmed, is_as_shown

SIGN_BATCH = "decisions.sign_batch"
MOST_IN_BATCH = 12
ASK_AGAIN = "Read what is left, and confirm it with a new second factor."


@action
def prepare_decision(
    act: Act,
    *,
    decision: Decision,
    outcomes: Sequence[OutcomeWords],
    interests: str,
    interests_kind: str = InterestKind.NONE,
    words: str = "",
    shown: str,
    by: User,
) -> PreparedDecision:
    """Keep what somebody means to decide on a paper, to be signed in a batch; no effect till then.

    Held to the same rules as the decision itself. `shown` is the digest (`decision_digest`) of what
    the page showed (DEC-78). One prepared before is replaced.
    """
    decision = Decision.objects.locked(decision)
    role = can_decide(by, decision).or_refuse().role
    decided, earlier = checked(decision, outcomes, interests, by, interests_kind)
    authority_for(by, decided, clock.today(), earlier)
    digest = decision_digest(
        decision=decision,
        outcomes=outcomes,
        interests=interests,
        interests_kind=interests_kind,
        words=words,
    )
    hold("DEC-78", holds=is_as_shown(shown, digest))
    facts = {
        "outcomes": [_kept(one) for one in outcomes],
        "interests": interests,
        "interests_kind": str(interests_kind),
        "words": words,
    }
    prepared = decision.prepared.filter(person=by).first() or PreparedDecision(
        decision=decision, person=by
    )
    prepared.version = present(latest_version(decision))
    prepared.facts, prepared.digest = canonical(facts), digest
    prepared.made_at = clock.now()
    prepared.save()
    act.record(events.DECISION_PREPARED, subject=decision, role=role, data={"digest": digest})
    return prepared


@action
def give_up_prepared(act: Act, *, prepared: PreparedDecision, by: User) -> Decision:
    """Give up a prepared decision of one's own; the paper waits as before."""
    decision = Decision.objects.locked(prepared.decision)
    own = present(decision.prepared.filter(pk=prepared.pk, person=by).first())
    own.delete()
    act.record(events.PREPARED_GIVEN_UP, subject=decision)
    return decision


def prepared_facts(prepared: PreparedDecision) -> dict[str, Any]:
    """Return what was prepared, as `decide` takes it: the paper, outcomes, interests, words.

    Raises NotOfThisPaper when a recommendation is not there (or decided) any more.
    """
    facts = json.loads(prepared.facts)
    rows = {row.pk: row for row in undecided(prepared.decision)}
    return {
        "decision": prepared.decision,
        "outcomes": [_outcome(one, rows) for one in facts["outcomes"]],
        "interests": facts["interests"],
        "interests_kind": facts["interests_kind"],
        "words": facts["words"],
    }


def batch_digest(*, name: str, prepared: Sequence[PreparedDecision]) -> str:
    """Return the SHA-256 (hex) of a batch: what its second factor is bound to.

    Each item's own digest is made anew from the paper as it stands and the facts as they are kept.
    """
    items = [[one.decision.reference, _digest_now(one)] for one in prepared]
    facts = {"act": SIGN_BATCH, "name": name.strip(), "items": items}
    return sha256(canonical(facts).encode()).hexdigest()


@action
def confirm_batch(
    act: Act,
    *,
    name: str,
    prepared: Sequence[PreparedDecision],
    proof: StepUp | None = None,
    form_key: UUID | None = None,
    by: User,
) -> Batch:
    """Confirm a named batch of one's own prepared decisions with one fresh second factor.

    Signs nothing: for ten minutes each paper can be signed with its item (`decide`), once. Raises
    StepUpRefused, RuleBroken or NotOfThisPaper.
    """
    if before := made_before(form_key, Batch):
        return before
    own = [_still_there(one, by) for one in prepared]
    if not name.strip() or not 0 < len(own) <= MOST_IN_BATCH:
        raise DecisionRefused(f"A batch has a name and between one and {MOST_IN_BATCH} papers.")
    for one in own:
        hold("DEC-49", holds=is_as_confirmed(one.digest, _digest_now(one)))
    digest = batch_digest(name=name, prepared=own)
    used = step_up.consume(act, by=by, act_name=SIGN_BATCH, digest=digest, proof=proof)
    batch = Batch.objects.create(
        name=name.strip(), person=by, step_up=used, digest=digest, made_at=clock.now()
    )
    for position, one in enumerate(own, start=1):
        BatchItem.objects.create(
            batch=batch, position=position, decision=one.decision, digest=one.digest
        )
    remember(form_key, batch)
    papers = {one.decision.reference: one.digest for one in own}
    data = {"digest": digest, "papers": papers, "evidence": used.in_words}
    act.record(events.BATCH_CONFIRMED, subject=batch, data=data)
    return batch


def use_item(item: BatchItem, approval: Approval, digest: str, by: User) -> BatchUse:
    """Save an approval on the strength of a batch's item, and use the item up.

    Raises StepUpRefused when the batch is another person's or older than ten minutes, or the item
    was used; RuleBroken (DEC-49) when what is decided is not what was confirmed.
    """
    item = BatchItem.objects.select_related("batch").get(pk=item.pk)
    if item.batch.person_id != by.pk or item.decision_id != approval.decision_id:
        raise StepUpRefused("The batch was confirmed for something else.", clears=ASK_AGAIN)
    if BatchUse.objects.filter(item=item).exists():
        raise StepUpRefused("This paper of the batch was signed already.", clears=ASK_AGAIN)
    if not timedelta(0) <= approval.approved_at - item.batch.made_at <= BATCH_LASTS:
        raise StepUpRefused("The batch was confirmed over ten minutes ago.", clears=ASK_AGAIN)
    hold("DEC-49", holds=is_as_confirmed(item.digest, digest))
    approval.save()
    return BatchUse.objects.create(item=item, approval=approval, made_at=approval.approved_at)


def used_in_words(item: BatchItem) -> str:
    """Return the evidence line of an approval signed in a batch (under 200 characters)."""
    batch = item.batch
    of = batch.items.count()
    return f"{batch.step_up.in_words}, batch {batch.pk}, paper {item.position} of {of}"


def _still_there(prepared: PreparedDecision, by: User) -> PreparedDecision:
    """Return a prepared decision of one's own, its paper locked; refuse when it is gone."""
    decision = Decision.objects.locked(prepared.decision)
    return present(decision.prepared.filter(pk=prepared.pk, person=by).first())


def _digest_now(prepared: PreparedDecision) -> str:
    return decision_digest(**prepared_facts(prepared))


def _kept(one: OutcomeWords) -> dict[str, object]:
    return {
        "recommendation": one.recommendation.pk,
        "outcome": str(one.outcome),
        "words": one.words,
        "figures": sums_kept(one.figures),
        **one.shares(),
        "conditions": [
            {"text": row.text, "owner": row.owner.pk if row.owner else None, "due_on": row.due_on}
            for row in one.conditions
        ],
        "until": one.until,
    }


def _outcome(kept: Mapping[str, Any], rows: Mapping[int, Any]) -> OutcomeWords:
    return OutcomeWords(
        recommendation=present(rows.get(kept["recommendation"])),
        outcome=kept["outcome"],
        words=kept["words"],
        figures=sums_of(kept, "figures"),
        recipients=sums_of(kept, "recipients"),
        years=sums_of(kept, "years"),
        conditions=[_condition(row) for row in kept["conditions"]],
        until=_day(kept["until"]),
    )


def _condition(kept: Mapping[str, Any]) -> ConditionWords:
    owner = User.objects.filter(pk=kept["owner"]).first() if kept["owner"] else None
    return ConditionWords(kept["text"], owner, _day(kept["due_on"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
