"""Before a paper goes on: what is found in it blocks, or is answered in words that are kept."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from audit.models import LedgerEntry
from audit.refusals import Refused
from decisions import actions, rules
from decisions.actions import RecommendationWords, Sum
from decisions.actions.contents import document_content
from decisions.models import (
    Decision,
    DocumentKind,
    RuleAnswer,
    latest_version,
    paper_content,
    part_1_of,
    read_content,
)
from tests.decisions.test_rows_as_versioned import refused
from tests.factories import as_shown, papers
from tests.factories.people import a_chief_executive, an_adviser, an_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db

SAID = "The Home Office and we settle it before any award is accepted."


def contradicting() -> Decision:
    """Make a draft like PCD 386: it bids for £3.7m, and the strategy sets aside £3.6m."""
    draft, officer = papers.a_draft(), an_officer()
    words = RecommendationWords(
        text="approve a bid for £3.7m.", kind="bid", figures=[Sum(Decimal("3700000.00"))]
    )
    actions.edit_recommendation(recommendation=draft.recommendations.get(), words=words, by=officer)
    section = draft.sections.get(number="1")
    text = "The strategy of April 2018 sets aside £3.6m for the centre."
    actions.add_paragraph(section=section, text=text, by=officer)
    return papers.again(draft)


def say(decision: Decision, words: str = SAID) -> None:
    """Answer everything that waits for an answer."""
    said = {each.digest: words for each in rules.look(decision).unanswered}
    actions.answer_warnings(decision=decision, answers=said, by=decision.originating_officer)


def submit(decision: Decision) -> Decision:
    """Submit a paper, and no more."""
    actions.submit_for_advice(decision=decision, by=decision.originating_officer)
    return papers.again(decision)


def in_version(decision: Decision) -> list[dict[str, Any]]:
    version = latest_version(decision)
    assert version is not None
    answers: list[dict[str, Any]] = read_content(version).get("answers", [])
    return answers


def test_sums_that_contradict_each_other_wait_for_an_answer() -> None:
    with pytest.raises(Refused) as refusal:
        submit(contradicting())
    assert (refusal.value.code, "DEC-22" in str(refusal.value)) == ("DEC-28", True)


def test_an_answered_warning_lets_the_paper_go_on_with_the_answer_in_it() -> None:
    draft = contradicting()
    say(draft)
    assert [(row["code"], row["words"], row["by"]) for row in in_version(submit(draft))] == [
        ("DEC-22", SAID, "Officer")
    ]


def test_a_paper_in_order_holds_no_answers() -> None:
    assert "answers" not in paper_content(papers.submitted())


def test_another_contradiction_asks_for_another_answer_and_keeps_the_old() -> None:
    draft = contradicting()
    say(draft)
    paragraph = draft.sections.get(number="1").paragraphs.get(text__contains="£3.6m")
    text = "The strategy of April 2018 sets aside £3.5m for the centre."
    actions.edit_paragraph(paragraph=paragraph, text=text, by=an_officer())
    looked = rules.look(papers.again(draft))
    assert [each.code for each in looked.unanswered] == ["DEC-22"]
    assert "£3.6m" in RuleAnswer.objects.get().finding


def test_the_later_of_two_answers_stands() -> None:
    draft = contradicting()
    say(draft)
    finding = rules.look(draft).warnings[0]
    actions.answer_warnings(decision=draft, answers={finding.digest: "Better."}, by=an_officer())
    assert [row["words"] for row in in_version(submit(papers.again(draft)))] == ["Better."]


def forget_consent(decision: Decision) -> None:
    """Make a change that is doubted and touches no advice."""
    actions.edit_paper(
        decision=decision, head_of_unit="", head_of_unit_consented_on=None, by=an_officer()
    )


def test_a_paper_that_was_changed_is_not_sent_on_with_a_new_warning() -> None:
    decision = papers.advised()
    forget_consent(decision)
    with pytest.raises(Refused, match="DEC-16"):
        actions.send_to_chief_executive(decision=decision, by=an_officer())


def test_nor_is_it_endorsed() -> None:
    decision = papers.sent()
    forget_consent(decision)
    with pytest.raises(Refused, match="DEC-16"):
        as_shown.endorse(decision=decision, by=a_chief_executive())


def test_an_answer_in_advice_makes_a_version_and_hinders_no_advice() -> None:
    decision = papers.advised()
    forget_consent(decision)
    before = decision.versions.count()
    say(papers.again(decision))
    assert decision.versions.count() == before + 1
    assert papers.again(decision).advice_needed == []


def test_an_error_is_put_right_and_cannot_be_answered() -> None:
    draft = papers.a_draft()
    actions.edit_paper(decision=draft, title="", by=an_officer())
    error = rules.look(papers.again(draft)).errors[0]
    with pytest.raises(Refused, match="no longer found"):
        actions.answer_warnings(decision=draft, answers={error.digest: SAID}, by=an_officer())


def test_part_2_without_a_review_date_is_an_error() -> None:
    draft = papers.with_part_2(papers.a_draft())
    ground = draft.exemptions.get()
    actions.edit_exemption(exemption=ground, ground=ground.ground, reason="", by=an_officer())
    with pytest.raises(Refused) as refusal:
        submit(draft)
    assert refusal.value.code == "DEC-17"


def test_an_answer_needs_words() -> None:
    draft = contradicting()
    with pytest.raises(Refused, match="needs words"):
        say(draft, "  ")


def test_the_audit_trail_names_the_rule_and_quotes_nothing() -> None:
    say(contradicting())
    assert LedgerEntry.objects.filter(event="decisions.warning.answered").count() == 1
    payload = papers.payloads()
    assert '"what":"DEC-22"' in payload
    assert "£3.6m" not in payload
    assert SAID not in payload


def with_restricted_finding() -> Decision:
    """Make a draft whose only warning quotes Part 2, with an answer that does too."""
    draft = papers.a_draft()
    exemption = papers.with_part_2(draft).exemptions.get()
    text = "A supplier asked £1,117,223 for the whole."
    actions.add_paragraph(
        section=draft.sections.get(number="1"), text=text, part=2, exemption=exemption,
        by=an_officer(),
    )  # fmt: skip
    draft = papers.again(draft)
    say(draft, "The supplier of £1,117,223 was not chosen.")
    return draft


def test_an_answer_on_part_2_is_in_no_part_1_content() -> None:
    content = paper_content(submit(with_restricted_finding()))
    assert [row["part"] for row in content["answers"]] == [2]
    assert "answers" not in part_1_of(content)
    assert "1,117,223" not in str(part_1_of(content))


def test_the_public_document_is_without_the_answer_that_the_restricted_one_prints() -> None:
    decision = papers.signed(with_restricted_finding())
    approval = decision.approvals.get(stage="decision")
    public, whole = (document_content(approval, kind) for kind in DocumentKind)
    assert public.paper.answers == ()
    assert [row.part for row in whole.paper.answers] == [2]


def test_the_signed_document_declares_authority_and_answers() -> None:
    draft = contradicting()
    say(draft)
    approval = papers.signed(papers.again(draft)).approvals.get(stage="decision")
    paper = document_content(approval).paper
    assert (paper.authority_paragraph, [row.words for row in paper.answers]) == ("4.8", [SAID])


def test_the_database_lets_no_paper_on_with_a_warning_unanswered() -> None:
    decision, officer = papers.advised(), an_officer()
    unanswered = "UPDATE decisions_decision SET warnings = ARRAY[repeat('a', 64)]"
    onward = "UPDATE decisions_decision SET status = 'with_chief_executive'"
    assert refused(officer, decision, unanswered, onward) == "decision_warnings_answered"


@pytest.mark.parametrize("column", ["authority_paragraph", "retrospective_reason"])
def test_what_is_declared_is_frozen_with_the_paper(column: str) -> None:
    decision = papers.endorsed()
    sql = f"UPDATE decisions_decision SET {column} = 'Another'"
    assert refused(an_officer(), decision, sql) == "decision_paper_frozen"


def test_what_is_declared_is_versioned() -> None:
    decision = papers.sent()
    sql = "UPDATE decisions_decision SET retrospective_reason = 'Late'"
    assert refused(an_officer(), decision, sql) == ""
    with pytest.raises(DatabaseError, match="changed after its newest version"):
        as_shown.endorse(decision=decision, by=a_chief_executive())


def test_a_frozen_paper_takes_no_answer_even_from_sql() -> None:
    decision = papers.endorsed()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO decisions_ruleanswer (decision_id, code, finding, digest, part, words,"
            " answered_at, answered_by_id, act) VALUES (%s, 'DEC-16', 'x', repeat('a', 64), 1,"
            " 'x', now(), %s, gen_random_uuid())",
            [decision.pk, decision.originating_officer_id],
        )


# ---------------------------------------------------------------- what a series asks for


def test_advice_that_a_kind_of_recommendation_calls_for_is_required() -> None:
    papers.a_requirement("advice", "commercial", "accept")
    assert "commercial" in papers.submitted().advice_needed


def test_advice_for_another_kind_is_not() -> None:
    papers.a_requirement("advice", "commercial", "award")
    assert "commercial" not in papers.submitted().advice_needed


def test_papers_with_advisers_wait_for_advice_that_is_newly_asked_for() -> None:
    decision = papers.advised()
    papers.a_requirement("advice", "equality")
    assert papers.again(decision).advice_needed == ["equality"]


def test_a_paper_that_awaits_decision_is_asked_for_no_more() -> None:
    decision = papers.endorsed()
    papers.a_requirement("advice", "equality")
    papers.decide(decision)
    assert papers.again(decision).status == "signed"


def test_a_section_that_is_asked_for_is_missed() -> None:
    papers.a_requirement("section", "equality")
    assert [each.code for each in rules.look(papers.a_draft()).warnings] == ["DEC-19"]


def test_only_the_governance_officer_changes_what_is_asked_for() -> None:
    row = papers.a_requirement()
    with pytest.raises(Refused, match="Only a governance officer"):
        actions.remove_requirement(requirement=row, by=an_officer())


# ---------------------------------------------------------------- pages


def page(client: Client, decision: Decision, place: str = "before/") -> str:
    return client.get(f"/decisions/{decision.slug}/{place}").content.decode()


def test_the_task_list_says_what_where_and_leads_to_it() -> None:
    draft = contradicting()
    paragraph = draft.sections.get(number="1").paragraphs.get(text__contains="£3.6m")
    shown = page(client_of(an_officer()), draft)
    assert "Paragraph 1.2: £3.6m here and £3.7m in recommendation 1" in shown
    assert f"/decisions/{draft.slug}/edit/paragraphs/{paragraph.pk}/" in shown


def test_an_answer_typed_on_its_page_stands() -> None:
    draft, officer = contradicting(), client_of(an_officer())
    key = rules.look(draft).warnings[0].key
    place = f"/decisions/{draft.slug}/before/{key}/"
    form = officer.get(place).context["form"]
    typed = {"words": SAID, "seen": form.initial["seen"], "form_key": papers.a_key()}
    for _ in range(2):  # a button pressed twice answers once
        assert officer.post(place, typed)["Location"] == f"/decisions/{draft.slug}/before/"
    assert RuleAnswer.objects.get().words == SAID
    assert "Nothing stands in the way" in page(officer, draft)


def test_an_answer_to_what_was_put_right_meanwhile_is_led_to_its_words() -> None:
    draft, officer = contradicting(), client_of(an_officer())
    place = f"/decisions/{draft.slug}/before/no-such-finding/"
    answer = officer.post(place, {"words": SAID, "form_key": papers.a_key()}, follow=True)
    assert "was put right, or changed, while you were writing" in answer.content.decode()


def test_an_answer_to_what_has_changed_meanwhile_is_not_kept() -> None:
    draft, officer = contradicting(), client_of(an_officer())
    place = f"/decisions/{draft.slug}/before/{rules.look(draft).warnings[0].key}/"
    typed = {"words": SAID, "seen": "another", "form_key": papers.a_key()}
    assert "Changed while you were writing" in officer.post(place, typed).content.decode()
    assert not RuleAnswer.objects.exists()


@pytest.mark.parametrize("place", ["", "advice/financial/"])
def test_an_adviser_reads_warnings_and_answers(place: str) -> None:
    draft = contradicting()
    say(draft)
    shown = page(client_of(an_adviser()), submit(draft), place)
    assert SAID in shown
    assert "£3.6m here and £3.7m in recommendation 1" in shown


def test_the_chief_executive_endorses_with_the_answers_in_view() -> None:
    draft = contradicting()
    say(draft)
    decision = papers.sent(papers.advised(submit(draft)))
    assert SAID in page(client_of(a_chief_executive()), decision, "endorse/")


def test_a_missing_review_date_is_put_right_on_the_exemptions_page() -> None:
    draft = papers.with_part_2(papers.a_draft())
    ground, officer = draft.exemptions.get(), client_of(an_officer())
    place = f"/decisions/{draft.slug}/edit/exemptions/{ground.pk}/"
    typed = {"ground": ground.ground, "reason": "Prices.", "review_on_day": "1",
             "review_on_month": "4", "review_on_year": "2031",
             "seen": officer.get(place).context["form"].initial["seen"]}  # fmt: skip
    assert officer.post(place, typed).status_code == 302
    ground.refresh_from_db()
    assert (ground.reason, str(ground.review_on)) == ("Prices.", "2031-04-01")
