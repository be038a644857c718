"""Everybody before the state machine of decisions, and the paper that it begins with."""

from datetime import timedelta
from typing import Any

from accounts.actions import grant_role
from accounts.models import Role, User
from audit import clock
from audit.acts import SYSTEM
from decisions import actions
from decisions.actions import RecommendationWords
from decisions.models import Decision
from tests.decisions.plain_model import CAP, LIMIT
from tests.factories import people
from tests.factories.memory import remembered
from tests.factories.papers import a_draft, again, with_drawn_sum, with_part_2


def _maker(name: str, **facts: Any) -> User:
    user = people.a_person(name, Role.DECISION_MAKER)
    people.a_delegation(user, **facts)
    return user


def _ended() -> User:
    """Make a decision maker whose role and delegation ended the day before yesterday."""
    user = people.a_person("ended")
    end = clock.today() - timedelta(days=2)
    grant_role(
        user=user, role=Role.DECISION_MAKER, valid_from=people.SINCE, valid_to=end, by=SYSTEM
    )
    people.a_delegation(user, valid_to=end)
    return user


def everybody() -> dict[str, User]:
    """Make everybody, by name: of some offices several, and some in two at once."""
    both = people.a_person(
        "both", Role.ORIGINATING_OFFICER, Role.ADVISER, Role.DECISION_MAKER, kind="financial"
    )
    people.a_delegation(both)
    chief_too = people.a_person("chief_too", Role.CHIEF_EXECUTIVE, Role.DECISION_MAKER)
    maker = people.a_decision_maker()
    people.a_delegation(chief_too)
    chief_deputy = people.a_person("chief_deputy")
    chief: dict[str, Any] = {"role": Role.CHIEF_EXECUTIVE, "deputy_for": people.a_chief_executive()}
    grant_role(user=chief_deputy, valid_from=people.SINCE, by=SYSTEM, **chief)
    return {
        "officer": people.an_officer(),
        "other": people.an_officer("other"),
        "financial": people.an_adviser(),
        "legal": people.an_adviser("legal"),
        "chief": people.a_chief_executive(),
        "chief_too": chief_too,
        "chief_deputy": User.objects.get(pk=chief_deputy.pk),
        "maker": maker,
        "limited": _maker("limited", limit=LIMIT),
        "capped": _maker("capped", cap=CAP, cap_per="life"),
        "deputy": _maker("deputy", deputy_for=maker, valid_from=clock.today()),
        "lapsed": _maker("lapsed", valid_to=clock.today() - timedelta(days=2)),
        "ended": _ended(),
        "both": both,
        "governance": people.a_governance_officer(),
        "keeper": people.a_person("keeper", Role.GOVERNANCE_OFFICER),
    }


@remembered
def a_paper(by: User) -> Decision:
    """Make a draft of three recommendations, with Part 2."""
    draft = with_part_2(with_drawn_sum(a_draft(by=by)))
    words = RecommendationWords(text="note how it goes on.", kind="note")
    actions.add_recommendation(decision=draft, words=words, by=by)
    return again(draft)
