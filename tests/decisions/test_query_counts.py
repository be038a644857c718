"""Pages take as many queries for many rows as for few, and lists go on from page to page."""

import re
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from decisions import actions
from decisions.actions import OutcomeWords, RecommendationWords, Sum
from decisions.actions.outcomes import ConditionWords
from decisions.imported_paper import ImportedPaper
from decisions.models import Decision
from decisions.views.lists import PAGE
from tests.factories import papers
from tests.factories.people import a_governance_officer, an_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db

OLDER = re.compile(r'href="(\?[^"]*before=\d+[^"]*)" rel="next"')
FOUND = re.compile(r'href="/(?:register|decisions)/(pcd-\d+)/"')


def queries(client: Client, address: str) -> int:
    """Return how many queries a page takes, once everything that is kept is kept."""
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(
        connection,
    ) as taken:
        client.get(address)
    return len(taken)


def recorded(*numbers: int) -> None:
    """Record decisions that were published elsewhere, about bicycles."""
    papers.a_series()
    by = a_governance_officer()
    for number in numbers:
        paper = ImportedPaper(reference=f"PCD {number}", title=f"Bicycles, part {number}")
        actions.record_published(paper=paper, by=by)


def drafted(*numbers: int) -> None:
    """Begin drafts of the officer's, and submit every other."""
    for number in numbers:
        draft = papers.a_draft(f"Paper {number}")
        if number % 2:
            papers.submitted(draft)


@pytest.mark.parametrize("who", [an_officer, a_governance_officer])
def test_home(who: Callable[[], object]) -> None:
    client = client_of(who())  # type: ignore[arg-type]
    drafted(1, 2)
    few = queries(client, "/")
    drafted(3, 4, 5, 6)
    assert queries(client, "/") == few


@pytest.mark.parametrize("query", ["", "?q=paper", "?status=in_advice"])
def test_decision_list(query: str) -> None:
    client = client_of(a_governance_officer())
    drafted(1, 2)
    few = queries(client, f"/decisions/{query}")
    drafted(3, 4, 5, 6)
    assert queries(client, f"/decisions/{query}") == few


@pytest.mark.parametrize("query", ["", "?q=bicycles"])
def test_register_list(query: str) -> None:
    recorded(1)
    few = queries(Client(), f"/register/{query}")
    recorded(2, 3, 4, 5)
    assert queries(Client(), f"/register/{query}") == few


def larger(draft: Decision) -> Decision:
    """Give a draft many more rows of every kind that its page shows."""
    by = draft.originating_officer
    grant = actions.add_organisation(name="Home Office", by=by)
    for number in range(4):
        words = RecommendationWords(
            text="approve spending of £3 on licences, £2 of it at once.",
            kind="approve_spend",
            figures=[Sum(Decimal("3.00")), Sum(Decimal("2.00"), role="component")],
            funder=grant,
            recipient=grant,
        )
        actions.add_recommendation(decision=draft, words=words, by=by)
        actions.add_link(decision=draft, kind="continues", to_reference=f"PCD {number + 1}", by=by)
        section = actions.add_section(decision=draft, heading=f"Heading {number}", by=by)
        for _ in range(3):
            actions.add_paragraph(section=section, text="More.", by=by)
    return papers.again(draft)


@pytest.mark.parametrize("made", [papers.again, papers.submitted, papers.endorsed])
def test_decision_detail(made: Callable[[Decision], Decision]) -> None:
    client = client_of(a_governance_officer())
    small, large = made(papers.a_draft()), made(larger(papers.a_draft("Large")))
    few = queries(client, f"/decisions/{small.slug}/")
    assert queries(client, f"/decisions/{large.slug}/") == few


def published(draft: Decision) -> Decision:
    """Decide a draft on conditions, with an owner for each, and publish it."""
    decision, owner = papers.endorsed(draft), an_officer()
    outcomes = [
        OutcomeWords(one.recommendation, "approved", conditions=[ConditionWords("Report.", owner)])
        for one in papers.outcomes_of(decision)
    ]
    papers.decide(decision, outcomes=outcomes)
    return actions.publish(decision=decision, by=a_governance_officer())


def test_register_detail() -> None:
    small, large = published(papers.a_draft()), published(larger(papers.a_draft("Large")))
    inside = client_of(a_governance_officer())
    few = [queries(Client(), f"/register/{small.slug}/"), queries(inside, "/decisions/pcd-726/")]
    assert large.slug == "pcd-727"
    many = [queries(Client(), f"/register/{large.slug}/"), queries(inside, "/decisions/pcd-727/")]
    assert many == few


def walked(client: Client, address: str, *, between: Callable[[], None] | None = None) -> list[str]:
    """Return what stands on the pages of a list, each page reached from the one before it."""
    found, query = [], "?newest=" if "?" not in address else ""
    base = address.partition("?")[0]
    page = client.get(address + query).content.decode()
    while True:
        found += list(dict.fromkeys(FOUND.findall(page)))
        older = OLDER.search(page)
        if older is None:
            return found
        if between is not None:
            between()
            between = None
        page = client.get(base + older[1].replace("&amp;", "&")).content.decode()


NUMBERS = range(1, 2 * PAGE + 2)
NEWEST_FIRST = [f"pcd-{number}" for number in reversed(NUMBERS)]


@pytest.mark.parametrize("address", ["/register/", "/decisions/", "/register/?q=bicycles&newest="])
def test_the_pages_of_a_list_hold_every_decision_once(address: str) -> None:
    recorded(*NUMBERS)
    client = client_of(a_governance_officer())
    assert walked(client, address) == NEWEST_FIRST


def test_a_filter_that_is_taken_off_leads_to_the_newest() -> None:
    recorded(*NUMBERS)
    page = Client().get("/register/?q=bicycles&newest=&before=1000000").content.decode()
    assert 'href="?newest="' in page


def test_what_is_published_meanwhile_moves_nothing_to_another_page() -> None:
    recorded(*NUMBERS)
    assert walked(Client(), "/register/", between=lambda: recorded(900)) == NEWEST_FIRST
