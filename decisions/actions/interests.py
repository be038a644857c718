"""Standing aside from a paper because of a prejudicial interest."""

from uuid import UUID

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from decisions import events
from decisions.actions.edits import made_before, present, remember
from decisions.models import Decision, Stage, StandingAside, latest_version
from decisions.permissions import can_stand_aside
from decisions.rules import hold, says_what_interest
from decisions.workflow import Status


@action
def stand_aside(
    act: Act, *, decision: Decision, words: str, form_key: UUID | None = None, by: User
) -> StandingAside:
    """Stand aside from a paper for good; it then waits for another holder of the power.

    `words` say what the interest is; they are printed in the signed document. What was prepared
    for signing is given up. Raises NotPermitted or RuleBroken (DEC-48).
    """
    decision = Decision.objects.locked(decision)
    if before := made_before(form_key, StandingAside, of=decision):
        return before
    role = can_stand_aside(by, decision).or_refuse().role
    hold("DEC-48", holds=says_what_interest(words))
    is_endorsing = decision.status == Status.WITH_CHIEF_EXECUTIVE
    aside = StandingAside.objects.create(
        decision=decision,
        version=present(latest_version(decision)),
        person=by,
        stage=Stage.CHIEF_EXECUTIVE if is_endorsing else Stage.DECISION,
        role=role,
        words=words.strip(),
        made_at=clock.now(),
    )
    for prepared in decision.prepared.filter(person=by):
        prepared.delete()
    remember(form_key, aside)
    data = {"stage": aside.stage, "version": aside.version.n, "words": aside.words}
    act.record(events.STOOD_ASIDE, subject=decision, role=role, data=data)
    return aside
