"""Deciding on the pages: outcomes, a look at the whole, a second factor."""

from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import Role
from audit.words import moment
from decisions import actions
from decisions.models import Condition, Decision, OutcomeFigure, RecommendationOutcome
from tests.factories import papers, sign_in
from tests.factories.as_shown import reviewed, version_shown
from tests.factories.people import a_decision_maker, a_governance_officer, a_person, an_officer
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
    typed = {
        "form_key": str(papers.a_key()),
        "interests_kind": "none",
        "interests": "None.",
        "words": "",
        "step": "review",
        **version_shown(decision),
    }
    for row in decision.recommendations.prefetch_related("figures"):
        prefix = f"r{row.pk}"
        typed |= {
            f"{prefix}-outcome": changes.pop(f"r{row.number}_outcome", "approved"),
            f"{prefix}-words": changes.pop(f"r{row.number}_words", ""),
        }
        typed |= a_condition(prefix, changes.pop(f"r{row.number}_condition", ""))
        for figure in row.figures.all():
            amount = changes.pop(f"r{row.number}_sum", str(figure.amount))
            typed[f"{prefix}-sum_{figure.pk}"] = amount
    return typed | changes


def a_condition(prefix: str, text: str) -> dict[str, str]:
    """Return one condition as it is typed, or none for no text."""
    owner = str(an_officer().pk)
    first = f"{prefix}-conditions-0"
    whole = {
        f"{first}-text": text,
        f"{first}-owner": owner,
        f"{first}-due_on_day": "1",
        f"{first}-due_on_month": "4",
        f"{first}-due_on_year": "2090",
    }
    counted = {
        f"{prefix}-conditions-TOTAL_FORMS": "1" if text else "0",
        f"{prefix}-conditions-INITIAL_FORMS": "0",
    }
    return counted | (whole if text else {})


def post(client: Client, decision: Decision, typed: dict[str, str]) -> str:
    """Post the form; return the page, or the address it went on to."""
    place = f"/decisions/{decision.slug}/decide/"
    if typed["step"] in {"sign", "prepare"} and "shown" not in typed:
        typed = typed | reviewed(client, place, typed)
    answer = client.post(place, typed)
    return answer["Location"] if answer.status_code == 302 else _plain(answer.content)


def _plain(content: bytes) -> str:
    return " ".join(content.decode().split())


def signing(typed: dict[str, str], **more: str) -> dict[str, str]:
    return {**typed, "step": "sign", "code": sign_in.code(), **more}


def rewritten(decision: Decision) -> Decision:
    """Return the paper returned, put in other words, and endorsed anew."""
    by = decision.originating_officer
    actions.return_to_draft(decision=decision, reason="A new plan.", by=by)
    actions.edit_paper(
        decision=papers.again(decision), title="Yachts", executive_summary="Yachts.", by=by
    )
    return papers.endorsed(papers.again(decision))


def test_a_page_opened_on_an_older_version_signs_nothing(
    client: Client, decision: Decision
) -> None:
    typed = signing(sheet(decision))
    typed |= reviewed(client, f"/decisions/{decision.slug}/decide/", typed)
    page = post(client, rewritten(decision), typed)
    assert "The paper changed since you opened this page" in page
    assert "Yachts" in page.partition("What has changed since you opened this page")[2]
    assert papers.again(decision).status == "awaiting_decision"


@pytest.mark.parametrize("step", ["sign", "prepare"])
def test_what_was_not_shown_is_neither_signed_nor_prepared(
    client: Client, decision: Decision, step: str
) -> None:
    page = post(client, decision, signing(sheet(decision), step=step, shown="another digest"))
    assert "Read it again below" in page
    assert papers.again(decision).status == "awaiting_decision"
    assert not decision.prepared.exists()


def test_who_is_late_is_told_who_signed_and_when(client: Client, decision: Decision) -> None:
    typed = signing(sheet(decision))
    typed |= reviewed(client, f"/decisions/{decision.slug}/decide/", typed)
    other = a_decision_maker("other_maker")
    papers.decide(decision, by=other)
    page = post(client, decision, typed)
    signed = moment(decision.approvals.get(stage="decision").approved_at)
    assert f"{other.name} signed PCD 726 first, on {signed}. Nothing was signed here." in page


def test_every_recommendation_needs_an_outcome(client: Client, decision: Decision) -> None:
    page = post(client, decision, sheet(decision, r2_outcome="", interests=""))
    assert "Choose an outcome for recommendation 2" in page
    assert "Confirm that it is you" not in page


