"""Every step × every state × everybody, drawn from the table of steps.

What each person is answered is asked in full. Acts take longer: in each state each step is tried
by one who may, if there is one, and by one who may not, always another. The pages of the steps are
walked by everybody in tests/permissions, and the moves in SQL by test_workflow.py.
"""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from accounts.actions import end_role, grant_role
from accounts.models import Role, User
from audit import clock
from audit.acts import SYSTEM
from decisions import actions
from decisions.models import Decision
from decisions.permissions import can_advise
from decisions.turns import ANSWERS
from decisions.workflow import OFFICER, STEPS, SUBMITTED, step
from tests.factories import afterwards, as_shown, papers, people
from tests.factories.lasting import settle

pytestmark = pytest.mark.django_db

Tried = Callable[[Callable[[], object]], str]


def _with_lapsed_advice() -> Decision:
    """A paper in advice whose sum was raised since, so that no advice covers it."""
    decision = papers.advised()
    words = actions.RecommendationWords(
        text="accept up to £1.3 million of grant.",
        kind="accept",
        figures=[actions.Sum(Decimal(1_300_000), up_to=True)],
    )
    row, by = decision.recommendations.get(), decision.originating_officer
    actions.edit_recommendation(recommendation=row, words=words, by=by)
    return papers.answered(papers.again(decision))


MADE: dict[str, Callable[[], Decision]] = {
    "draft": papers.a_draft,
    "in advice": papers.advised,
    "in advice, lapsed": _with_lapsed_advice,
    "with the chief executive": papers.sent,
    "awaiting decision": papers.endorsed,
    "signed": lambda: papers.signed(papers.with_part_2(papers.a_draft())),
    "partly deferred": lambda: papers.signed(
        papers.with_drawn_sum(papers.a_draft()), r2="deferred"
    ),
    "published": papers.published,
    "published, signed further": papers.signed_further,
    "revoked": papers.revoked,
    "withdrawn": papers.withdrawn,
    "draft of a paper record": afterwards.a_paper_record,
    "transcribed": afterwards.transcribed,
    "from elsewhere": papers.from_elsewhere,
}
NO_MORE = "a deputy no more"
OWN, ADVISED, ENDORSED = "its officer", "its adviser", "its chief executive"
# Everybody, with the roles that count today. Those who had a part in the paper hold the offices
# that approve as well, so that only their part keeps them from it.
HOLDS: dict[str, set[str]] = {
    **{role.value: {role.value} for role in Role if role != Role.ADVISER},
    OWN: {"originating_officer", "adviser", "chief_executive", "decision_maker"},
    ADVISED: {"adviser", "chief_executive", "decision_maker"},
    ENDORSED: {"chief_executive", "decision_maker"},
    "another adviser": {"adviser"},
    "a deputy chief": {"chief_executive"},
    "a deputy": {"decision_maker"},
    NO_MORE: {"decision_maker"},
    "ended yesterday": set(),
}
STATES: dict[str, Decision] = {}
CAST: dict[str, User] = {}


@pytest.fixture(scope="module", autouse=True)
def _world(lasting: None) -> None:
    """One paper in each state, and everybody."""
    STATES.update({name: make() for name, make in MADE.items()})
    CAST.update(_everybody())
    settle()


def _everybody() -> dict[str, User]:
    cast = {name: people.a_person(f"a_{name}", Role(name)) for name in HOLDS if name in Role.values}
    yesterday, chief = clock.today() - timedelta(days=1), people.a_chief_executive()
    cast |= {
        OWN: _besides(people.an_officer(), Role.ADVISER),
        ADVISED: _besides(people.an_adviser()),
        ENDORSED: _besides(chief),
        "another adviser": people.a_person("second", Role.ADVISER, kind="financial"),
        "a deputy chief": people.a_person("chief_deputy"),
        "a deputy": people.a_person("deputy", Role.DECISION_MAKER),
        NO_MORE: people.a_person("late", Role.DECISION_MAKER),
        "ended yesterday": _ended(),
    }
    _grant(cast["a deputy chief"], Role.CHIEF_EXECUTIVE, deputy_for=chief)
    people.a_delegation(cast["decision_maker"])
    people.a_delegation(cast["a deputy"], deputy_for=people.a_decision_maker())
    people.a_delegation(cast[NO_MORE], valid_to=yesterday)
    return {name: User.objects.get(pk=user.pk) for name, user in cast.items()}


