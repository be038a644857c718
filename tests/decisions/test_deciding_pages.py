"""Deciding on the pages: outcomes, a look at the whole, a second factor."""

import pytest
from django.test import Client

from decisions.models import Condition, Decision, OutcomeFigure, RecommendationOutcome
from tests.factories import papers, sign_in
from tests.factories.people import a_decision_maker, a_governance_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision() -> Decision:
    """Return a paper that awaits decision, its second sum drawn from its first."""
    return papers.endorsed(papers.with_drawn_sum(papers.a_draft()))


@pytest.fixture
def client(decision: Decision) -> Client:
    """Return the decision maker's client."""
    return client_of(a_decision_maker())


def sheet(decision: Decision, **changes: str) -> dict[str, str]:
    """Return the filled-in form: both recommendations approved unless changed (r1_outcome=…)."""
    typed = {"form_key": str(papers.a_key()), "interests": "None.", "words": "", "step": "review"}
    for row in decision.recommendations.prefetch_related("figures"):
        prefix = f"r{row.pk}"
        typed |= {
            f"{prefix}-outcome": changes.pop(f"r{row.number}_outcome", "approved"),
            f"{prefix}-words": changes.pop(f"r{row.number}_words", ""),
            f"{prefix}-conditions-TOTAL_FORMS": "1",
            f"{prefix}-conditions-INITIAL_FORMS": "0",
            f"{prefix}-conditions-0-text": changes.pop(f"r{row.number}_condition", ""),
        }
        for figure in row.figures.all():
            amount = changes.pop(f"r{row.number}_sum", str(figure.amount))
            typed[f"{prefix}-sum_{figure.pk}"] = amount
    return typed | changes


def post(client: Client, decision: Decision, typed: dict[str, str]) -> str:
    """Post the form; return the page, or the address it went on to."""
    answer = client.post(f"/decisions/{decision.slug}/decide/", typed)
    return answer["Location"] if answer.status_code == 302 else _plain(answer.content)


def _plain(content: bytes) -> str:
    return " ".join(content.decode().split())


def signing(typed: dict[str, str], **more: str) -> dict[str, str]:
    return {**typed, "step": "sign", "code": sign_in.code(), **more}


def test_every_recommendation_needs_an_outcome(client: Client, decision: Decision) -> None:
    page = post(client, decision, sheet(decision, r2_outcome="", interests=""))
    assert "Choose an outcome for recommendation 2" in page
    assert "Confirm that it is you" not in page


def test_a_broken_rule_is_shown_before_the_second_factor(
    client: Client, decision: Decision
) -> None:
    page = post(client, decision, sheet(decision, r1_outcome="rejected"))
    assert "DEC-09" in page
    assert "Confirm that it is you" not in page


def test_the_whole_is_shown_before_it_is_signed(client: Client, decision: Decision) -> None:
    changes = {
        "r1_outcome": "approved_as_amended",
        "r1_sum": "1,000,000",
        "r1_condition": "Report each quarter",
    }
    page = post(client, decision, sheet(decision, **changes))
    assert "up to £1,000,000, instead of £1,200,000" in page
    assert "On condition: Report each quarter" in page
    assert "approve spending on licences out of recommendation 1." in page
    assert papers.again(decision).status == "awaiting_decision"


def test_signing_with_a_fresh_code(client: Client, decision: Decision) -> None:
    typed = sheet(decision, r2_condition="Report each quarter")
    assert post(client, decision, signing(typed)) == "/decisions/pcd-726/signed/"
    assert papers.again(decision).status == "signed"
    assert Condition.objects.get().text == "Report each quarter"
    assert [str(row.amount) for row in OutcomeFigure.objects.all()] == ["1200000.00", "570000.00"]


def test_the_page_after_signing_shows_the_documents_digest(
    client: Client, decision: Decision
) -> None:
    post(client, decision, signing(sheet(decision)))
    document = papers.again(decision).documents.get()
    assert document.sha256 in _plain(client.get("/decisions/pcd-726/signed/").content)


def test_a_wrong_code_signs_nothing_and_keeps_the_outcomes(
    client: Client, decision: Decision
) -> None:
    page = post(client, decision, signing(sheet(decision, interests="A cousin."), code="000000"))
    assert "The code is wrong or was used already" in page
    assert 'value="A cousin."' in page
    assert papers.again(decision).status == "awaiting_decision"


def test_signing_twice_signs_once(client: Client, decision: Decision) -> None:
    typed = signing(sheet(decision))
    post(client, decision, typed)
    post(client, decision, typed)
    assert RecommendationOutcome.objects.count() == 2


def test_something_can_be_changed_after_the_review(client: Client, decision: Decision) -> None:
    page = post(client, decision, sheet(decision, step="change", interests="A cousin."))
    assert "A cousin." in page
    assert "Your own words" in page


def test_who_may_not_decide_is_told_why(decision: Decision) -> None:
    answer = client_of(a_governance_officer()).get(f"/decisions/{decision.slug}/decide/")
    assert answer.status_code == 403
    assert "Only a decision maker may do this" in answer.content.decode()


def test_a_deferred_recommendation_is_decided_at_a_further_signing() -> None:
    decision = papers.signed(papers.with_drawn_sum(papers.a_draft()), r2="deferred")
    page = _plain(client_of(a_decision_maker()).get(f"/decisions/{decision.slug}/decide/").content)
    assert "Recommendation 2" in page
    assert "Recommendation 1</h2>" not in page


@pytest.mark.parametrize("has_part_2", [True, False])
def test_part_2_is_offered_where_there_is_one(has_part_2: bool) -> None:
    draft = papers.with_part_2(papers.a_draft()) if has_part_2 else papers.a_draft()
    decision = papers.endorsed(draft)
    page = client_of(a_decision_maker()).get(f"/decisions/{decision.slug}/decide/").content.decode()
    assert (f'href="/decisions/{decision.slug}/part-2/"' in page) is has_part_2
