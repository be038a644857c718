"""What a decision takes from its delegation: shown before signing, counted wherever signed."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection

from accounts.models import Delegation, Role
from audit import clock
from decisions.actions import RecommendationWords, Sum, add_recommendation, edit_recommendation
from decisions.forms.afterwards import TranscriptionForm
from decisions.models import Decision, Outcome
from decisions.refusals import DecisionRefused, NoAuthority, RuleBroken
from tests.factories import afterwards, papers
from tests.factories.lasting import settle
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_delegation,
    a_person,
    a_proposal,
    an_officer,
)
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db
CAP = Decimal(1_500_000)


def capped(**facts: object) -> Delegation:
    maker = a_decision_maker()
    return a_delegation(maker, cap=CAP, cap_per="year", **facts)


def signed_under(delegation: Delegation) -> Decision:
    return afterwards.confirm_paper(afterwards.transcribed(delegation=delegation))


def test_a_decision_signed_on_paper_counts_in_the_year_in_which_it_was_signed() -> None:
    delegation = capped()
    signed_under(delegation)
    settle()
    assert delegation.left(afterwards.SIGNED_ON) == 300_000


def test_what_a_deputy_decides_counts_against_the_cap_of_their_principal() -> None:
    maker = a_decision_maker(acts=["note"])
    own = a_delegation(maker, cap=CAP, cap_per="year")
    deputy = a_person("deputy", Role.DECISION_MAKER)
    a_delegation(deputy, deputy_for=own.holder)
    papers.decide(papers.endorsed(), by=deputy)
    settle()
    assert own.left(clock.today()) == 300_000
    said = client_of(a_chief_executive()).get(f"/authority/delegations/{own.pk}/").content.decode()
    assert "PCD 726 decision approval, decided by Deputy as deputy" in said


def test_the_database_refuses_a_decision_whose_use_is_not_counted() -> None:
    signed_under(capped())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE accounts_delegationuse SET amount = 1, after = 1")
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(DatabaseError, match="is not counted"):
        settle()


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"limit": Decimal(5)}, "over the delegation's limit"),
        ({"acts": ["bid"]}, "does not cover"),
        ({"valid_from": afterwards.SIGNED_ON.replace(year=2020)}, "not in force on 1 March 2019"),
    ],
)
def test_a_delegation_that_did_not_cover_what_was_signed_is_not_named(
    facts: dict[str, object], reason: str
) -> None:
    with pytest.raises(DecisionRefused, match=reason):
        afterwards.transcribed(delegation=capped(**facts))


def test_only_approved_delegations_are_offered_for_what_was_signed_on_paper() -> None:
    approved, proposed = capped(), a_proposal(an_officer())
    choices = str(TranscriptionForm()["delegation"])
    assert (str(approved) in choices, str(proposed) in choices) == (True, False)


def page_of(decision: Decision) -> str:
    answer = client_of(a_decision_maker()).get(f"/decisions/{decision.slug}/decide/")
    return " ".join(answer.content.decode().split())


@pytest.fixture
def only_capped(db: None) -> Delegation:
    maker = a_decision_maker(acts=["note"])
    return a_delegation(maker, cap=CAP, cap_per="year")


def test_the_decision_page_shows_what_is_left_after_it(only_capped: Delegation) -> None:
    page = page_of(papers.endorsed())
    assert "Left after this decision" in page
    assert "£300,000" in page


def test_the_decision_page_says_by_how_much_a_cap_falls_short(only_capped: Delegation) -> None:
    papers.decide(papers.endorsed())
    page = page_of(papers.endorsed(papers.a_draft("The next paper")))
    assert "Not enough: £900,000 more than is left" in page


def test_a_sum_under_a_recommendation_of_part_2_makes_its_use_restricted() -> None:
    decision = papers.with_sum_under_part_2(papers.a_draft())
    approval = papers.decide(papers.endorsed(decision), r2="noted")
    assert approval.delegation
    assert approval.delegation.uses.get().is_restricted


LIMIT = Decimal(1_500_000)


def heard_twice() -> Decision:
    """Decide £1.2 million of a paper of £2.3 million, and return what was left for later."""
    draft = papers.a_draft()
    words = RecommendationWords(
        "accept £1.1 million more.", "accept", figures=[Sum(Decimal(1_100_000))]
    )
    add_recommendation(decision=draft, words=words, by=draft.originating_officer)
    decision = papers.endorsed(papers.again(draft))
    papers.decide(decision, by=a_decision_maker("small", limit=LIMIT), r2="deferred")
    return papers.again(decision)


def test_what_was_decided_earlier_counts_towards_the_limit() -> None:
    decision = heard_twice()
    with pytest.raises(NoAuthority, match="over the delegation's limit"):
        papers.decide(decision, by=a_decision_maker("small"))


def test_the_rest_can_be_rejected_under_any_limit() -> None:
    approval = papers.decide(heard_twice(), by=a_decision_maker("small"), r2="rejected")
    assert approval.outcome == Outcome.REJECTED


def test_the_database_refuses_a_decision_over_the_limit_of_its_delegation() -> None:
    papers.decide(papers.endorsed(), by=a_decision_maker("small", limit=LIMIT))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute('UPDATE accounts_delegation SET "limit" = 5')
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(DatabaseError, match="over the limit of delegation"):
        settle()


@pytest.mark.parametrize("role", ["total", "component", "earlier"])
def test_what_grants_money_cannot_hide_its_sum_under_another_name(role: str) -> None:
    draft = papers.a_draft()
    row = draft.recommendations.get(number="1")
    sums = [Sum(Decimal(1_200_000), role=role)]
    words = RecommendationWords(row.text, "other", sums)
    edit_recommendation(recommendation=row, words=words, by=draft.originating_officer)
    with pytest.raises(RuleBroken, match="DEC-90"):
        papers.submitted(papers.again(draft))


def test_a_drawn_sum_that_is_called_otherwise_needs_its_source() -> None:
    draft = papers.with_drawn_sum(papers.a_draft())
    row = draft.recommendations.get(number="2")
    sums = [Sum(Decimal(1_000)), Sum(Decimal(570_000), role="total")]
    words = RecommendationWords(row.text, "other", sums, funded_from=row.funded_from)
    edit_recommendation(recommendation=row, words=words, by=draft.originating_officer)
    with pytest.raises(RuleBroken, match="approved out of another"):
        papers.decide(papers.endorsed(papers.again(draft)), r1="rejected", r2="approved")
