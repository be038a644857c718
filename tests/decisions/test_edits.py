"""Editing a draft: sections, paragraphs, recommendations and what stands around them."""

from datetime import date, timedelta
from typing import Any

import pytest

from audit import clock
from audit.models import LedgerEntry
from audit.refusals import Refused
from decisions import actions, rules
from decisions.actions import KeptFile, RecommendationWords
from decisions.models import Decision, Paragraph, Section, latest_version, read_content
from tests.factories import papers
from tests.factories.people import a_governance_officer, an_officer

pytestmark = pytest.mark.django_db

FILE = KeptFile(sha256="ab" * 32, size=7, file_name="annex.pdf", content_type="application/pdf")


def numbers(decision: Decision) -> list[tuple[str, str]]:
    return list(decision.sections.values_list("number", "heading"))


def test_sections_and_paragraphs_are_numbered_in_order() -> None:
    draft = papers.a_draft()
    assert [number for number, _ in numbers(draft)] == ["1", "2", "3"]
    assert draft.sections.get(number="2").paragraphs.get().number == "2.1"


def test_a_moved_section_takes_its_paragraphs_along() -> None:
    draft = papers.a_draft()
    legal = draft.sections.get(number="3")
    actions.move_section(section=legal, position=1, by=an_officer())
    assert numbers(draft)[0][1] == "Legal comments"
    assert legal.paragraphs.get().number == "1.1"


def test_a_removed_section_leaves_no_gap() -> None:
    draft = papers.a_draft()
    actions.remove_section(section=draft.sections.get(number="2"), by=an_officer())
    assert numbers(draft) == [("1", "Introduction and background"), ("2", "Legal comments")]


def test_a_removed_paragraph_stays_in_history() -> None:
    paragraph = papers.a_draft().sections.get(number="2").paragraphs.get()
    actions.remove_paragraph(paragraph=paragraph, by=an_officer())
    last = Paragraph.history.filter(id=paragraph.pk).first()
    assert (last.history_type, last.text) == ("-", paragraph.text)


def test_a_paragraph_moves_within_its_section() -> None:
    section = papers.a_draft().sections.get(number="1")
    second = actions.add_paragraph(section=section, text="Second.", by=an_officer())
    actions.move_paragraph(paragraph=second, position=1, by=an_officer())
    assert section.paragraphs.get(number="1.1").text == "Second."


def test_a_paragraph_goes_to_part_2_and_back() -> None:
    draft = papers.with_part_2(papers.a_draft())
    paragraph = draft.sections.get(number="2").paragraphs.get(part=2)
    moved = actions.edit_paragraph(paragraph=paragraph, text="Open.", part=1, by=an_officer())
    assert (moved.part, moved.exemption) == (1, None)


def test_a_paragraph_in_a_restricted_section_is_restricted() -> None:
    draft = papers.with_part_2(papers.a_draft())
    section = actions.add_section(
        decision=draft, heading="Costs", part=2, exemption=draft.exemptions.get(), by=an_officer()
    )
    assert actions.add_paragraph(section=section, text="£1.", by=an_officer()).is_restricted


def test_an_exemption_in_use_is_not_given_up() -> None:
    draft = papers.with_part_2(papers.a_draft())
    with pytest.raises(Refused, match="lies in Part 2"):
        actions.remove_exemption(exemption=draft.exemptions.get(), by=an_officer())


def test_an_exemption_says_who_decided_it_and_when_it_is_reviewed() -> None:
    exemption = actions.add_exemption(
        decision=papers.a_draft(),
        ground="FOIA 2000 s40",
        review_on=date(2030, 1, 1),
        by=an_officer(),
    )
    changed = actions.edit_exemption(
        exemption=exemption, ground="FOIA 2000 s40", reason="Personal data", by=an_officer()
    )
    assert (changed.decided_by, changed.review_on) == (an_officer(), None)


def test_a_paper_without_its_head_of_units_consent_is_warned_and_can_be_submitted() -> None:
    draft = papers.a_draft()
    none: dict[str, Any] = {"head_of_unit": "", "head_of_unit_consented_on": None}
    actions.edit_paper(decision=draft, **none, by=an_officer())
    assert [rule.code for rule in rules.look(papers.again(draft)).warnings] == ["DEC-16"]
    assert papers.submitted(papers.again(draft)).status == "in_advice"


def test_a_consent_recorded_while_in_advice_makes_a_version_and_hinders_no_advice() -> None:
    decision = papers.advised()
    actions.edit_paper(decision=decision, head_of_unit="B. Deputy", by=an_officer())
    version = latest_version(decision)
    assert version is not None
    assert read_content(version)["head_of_unit"] == {
        "name": "B. Deputy",
        "consented_on": "2019-10-01",
    }
    assert papers.again(decision).advice_needed == []


