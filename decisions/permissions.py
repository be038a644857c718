"""Who may do what to a decision, and if not, why and who can clear the way.

Each answer looks at the role, at whose paper it is and at the step's place in `workflow.STEPS`.
What the paper must hold is asked of `rules`.
"""

from django.contrib.auth.models import AnonymousUser

from accounts.models import AdviceKind, Role, User
from accounts.permissions import Answer, Permission, held, may, no, yes
from audit import clock
from audit.acts import Automatic
from decisions.delegated import (
    aside_from,
    could_decide,
    delegations_of,
    has_delegation,
    holds_office,
    maker_of,
)
from decisions.models import Decision, Stage, latest_version
from decisions.models.querysets import EVERY_DRAFT, NO_PAPERS, roles_of
from decisions.workflow import Source, Status, step

ASK_SERIES = "The governance officer sets who endorses and who decides."
Person = User | AnonymousUser | Automatic


def _in_turn(decision: Decision, name: str) -> Answer:
    """Answer whether the decision stands where the step starts."""
    wanted = step(name)
    if decision.source not in wanted.applies_to:
        return no(
            {
                Source.ELSEWHERE: f"{decision.reference} was decided elsewhere and is only "
                "recorded here.",
                Source.PAPER: f"{decision.reference} was signed on paper.",
                Source.HERE: f"{decision.reference} is decided in this register.",
            }[Source(decision.source)]
        )
    if decision.status in wanted.sources:
        return yes()
    stands = Status(decision.status).label
    at = " or ".join(f"“{Status(status).label}”" for status in wanted.sources)
    return no(
        f"{decision.reference} is marked “{stands}”: “{wanted.label}” is for those marked {at}.",
        clears=_who_moves(decision),
    )


def _who_moves(decision: Decision) -> str:
    return {
        Status.DRAFT: "Its originating officer can submit it.",
        Status.IN_ADVICE: "Its originating officer can send it on or return it to draft.",
        Status.WITH_CHIEF_EXECUTIVE: "The chief executive can endorse it or return it to draft.",
        Status.AWAITING_DECISION: "The decision maker can decide it or return it to draft.",
        Status.TRANSCRIBED: "Another person can confirm it or return it.",
        Status.SIGNED: "A new decision can vary or supersede it.",
        Status.PUBLISHED: "A new decision can vary or supersede it.",
        Status.WITHDRAWN: "A new paper can resubmit it.",
    }[Status(decision.status)]


def _is_officer_of(by: Person, decision: Decision) -> bool:
    return isinstance(by, User) and by.pk == decision.originating_officer_id