def _grant(user: User, role: Role, **facts: Any) -> None:
    kind = "financial" if role == Role.ADVISER else ""
    facts = {"advice_kind": kind, "valid_from": people.SINCE, **facts}
    grant_role(user=user, role=role, by=SYSTEM, **facts)


def _besides(user: User, *roles: Role) -> User:
    """Give somebody the offices that approve, and the power to decide, besides their own."""
    people.a_delegation(user)
    for role in {*roles, Role.CHIEF_EXECUTIVE, Role.DECISION_MAKER}:
        if not user.has_role(role):
            _grant(user, role)
    return user


def _ended() -> User:
    """Make somebody whose every office ended yesterday; their delegation would still stand."""
    roles = {Role(name) for each in STEPS for name in each.who} - {Role.ADVISER}
    user = people.a_person("ended", *sorted(roles))
    people.a_delegation(user)
    for holding in user.holdings.all():
        end_role(holding=holding, by=people.a_person("admin", Role.ADMINISTRATOR))
    return user


# --- what the table makes of it ---

BY_OWN_OFFICER = {"edit", "submit_for_advice", "send_to_chief_executive", "withdraw", "correct"}
BY_OWN_OFFICER |= {"return_to_draft", "transcribe", "return_transcription"}
NEEDS_ADVICE = {"send_to_chief_executive", "endorse"}
APART = {"endorse", "decide", "decide_deferred", "revoke", "confirm_transcription"}
WITH_POWER = {"decide", "decide_deferred", "revoke"}
STILL_AFTER_REVOKING = {"take_down", "defer_publication"}
# Which office acts at which stage, where a step is open to several.
AT = {
    "with_chief_executive": {"chief_executive"},
    "awaiting_decision": {"decision_maker"},
    "signed": {"decision_maker"},
}


def is_open_to(state: str, name: str, who: str) -> bool:
    """Return what the table of steps, and the rules that go with it, make of an attempt."""
    decision = STATES[state]
    if name == "decide" and decision.has_deferred:
        name = "decide_deferred"
    row = step(name)
    in_turn = decision.status in row.sources and decision.source in row.applies_to
    if name == "stand_aside" and decision.is_decided:
        in_turn = in_turn and decision.has_deferred
    if decision.status == "published" and name in ("publish", "defer_publication"):
        in_turn = state == "published, signed further"
    if name in NEEDS_ADVICE:
        in_turn = in_turn and "lapsed" not in state
    if state == "revoked":
        in_turn = in_turn and name in STILL_AFTER_REVOKING
    return in_turn and bool(_offices(decision, name, who)) and _is_free(decision, name, who)


def _offices(decision: Decision, name: str, who: str) -> set[str]:
    """Return the offices in which somebody could take the step."""
    offices = HOLDS[who] & set(step(name).who)
    if name in ("return_to_draft", "stand_aside"):
        offices &= {OFFICER, *AT.get(decision.status, set())}
    if name == "transcribe":
        return offices if who == OWN else set()
    return offices if who == OWN or name not in BY_OWN_OFFICER else offices - {OFFICER}


def _is_free(decision: Decision, name: str, who: str) -> bool:
    """Return whether no part that somebody had in the paper keeps them from the step."""
    parts = {OWN, ADVISED} if decision.source == "here" else {OWN}
    has_part = name in APART and who in parts
    has_part |= name in ("decide", "decide_deferred") and who == ENDORSED
    return not has_part and not (name in WITH_POWER and who == NO_MORE)


@pytest.mark.parametrize("state", MADE)
def test_everybody_is_answered_as_the_table_says(state: str) -> None:
    found = {
        (name, who)
        for name, ask in ANSWERS.items()
        for who, user in CAST.items()
        if ask(user, STATES[state])
    }
    assert found == {
        (name, who) for name in ANSWERS for who in CAST if is_open_to(state, name, who)
    }


