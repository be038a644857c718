"""Any two versions of a paper beside each other."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from audit.models import LedgerEntry
from decisions import actions
from decisions.actions import RecommendationWords, Sum
from decisions.models import Change, Decision, changes_between, paper_content
from decisions.views.differences import differences, sum_changes
from tests.factories import papers
from tests.factories.people import an_adviser, an_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


def changed(decision: Decision, *acts: Any) -> list[Change]:
    before = paper_content(decision)
    for act in acts:
        act(decision)
    return changes_between(before, paper_content(papers.again(decision)))


def move_section(decision: Decision) -> None:
    section = decision.sections.get(number="3")
    actions.move_section(section=section, position=1, by=an_officer())


def less(decision: Decision) -> None:
    row = decision.recommendations.get(number="1")
    words = RecommendationWords(
        text=row.text, kind=row.kind, figures=[Sum(Decimal("1150000"), up_to=True)]
    )
    actions.edit_recommendation(recommendation=row, words=words, by=an_officer())


def reword(decision: Decision) -> None:
    paragraph = decision.sections.get(number="2").paragraphs.get(part=1)
    actions.edit_paragraph(paragraph=paragraph, text="What is to be paid.", by=an_officer())


def reword_part_2(decision: Decision) -> None:
    paragraph = decision.sections.get(number="2").paragraphs.get(part=2)
    where: dict[str, Any] = {"part": 2, "exemption": paragraph.exemption}
    actions.edit_paragraph(paragraph=paragraph, text="Wombats.", by=an_officer(), **where)


def test_a_section_that_moved_is_said_so_once() -> None:
    found = changed(papers.a_draft(), move_section)
    assert [(one.what, one.old, one.new) for one in found] == [("moved", "Section 3", "Section 1")]


def test_a_paragraph_of_another_section_came_from_there() -> None:
    before = paper_content(papers.a_draft())
    after = paper_content(papers.again(Decision.objects.get()))
    row = after["sections"][0]["paragraphs"].pop()
    after["sections"][1]["paragraphs"].append({**row, "number": "2.2"})
    (found,) = changes_between(before, after)
    expected = replace(found, what="moved", old="Paragraph 1.1", new="Paragraph 2.2")
    assert found == expected
    assert found.touches == {"financial"}


def test_the_paragraphs_of_a_section_that_went_are_each_listed() -> None:
    before = paper_content(papers.a_draft())
    after = {**before, "sections": before["sections"][1:]}
    shown = [(one.where, one.what, one.old) for one in differences(changes_between(before, after))]
    assert shown == [
        ("Section 1", "removed", "Introduction and background"),
        ("Paragraph 1.1", "removed", "What is to be said under “Introduction and background”."),
    ]


def test_a_recommendation_under_one_of_part_2_is_kept_back_with_it() -> None:
    before = paper_content(papers.with_drawn_sum(papers.a_draft()))
    first, second = before["recommendations"]
    hidden = [{**first, "part": 2}, {**second, "parent": first["number"], "text": "Other."}]
    found = differences(changes_between(before, {**before, "recommendations": hidden}))
    assert {one.is_restricted for one in found} == {True}


def test_a_sum_is_shown_as_it_was_and_as_it_is() -> None:
    (found,) = sum_changes(changed(papers.a_draft(), less))
    assert (found.old, found.new) == ("up to £1,200,000 (in)", "up to £1,150,000 (in)")


def page(decision: Decision, by: User, more: str = "") -> str:
    answer = client_of(by).get(f"/decisions/{decision.slug}/compare/{more}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def a_changed_paper() -> Decision:
    decision = papers.submitted(papers.with_part_2(papers.a_draft()))
    reword(decision)
    reword_part_2(decision)
    return papers.again(decision)


def test_words_that_came_and_went_are_marked_for_ear_and_eye() -> None:
    shown = page(a_changed_paper(), an_adviser(), "?before=1&after=2")
    assert '<ins><span class="govuk-visually-hidden"> (inserted: </span>paid' in shown
    assert '<del><span class="govuk-visually-hidden"> (deleted: </span>said' in shown


def test_the_last_two_versions_are_compared_unless_said_otherwise() -> None:
    shown = page(a_changed_paper(), an_adviser())
    assert "Paragraph 2.2: words" in shown
    assert "Paragraph 2.1" not in shown


def test_an_adviser_sees_what_changed_since_their_advice() -> None:
    decision = papers.advised()
    adviser = decision.advice.get(kind="legal").given_by
    for edit in (reword, less):
        edit(decision)
    shown = page(papers.again(decision), adviser)
    assert "Paragraph 2.1: words" in shown


def test_the_words_of_part_2_stay_out_of_the_open_page() -> None:
    shown = page(a_changed_paper(), an_adviser(), "?before=1&after=3")
    assert "In Part 2" in shown
    assert "Wombats" not in shown
    assert papers.SECRET not in shown


def test_the_words_of_part_2_are_shown_once_the_reading_is_recorded() -> None:
    decision = a_changed_paper()
    shown = page(decision, an_adviser(), "part-2/?before=1&after=3")
    assert "Wombats" in shown
    assert papers.SECRET in shown
    assert LedgerEntry.objects.order_by("-seq")[0].event == "decisions.part_2.read"


def test_a_draft_is_compared_as_it_stands_now_with_what_was_returned() -> None:
    decision = papers.submitted()
    by = an_officer()
    actions.return_to_draft(decision=decision, reason="Too long.", by=by)
    actions.edit_paper(decision=papers.again(decision), title="Another title", by=by)
    shown = page(papers.again(decision), by)
    assert "As it stands now, not submitted" in shown
    assert "Title: changed" in shown


def test_a_first_draft_has_nothing_to_be_compared_with() -> None:
    assert "There are no two versions yet" in page(papers.a_draft(), an_officer())


def test_a_version_that_is_not_there_is_asked_for_again() -> None:
    assert "is not one of the available choices" in page(
        a_changed_paper(), an_officer(), "?before=9&after=1"
    )
