"""From submission to the chief executive: advice on versions of the paper."""

from uuid import UUID

from accounts.models import AdviceKind, User
from accounts.permissions import acted_as
from audit import clock
from audit.acts import Act, action
from audit.events import Event
from decisions import events
from decisions.actions.edits import made_before, remember
from decisions.actions.notices import tell
from decisions.actions.registry import give_number
from decisions.actions.series import follow_series
from decisions.actions.steps import take
from decisions.actions.versions import (
    look_at_advice,
    look_at_warnings,
    make_version,
    refuse_overtaken,
)
from decisions.models import Advice, Decision, Part, advice_standing, latest_version
from decisions.permissions import can_advise, can_send, can_submit
from decisions.refusals import NotInTurn
from decisions.rules import look
from decisions.workflow import ADVISER


@action
def submit_for_advice(
    act: Act, *, decision: Decision, form_key: UUID | None = None, by: User
) -> Decision:
    """Submit a paper: it gets its number (the first time) and a version for advisers to cover.

    Raises RuleBroken where a rule finds something that is neither put right nor answered.
    """
    decision = Decision.objects.locked(decision)
    if made_before(form_key, Decision, of=decision):
        return decision
    role = can_submit(by, decision).or_refuse().role
    follow_series(decision)
    look_at_warnings(decision).refuse()
    give_number(decision)
    decision.save(update_fields=["number"])
    make_version(decision)
    look_at_advice(decision)
    take(act, decision, "submit_for_advice", event=events.DECISION_SUBMITTED, by=by, role=role)
    return remember(form_key, decision)


@action
def give_advice(
    act: Act,
    *,
    decision: Decision,
    kind: str,
    words: str,
    part: int = Part.PART_1,
    version_shown: int,
    form_key: UUID | None = None,
    by: User,
) -> Advice:
    """Give advice of a kind on the paper as it stands; it replaces what was given before.

    `version_shown` is the version that it is about: the last (DEC-78).
    """
    decision = Decision.objects.locked(decision)
    if before := made_before(form_key, Advice, of=decision):
        return before
    can_advise(by, decision, kind).or_refuse()
    refuse_overtaken(decision, version_shown)
    advice = _advise(act, decision, kind, words, part, by, events.ADVICE_GIVEN)
    return remember(form_key, advice)


@action
def confirm_advice(
    act: Act,
    *,
    decision: Decision,
    kind: str,
    words: str = "",
    part: int | None = None,
    version_shown: int,
    form_key: UUID | None = None,
    by: User,
) -> Advice:
    """Confirm that the advice of a kind still stands for the paper as it was changed.

    Any adviser of that kind may. Without words or part, the advice's own are kept. `version_shown`
    is the version that it is about: the last (DEC-78).
    """
    decision = Decision.objects.locked(decision)
    if before := made_before(form_key, Advice, of=decision):
        return before
    can_advise(by, decision, kind).or_refuse()
    refuse_overtaken(decision, version_shown)
    standing = next((row for row in advice_standing(decision) if row.kind == kind), None)
    if standing is None or standing.advice is None or not standing.needs_confirming:
        label = AdviceKind(kind).label
        raise NotInTurn(f"{label} advice does not need confirming.", clears="Give advice instead.")
    event = events.ADVICE_CONFIRMED
    old = standing.advice
    where = old.part if part is None else part
    said = words or old.words
    advice = _advise(act, decision, kind, said, where, by, event, confirms=old)
    return remember(form_key, advice)


def _advise(
    act: Act,
    decision: Decision,
    kind: str,
    words: str,
    part: int,
    by: User,
    event: Event,
    *,
    confirms: Advice | None = None,
) -> Advice:
    version = latest_version(decision)
    if version is None or not words.strip():
        raise NotInTurn("Advice needs words.", clears="Write the advice, or what it rests on.")
    advice = Advice.objects.create(
        decision=decision,
        version=version,
        kind=kind,
        words=words.strip(),
        part=part,
        given_at=clock.now(),
        given_by=by,
        confirms=confirms,
    )
    look_at_advice(decision)
    tell(decision, by)
    data = {"kind": AdviceKind(kind).label.lower(), "version": version.n}
    role = acted_as(by, ADVISER, advice_kind=kind)
    act.record(event, subject=decision, role=role, data=data)
    return advice


@action
def send_to_chief_executive(
    act: Act, *, decision: Decision, form_key: UUID | None = None, by: User
) -> Decision:
    """Send a paper on, once every kind of advice it needs covers it as it stands."""
    decision = Decision.objects.locked(decision)
    if made_before(form_key, Decision, of=decision):
        return decision
    role = can_send(by, decision).or_refuse().role
    look(decision).refuse()
    name = "send_to_chief_executive"
    change = {"with_stage": decision.series.stages.first()}
    take(act, decision, name, event=events.DECISION_SENT, by=by, role=role, change=change)
    return remember(form_key, decision)