@pytest.mark.parametrize("state", MADE)
def test_advice_is_given_by_advisers_of_its_kind_who_did_not_prepare_the_paper(state: str) -> None:
    decision = STATES[state]
    found = {who for who, user in CAST.items() if can_advise(user, decision, "financial")}
    in_turn = decision.status in SUBMITTED and decision.source == "here"
    assert found == ({ADVISED, "another adviser"} if in_turn else set())


def acts(decision: Decision, by: User) -> dict[str, Callable[[], object]]:
    """Return each step as an act of somebody."""
    why: dict[str, Any] = {"decision": decision, "by": by, "reason": "A reason."}
    what: dict[str, Any] = {"decision": decision, "by": by}
    later = clock.today() + timedelta(days=9)
    return {
        "edit": lambda: actions.edit_paper(**what, title="Another"),
        "submit_for_advice": lambda: actions.submit_for_advice(**what),
        "send_to_chief_executive": lambda: actions.send_to_chief_executive(**what),
        "endorse": lambda: as_shown.endorse(**what),
        "stand_aside": lambda: actions.stand_aside(**what, words="My brother works there."),
        "return_to_draft": lambda: actions.return_to_draft(**why),
        "withdraw": lambda: actions.withdraw(**why),
        "decide": lambda: papers.decide(decision, by=by),
        "transcribe": lambda: _transcribe(decision, by),
        "confirm_transcription": lambda: afterwards.confirm_paper(decision, by=by),
        "return_transcription": lambda: actions.return_transcription(**why),
        "publish": lambda: actions.publish(**what),
        "defer_publication": lambda: actions.defer_publication(**why, until=later),
        "take_down": lambda: actions.take_down(**why),
        "correct": lambda: afterwards.proposed(decision, by=by),
        "release_part_2": lambda: _release(decision, by),
        "revoke": lambda: papers.revoke(decision, by=by),
        "vary": lambda: actions.begin_successor(**what, kind="varies"),
        "supersede": lambda: actions.begin_successor(**what, kind="supersedes"),
    }


def _transcribe(decision: Decision, by: User) -> None:
    row = decision.recommendations.order_by("position").first()
    given = [actions.OutcomeWords(row, "approved")] if row else []
    signed = afterwards.signed_words(reference="PCD 701")
    actions.transcribe(decision=decision, signed=signed, outcomes=given, by=by)


def _release(decision: Decision, by: User) -> None:
    items = [one.key for one in actions.releasable(decision)]
    actions.propose_release(decision=decision, items=items, ground="foi", reason="Asked.", by=by)


# Open to somebody, and refused for what the paper holds: there is nothing in Part 2.
OPEN_ALL = ("partly deferred", "published", "published, signed further", "transcribed")
EMPTY = {("release_part_2", state) for state in OPEN_ALL}


@pytest.mark.parametrize("state", MADE)
def test_a_step_is_taken_by_one_who_may_and_refused_to_one_who_may_not(
    state: str, tried: Tried
) -> None:
    wrong = {}
    for turn, name in enumerate(ANSWERS):
        may = [who for who in CAST if is_open_to(state, name, who)]
        may_not = [who for who in CAST if who not in may]
        for group in (may if (name, state) not in EMPTY else [], may_not):
            if group:
                who = group[(turn + len(state)) % len(group)]
                refusal = tried(acts(papers.again(STATES[state]), CAST[who])[name])
                if bool(refusal) == (group is may) or (refusal and refusal[-1] not in ".)"):
                    wrong[name, who] = refusal
    assert wrong == {}


def test_every_step_of_the_table_is_walked() -> None:
    others = {"give_advice", "confirm_advice", "endorse_stage", "decide_deferred"}
    others |= {"publish_further"}
    assert {each.name for each in STEPS} == {*ANSWERS, *others, "record_published"}


def test_every_office_of_the_table_stands_before_every_step() -> None:
    assert {name for each in STEPS for name in each.who} <= set().union(*HOLDS.values())
