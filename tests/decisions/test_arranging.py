"""Paragraphs split, joined and put elsewhere, and what was removed brought back."""

from uuid import UUID

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from decisions import actions
from decisions.actions.paragraphs import (
    join_paragraph,
    place_paragraph,
    restore_paragraph,
    restore_section,
    split_paragraph,
)
from decisions.imported_paper import ImportedPaper, ImportedParagraph, ImportedSection
from decisions.models import Content, Decision, Paragraph, paper_content
from decisions.models.differences import changes_between
from decisions.refusals import DecisionRefused
from decisions.shapes import breaks_in, joined, split_at
from tests.factories import papers
from tests.factories.people import an_officer
from tests.factories.sign_in import client_of

KEY = str(UUID(int=7))
SENTENCES = st.lists(
    st.text(alphabet="ab£1 ,(", min_size=1).map(str.strip).filter(bool), min_size=2, max_size=6
)


@given(SENTENCES, st.data())
def test_what_is_split_and_joined_is_the_same_text(words: list[str], data: st.DataObject) -> None:
    text = ". ".join(words) + "."
    at = data.draw(st.sampled_from(breaks_in("text", text) or [0]))
    before, after = split_at(text, at)
    assert joined("text", before, after).split() == text.split()


@given(st.lists(st.text(alphabet="ab. ", min_size=1).map(str.strip).filter(bool), min_size=2))
def test_a_list_is_split_between_its_items_alone(items: list[str]) -> None:
    text = "\n".join(items)
    for at in breaks_in("list", text):
        assert joined("list", *split_at(text, at)) == text


def test_a_table_has_no_place_to_be_split() -> None:
    assert breaks_in("table", "Year\tSum.\n2019\t£1.") == []


def content(*sections: list[int], part: int = 1) -> Content:
    """Return what differences read of a paper: sections of paragraphs with these ids."""
    plain: Content = {"recommendations": [], "supporting_papers": []}
    plain["sections"] = [
        {
            "id": n,
            "number": str(n),
            "heading": "Legal comments" if n == 2 else "Background",
            "part": part if n == 2 else 1,
            "paragraphs": [
                {"id": key, "number": f"{n}.{m}", "text": "A.", "part": 1, "exemption": None}
                for m, key in enumerate(keys, start=1)
            ],
        }
        for n, keys in enumerate(sections, start=1)
    ]
    return plain


def test_a_paragraph_is_followed_to_another_section() -> None:
    change = changes_between(content([1, 2], [3]), content([1], [3, 2]))[0]
    assert (change.where, change.what, change.old, change.new) == (
        "Paragraph 2.2",
        "moved",
        "Paragraph 1.2",
        "Paragraph 2.2",
    )


def test_one_that_goes_into_a_section_advised_on_touches_that_advice() -> None:
    changes = changes_between(content([1, 2], [3]), content([1], [3, 2]))
    assert [set(change.touches) for change in changes] == [{"legal"}]


def test_one_that_goes_into_part_2_touches_all_advice() -> None:
    changes = changes_between(content([1, 2], [3], part=2), content([1], [3, 2], part=2))
    assert "part" in [change.what for change in changes if len(change.touches) > 1]


@pytest.fixture
def draft(db: None) -> Decision:
    made = papers.a_draft()
    section = made.sections.get(number="1")
    for text in ("One thing. Another thing.", "A third."):
        actions.add_paragraph(section=section, text=text, by=made.originating_officer)
    return made


def at(number: str) -> Paragraph:
    return Paragraph.objects.get(number=number)


def told(draft: Decision, section: str = "1") -> list[tuple[str, str]]:
    rows = draft.sections.get(number=section).paragraphs.all()
    return [(row.number, row.text) for row in rows]


def test_a_split_paragraph_is_followed_by_its_second_half(draft: Decision) -> None:
    split_paragraph(paragraph=at("1.2"), at=11, by=draft.originating_officer)
    assert told(draft)[1:] == [
        ("1.2", "One thing."),
        ("1.3", "Another thing."),
        ("1.4", "A third."),
    ]


@pytest.mark.parametrize("place", [0, 99, -1])
def test_nothing_is_split_off_that_holds_no_word(draft: Decision, place: int) -> None:
    with pytest.raises(DecisionRefused, match="cannot be split there"):
        split_paragraph(paragraph=at("1.2"), at=place, by=draft.originating_officer)


def test_joined_paragraphs_are_one(draft: Decision) -> None:
    join_paragraph(paragraph=at("1.2"), following=at("1.3"), by=draft.originating_officer)
    assert told(draft)[1:] == [("1.2", "One thing. Another thing. A third.")]


def test_only_the_next_one_is_joined(draft: Decision) -> None:
    with pytest.raises(DecisionRefused):
        join_paragraph(paragraph=at("1.1"), following=at("1.3"), by=draft.originating_officer)


def test_parts_are_not_joined(draft: Decision) -> None:
    papers.with_part_2(draft)
    secret = Paragraph.objects.get(part=2)
    open_one = secret.section.paragraphs.get(part=1)
    with pytest.raises(DecisionRefused, match="different parts"):
        join_paragraph(paragraph=open_one, following=secret, by=draft.originating_officer)


def test_a_list_and_a_paragraph_are_not_joined(draft: Decision) -> None:
    section = draft.sections.get(number="1")
    by = draft.originating_officer
    made = actions.add_paragraph(section=section, text="a crane", form="list", by=by)
    with pytest.raises(DecisionRefused, match="cannot be joined with one another"):
        join_paragraph(paragraph=at("1.3"), following=made, by=by)


