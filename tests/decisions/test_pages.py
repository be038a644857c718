"""Reading decisions on the pages: who sees what, and what a page says."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role
from decisions import actions
from tests.factories import papers
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_governance_officer,
    a_person,
    an_adviser,
    an_officer,
)
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


def text(client: Client, place: str) -> str:
    answer = client.get(place)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_home_shows_what_waits_on_the_reader() -> None:
    papers.sent()
    assert "Support against county lines" in text(client_of(a_chief_executive()), "/")
    assert "No paper waits on you" in text(client_of(a_decision_maker()), "/")


def test_an_officer_sees_papers_under_way() -> None:
    papers.submitted()
    page = text(client_of(an_officer()), "/")
    assert "Financial adviser and legal adviser: advice or its confirmation" in page


def test_a_visitor_is_led_to_the_public_register_and_can_sign_in_there(client: Client) -> None:
    answer = client.get("/", follow=True)
    assert answer.redirect_chain == [("/register/", 302)]
    page = answer.content.decode()
    assert 'office here, <a class="govuk-link" href="/account/sign-in/">sign in</a>' in page
    assert "/components/" not in page


def test_an_exemption_without_a_part_2_is_shown_as_claimed() -> None:
    draft, officer = papers.a_draft(), an_officer()
    actions.add_exemption(decision=draft, ground="FOIA 2000 s43(2)", reason="Prices.", by=officer)
    page = text(client_of(officer), f"/decisions/{draft.slug}/")
    assert "An exemption is claimed under FOIA 2000 s43(2)" in page


def test_an_exemption_with_a_part_2_says_that_there_is_one() -> None:
    draft = papers.with_part_2(papers.a_draft())
    page = text(client_of(an_officer()), f"/decisions/{draft.slug}/")
    assert "has a Part 2 that is not published: it is exempt under FOIA 2000 s43(2)" in page
    assert "is claimed under" not in page


def test_a_draft_says_what_stands_between_it_and_its_submission() -> None:
    draft, officer = papers.a_draft(), an_officer()
    actions.edit_paper(decision=draft, executive_summary="", by=officer)
    page = text(client_of(officer), f"/decisions/{draft.slug}/")
    assert "1 to put right" in page
    assert f"/decisions/{draft.slug}/before/" in page


def test_a_button_that_is_not_open_says_why() -> None:
    decision = papers.submitted()
    page = text(client_of(decision.originating_officer), f"/decisions/{decision.slug}/")
    assert "Awaiting financial and legal advice" in page
    assert f"/decisions/{decision.slug}/withdraw/" in page
    assert f"/decisions/{decision.slug}/send/" not in page


def test_another_officers_draft_is_not_found() -> None:
    draft = papers.a_draft()
    assert client_of(an_officer("second")).get(f"/decisions/{draft.slug}/").status_code == 404


def test_a_decision_shows_outcomes_and_its_document() -> None:
    decision = papers.signed()
    page = text(client_of(a_governance_officer()), f"/decisions/{decision.slug}/")
    assert "Approved" in page
    assert f"/decisions/{decision.slug}/documents/1.pdf" in page


def test_no_page_outside_part_2_holds_a_word_of_it() -> None:
    decision = papers.published(papers.with_part_2(papers.a_draft()))
    client = client_of(a_governance_officer())
    for place in ("", "history/", "advice/"):
        assert papers.SECRET not in text(client, f"/decisions/{decision.slug}/{place}")
    for place in ("/register/", f"/register/{decision.slug}/"):
        assert papers.SECRET not in text(Client(), place)


def test_reading_part_2_is_recorded_before_it_is_shown() -> None:
    decision = papers.signed(papers.with_part_2(papers.a_draft()))
    page = text(client_of(a_decision_maker()), f"/decisions/{decision.slug}/part-2/")
    assert papers.SECRET in page
    assert "decisions.part_2.read" in papers.payloads()


@pytest.mark.parametrize("role", [Role.FINANCE_OFFICER, Role.ADMINISTRATOR])
def test_part_2_is_not_found_by_those_who_may_not_read_it(role: Role) -> None:
    decision = papers.published(papers.with_part_2(papers.a_draft()))
    client = client_of(a_person("somebody", role))
    assert client.get(f"/decisions/{decision.slug}/part-2/").status_code == 404
    assert "decisions.part_2.read" not in papers.payloads()


def test_a_paper_without_part_2_has_no_page_for_it() -> None:
    decision = papers.signed()
    client = client_of(a_decision_maker())
    assert client.get(f"/decisions/{decision.slug}/part-2/").status_code == 404


def test_anyone_reads_what_is_published(client: Client) -> None:
    decision = papers.published()
    assert decision.title in text(client, "/register/")
    page = text(client, f"/register/{decision.slug}/")
    assert "up to <strong>£1,200,000</strong>" in page
    assert client.get(f"/decisions/{decision.slug}/documents/1.pdf").content.startswith(b"%PDF")


def test_what_is_only_signed_is_not_public(client: Client) -> None:
    decision = papers.signed()
    assert decision.title not in text(client, "/register/")
    assert client.get(f"/register/{decision.slug}/").status_code == 404
    assert client.get(f"/decisions/{decision.slug}/documents/1.pdf").status_code == 404


def test_history_tells_every_act() -> None:
    decision = papers.signed()
    page = text(client_of(a_governance_officer()), f"/decisions/{decision.slug}/history/")
    for words in ("Decision signed", "Endorsed", "Advice given", "Submitted for advice"):
        assert words in page


def test_a_list_is_searched_and_filtered() -> None:
    papers.submitted()
    papers.a_draft("Rail pilot")
    client = client_of(an_officer())
    assert "Rail pilot" not in text(client, "/decisions/?q=county+lines")
    assert "county lines" not in text(client, "/decisions/?status=draft")
    assert "No decision matches" in text(client, "/decisions/?q=zebra")


def test_a_long_list_goes_on_to_older_decisions() -> None:
    for number in range(26):
        actions.create_draft(series=papers.a_series(), title=f"Paper {number}", by=an_officer())
    client = client_of(an_officer())
    answer = client.get("/decisions/")
    assert ">Paper 25<" in answer.content.decode()
    older = client.get(f"/decisions/{answer.context['listing'].older}").content.decode()
    assert ">Paper 0<" in older
    assert ">Paper 25<" not in older


def test_a_list_asks_the_database_as_much_for_many_as_for_few(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(6):
        actions.create_draft(series=papers.a_series(), title=f"Paper {number}", by=an_officer())
    client = client_of(an_officer())
    with django_assert_max_num_queries(12):
        client.get("/decisions/")


def test_advice_shows_what_has_changed_since() -> None:
    decision = papers.advised()
    words = actions.RecommendationWords(text="accept less.", kind="accept")
    row = decision.recommendations.get(number="1")
    actions.edit_recommendation(recommendation=row, words=words, by=decision.originating_officer)
    page = text(client_of(an_adviser()), f"/decisions/{decision.slug}/advice/")
    assert "Needs confirming" in page
    assert "(inserted: </span>less<" in page
    assert "Deleted: </span>up to £1,200,000" in page