def test_sums_drawn_beyond_their_source_are_a_warning() -> None:
    draft = papers.with_drawn_sum(papers.a_draft(), "1200000.01")
    assert [rule.code for rule in rules.look(draft).warnings] == ["DEC-08"]


def test_sums_drawn_within_their_source_are_none() -> None:
    assert rules.look(papers.with_drawn_sum(papers.a_draft())).found == ()


@pytest.mark.parametrize(
    ("code", "words"), [("DEC-01", {"title": " "}), ("DEC-02", {"executive_summary": ""})]
)
def test_a_paper_is_not_submitted_without(code: str, words: dict[str, str]) -> None:
    draft = papers.a_draft()
    actions.edit_paper(decision=draft, by=an_officer(), **words)
    with pytest.raises(Refused) as refused:
        papers.submitted(draft)
    assert refused.value.code == code


def test_a_paper_is_not_submitted_without_a_recommendation() -> None:
    draft = papers.a_draft()
    row = draft.recommendations.get()
    actions.remove_recommendation(recommendation=row, by=an_officer())
    with pytest.raises(Refused) as refused:
        papers.submitted(draft)
    assert refused.value.code == "DEC-03"


def test_a_link_leads_to_a_decision_with_a_number() -> None:
    draft, other = papers.a_draft(), papers.a_draft("Other")
    with pytest.raises(Refused, match="has its number"):
        actions.add_link(decision=draft, kind="continues", to_decision=other, by=an_officer())


def test_links_lead_here_or_elsewhere_once() -> None:
    draft, other = papers.a_draft("Next"), papers.submitted()
    for _ in range(2):
        actions.add_link(decision=draft, kind="continues", to_decision=other, by=an_officer())
        actions.add_link(decision=draft, kind="varies", to_reference="PCD 386", by=an_officer())
    assert [link.reference for link in draft.links.all()] == ["PCD 726", "PCD 386"]


def test_a_link_can_be_taken_off() -> None:
    draft = papers.a_draft()
    link = actions.add_link(decision=draft, kind="varies", to_reference="PCD 386", by=an_officer())
    actions.remove_link(link=link, by=an_officer())
    assert not draft.links.exists()


def test_supporting_papers_come_and_go() -> None:
    draft = papers.a_draft()
    paper = actions.add_supporting_paper(
        decision=draft, title="Annex A", file=FILE, by=an_officer()
    )
    assert draft.supporting_papers.get() == paper
    actions.remove_supporting_paper(paper=paper, by=an_officer())
    assert not draft.supporting_papers.exists()


def test_a_row_that_was_removed_is_not_edited() -> None:
    section = papers.a_draft().sections.get(number="1")
    actions.remove_section(section=section, by=an_officer())
    section.pk = 10**9
    with pytest.raises(Refused, match="has been removed"):
        actions.edit_section(section=section, heading="Anew", by=an_officer())


def test_an_edit_that_changes_nothing_is_no_act() -> None:
    draft = papers.a_draft()
    before = LedgerEntry.objects.count()
    actions.edit_paper(decision=draft, title=draft.title, by=an_officer())
    assert LedgerEntry.objects.count() == before


def test_a_word_that_no_paper_has_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="status"):
        actions.edit_paper(decision=papers.a_draft(), by=an_officer(), status="signed")


@pytest.mark.parametrize("what", ["section", "recommendation"])
def test_what_is_added_by_a_form_posted_twice_is_added_once(what: str) -> None:
    draft, key = papers.a_draft(), papers.a_key()
    words = RecommendationWords(text="Once.")
    for _ in range(2):
        if what == "section":
            actions.add_section(decision=draft, heading="Once", form_key=key, by=an_officer())
        else:
            actions.add_recommendation(decision=draft, words=words, form_key=key, by=an_officer())
    assert (draft.sections.count() - 3) + (draft.recommendations.count() - 1) == 1


def test_an_organisation_is_added_once_in_any_case() -> None:
    one = actions.add_organisation(name="Home Office", by=an_officer())
    assert actions.add_organisation(name=" home  office", by=an_officer()) == one


def test_an_organisation_can_be_corrected() -> None:
    one = actions.add_organisation(name="Home Offce", by=an_officer())
    right = actions.change_organisation(
        organisation=one, name="Home Office", org_identifier="GB-GOV-6", by=a_governance_officer()
    )
    assert str(right) == "Home Office"


def test_a_deferral_in_the_paper_needs_a_reason_and_an_end() -> None:
    draft = papers.a_draft()
    until = clock.today() + timedelta(days=30)
    deferred = actions.edit_paper(
        decision=draft,
        publication_deferred_until=until,
        publication_deferred_reason="Until the contract is signed.",
        by=an_officer(),
    )
    assert deferred.publication_deferred_until == until


def test_a_section_of_another_officers_paper_is_not_edited() -> None:
    section = Section.objects.filter(decision=papers.a_draft()).earliest("id")
    with pytest.raises(Refused):
        actions.edit_section(section=section, heading="Mine", by=an_officer("another"))