def test_what_is_too_long_together_stays_apart(draft: Decision) -> None:
    by = draft.originating_officer
    actions.edit_paragraph(paragraph=at("1.3"), text="x" * 20_000, by=by)
    with pytest.raises(DecisionRefused, match="a paragraph holds 20,000"):
        join_paragraph(paragraph=at("1.2"), following=at("1.3"), by=by)


def test_a_paragraph_goes_before_one_of_another_section(draft: Decision) -> None:
    moved = at("1.3")
    place_paragraph(
        paragraph=moved,
        section=draft.sections.get(number="2"),
        before=at("2.1"),
        by=draft.originating_officer,
    )
    assert told(draft, "2")[0] == ("2.1", "A third.")
    assert Paragraph.objects.get(pk=moved.pk).number == "2.1"


def test_a_paragraph_takes_part_2_with_it_out_of_its_section(draft: Decision) -> None:
    by = draft.originating_officer
    ground = actions.add_exemption(decision=draft, ground="FOIA 2000 s43", reason="Trade.", by=by)
    hidden = actions.add_section(decision=draft, heading="Bids", part=2, exemption=ground, by=by)
    moved = actions.add_paragraph(section=hidden, text="What was bid.", by=by)
    page = client_of(by).get(f"/decisions/{draft.slug}/edit/paragraphs/{moved.pk}/place/")
    assert "the paragraph stays in Part 2" in page.content.decode()
    assert '<option value="" selected>Choose a place</option>' in page.content.decode()
    place_paragraph(paragraph=moved, section=draft.sections.get(number="1"), before=None, by=by)
    after = Paragraph.objects.get(pk=moved.pk)
    assert (after.part, after.exemption) == (2, ground)


def test_a_paragraph_goes_to_the_end_of_its_own_section(draft: Decision) -> None:
    section = draft.sections.get(number="1")
    place_paragraph(paragraph=at("1.1"), section=section, before=None, by=draft.originating_officer)
    assert [text for _, text in told(draft)][:2] == ["One thing. Another thing.", "A third."]


def test_numbers_with_a_gap_are_put_in_order(db: None) -> None:
    papers.a_series()
    officer = an_officer()
    sections = (ImportedSection("4", "Background", (ImportedParagraph("4.7", "As before."),)),)
    paper = ImportedPaper(title="Boats", sections=sections)
    draft = actions.create_draft_from_import(paper=paper, by=officer).decision
    desk, address = client_of(officer), f"/decisions/{draft.slug}/edit/"
    assert "The numbers leave a gap or go back." in desk.get(address).content.decode()
    shown = desk.post(f"{address}renumber/", follow=True).content.decode()
    assert "The numbers leave a gap" not in shown
    assert told(draft) == [("1.1", "As before.")]


def test_a_removed_paragraph_comes_back_where_it_stood(draft: Decision) -> None:
    before, gone = paper_content(draft), at("1.2")
    actions.remove_paragraph(paragraph=gone, by=draft.originating_officer)
    restore_paragraph(decision=draft, pk=gone.pk, by=draft.originating_officer)
    assert paper_content(draft) == before


def test_a_removed_section_comes_back_with_its_paragraphs(draft: Decision) -> None:
    before, gone = paper_content(draft), draft.sections.get(number="1")
    pk = gone.pk
    actions.remove_section(section=gone, by=draft.originating_officer)
    restore_section(decision=draft, pk=pk, by=draft.originating_officer)
    assert paper_content(draft) == before


def test_what_is_in_the_paper_is_not_brought_back_again(draft: Decision) -> None:
    by = draft.originating_officer
    with pytest.raises(DecisionRefused, match="It is in the paper"):
        restore_paragraph(decision=draft, pk=at("1.2").pk, by=by)
    with pytest.raises(DecisionRefused, match="It is in the paper"):
        restore_section(decision=draft, pk=draft.sections.get(number="1").pk, by=by)


@pytest.fixture
def desk(draft: Decision) -> Client:
    return client_of(draft.originating_officer)


def test_a_place_to_split_is_chosen_between_sentences(draft: Decision, desk: Client) -> None:
    shown = desk.get(f"/decisions/{draft.slug}/edit/paragraphs/{at('1.2').pk}/split/")
    assert "after “…One thing.”, before “Another thing.…”" in shown.content.decode()


def test_a_removal_offers_to_take_it_back(draft: Decision, desk: Client) -> None:
    item = f"/decisions/{draft.slug}/edit/paragraphs/{at('1.2').pk}"
    shown = desk.post(f"{item}/remove/", {"form_key": KEY}, follow=True).content.decode()
    assert f'href="{item}/restore/">Bring it back</a>' in shown
    desk.post(f"{item}/restore/", {"form_key": KEY})
    assert told(draft)[1] == ("1.2", "One thing. Another thing.")


def test_a_paragraph_is_added_before_another(draft: Decision, desk: Client) -> None:
    section = draft.sections.get(number="1")
    address = f"/decisions/{draft.slug}/edit/sections/{section.pk}/paragraphs/new/"
    sent = {"text": "First of all.", "part": "1", "form_key": KEY}
    desk.post(f"{address}?before={at('1.1').pk}", sent)
    assert told(draft)[0] == ("1.1", "First of all.")


def test_a_section_is_added_before_another(draft: Decision, desk: Client) -> None:
    before = draft.sections.get(number="2")
    sent = {"heading": "Commercial comments", "part": "1", "form_key": KEY}
    desk.post(f"/decisions/{draft.slug}/edit/sections/new/?before={before.pk}", sent)
    assert draft.sections.get(number="2").heading == "Commercial comments"


def test_a_paragraph_of_somebody_else_is_not_moved(draft: Decision) -> None:
    other = client_of(an_officer("Another officer"))
    answer = other.get(f"/decisions/{draft.slug}/edit/paragraphs/{at('1.2').pk}/place/")
    assert answer.status_code == 404
