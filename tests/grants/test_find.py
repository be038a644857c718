"""Who approved this sum, and for what? Whatever is known of it leads to the whole chain."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from grants.find import allocations_found, figures_found, letters_found, lines_found, words_of
from tests.factories import grants
from tests.grants.test_search import restricted

pytestmark = pytest.mark.django_db


def read(client: Client, q: str) -> str:
    """Return what the page answers, its blanks made one."""
    response = client.get(reverse("money_find"), {"q": q})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize(
    "typed", ["1200000", "£1.2m", "1,200,000", "1.2 million", "1,200", "£ 1.2m"]
)
def test_a_sum_is_found_however_it_is_written(typed: str) -> None:
    grants.a_funded_decision()
    assert [row.amount for row in figures_found(words_of(typed))] == [Decimal("1200000.00")]


@pytest.mark.parametrize("typed", ["1200001", "£1.3", "120", "£2m"])
def test_another_sum_is_not(typed: str) -> None:
    grants.a_funded_decision()
    assert not figures_found(words_of(typed)).exists()


@pytest.mark.parametrize("typed", ["PCD 726", "pcd-726", "726 £1.2m", "PCD 726 recommendation 1"])
def test_a_reference_finds_its_sum(typed: str) -> None:
    grants.a_funded_decision()
    assert figures_found(words_of(typed)).count() == 1


@pytest.mark.parametrize("typed", ["PCD 726 allocation 1", "pcd-726-1", "national centre", "£1k"])
def test_an_allocation_is_found(typed: str) -> None:
    grants.an_allocation("1000.00")
    assert allocations_found(words_of(typed)).count() == 1


def test_a_letter_is_found_by_its_reference() -> None:
    grants.an_award(decision=grants.a_funded_decision())
    assert letters_found(words_of("HO/2019/114")).count() == 1


@pytest.mark.parametrize(
    "typed", ["harbour", "INV-77", "po 4500012", "harbour £120", "120.00", "100", "726 harbour"]
)
def test_spending_is_found_by_all_that_it_bears(typed: str) -> None:
    grants.a_line(
        "100.00",
        allocation=grants.an_allocation("1000.00"),
        vat=Decimal("20.00"),
        is_vat_recovered=True,
        invoice_number="INV-77",
        po_number="4500012",
    )
    assert lines_found(words_of(typed)).count() == 1


def test_every_word_has_to_be_found() -> None:
    grants.a_line("100.00", allocation=grants.an_allocation("1000.00"))
    assert not lines_found(words_of("harbour £999")).exists()


@pytest.mark.parametrize("typed", ["61113", "72117", "Aardvark"])
def test_nothing_of_part_2_is_found_nor_under_it(officer: Client, typed: str) -> None:
    restricted()
    assert "Nothing is found" in read(officer, typed)


# ---------------------------------------------------------------- the chain


def test_an_answer_says_who_approved_it_when_and_in_which_words(officer: Client) -> None:
    allocation = grants.an_allocation("1000.00")
    line, decision = grants.a_line("100.00", allocation=allocation), allocation.decision
    page = read(officer, "harbour")
    approval = decision.approvals.get(stage="decision")
    words = decision.recommendations.get(number="1").text
    assert f"Approved by {approval.by_name} on" in page
    assert " ".join(words.split()[:6]) in page
    assert f'href="/grants/lines/{line.pk}/why/"' in page
    assert "(PDF)" in page


def test_spend_without_authority_says_so(officer: Client) -> None:
    grants.a_waiting_line("77.00")
    assert "No decision covers it yet." in read(officer, "77")


def test_nothing_found_says_what_to_do(officer: Client) -> None:
    assert "Every word has to be found." in read(officer, "£999,999")


def test_more_answers_take_no_more_queries(officer: Client) -> None:
    allocation = grants.an_allocation("1000.00")
    grants.a_line("1.00", allocation=allocation)
    with CaptureQueriesContext(connection) as few:
        read(officer, "harbour")
    grants.a_line("2.00", allocation=allocation)
    with CaptureQueriesContext(connection) as more:
        read(officer, "harbour")
    assert len(more) == len(few)
