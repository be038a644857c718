"""Lists: what is found by words and filters, page by page, in few queries."""

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from decisions import actions, search
from decisions.actions import RecommendationWords
from decisions.models import Decision, waiting_on
from tests.factories import papers
from tests.factories.people import a_governance_officer, an_officer

pytestmark = pytest.mark.django_db


def found(words: str) -> list[Decision]:
    return list(search.matching(Decision.objects.all(), words))


@pytest.mark.parametrize(
    "words", ["county", "lines county", "PCD 726", "pcd726", '"national centre"', "grants"]
)
def test_a_decision_is_found_by_words_of_part_1(words: str) -> None:
    decision = papers.submitted()
    assert found(words) == [decision]


@pytest.mark.parametrize("words", ["Aardvark", "aardvark analytics", "61,113"])
def test_a_decision_is_not_found_by_words_of_part_2(words: str) -> None:
    papers.submitted(papers.with_part_2(papers.a_draft()))
    assert found(words) == []


def test_a_decision_is_not_found_under_a_restricted_recommendation() -> None:
    draft = papers.with_part_2(papers.a_draft())
    words = RecommendationWords(text="Zebra", part=2, exemption=draft.exemptions.get())
    above = actions.add_recommendation(decision=draft, words=words, by=an_officer())
    below = RecommendationWords(text="Quagga", parent=above)
    actions.add_recommendation(decision=draft, words=below, by=an_officer())
    assert found("zebra or quagga") == []


def test_words_that_went_are_not_found() -> None:
    draft = papers.a_draft("Okapi")
    actions.edit_paper(decision=draft, title="Support", by=an_officer())
    assert found("okapi") == []


def test_no_words_find_everything() -> None:
    draft = papers.a_draft()
    assert found("  ") == [draft]


@pytest.mark.parametrize("words", ["'", '"', "a & | b", "((", ":*", "\\", "x" * 5000])
def test_any_words_may_be_typed(words: str) -> None:
    papers.a_draft()
    assert isinstance(found(words), list)


def test_the_title_ranks_above_the_text() -> None:
    text, title = papers.a_draft("Vans"), papers.a_draft("Okapi")
    actions.edit_paper(decision=text, executive_summary="An okapi van.", by=an_officer())
    best = search.best(Decision.objects.all(), "okapi")
    assert list(best) == [title, text]


@pytest.mark.parametrize("words", ["-" * 200, "- " * 100, "-" * 33 + "okapi"])
def test_dashes_stop_no_search(words: str) -> None:
    assert found(words) == []


def test_the_search_index_is_no_part_of_the_register() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relnamespace::regnamespace::text FROM pg_class WHERE relname = %s",
            ["decisions_searchentry"],
        )
        assert cursor.fetchall() == [("transient",)]


def test_filters_narrow_a_list() -> None:
    signed, _ = papers.signed(), papers.submitted(papers.a_draft("Another"))
    everything = Decision.objects.all()
    year = signed.date_signed.year - (signed.date_signed.month < 4) if signed.date_signed else 0
    assert list(search.filtered(everything, status="signed")) == [signed]
    assert list(search.filtered(everything, year=year)) == [signed]
    assert list(search.filtered(everything, year=year - 1)) == []


def test_a_funder_is_found_in_the_recommendations_of_part_1() -> None:
    draft = papers.with_part_2(papers.a_draft())
    funder = actions.add_organisation(name="Home Office", by=an_officer())
    other = actions.add_organisation(name="Hidden Fund", by=an_officer())
    for words in (
        RecommendationWords(text="accept it", funder=funder),
        RecommendationWords(text="hide it", funder=other, part=2, exemption=draft.exemptions.get()),
    ):
        actions.add_recommendation(decision=draft, words=words, by=an_officer())
    assert list(search.filtered(Decision.objects.all(), funder=funder.pk)) == [draft]
    assert list(search.filtered(Decision.objects.all(), funder=other.pk)) == []


def test_pages_follow_each_other_without_gap() -> None:
    made = [papers.a_draft(f"Paper {n}") for n in range(5)]
    first = search.page_after(Decision.objects.all(), before=None, size=2)
    second = search.page_after(Decision.objects.all(), before=first[1].pk, size=2)
    third = search.page_after(Decision.objects.all(), before=second[1].pk, size=2)
    assert [*first[:2], *second[:2], *third] == made[::-1]


@pytest.mark.parametrize("slug", ["pcd-726", "PCD-726"])
def test_a_decision_is_found_by_its_slug(slug: str) -> None:
    decision = papers.submitted()
    assert list(Decision.objects.with_slug(slug)) == [decision]


@pytest.mark.parametrize("slug", ["", "-", "pcd", "pcd-", "pcd-x", "726", "pcd-727", "draft-1e3"])
def test_what_is_no_slug_finds_nothing(slug: str) -> None:
    papers.submitted()
    assert not Decision.objects.with_slug(slug).exists()


def test_a_numbered_decision_is_no_draft_any_more() -> None:
    decision = papers.submitted()
    assert not Decision.objects.with_slug(f"draft-{decision.pk}").exists()


def test_a_list_takes_as_many_queries_for_many_as_for_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(3):
        papers.submitted(papers.a_draft(f"Paper {n}"))
    governance = a_governance_officer()
    with django_assert_num_queries(2):
        rows = list(Decision.objects.visible_to(governance).with_parties())
        assert all(waiting_on(row) for row in rows)


def test_a_queue_takes_one_query_beside_the_persons_roles_and_principals(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    officer = an_officer()
    papers.a_draft()
    with django_assert_num_queries(3):
        assert list(Decision.objects.awaiting(officer).with_parties())
