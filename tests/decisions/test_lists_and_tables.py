"""Paragraphs that are lists or tables."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from decisions import actions
from decisions.actions.sections import add_paragraph, move_paragraph
from decisions.models import Decision, Paragraph, forms_in, paper_content, rows_of, text_of_rows
from decisions.models.differences import changes_between
from decisions.rules import facts_of
from decisions.shapes import Item, items_of
from tests.factories import papers
from tests.factories.people import an_officer
from tests.factories.sign_in import client_of

TABLE = "Year\tSum\n2019/20\t£300,000"
CELLS = {
    "text-height": "2",
    "text-width": "2",
    "text-0-0": "Year",
    "text-0-1": "Sum",
    "text-1-0": "2019/20",
    "text-1-1": "£300,000",
}
WORDS = st.text(alphabet="ab £1", max_size=5)


def with_forms() -> Decision:
    """Return a draft whose first section has a paragraph, then a list and a table."""
    draft = papers.a_draft()
    section = draft.sections.all()[0]
    for form, text in (("list", "a crane\na shed"), ("table", TABLE)):
        add_paragraph(section=section, text=text, form=form, by=draft.originating_officer)
    return draft


@pytest.mark.django_db
def test_lists_and_tables_bear_no_number_and_take_none() -> None:
    draft = with_forms()
    section = draft.sections.all()[0]
    add_paragraph(section=section, text="After them.", by=draft.originating_officer)
    numbers = [one.number for one in section.paragraphs.all()]
    counted = [number for number in numbers if number]
    assert "" in numbers
    assert counted == [f"{section.number}.{n}" for n in range(1, len(counted) + 1)]


@pytest.mark.django_db
def test_a_moved_table_leaves_the_numbers_in_order() -> None:
    draft = with_forms()
    table = Paragraph.objects.get(form="table")
    move_paragraph(paragraph=table, position=1, by=draft.originating_officer)
    assert [one.number for one in table.section.paragraphs.all()][:2] == [
        "",
        f"{table.section.number}.1",
    ]


@pytest.mark.django_db
def test_content_says_the_form_only_where_there_is_one() -> None:
    draft = with_forms()
    paragraphs = paper_content(draft)["sections"][0]["paragraphs"]
    assert [one.get("form") for one in paragraphs][-2:] == ["list", "table"]
    assert "form" not in paragraphs[0]


@pytest.mark.django_db
def test_what_is_found_in_a_table_names_the_table() -> None:
    draft = with_forms()
    number = draft.sections.all()[0].paragraphs.exclude(number="").get().number
    names = [each.place.words for each in facts_of(draft).paragraphs][:3]
    place = f"after paragraph {number}"
    assert names == [f"Paragraph {number}", f"List {place}", f"Table {place}"]


@pytest.mark.django_db
def test_a_changed_cell_is_told_by_its_place() -> None:
    draft = with_forms()
    before = paper_content(draft)
    table = Paragraph.objects.get(form="table")
    words = TABLE.replace("300", "400")
    actions.edit_paragraph(paragraph=table, text=words, by=draft.originating_officer)
    change = changes_between(before, paper_content(draft))[0]
    assert (change.what, change.old, change.new) == ("row 2, column 2", "£300,000", "£400,000")


@pytest.fixture
def desk(db: None) -> tuple[Client, str]:
    officer = an_officer()
    draft = papers.a_draft(by=officer)
    section = draft.sections.all()[0]
    return client_of(officer), f"/decisions/{draft.slug}/edit/sections/{section.pk}/paragraphs/new/"


def test_a_table_is_typed_cell_by_cell(desk: tuple[Client, str]) -> None:
    client, address = desk
    answer = client.post(
        f"{address}?form=table", CELLS | {"part": "1", "form_key": KEY}, follow=True
    )
    assert Paragraph.objects.get(form="table").text == TABLE
    assert '<th scope="col" class="govuk-table__header">Year</th>' in answer.content.decode()


KEY = "11111111-1111-4111-8111-111111111111"


@pytest.mark.parametrize(
    ("act", "name", "value"),
    [
        ("row", "text-height", "3"),
        ("column", "text-width", "3"),
        ("row-0", "text-height", "1"),
        ("column-1", "text-width", "1"),
        ("row-9", "text-height", "2"),
    ],
)
def test_the_grid_grows_and_shrinks_without_saving(
    desk: tuple[Client, str], act: str, name: str, value: str
) -> None:
    client, address = desk
    shown = client.post(f"{address}?form=table", CELLS | {"text-act": act}).content.decode()
    assert f'name="{name}" value="{value}"' in shown
    assert not Paragraph.objects.filter(form="table").exists()


def test_a_list_has_an_item_on_each_line(desk: tuple[Client, str]) -> None:
    client, address = desk
    sent = {"text": "a crane\r\n- its hook\r\na shed", "part": "1", "form_key": KEY}
    answer = client.post(f"{address}?form=list", sent, follow=True)
    shown = "".join(answer.content.decode().split("\n"))
    listed = '<ul class="govuk-list govuk-list--bullet">'
    assert f"<li>a crane{listed}<li>its hook</li></ul></li><li>a shed</li>" in shown


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("a\n- b\n-- c\n- d\ne", "a(b(c)d)e"),
        ("- a\n- b", "ab"),
        ("a\n-- b\n- c", "a(bc)"),
        ("a\n-5 degrees", "a-5 degrees"),
    ],
)
def test_dashes_lay_an_item_under_the_one_above(text: str, shape: str) -> None:
    def drawn(items: list[Item]) -> str:
        return "".join(
            f"{one.words}({drawn(one.under)})" if one.under else one.words for one in items
        )

    assert drawn(items_of(text)) == shape


def test_words_as_read_are_cut_to_their_forms() -> None:
    read = (
        "The costs are:\n| Year | Sum |\n| 2019/20 | £1 |\n• a crane\n◦ its hook\n• a shed\nAfter."
    )
    assert [(form.value, text) for form, text in forms_in(read)] == [
        ("text", "The costs are:"),
        ("table", "Year\tSum\n2019/20\t£1"),
        ("list", "a crane\n- its hook\na shed"),
        ("text", "After."),
    ]


def shown(client: Client, address: str, text: str, form: str = "list") -> str:
    """Return the page on which a list written by hand is shown, on one line."""
    sent = {"text": text, "part": "1", "form_key": KEY}
    answer = client.post(f"{address}?form={form}", sent, follow=True)
    return "".join(answer.content.decode().split("\n"))


def test_items_with_numbers_are_a_numbered_list_from_the_first_on(
    desk: tuple[Client, str],
) -> None:
    page = shown(*desk, "3. a crane\n- (a) its hook\n- (b) its chain\n4. a shed\n7. a clerk")
    opened = '<ol class="govuk-list govuk-list--number register-list--{}">'
    figures = opened.format("decimal-stop").replace(">", ' start="3">')
    under = f"{opened.format('lower-alpha-brackets')}<li>its hook</li><li>its chain</li></ol>"
    assert f'{figures}<li>a crane{under}</li><li>a shed</li><li value="7">a clerk</li></ol>' in page


def test_a_list_typed_within_a_paragraph_is_one_there(desk: tuple[Client, str]) -> None:
    page = shown(*desk, "The harbour has:\ni. a crane\nii. a shed\nAll old.", "text")
    assert 'lower-roman-stop"><li>a crane</li><li>a shed</li></ol>' in page
    assert '<p class="govuk-body">All old.</p>' in page


@pytest.mark.parametrize(
    "text",
    [
        "2019. was the year.\n2020. was not.",
        "1.2m was spent.\n1.3m was not.",
        "2.1 The grant\n2.2 The loan",
        "1. Only one",
        "1.\n2.",
        "A. Smith\nJ. Bloggs",
    ],
)
def test_years_sums_and_lone_numbers_open_no_list(text: str) -> None:
    assert [form for form, _ in forms_in(text)] == ["text"]


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("• a\n1. b\n2. c\n• d", "a\n- 1. b\n- 2. c\nd"),
        (
            "1. a\n(a) b\n(i) c\n(ii) d\n(b) e\n2. f",
            "1. a\n- (a) b\n-- (i) c\n-- (ii) d\n- (b) e\n2. f",
        ),
        ("1. a\n2. b\n• c\n3. d", "1. a\n2. b\n- c\n3. d"),
        ("• a\n• b\n1. c\n2. d", "a\nb\n1. c\n2. d"),
        ("h) a\ni) b\nj) c", "h) a\ni) b\nj) c"),
    ],
)
def test_bullets_and_numbers_as_read_lie_under_one_another(text: str, listed: str) -> None:
    assert forms_in(text) == [("list", listed)]


@given(st.lists(st.lists(WORDS, min_size=2, max_size=4), max_size=5))
def test_a_table_read_again_is_the_same_table(rows: list[list[str]]) -> None:
    text = text_of_rows(rows)
    assert text_of_rows(rows_of(text)) == text
