"""Pages of the money: what each office sees there, and how many queries each takes."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from decisions import actions as deciding
from decisions.models import Decision
from grants import actions
from grants.models import Allocation, SpendingLine
from tests.factories import grants, papers
from tests.factories.people import a_person
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(db: None) -> Client:
    """Return the browser of a finance officer."""
    return client_of(grants.a_finance_officer())


@pytest.fixture
def auditor(db: None) -> Client:
    """Return the browser of an auditor."""
    return client_of(a_person("auditor", Role.AUDITOR))


def read(client: Client, name: str, *args: Any, **query: Any) -> str:
    """Return what a page shows, its blanks made one."""
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, response.status_code
    return " ".join(response.content.decode().split())


def queries(client: Client, name: str, *args: Any) -> int:
    """Return how many queries a page takes."""
    with CaptureQueriesContext(connection) as seen:
        read(client, name, *args)
    return len(seen)


# ---------------------------------------------------------------- home


def test_home_offers_to_allocate_what_was_decided(officer: Client) -> None:
    grants.a_funded_decision()
    page = read(officer, "grants_home")
    assert "PCD 726 recommendation 1" in page
    assert "?figure=" in page


def test_home_is_for_reading_to_other_offices(auditor: Client) -> None:
    grants.a_funded_decision()
    page = read(auditor, "grants_home")
    assert "Only a finance officer may record spending" in page
    assert "?figure=" not in page


def test_home_counts_a_drawn_sum_once(officer: Client) -> None:
    grants.a_funded_decision(drawn="570000.00")
    assert "£1,200,000 together" in read(officer, "grants_home")


def test_home_says_what_awaits_authority(officer: Client) -> None:
    grants.a_waiting_line("100.00")
    grants.a_waiting_line("20.50")
    assert "2 lines of £120.50" in read(officer, "grants_home")


def test_home_says_when_no_commitment_is_late(officer: Client) -> None:
    grants.a_line("10.00", stage="commitment")
    assert "None is late" in read(officer, "grants_home")


def test_home_says_nothing_of_a_sum_in_part_2(officer: Client) -> None:
    papers.signed(restricted_paper())
    assert "61,113" not in read(officer, "grants_home")


def restricted_paper() -> Decision:
    """Return a draft whose second recommendation, of £61,113, is in Part 2."""
    draft = papers.with_drawn_sum(papers.with_part_2(grants.a_funded_paper()), "61113.00")
    row = draft.recommendations.get(number="2")
    exemption = draft.exemptions.get()
    words = deciding.RecommendationWords(
        text=row.text,
        kind=row.kind,
        figures=[deciding.Sum(Decimal("61113.00"))],
        part=2,
        exemption=exemption,
    )
    deciding.edit_recommendation(recommendation=row, words=words, by=draft.originating_officer)
    return papers.again(draft)


def test_the_start_page_of_finance_leads_to_the_money(officer: Client) -> None:
    grants.a_funded_decision()
    assert "1 sum decided and not yet allocated" in read(officer, "home")


def test_the_start_page_of_others_says_nothing_of_it(auditor: Client) -> None:
    grants.a_funded_decision()
    assert "not yet allocated" not in read(auditor, "home")


# ---------------------------------------------------------------- allocations


def test_the_list_never_adds_the_same_money_twice(officer: Client) -> None:
    decision = grants.a_funded_decision(drawn="570000.00")
    first = grants.an_allocation("1150000.00", decision=decision)
    grants.an_allocation("570000.00", decision=decision, number="2", funded_from=first)
    page = read(officer, "allocation_list")
    assert "£1,150,000.00" in page.split("All that match")[1]
    assert "of which £570,000.00 is drawn by some of these out of others" in page


def test_a_drawn_allocation_by_itself_is_counted(officer: Client) -> None:
    decision = grants.a_funded_decision(drawn="570000.00")
    first = grants.an_allocation("1150000.00", decision=decision)
    grants.an_allocation(
        "570000.00", decision=decision, number="2", funded_from=first, purpose="Licences"
    )
    total = read(officer, "allocation_list", q="licences").split("All that match")[1]
    assert "£570,000.00" in total
    assert "counted once" not in total


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ({"q": "centre"}, True),
        ({"q": "726"}, True),
        ({"q": "home office"}, True),
        ({"q": "horses"}, False),
        ({"decision": "PCD 726"}, True),
        ({"decision": "pcd-726"}, True),
        ({"decision": "PCD 727"}, False),
        ({"decision": "nonsense"}, False),
        ({"year": "2016"}, False),
        ({"before": "1"}, False),
    ],
)
def test_allocations_are_found(officer: Client, query: dict[str, str], is_found: bool) -> None:
    grants.an_allocation()
    assert ("PCD 726 allocation 1" in read(officer, "allocation_list", **query)) is is_found


def test_an_allocation_shows_its_statement(officer: Client) -> None:
    allocation = grants.an_allocation("1000.00")
    line = grants.a_line("100.00", allocation=allocation)
    actions.reverse_line(
        line=line, reason="Entered twice.", form_key=uuid4(), by=grants.a_finance_officer()
    )
    page = read(officer, "allocation_detail", allocation.slug)
    for words in ("£900.00", "Reversal of Line", "Entered twice.", "Audit trail entry"):
        assert words in page


def test_who_may_read_the_audit_trail_is_led_to_its_entries(auditor: Client) -> None:
    allocation = grants.an_allocation()
    page = read(auditor, "allocation_detail", allocation.slug)
    assert page.count('href="/audit/') >= 2


def test_a_statement_goes_on_over_pages(officer: Client) -> None:
    allocation = grants.an_allocation("1000.00")
    for _ in range(26):
        grants.a_line("1.00", allocation=allocation)
    first = read(officer, "allocation_detail", allocation.slug)
    assert "?before=3#statement" in first
    second = read(officer, "allocation_detail", allocation.slug, before=3)
    assert "£999.00" in second
    assert "£974.00" not in second.split("Statement of")[1]


def test_what_is_open_is_listed(officer: Client) -> None:
    allocation = grants.an_allocation("1000.00")
    grants.a_line("100.00", allocation=allocation, stage="commitment")
    page = read(officer, "allocation_detail", allocation.slug)
    assert "Still open" in page


@pytest.mark.parametrize(
    ("words", "is_found"),
    [("harbour", True), ("PO 77", True), ("77", True), ("swings", False), ("line 0", False)],
)
def test_spending_is_found(officer: Client, words: str, is_found: bool) -> None:
    line = grants.a_line(po_number="PO 77")
    found = read(officer, "line_list", q=words, allocation="pcd-726-1")
    assert (line.reference in found) is is_found


def test_spending_is_found_by_its_number(officer: Client) -> None:
    line = grants.a_line()
    assert line.reference in read(officer, "line_list", q=line.reference)


def test_the_list_of_lines_says_why_numbers_may_skip(officer: Client) -> None:
    grants.a_line()
    assert "Line numbers may skip" in read(officer, "line_list")


def test_an_allocation_of_a_revoked_decision_is_closed(officer: Client) -> None:
    allocation = grants.an_allocation()
    grants.revoked(allocation.decision)
    page = read(officer, "allocation_detail", allocation.slug)
    assert "so this allocation is closed" in page
    assert reverse("line_new", args=[allocation.slug]) not in page


@pytest.mark.parametrize("slug", ["pcd-726-2", "pcd-727-1", "pcd-726", "x", "1", "--"])
def test_an_allocation_that_is_not_there_is_not_found(officer: Client, slug: str) -> None:
    grants.an_allocation()
    assert officer.get(f"/grants/allocations/{slug}/").status_code == 404


def test_an_administrator_is_told_why_not(db: None) -> None:
    administrator = client_of(a_person("administrator", Role.ADMINISTRATOR))
    response = administrator.get(reverse("grants_home"))
    assert response.status_code == 403
    assert "Only officers may see allocations and spending" in response.content.decode()


# ---------------------------------------------------------------- decisions and their money


def test_a_decision_shows_its_money(officer: Client) -> None:
    allocation = grants.an_allocation("1000.00")
    page = read(officer, "decision_detail", "pcd-726")
    assert "PCD 726 allocation 1" in page
    assert "£1,199,000.00" in page
    assert allocation.purpose in page


def test_a_bid_says_why_it_opens_no_money(officer: Client) -> None:
    draft = grants.a_funded_paper()
    row = draft.recommendations.get()
    words = deciding.RecommendationWords(
        text=row.text, kind="bid", figures=[deciding.Sum(Decimal("100.00"))]
    )
    deciding.edit_recommendation(recommendation=row, words=words, by=draft.originating_officer)
    papers.signed(papers.again(draft))
    assert "A bid asks for money and opens none" in read(officer, "decision_detail", "pcd-726")


def test_a_revoked_decision_says_its_allocations_are_closed(officer: Client) -> None:
    grants.revoked(grants.an_allocation().decision)
    assert "its allocations are closed" in read(officer, "decision_detail", "pcd-726")


def test_a_paper_not_yet_decided_shows_no_money(officer: Client) -> None:
    papers.submitted(grants.a_funded_paper())
    assert "Money under this decision" not in read(officer, "decision_detail", "pcd-726")


def test_a_rejected_recommendation_says_that_it_opens_none(officer: Client) -> None:
    grants.a_funded_decision(r1="rejected")
    page = read(officer, "decision_detail", "pcd-726")
    assert "It was rejected, so it opens no money" in page


# ---------------------------------------------------------------- queries


def more(allocation: Allocation) -> SpendingLine:
    """Add a row to every list."""
    decision = grants.a_funded_decision()
    grants.an_allocation("1.00", decision=decision)
    grants.a_waiting_line("1.00")
    grants.a_line("1.00", allocation=allocation)
    return grants.a_line("1.00", allocation=allocation, stage="commitment")


@pytest.mark.parametrize(
    "name",
    ["grants_home", "allocation_list", "allocation_new", "awaiting_list", "line_list", "home"],
)
def test_a_list_takes_no_more_queries_for_more_rows(officer: Client, name: str) -> None:
    allocation = grants.an_allocation()
    more(allocation)
    before = queries(officer, name)
    more(allocation)
    more(allocation)
    assert queries(officer, name) == before


def test_a_statement_takes_no_more_queries_for_more_rows(auditor: Client) -> None:
    allocation = grants.an_allocation()
    more(allocation)
    before = queries(auditor, "allocation_detail", allocation.slug)
    more(allocation)
    more(allocation)
    assert queries(auditor, "allocation_detail", allocation.slug) == before


def test_a_decisions_money_takes_no_more_queries_for_more_rows(officer: Client) -> None:
    allocation = grants.an_allocation("1.00")
    slug = allocation.decision.slug
    before = queries(officer, "decision_detail", slug)
    grants.an_allocation("1.00", decision=allocation.decision)
    grants.an_allocation("1.00", decision=allocation.decision)
    assert queries(officer, "decision_detail", slug) == before