def _own_paper(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody is the originating officer of this very paper."""
    keepers = [Role.GOVERNANCE_OFFICER] if decision.is_signed_on_paper else []
    answer = held(by, Role.ORIGINATING_OFFICER, *keepers)
    if answer and not _is_officer_of(by, decision):
        officer = decision.originating_officer.name
        return no(
            f"{decision.reference} is {officer}’s paper.",
            clears=f"{officer} or a governance officer can hand it over.",
        )
    return answer


def _first_no(*answers: Answer) -> Answer:
    """Return the first answer that is no, else the last."""
    return next((answer for answer in answers if not answer), answers[-1])


def can_view(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may see Part 1 of a decision (the twin of `visible_to`)."""
    if decision.is_published:
        return yes()
    refused = no("There is no such decision in the public register.")
    if not isinstance(by, User):
        return refused
    roles = roles_of(by)
    never_submitted = decision.number is None and decision.status in (
        Status.DRAFT,
        Status.WITHDRAWN,
    )
    if roles & EVERY_DRAFT:
        return yes()
    if not roles - NO_PAPERS or (never_submitted and not _is_officer_of(by, decision)):
        return refused
    return yes()


def can_read_part_2(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may read the restricted part; each reading is recorded."""
    if _is_officer_of(by, decision) and held(by, Role.ORIGINATING_OFFICER):
        return yes(Role.ORIGINATING_OFFICER)
    answer = may(by, Permission.VIEW_PART_2)
    if answer:
        return _first_no(can_view(by, decision), answer)
    return no(
        "Part 2 is restricted to the paper’s officer, advisers, chief executive, decision maker, "
        "private office, governance officers and auditors.",
        clears="The governance officer can tell you what may be released.",
    )


def can_draft(by: Person) -> Answer:
    """Answer whether somebody may begin a paper."""
    return may(by, Permission.DRAFT_DECISION)


def can_copy(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may begin a paper from this one, as from a template."""
    return _first_no(can_view(by, decision), can_draft(by))


def can_edit(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may change the words of the paper."""
    return _first_no(_in_turn(decision, "edit"), _own_paper(by, decision))


def can_hand_over(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may give the paper to another originating officer."""
    answer = held(by, Role.GOVERNANCE_OFFICER)
    return _first_no(_in_turn(decision, "edit"), answer or _own_paper(by, decision))


def can_submit(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may submit the paper for advice."""
    return _first_no(_in_turn(decision, "submit_for_advice"), _own_paper(by, decision))


def can_advise(by: Person, decision: Decision, kind: str) -> Answer:
    """Answer whether somebody may give, or confirm, advice of a kind on the paper."""
    turn = _in_turn(decision, "give_advice")
    if not turn:
        return turn
    answer = held(by, *_advising_offices(decision, kind)) or held(by, Role.ADVISER)
    if not answer or not isinstance(by, User):
        return answer
    label = AdviceKind(kind).label.lower()
    if answer.role == Role.ADVISER and kind not in by.advice_kinds_on(clock.today()):
        return no(f"You do not give {label} advice.", clears=f"Ask an adviser for {label} advice.")
    if decision.was_prepared_by(by):
        return no("Whoever prepared a paper does not advise on it.", clears="Another adviser can.")
    return answer


def _advising_offices(decision: Decision, kind: str) -> list[Role]:
    """Return the offices that give a kind of advice in the series besides its advisers."""
    givers = decision.series.advice_givers.filter(kind=kind)
    return [Role(role) for role in givers.values_list("role", flat=True)]


def _advised(decision: Decision) -> Answer:
    """Answer whether all advice is given and covers the paper as it stands."""
    if not decision.advice_needed:
        return yes()
    kinds = " and ".join(AdviceKind(kind).label.lower() for kind in decision.advice_needed)
    who = "adviser gives" if len(decision.advice_needed) == 1 else "advisers give"
    return no(f"Awaiting {kinds} advice, or its confirmation.", clears=f"The {kinds} {who} it.")


def can_send(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may send the paper to the chief executive."""
    turn, own = _in_turn(decision, "send_to_chief_executive"), _own_paper(by, decision)
    return _first_no(turn, own, _advised(decision), own)


def _apart(by: Person, decision: Decision, act: str = "approve") -> Answer:
    """Answer whether somebody neither prepared the paper nor advised on it (DEC-05)."""
    if isinstance(by, User) and decision.was_prepared_by(by):
        reason = f"Whoever prepared a paper does not {act} it."
    elif isinstance(by, User) and decision.was_advised_on_by(by):
        reason = f"Whoever advised on a paper does not {act} it."
    else:
        return yes()
    return no(reason, clears="Somebody else must decide.")


def _endorsed_by_another(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody did not endorse the paper themselves, in whatever office."""
    if isinstance(by, User) and decision.was_endorsed_by(by):
        reason = "Whoever endorsed a paper does not decide it."
        return no(reason, clears="Somebody else must decide.")
    return yes()


def can_endorse(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may endorse the paper as chief executive."""
    turn = _in_turn(decision, "endorse")
    role = _holds_stage(by, decision)
    aside = _not_aside(by, decision)
    other = _endorses_once(by, decision)
    return _first_no(turn, role, _apart(by, decision), aside, other, _advised(decision), role)


def _endorses_once(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody endorsed the paper at no other stage, as it now stands."""
    version, stage = latest_version(decision), decision.with_stage
    if not isinstance(by, User) or stage is None:
        return yes()
    given = decision.approvals.filter(stage=Stage.CHIEF_EXECUTIVE, version=version, approved_by=by)
    if given.exclude(sitting=stage.position).exists():
        reason = "Whoever endorsed a paper at one stage does not endorse it at another."
        return no(reason, clears="Somebody else must endorse it.")
    return yes()


def _not_aside(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody did not stand aside from the paper (DEC-46)."""
    if not isinstance(by, User) or by.pk not in aside_from(decision):
        return yes()
    return no(
        "You stood aside from this paper because of an interest.",
        clears="Another holder of the power must act.",
    )


def can_stand_aside(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody, on whom the paper waits, may stand aside from it."""
    turn = _in_turn(decision, "stand_aside")
    if turn and decision.is_decided and not decision.has_deferred:
        return no(f"Nothing of {decision.reference} is left to decide.")
    is_endorsing = decision.status == Status.WITH_CHIEF_EXECUTIVE
    role = (_holds_stage if is_endorsing else _decides_series)(by, decision)
    return _first_no(turn, _not_revoked(decision), role, _not_aside(by, decision), role)


def _holds_stage(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may act at the stage of endorsement that the paper is at."""
    stage = decision.with_stage
    answer = holds_office(by, Role(stage.role) if stage else Role.CHIEF_EXECUTIVE, decision)
    named = stage.officer if stage else None
    if named and named.pk in aside_from(decision):
        named = None  # then any other holder of the office
    if stage and named and isinstance(by, User) and by.pk != stage.officer_id:
        return no(f"{stage.officer} endorses papers at this stage.", clears=ASK_SERIES)
    return answer


def _decides_series(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody is the decision maker of the series, or deputises for them today."""
    maker = maker_of(decision)
    answer = holds_office(by, Role(decision.series.decision_maker_role), decision)
    if not answer or not maker or not isinstance(by, User) or by.pk == maker.pk:
        return answer
    if not delegations_of(by, decision, clock.today()):
        return no(f"{maker} decides papers of {decision.series}.", clears=ASK_SERIES)
    return answer


def can_mark_urgent(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may put the paper before others, or let it wait its turn again."""
    past = decision.is_decided or decision.status == Status.WITHDRAWN
    if past or decision.is_signed_on_paper:
        return no(f"{decision.reference} is past its queues.", clears=_who_moves(decision))
    offices = (Role.GOVERNANCE_OFFICER, Role.CHIEF_EXECUTIVE, Role.PRIVATE_OFFICE)
    answer = held(by, *offices)
    return _first_no(can_view(by, decision), answer or _own_paper(by, decision))


def can_set_series(by: Person) -> Answer:
    """Answer whether somebody may set who endorses, decides and advises in a series."""
    return may(by, Permission.SET_NEXT_NUMBER)


def can_return(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may return the paper to draft."""
    turn = _in_turn(decision, "return_to_draft")
    if not turn or _own_paper(by, decision):
        return turn and yes(Role.ORIGINATING_OFFICER)
    if decision.status == Status.WITH_CHIEF_EXECUTIVE:
        return _first_no(_not_aside(by, decision), _holds_stage(by, decision))
    if decision.status == Status.AWAITING_DECISION:
        return _first_no(_not_aside(by, decision), _decides_series(by, decision))
    return _own_paper(by, decision)


def can_withdraw(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may withdraw the paper."""
    turn = _in_turn(decision, "withdraw")
    answer = held(by, Role.GOVERNANCE_OFFICER)
    return _first_no(turn, answer or _own_paper(by, decision))


def can_decide(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may decide the paper, or what of it was deferred.

    Whether a delegation covers the very outcomes is checked at the signing (`rules`).
    """
    look = can_look_to_decide(by, decision)
    return _first_no(look, *(keeps_from_deciding(by, decision) if look else []), look)


def keeps_from_deciding(by: Person, decision: Decision) -> list[Answer]:
    """Return all that keeps a holder of the office from deciding a paper that awaits it."""
    asked = (
        _apart(by, decision),
        _not_aside(by, decision),
        _endorsed_by_another(by, decision),
        _advised(decision),
        has_delegation(by, decision),
    )
    return [answer for answer in asked if not answer]


def can_look_to_decide(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may see the page on which the paper is decided.

    It opens to every holder of the office while the paper awaits decision, and says there what
    keeps just this person from deciding it (`can_decide`).
    """
    name = "decide_deferred" if decision.has_deferred else "decide"
    role = _decides_series(by, decision)
    return _first_no(_in_turn(decision, name), _not_revoked(decision), role)


def _not_revoked(decision: Decision) -> Answer:
    if decision.revoked_on is None:
        return yes()
    return no(f"{decision.reference} has been revoked.", clears="A new decision can replace it.")


def can_publish(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may publish the decision, or what was signed of it since it was."""
    turn = _in_turn(decision, "publish_further" if decision.unpublished_since else "publish")
    return _first_no(turn, _not_revoked(decision), may(by, Permission.PUBLISH_DECISION))


def can_defer_publication(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may defer the publication of what is signed."""
    turn = _in_turn(decision, "defer_publication")
    if turn and decision.is_published and not decision.unpublished_since:
        turn = no(f"All that was signed of {decision.reference} is published.")
    return _first_no(turn, may(by, Permission.PUBLISH_DECISION))


def can_take_down(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may take the decision down from the public register."""
    turn = _in_turn(decision, "take_down")
    return _first_no(turn, may(by, Permission.PUBLISH_DECISION))


def can_revoke(by: Person, decision: Decision) -> Answer:
    """Answer whether somebody may revoke the decision: it takes the authority to make one."""
    role = _decides_series(by, decision)
    return _first_no(
        _in_turn(decision, "revoke"),
        _not_revoked(decision),
        role,
        _apart(by, decision, "revoke"),
        _not_aside(by, decision),
        could_decide(by, decision),
        role,
    )


def can_set_next_number(by: Person) -> Answer:
    """Answer whether somebody may set the next number of a series."""
    return may(by, Permission.SET_NEXT_NUMBER)


def can_change_requirements(by: Person) -> Answer:
    """Answer whether somebody may change what papers of a series have to have."""
    return held(by, Role.GOVERNANCE_OFFICER)


def can_add_organisation(by: Person) -> Answer:
    """Answer whether somebody may add or correct an organisation."""
    offices = (Role.ORIGINATING_OFFICER, Role.GOVERNANCE_OFFICER)
    return held(by, *offices, Role.FINANCE_OFFICER, Role.CHIEF_FINANCE_OFFICER)


def sitting_of(decision: Decision) -> int:
    """Return the number of the sitting at which the decision maker next decides."""
    return decision.approvals.filter(stage=Stage.DECISION).count() + 1
