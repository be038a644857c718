"""Interests: declared, or prejudicial, so that somebody else decides."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.actions import grant_role
from accounts.models import Role, User
from accounts.refusals import NotPermitted
from audit.acts import SYSTEM
from audit.refusals import Refused
from decisions import actions
from decisions.models import Approval, Decision, StandingAside, waiting_on
from decisions.rules.holders import stuck_papers
from tests.factories import as_shown, papers
from tests.factories.people import (
    SINCE,
    a_chief_executive,
    a_decision_maker,
    a_delegation,
    a_governance_officer,
    a_person,
)
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db

BROTHER = "My brother is a director of the supplier."


@pytest.fixture(scope="module", autouse=True)
def _papers(lasting: None) -> None:
    """A paper that awaits decision and one with the chief executive, for the whole module."""
    papers.endorsed(papers.a_draft("Awaiting"))
    papers.sent(papers.advised(papers.submitted(papers.a_draft("Sent"))))


def awaiting() -> Decision:
    return papers.again(Decision.objects.get(title="Awaiting"))


def sent() -> Decision:
    return papers.again(Decision.objects.get(title="Sent"))


def a_deputy() -> User:
    """Make another holder of the power."""
    deputy = a_person("deputy", Role.DECISION_MAKER)
    a_delegation(deputy)
    return deputy


def aside(decision: Decision, by: User) -> StandingAside:
    return actions.stand_aside(decision=decision, words=BROTHER, by=by)


def test_whoever_stood_aside_does_not_decide() -> None:
    decision, maker = awaiting(), a_decision_maker()
    aside(decision, maker)
    with pytest.raises(NotPermitted, match="stood aside"):
        papers.decide(decision, by=maker)


def test_the_paper_waits_for_another_and_no_more_for_the_one_who_stood_aside() -> None:
    decision, maker, deputy = awaiting(), a_decision_maker(), a_deputy()
    aside(decision, maker)
    on = waiting_on(Decision.objects.with_parties().get(pk=decision.pk))[0].on
    assert on == "Another decision maker (Decision maker stood aside)"
    assert decision not in Decision.objects.awaiting(maker)
    assert decision in Decision.objects.awaiting(deputy)
    boxes = [client_of(one).get("/box/").content.decode() for one in (maker, deputy)]
    assert [decision.reference in page for page in boxes] == [False, True]


def test_the_deputy_decides_and_the_document_says_who_stood_aside() -> None:
    decision, deputy = awaiting(), a_deputy()
    aside(decision, a_decision_maker())
    approval = papers.decide(decision, by=deputy)
    act = next(a for a in actions.document_content(approval).acts if a.stage == "interest")
    assert (act.name, act.words) == ("Decision maker", BROTHER)


def test_a_chief_executive_who_stood_aside_does_not_endorse() -> None:
    decision, chief = sent(), a_chief_executive()
    aside(decision, chief)
    with pytest.raises(NotPermitted, match="stood aside"):
        as_shown.endorse(decision=decision, by=chief)


def test_a_deputy_of_the_chief_executive_who_stands_aside_is_not_sent_the_paper() -> None:
    decision, chief, governance = sent(), a_chief_executive(), a_governance_officer()
    deputy = a_person("deputy")
    office = Role.CHIEF_EXECUTIVE
    grant_role(user=deputy, role=office, valid_from=SINCE, deputy_for=chief, by=SYSTEM)
    asked = client_of(chief).get(f"/decisions/{decision.slug}/stand-aside/").content.decode()
    assert "no deputy of yours can" in asked
    aside(decision, chief)
    assert decision not in Decision.objects.awaiting(deputy)
    home = client_of(governance).get("/").content.decode()
    assert f"{decision.reference}</a> can go no further" in home
    other = a_person("other", office)
    assert decision in Decision.objects.awaiting(other)
    assert stuck_papers() == []


def test_a_deputy_by_delegation_of_who_stands_aside_is_told_so_and_not_sent_the_paper() -> None:
    decision, maker = awaiting(), a_decision_maker()
    deputy = a_person("deputy", Role.DECISION_MAKER)
    a_delegation(deputy, deputy_for=maker)
    assert decision in Decision.objects.awaiting(deputy)
    aside(decision, maker)
    assert decision not in Decision.objects.awaiting(deputy)
    page = client_of(deputy).get(f"/decisions/{decision.slug}/decide/").content.decode()
    assert "Whom you deputise for stood aside from this paper" in page


def test_standing_aside_says_why() -> None:
    decision, maker = awaiting(), a_decision_maker()
    with pytest.raises(Refused) as refused:
        actions.stand_aside(decision=decision, words=" ", by=maker)
    assert refused.value.code == "DEC-48"


def test_a_prejudicial_interest_decides_nothing() -> None:
    decision, maker = awaiting(), a_decision_maker()
    outcomes = papers.outcomes_of(decision)
    with pytest.raises(Refused) as refused:
        actions.decide(
            decision=decision,
            outcomes=outcomes,
            interests=BROTHER,
            interests_kind="prejudicial",
            by=maker,
        )
    assert refused.value.code == "DEC-45"


def refused_by_database(act: Callable[[], object]) -> str:
    """Return the name of the constraint that refuses a write."""
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        act()
    return str(refused.value.__cause__.diag.constraint_name)  # type: ignore[union-attr]


def insert(decision: Decision, by: User, holder: User, role: str = "decision_maker") -> None:
    """Insert a decision's approval past every action."""
    delegation = holder.delegations.first() or a_delegation(holder)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO decisions_approval (decision_id, version_id, stage, sitting, outcome,"
            " words, interests, interests_kind, approved_at, approved_by_id, role, delegation_id,"
            " authority, evidence, act) SELECT %s, max(id), 'decision', 1, 'approved', '', 'None',"
            " 'none', now(), %s, %s, %s, 'x', '', gen_random_uuid()"
            " FROM decisions_paperversion WHERE decision_id = %s",
            [decision.pk, by.pk, role, delegation.pk, decision.pk],
        )


