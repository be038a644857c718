"""Taking a paper along its way on the pages."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from audit import clock
from audit.refusals import Refused
from decisions import actions
from decisions.models import Advice, Decision
from tests.factories import as_shown, papers
from tests.factories.as_shown import version_shown
from tests.factories.people import (
    a_chief_executive,
    a_governance_officer,
    an_adviser,
    an_officer,
)
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


def post(client: Client, decision: Decision, place: str, **typed: str) -> str:
    """Post a step's form; return the page, or "" when it went on."""
    form = {"form_key": str(papers.a_key()), **version_shown(decision), **typed}
    answer = client.post(f"/decisions/{decision.slug}/{place}/", form)
    return "" if answer.status_code == 302 else " ".join(answer.content.decode().split())


def test_submitting_leads_to_the_papers_new_address() -> None:
    draft = papers.a_draft()
    client = client_of(draft.originating_officer)
    answer = client.post(f"/decisions/{draft.slug}/submit/", {"form_key": papers.a_key()})
    assert answer["Location"] == "/decisions/pcd-726/"


def test_a_step_posted_twice_is_taken_once() -> None:
    decision = papers.advised()
    client, key = client_of(decision.originating_officer), str(papers.a_key())
    assert post(client, decision, "send", form_key=key) == ""
    client.post(f"/decisions/{decision.slug}/send/", {"form_key": key})
    assert papers.again(decision).steps.filter(name="send_to_chief_executive").count() == 1


def test_a_step_whose_turn_it_is_not_says_why() -> None:
    decision = papers.submitted()
    answer = client_of(an_officer()).get(f"/decisions/{decision.slug}/send/")
    assert answer.status_code == 403
    assert "Awaiting financial and legal advice" in answer.content.decode()


def test_advice_is_given() -> None:
    decision = papers.submitted()
    assert post(client_of(an_adviser()), decision, "advice/financial", words="In budget.") == ""
    assert Advice.objects.get().words == "In budget."


def test_advice_posted_twice_is_given_once() -> None:
    decision = papers.submitted()
    client, key = client_of(an_adviser()), str(papers.a_key())
    for _ in range(2):
        post(client, decision, "advice/financial", words="In budget.", form_key=key)
    assert Advice.objects.count() == 1


def for_more(decision: Decision) -> Decision:
    """Return the paper, asking for ten times the sum."""
    words = actions.RecommendationWords(
        text="accept up to £12 million of grant for the national centre.",
        kind="accept",
        figures=[actions.Sum(Decimal(12_000_000), up_to=True)],
    )
    row, by = decision.recommendations.get(), decision.originating_officer
    actions.edit_recommendation(recommendation=row, words=words, by=by)
    return papers.again(decision)


OVERTAKEN = "The paper changed since you opened this page"


def test_advice_on_an_older_version_is_shown_again_with_what_changed() -> None:
    decision, client = papers.submitted(), client_of(an_adviser())
    seen = version_shown(decision)
    for_more(decision)
    page = post(client, decision, "advice/financial", words="In budget.", **seen)
    assert OVERTAKEN in page
    assert "£12,000,000" in page.partition("What has changed since you opened this page")[2]
    assert ">In budget.</textarea>" in page.replace("> ", ">")
    assert f'name="version_shown" value="{version_shown(decision)["version_shown"]}"' in page
    assert not Advice.objects.exists()


def test_advice_is_confirmed_only_on_the_version_shown() -> None:
    decision, client = for_more(papers.advised()), client_of(an_adviser())
    assert "financial" in decision.advice_needed
    page = post(client, decision, "advice/financial", words="Still so.", version_shown="1")
    assert OVERTAKEN in page
    assert "financial" in papers.again(decision).advice_needed


def test_advice_in_part_2_is_read_with_part_2_alone() -> None:
    decision = papers.submitted(papers.with_part_2(papers.a_draft()))
    client = client_of(an_adviser())
    said = {"words": "The bidder is weak.", **version_shown(decision)}
    assert "Say who can read these words" in post(client, decision, "advice/financial", **said)
    post(client, decision, "advice/financial", **said, part="2")
    pages = {
        place: client.get(f"/decisions/{decision.slug}/{place}").content.decode()
        for place in ("", "advice/", "part-2/")
    }
    assert "The words of this advice lie in Part 2." in pages["advice/"]
    assert [place for place, page in pages.items() if "The bidder is weak." in page] == ["part-2/"]


def test_nobody_is_chosen_beforehand_to_read_advice_on_a_paper_with_part_2() -> None:
    decision = papers.submitted(papers.with_part_2(papers.a_draft()))
    page = client_of(an_adviser()).get(f"/decisions/{decision.slug}/advice/financial/")
    assert "checked" not in page.content.decode()


