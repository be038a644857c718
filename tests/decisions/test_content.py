"""What a version holds, and that Part 1 carries no trace of Part 2."""

import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from audit.canonical import canonical
from decisions import actions
from decisions.actions import RecommendationWords
from decisions.actions.contents import document_content
from decisions.documents.presentation import declarations
from decisions.models import (
    Content,
    changes_between,
    latest_version,
    paper_content,
    part_1_of,
    read_content,
)
from tests.factories import papers
from tests.factories.people import an_officer

SECRET = "☠"  # in every restricted word of the generated papers, and in no open one
OPEN = st.text(alphabet="abc £1", max_size=12)
HIDDEN = OPEN.map(lambda text: f"{SECRET}{text}")


def words(part: int) -> st.SearchStrategy[str]:
    return HIDDEN if part == 2 else OPEN


@st.composite
def sections(draw: st.DrawFn) -> list[Content]:
    made = []
    for key in range(draw(st.integers(0, 4))):
        part = draw(st.sampled_from([1, 2]))
        inner = [max(part, draw(st.sampled_from([1, 2]))) for _ in range(draw(st.integers(0, 3)))]
        paragraphs = [
            {"id": n, "number": "", "text": draw(words(p)), "part": p, "exemption": None}
            for n, p in enumerate(inner)
        ]
        heading = draw(words(part))
        made.append(
            {"id": key, "number": "", "heading": heading, "part": part, "paragraphs": paragraphs}
        )
    return made


@st.composite
def recommendations(draw: st.DrawFn) -> list[Content]:
    made: list[Content] = []
    for key in range(draw(st.integers(0, 5))):
        over = draw(st.sampled_from([None, *made]))
        source = draw(st.sampled_from([None, *made]))
        part = draw(st.sampled_from([1, 2]))
        under_2 = over is not None and over["restricted"]
        restricted = part == 2 or under_2
        text = draw(words(2 if restricted else 1))
        number = f"{SECRET}{key}" if restricted else f"{key}"
        inner = [
            2 if restricted else p for p in draw(st.lists(st.sampled_from([1, 2]), max_size=3))
        ]
        made.append(
            {
                "id": key,
                "number": number,
                "part": part,
                "text": text,
                "parent": over["number"] if over else None,
                "funded_from": source["number"] if source else None,
                "restricted": restricted,
                "recipients": [{"name": draw(words(p)), "part": p} for p in inner],
            }
        )
    return made


@st.composite
def contents(draw: st.DrawFn) -> Content:
    parts = [draw(st.sampled_from([1, 2])) for _ in range(draw(st.integers(0, 3)))]
    papers_behind = [{"title": draw(words(p)), "part": p, "sha256": ""} for p in parts]
    return {
        "title": draw(OPEN),
        "sections": draw(sections()),
        "recommendations": draw(recommendations()),
        "supporting_papers": papers_behind,
    }


@given(contents())
def test_part_1_carries_no_trace_of_part_2(content: Content) -> None:
    assert SECRET not in json.dumps(part_1_of(content), ensure_ascii=False)


@given(contents())
def test_part_1_keeps_all_that_is_open(content: Content) -> None:
    kept = part_1_of(content)["sections"]
    wanted = [section["id"] for section in content["sections"] if section["part"] == 1]
    assert [section["id"] for section in kept] == wanted


@given(contents())
def test_taking_part_1_out_changes_nothing(content: Content) -> None:
    before = canonical(content)
    part_1_of(content)
    assert canonical(content) == before