def test_the_database_refuses_an_approval_by_who_stood_aside() -> None:
    decision, maker = awaiting(), a_decision_maker()
    aside(decision, maker)
    found = refused_by_database(lambda: insert(decision, maker, maker))
    assert found == "approval_not_by_who_stood_aside"


def test_the_database_refuses_a_decision_by_the_private_office() -> None:
    decision, private = awaiting(), a_person("private", Role.PRIVATE_OFFICE)
    a_delegation(private)
    found = refused_by_database(lambda: insert(decision, private, private))
    assert found == "approval_by_holder_of_its_office"


def test_the_database_refuses_a_decision_under_somebody_elses_delegation() -> None:
    decision, deputy, maker = awaiting(), a_deputy(), a_decision_maker()
    found = refused_by_database(lambda: insert(decision, deputy, maker))
    assert found == "approval_by_holder_of_its_delegation"


def test_nobody_stands_aside_from_a_paper_that_does_not_wait_for_them() -> None:
    decision, maker = sent(), a_decision_maker()
    with pytest.raises(NotPermitted):
        aside(decision, maker)


def test_an_interest_that_is_not_prejudicial_is_printed_as_such() -> None:
    decision, maker = awaiting(), a_decision_maker()
    what: dict[str, Any] = {
        "outcomes": papers.outcomes_of(decision),
        "interests": "A cousin works there.",
        "interests_kind": "declared",
    }
    proof = papers.proof_for(maker, decision, **what)
    approval = actions.decide(decision=decision, proof=proof, by=maker, **what)
    act = next(a for a in actions.document_content(approval).acts if a.stage == "decision")
    assert act.interests == "Declared, not prejudicial: A cousin works there."


def test_standing_aside_on_the_page() -> None:
    decision, maker = awaiting(), a_decision_maker()
    a_deputy()
    client = client_of(maker)
    typed = {"step": "review", "interests_kind": "prejudicial", "interests": BROTHER}
    page = client.post(f"/decisions/{decision.slug}/decide/", typed).content.decode()
    assert BROTHER in page
    assert "The paper then waits for Deputy." in page
    key = str(papers.a_key())
    client.post(f"/decisions/{decision.slug}/stand-aside/", {"form_key": key, "words": BROTHER})
    again = client.get(f"/decisions/{decision.slug}/decide/").content.decode()
    assert "You stood aside from this paper because of an interest." in again
    assert "Deputy can decide it." in again
    assert 'name="step"' not in again
    assert not Approval.objects.filter(decision=decision, stage="decision").exists()