def test_all_that_is_wrong_is_said_at_once_and_leads_to_its_field(
    client: Client, decision: Decision
) -> None:
    more = {"r1_outcome": "approved_as_amended", "r1_sum": "2,000,000"}
    page = post(client, decision, sheet(decision, **more, r2_outcome="", interests_kind=""))
    summary = page.partition("There is a problem")[2].partition("</div>")[0]
    assert "DEC-10" in summary
    assert "can put this right" not in summary
    assert "Choose an outcome for recommendation 2" in summary
    assert "Say whether you have an interest in this matter" in summary
    assert summary.count("<li>") == summary.count('<a href="#')


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
    assert "on licences out of recommendation 1." in page
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
    typed = sheet(decision, interests_kind="declared", interests="A cousin.")
    page = post(client, decision, signing(typed, code="000000"))
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
    assert "Recommendation 1</h3>" not in page


@pytest.mark.parametrize("has_part_2", [True, False])
def test_part_2_is_offered_where_there_is_one(has_part_2: bool) -> None:
    draft = papers.with_part_2(papers.a_draft()) if has_part_2 else papers.a_draft()
    decision = papers.endorsed(draft)
    page = client_of(a_decision_maker()).get(f"/decisions/{decision.slug}/decide/").content.decode()
    assert (f'href="/decisions/{decision.slug}/part-2/"' in page) is has_part_2


def decide_page(client: Client, decision: Decision) -> str:
    return _plain(client.get(f"/decisions/{decision.slug}/decide/").content)


def test_before_anything_is_typed_the_page_says_what_stands(
    client: Client, decision: Decision
) -> None:
    page = decide_page(client, decision)
    assert "Nothing stands in the way of a decision" in page
    assert "<strong>Nothing has changed since.</strong>" in page
    assert "There is nothing financial against it." in page
    assert "Scheme of Delegation and Consent of 1 October 2016" in page
    assert "0 times, for £0 in all" in page


def test_the_effect_counts_a_drawn_sum_once(client: Client, decision: Decision) -> None:
    page = decide_page(client, decision)
    assert "drawn from recommendation 1, so not added to it" in page
    assert 'Going out</dt><dd class="govuk-summary-list__value">£570,000</dd>' in page
    assert "<strong>£1,200,000</strong>" in page


def test_a_limit_that_is_too_low_is_said_before_anything_is_typed(decision: Decision) -> None:
    small = a_decision_maker("small", limit=Decimal(1000))
    page = decide_page(client_of(small), decision)
    assert "The sum is over the delegation&#x27;s limit of £1,000." in page
    assert "Less can be approved, or it can be rejected or deferred." in page
    assert "Your decision</h2>" in page


def test_who_holds_the_office_alone_reads_what_is_missing_and_who_can_decide(
    decision: Decision,
) -> None:
    a_decision_maker()
    page = decide_page(client_of(a_person("lapsed", Role.DECISION_MAKER)), decision)
    assert "You hold no delegation that is in force today." in page
    assert "Decision maker can decide it." in page
    assert "Your decision</h2>" not in page


def test_conditions_are_added_and_removed_by_buttons(client: Client, decision: Decision) -> None:
    prefix = f"r{decision.recommendations.get(number='1').pk}-conditions"
    typed = sheet(decision, interests_kind="", r1_condition="Report each quarter")
    two = post(client, decision, typed | {"step": f"add-{prefix}"})
    assert "Condition 2 on recommendation 1" in two
    assert "govuk-error-summary" not in two
    none = post(client, decision, typed | {"step": f"remove-{prefix}-0"})
    assert "Condition 1 on recommendation 1" not in none
    assert "Report each quarter" not in none


def test_a_condition_that_was_begun_is_asked_for_whole(client: Client, decision: Decision) -> None:
    typed = sheet(decision, r1_condition="Report each quarter")
    prefix = f"r{decision.recommendations.get(number='1').pk}-conditions-0"
    page = post(client, decision, typed | {f"{prefix}-owner": "", f"{prefix}-due_on_year": "2001"})
    assert "Choose who meets the condition" in page
    assert "A condition is met by a day that is still to come" in page


def test_what_is_deferred_needs_a_day_to_come_back(client: Client, decision: Decision) -> None:
    page = post(client, decision, sheet(decision, r2_outcome="deferred"))
    assert "Enter the day on which recommendation 2 comes back" in page


def test_a_broken_rule_stands_at_its_field(client: Client, decision: Decision) -> None:
    first = decision.recommendations.get(number="1")
    changes = {"r1_outcome": "approved_as_amended", "r1_sum": "2,000,000"}
    page = post(client, decision, sheet(decision, **changes))
    assert f'href="#id_r{first.pk}-sum_{first.figures.get().pk}"' in page
    assert "DEC-10" in page


def test_the_words_of_an_interest_are_asked_for(client: Client, decision: Decision) -> None:
    page = post(client, decision, sheet(decision, interests_kind="declared", interests=""))
    assert "Say what the interest is" in page


def test_what_is_reviewed_can_be_kept_for_a_batch_and_changed(
    client: Client, decision: Decision
) -> None:
    kept = sheet(decision, step="prepare", interests_kind="declared", interests="A cousin.")
    assert post(client, decision, kept) == "/box/"
    assert papers.again(decision).status == "awaiting_decision"
    page = decide_page(client, decision)
    assert "A cousin." in page