def test_advice_that_names_an_old_sum_is_not_confirmed_unwarned() -> None:
    decision, by = papers.submitted(), an_adviser()
    words = "£1.2 million is in the budget."
    as_shown.give_advice(decision=decision, kind="financial", words=words, by=by)
    for_more(decision)
    page = client_of(by).get(f"/decisions/{decision.slug}/advice/financial/").content.decode()
    assert "The advice names £1.2 million, which the paper has no more" in page


def test_a_paper_is_endorsed_only_on_the_version_shown() -> None:
    decision, client = papers.sent(), client_of(a_chief_executive())
    page = post(client, decision, "endorse", is_satisfied="on", words="Good.", version_shown="0")
    assert OVERTAKEN in page
    assert papers.again(decision).status == "with_chief_executive"


def test_the_actions_themselves_refuse_a_version_that_is_not_the_last() -> None:
    given: dict[str, Any] = {"version_shown": 99, "kind": "financial", "words": "In budget."}
    given |= {"decision": papers.submitted(), "by": an_adviser()}
    for act in (actions.give_advice, actions.confirm_advice):
        with pytest.raises(Refused, match="DEC-78"):
            act(**given)


def test_endorsing_itself_refuses_a_version_that_is_not_the_last() -> None:
    with pytest.raises(Refused, match="DEC-78"):
        as_shown.endorse(decision=papers.sent(), version_shown=99, by=a_chief_executive())


def test_the_key_of_a_form_counts_for_its_own_paper_alone() -> None:
    first, other, key = papers.submitted(), papers.submitted(papers.a_draft()), papers.a_key()
    given: dict[str, Any] = {"kind": "financial", "words": "In budget.", "form_key": key}
    as_shown.give_advice(decision=first, by=an_adviser(), **given)
    with pytest.raises(Refused, match="sent already, for something else"):
        as_shown.give_advice(decision=other, by=an_adviser(), **given)


def test_the_key_of_a_form_counts_for_who_sent_it_alone() -> None:
    decision, key = papers.advised(), str(papers.a_key())
    post(client_of(decision.originating_officer), decision, "send", form_key=key)
    client = client_of(a_chief_executive())
    answer = client.post(f"/decisions/{decision.slug}/send/", {"form_key": key})
    assert answer.status_code == 403


def test_an_adviser_of_another_kind_is_refused() -> None:
    decision = papers.submitted()
    page = post(client_of(an_adviser()), decision, "advice/legal", words="Lawful.")
    assert "You do not give legal advice" in page


def test_endorsing_needs_the_statement() -> None:
    decision = papers.sent()
    page = post(client_of(a_chief_executive()), decision, "endorse")
    assert "Confirm the statement" in page
    assert papers.again(decision).status == "with_chief_executive"


def test_the_chief_executive_endorses() -> None:
    decision = papers.sent()
    assert post(client_of(a_chief_executive()), decision, "endorse", is_satisfied="on") == ""
    assert papers.again(decision).status == "awaiting_decision"


def test_a_return_needs_a_reason_and_keeps_what_was_typed() -> None:
    decision = papers.sent()
    client = client_of(a_chief_executive())
    assert "Fill in “Reason”" in post(client, decision, "return")
    assert post(client, decision, "return", reason="Costs are unclear.") == ""
    assert papers.again(decision).status == "draft"


def test_the_governance_officer_publishes() -> None:
    decision = papers.signed()
    assert post(client_of(a_governance_officer()), decision, "publish") == ""
    assert papers.again(decision).is_published


def test_a_deferral_into_the_past_is_refused_in_words() -> None:
    decision = papers.signed()
    today = clock.today()
    day = {"until_day": "1", "until_month": "1", "until_year": str(today.year)}
    client = client_of(a_governance_officer())
    page = post(client, decision, "defer", reason="A trial is under way.", **day)
    assert "DEC-14" in page
    assert "A trial is under way." in page


def test_a_published_decision_is_taken_down() -> None:
    decision = papers.published()
    client = client_of(a_governance_officer())
    assert post(client, decision, "take-down", reason="A name was printed.") == ""
    assert papers.again(decision).status == "signed"


def test_a_form_without_its_key_does_nothing() -> None:
    decision = papers.signed()
    assert post(client_of(a_governance_officer()), decision, "publish", form_key="") != ""
    assert not papers.again(decision).is_published


def test_a_draft_is_withdrawn_without_a_word_of_its_number() -> None:
    draft = papers.a_draft()
    shown = client_of(draft.originating_officer).get(f"/decisions/{draft.slug}/withdraw/")
    words = shown.content.decode()
    assert "It has no number, so none is used up" in words
    assert "Its number stays used" not in words