def everything(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@pytest.mark.django_db
def test_the_declaration_begins_with_the_head_of_units_consent() -> None:
    approval = papers.signed().approvals.get(stage="decision")
    first = declarations(document_content(approval))[0]
    assert (first.label, first.is_given) == ("Head of unit", True)
    assert (first.who, first.at) == ("A. Head, Head of Grants", "1 October 2019")


@pytest.mark.django_db
def test_a_consent_that_was_not_recorded_is_an_empty_box() -> None:
    draft = papers.a_draft()
    none: dict[str, Any] = {"head_of_unit": "", "head_of_unit_consented_on": None}
    actions.edit_paper(decision=draft, **none, by=draft.originating_officer)
    approval = papers.signed(papers.again(draft)).approvals.get(stage="decision")
    first = declarations(document_content(approval))[0]
    assert (first.label, first.is_given) == ("Head of unit", False)


@pytest.mark.django_db
def test_the_whole_content_holds_part_2_and_its_part_1_does_not() -> None:
    content = paper_content(papers.with_part_2(papers.a_draft()))
    assert papers.SECRET in everything(content)
    assert papers.SECRET not in everything(part_1_of(content))


@pytest.mark.django_db
def test_the_public_part_says_that_there_is_a_part_2_and_why() -> None:
    public = part_1_of(paper_content(papers.with_part_2(papers.a_draft())))
    assert public["publication"]["has_part_2"]
    grounds = [{"ground": "FOIA 2000 s43(2)", "reason": "Commercial interests"}]
    assert public["exemptions"] == grounds


@pytest.mark.django_db
def test_a_recommendation_under_a_restricted_one_goes_with_it() -> None:
    draft = papers.with_part_2(papers.a_draft())
    officer = draft.originating_officer
    exemption = draft.exemptions.get()
    above = actions.add_recommendation(
        decision=draft,
        words=RecommendationWords(text="award it to Aardvark", part=2, exemption=exemption),
        by=officer,
    )
    below = RecommendationWords(text="at Aardvark's price", parent=above)
    actions.add_recommendation(decision=draft, words=below, by=officer)
    assert "Aardvark" not in everything(part_1_of(paper_content(draft)))


@pytest.mark.django_db
def test_no_byte_of_part_2_is_in_the_document() -> None:
    decision = papers.signed(papers.with_part_2(papers.a_draft()))
    document = actions.document_content(decision.approvals.get(stage="decision"))
    assert papers.SECRET not in repr(document)


@pytest.mark.django_db
def test_no_word_of_part_2_is_on_the_ledger() -> None:
    papers.signed(papers.with_part_2(papers.a_draft()))
    payloads = papers.payloads()
    assert payloads
    assert papers.SECRET not in payloads


@pytest.mark.django_db
def test_a_version_keeps_its_digests() -> None:
    version = latest_version(papers.submitted(papers.with_part_2(papers.a_draft())))
    assert version
    part_1 = canonical(part_1_of(read_content(version)))
    salted = f"{version.part_2_salt}{version.content}"
    assert version.part_1_digest == sha256(part_1.encode()).hexdigest()
    assert version.part_2_digest == sha256(salted.encode()).hexdigest()


@pytest.mark.django_db
def test_the_same_paper_has_another_salt_in_each_version() -> None:
    decision = papers.submitted()
    why, officer = "A correction.", decision.originating_officer
    actions.return_to_draft(decision=decision, reason=why, by=officer)
    papers.submitted(papers.again(decision))
    first, second = decision.versions.all()
    assert first.part_1_digest == second.part_1_digest
    assert first.part_2_digest != second.part_2_digest


@pytest.mark.django_db
def test_sums_are_text_and_dates_are_days() -> None:
    content = paper_content(papers.a_draft())
    figure = content["recommendations"][0]["figures"][0]
    assert figure == {
        "amount": "1200000.00",
        "up_to": True,
        "text": "£1,200,000",
        "role": "sum_decided",
        "direction": "in",
    }


@pytest.mark.django_db
def test_a_paper_does_not_differ_from_itself() -> None:
    content = paper_content(papers.with_part_2(papers.a_draft()))
    assert changes_between(content, content) == []


@pytest.mark.django_db
def test_a_long_paper_takes_as_many_queries_as_a_short_one(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    draft = papers.with_drawn_sum(papers.a_draft())
    for number in range(5):
        section = actions.add_section(decision=draft, heading=f"More {number}", by=an_officer())
        actions.add_paragraph(section=section, text="More.", by=an_officer())
    draft = papers.again(draft)
    with django_assert_max_num_queries(10):
        paper_content(draft)
