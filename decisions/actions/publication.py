"""After the signature: publish, defer, take down, revoke."""

from datetime import date
from hashlib import sha256
from uuid import UUID

from accounts import step_up
from accounts.models import StepUp, User
from audit import clock
from audit.acts import Act, action
from audit.canonical import canonical
from decisions import events
from decisions.actions.edits import made_before, present, remember
from decisions.actions.steps import take
from decisions.models import Decision, latest_version
from decisions.permissions import (
    can_defer_publication,
    can_publish,
    can_revoke,
    can_take_down,
    sitting_of,
)
from decisions.rules import defers_ahead, hold

REVOKE = "decisions.revoke"


@action
def publish(act: Act, *, decision: Decision, form_key: UUID | None = None, by: User) -> Decision:
    """Publish a signed decision: anyone may read its Part 1. A deferral ends with it.

    Of one that is published already, what was signed further since. One that was published
    elsewhere is only put back, and keeps the days that were printed.
    """
    decision = Decision.objects.locked(decision)
    if made_before(form_key, Decision, of=decision):
        return decision
    role = can_publish(by, decision).or_refuse().role
    change = {
        "date_published": decision.date_published or _first_published(decision),
        "publication_deferred_until": None,
        "publication_deferred_reason": "",
    }
    name, event = "publish", events.DECISION_PUBLISHED
    if decision.is_published:
        name, event = "publish_further", events.DECISION_PUBLISHED_FURTHER
    take(act, decision, name, event=event, by=by, role=role, change=change)
    return remember(form_key, decision)


def _first_published(decision: Decision) -> date | None:
    return None if decision.is_from_elsewhere else clock.today()


@action
def defer_publication(
    act: Act,
    *,
    decision: Decision,
    reason: str,
    until: date,
    form_key: UUID | None = None,
    by: User,
) -> Decision:
    """Defer the publication of what is signed until a day (inclusive), for a reason."""
    decision = Decision.objects.locked(decision)
    if made_before(form_key, Decision, of=decision):
        return decision
    role = can_defer_publication(by, decision).or_refuse().role
    hold("DEC-14", holds=defers_ahead(until, clock.today()))
    take(
        act,
        decision,
        "defer_publication",
        event=events.PUBLICATION_DEFERRED,
        by=by,
        role=role,
        reason=reason,
        until=until,
        change={
            "publication_deferred_until": until,
            "publication_deferred_reason": reason.strip(),
        },
        data={"until": until},
    )
    return remember(form_key, decision)


@action
def take_down(
    act: Act, *, decision: Decision, reason: str, form_key: UUID | None = None, by: User
) -> Decision:
    """Take a decision down from the public register; it stays in force, and can be put back."""
    decision = Decision.objects.locked(decision)
    if made_before(form_key, Decision, of=decision):
        return decision
    role = can_take_down(by, decision).or_refuse().role
    event = events.DECISION_TAKEN_DOWN
    take(act, decision, "take_down", event=event, by=by, role=role, reason=reason)
    return remember(form_key, decision)


def revocation_digest(
    *, decision: Decision, reason: str, in_favour_of: Decision | None = None
) -> str:
    """Return the SHA-256 (hex) of what is revoked and why: what a second factor is bound to.

    It covers the version's digests and what was signed of it, so that a proof is worth nothing for
    another text.
    """
    version = present(latest_version(decision))
    facts = {
        "act": REVOKE,
        "reference": decision.reference,
        "version": version.n,
        "part_1_digest": version.part_1_digest,
        "part_2_digest": version.part_2_digest,
        "sitting": sitting_of(decision),
        "reason": reason.strip(),
        "in_favour_of": in_favour_of.reference if in_favour_of else None,
    }
    return sha256(canonical(facts).encode()).hexdigest()


@action
def revoke(
    act: Act,
    *,
    decision: Decision,
    reason: str,
    in_favour_of: Decision | None = None,
    proof: StepUp | None = None,
    form_key: UUID | None = None,
    by: User,
) -> Decision:
    """Revoke a decision, or supersede it by another that is signed; its record stays as it is.

    Needs `proof`, a fresh second factor for `REVOKE` bound to `revocation_digest`. Raises
    NotPermitted, RuleBroken or StepUpRefused.
    """
    decision = Decision.objects.locked(decision)
    if made_before(form_key, Decision, of=decision):
        return decision
    role = can_revoke(by, decision).or_refuse().role
    digest = revocation_digest(decision=decision, reason=reason, in_favour_of=in_favour_of)
    used = step_up.consume(act, by=by, act_name=REVOKE, digest=digest, proof=proof)
    take(
        act,
        decision,
        "revoke",
        event=events.DECISION_REVOKED,
        by=by,
        role=role,
        reason=reason,
        in_favour_of=in_favour_of,
        change={"revoked_on": clock.today()},
        data={
            "in_favour_of": in_favour_of.reference if in_favour_of else None,
            "evidence": used.in_words,
        },
    )
    return remember(form_key, decision)
