"""Who may act after the signature: answer a revision, discharge a condition, have a document."""

from accounts.handover import now_with
from accounts.models import Role, User
from accounts.permissions import Answer, Permission, held, may, no, yes
from audit import clock
from audit.words import any_of
from decisions.delegated import could_decide, deputise, holds_office
from decisions.models import Condition, Decision, Revision, SignedDocument
from decisions.models.conditions import CONDITIONS
from decisions.models.querysets import roles_of
from decisions.permissions import (
    Person,
    _apart,
    _decides_series,
    _first_no,
    _in_turn,
    _not_aside,
    _not_revoked,
    _own_paper,
    can_draft,
    can_read_part_2,
    can_view,
)


def can_answer_revision(by: Person, revision: Revision) -> Answer:
    """Answer whether somebody may confirm a correction or a release: never whoever proposed it.

    A correction needs the power to decide; a release, another governance officer, the chief
    executive or the decision maker.
    """
    decision = revision.decision
    decider = Role(decision.series.decision_maker_role)
    if revision.is_correction:
        role = _decides_series(by, decision)
        power = could_decide(by, decision)
        other = "Somebody else with the power to decide can."
    else:
        offices = (Role.GOVERNANCE_OFFICER, Role.CHIEF_EXECUTIVE, decider)
        role = power = _holds_one_of(by, decision, *offices)
        other = f"Another {any_of([*dict.fromkeys(one.label.lower() for one in offices)])} can."
    return _first_no(
        _not_answered(revision),
        _in_turn(decision, "correct"),
        _not_revoked(decision),
        role,
        _not_by(by, revision.proposed_by, "proposed it", other),
        _apart(by, decision, "confirm this on"),
        _not_aside(by, decision),
        power,
        role,
    )


def _holds_one_of(by: Person, decision: Decision, *roles: Role) -> Answer:
    """Answer whether somebody holds one of the offices towards a paper, in the first that fits."""
    answer = held(by, *roles)
    towards = [holds_office(by, role, decision) for role in roles]
    return answer and next(
        (one for one in towards if one), holds_office(by, Role(answer.role), decision)
    )


def _not_answered(revision: Revision) -> Answer:
    if getattr(revision, "answer", None) is None:
        return yes()
    return no(f"{revision} has been answered already.")


def can_decline_revision(by: Person, revision: Revision) -> Answer:
    """Answer whether somebody may decline a revision: who may confirm it, or who proposed it."""
    answer = can_answer_revision(by, revision)
    if not answer and isinstance(by, User) and by.pk == revision.proposed_by_id:
        return _first_no(_not_answered(revision), yes(revision.role))
    return answer


def can_discharge(by: Person, condition: Condition) -> Answer:
    """Answer whether somebody may discharge a condition: its owner, or finance or governance."""
    decision = condition.outcome.approval.decision
    in_turn = yes() if decision.is_decided else no(f"{decision.reference} is not decided.")
    office = held(by, Role.GOVERNANCE_OFFICER, Role.FINANCE_OFFICER, Role.CHIEF_FINANCE_OFFICER)
    owner = now_with(condition.owner, CONDITIONS) if condition.owner else None
    if isinstance(by, User) and by == owner:
        office = yes(next(iter(sorted(roles_of(by))), "")) if roles_of(by) else office
    done = getattr(condition, "discharge", None) is not None
    once = no("This condition is discharged already.") if done else yes()
    return _first_no(in_turn, once, office)


def can_record_paper(by: Person) -> Answer:
    """Answer whether somebody may record a decision that was signed elsewhere, on paper."""
    return held(by, Role.ORIGINATING_OFFICER, Role.GOVERNANCE_OFFICER)


def can_read_document(by: Person, document: SignedDocument) -> Answer:
    """Answer whether somebody may have a signed document.

    The public one is for anyone once it is published, the restricted one for readers of Part 2.
    """
    ask = can_read_part_2 if document.is_restricted else can_view
    return ask(by, document.decision)


def can_record_published(by: Person) -> Answer:
    """Answer whether somebody may record a decision as published elsewhere."""
    return may(by, Permission.IMPORT_DECISION)


def can_correct(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may propose a correction of the signed paper."""
    governance = held(by, Role.GOVERNANCE_OFFICER)
    own = _own_paper(by, decision)
    who = governance or own
    return _first_no(_in_turn(decision, "correct"), _not_revoked(decision), who)


def can_release(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may propose that something leaves Part 2."""
    return _first_no(
        _in_turn(decision, "release_part_2"),
        _not_revoked(decision),
        held(by, Role.GOVERNANCE_OFFICER),
    )


def can_succeed(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may begin a decision that varies or supersedes this one."""
    return _first_no(_in_turn(decision, "vary"), _not_revoked(decision), can_draft(by))


def can_transcribe(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may say what was signed on paper."""
    return _first_no(_in_turn(decision, "transcribe"), _own_paper(by, decision))


def can_confirm_transcription(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may confirm what another transcribed, with the scan beside it."""
    turn = _in_turn(decision, "confirm_transcription")
    role = _holds_one_of(by, decision, Role.GOVERNANCE_OFFICER, Role.CHIEF_EXECUTIVE)
    if not turn or not role:
        return _first_no(turn, role)
    last = decision.transcriptions.order_by("-n").first()
    apart = yes()
    if last:
        other = "Another governance officer or chief executive can."
        apart = _not_by(by, last.transcribed_by, "transcribed it", other)
    return _first_no(apart, _apart(by, decision, "confirm"), role)


def can_return_transcription(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may return what was transcribed, to be done anew."""
    turn = _in_turn(decision, "return_transcription")
    office = held(by, Role.GOVERNANCE_OFFICER, Role.CHIEF_EXECUTIVE)
    return _first_no(turn, office or _own_paper(by, decision))


def _not_by(by: Person, who: User, what: str, other: str) -> Answer:
    """Answer whether somebody is neither the person who did something nor deputises for them.

    `other` says who else can act.
    """
    if isinstance(by, User) and by.pk == who.pk:
        return no(f"Whoever {what} does not confirm it.", clears=other)
    if isinstance(by, User) and deputise(by, who, clock.today()):
        reason = f"You and {who.name}, who {what}, deputise one for the other."
        return no(reason, clears=other)
    return yes()
