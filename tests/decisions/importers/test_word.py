"""Papers that come as Word documents."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from decisions.documents.zipped import MOST_BYTES, MOST_PARTS
from decisions.imported_paper import ImportedPaper, Received
from decisions.importers.omissions import omitted
from decisions.importers.package import LARGEST_XML
from decisions.importers.reader import read_text
from decisions.importers.source import UnreadableSourceError
from decisions.importers.word import received_from_docx, received_from_markup
from tests.decisions.importers import word_files
from tests.decisions.importers.pages import page, paper

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="module")
def received() -> Received:
    return received_from_docx(word_files.saved(word_files.a_paper()))


@pytest.fixture(scope="module")
def read(received: Received) -> ImportedPaper:
    return read_text(received.text)


def test_words_own_numbers_are_those_that_word_prints(received: Received) -> None:
    for line in (
        "1. accept a grant of up to £900,000 from the Home Office.",
        "(b) £100,000 for moorings",
        "1. Introduction and background",
        "1.2 Each has:",
        "• a crane",
        "2.2 They were checked.",
    ):
        assert line in received.text.split("\n")


def test_recommendations_are_read_with_those_nested_in_them(read: ImportedPaper) -> None:
    assert [(each.number, each.parent) for each in read.recommendations] == [
        ("1", None),
        ("2", None),
        ("2a", "2"),
        ("2b", "2"),
    ]


def test_sections_and_their_paragraphs_are_read(read: ImportedPaper) -> None:
    found = [(one.heading, [each.number for each in one.paragraphs]) for one in read.sections]
    assert found == [
        ("Introduction and background", ["1.1", "1.2"]),
        ("Financial comments", ["2.1", "2.2"]),
    ]


def test_a_list_stays_with_the_paragraph_that_opens_it(read: ImportedPaper) -> None:
    assert read.sections[0].paragraphs[1].text == "Each has:\n• a crane\n• a shed"


def test_a_list_within_a_list_stays_within_it() -> None:
    document = Document()
    word_files.numbering(document, ("bullet", "•"), ("bullet", "o"))
    for level, words in enumerate(("a crane", "its hook")):
        word_files.numbered(document.add_paragraph(words), level)
    document.add_paragraph("its chain", style="List Bullet 2")
    text = received_from_docx(word_files.saved(document)).text
    assert text.split("\n\n") == ["• a crane", "◦ its hook", "◦ its chain"]


def test_a_list_within_a_list_of_a_paste_stays_within_it() -> None:
    markup = "<ul><li>a crane<ul><li>its hook</li></ul></li><li>a shed</li></ul>"
    text = received_from_markup(markup).text
    assert text.split("\n\n") == ["• a crane", "◦ its hook", "• a shed"]


def of_styles(*lines: tuple[str, str]) -> ImportedPaper:
    """Read a paper of one section that has headings by style, and these lines in their styles."""
    document = Document()
    document.add_paragraph("Part 1 - Non-confidential facts and advice", style="Heading 1")
    document.add_paragraph("Introduction and background", style="Heading 1")
    for words, style in lines:
        document.add_paragraph(words, style=style)
    return read_text(received_from_docx(word_files.saved(document)).text)


def test_a_numbered_list_stays_with_the_paragraph_that_opens_it() -> None:
    read = of_styles(
        ("The harbour has:", "Normal"),
        ("a crane", "List Bullet"),
        ("its hook", "List Number 2"),
        ("its chain", "List Number 2"),
        ("a shed", "List Bullet"),
        ("The steps are:", "Normal"),
        ("order a crane", "List Number"),
        ("wait", "List Number"),
        ("It was built in a year.", "Normal"),
    )
    assert [(each.number, each.text) for each in read.sections[0].paragraphs] == [
        ("1.1", "The harbour has:\n• a crane\n◦ 1. its hook\n◦ 2. its chain\n• a shed"),
        ("1.2", "The steps are:\n1. order a crane\n2. wait"),
        ("1.3", "It was built in a year."),
    ]


def test_a_paste_keeps_the_styles_and_counts_of_its_lists() -> None:
    markup = (
        "<ol type=a start=3><li>x<ul><li>b<ol><li>q</li><li value=5>r</li></ol></li></ul></li>"
        "<li>y</li></ol><ol type=I><li>z</li></ol>"
    )
    found = received_from_markup(markup).text.split("\n\n")
    assert found == ["c. x", "◦ b", "▪ (a) q", "▪ (e) r", "d. y", "I. z"]


def test_a_table_stays_with_the_paragraph_before_it(read: ImportedPaper) -> None:
    assert read.sections[1].paragraphs[0].text == (
        "The costs are:\n| Year | Sum |\n| 2019/20 | £300,000 |\n| 2020/21 | £100,000 |"
    )


def test_soft_hyphens_and_odd_spaces_are_gone(read: ImportedPaper) -> None:
    assert read.executive_summary == "A desk for the harbour police, out of £900,000."


def test_what_is_in_the_paper_is_not_listed_as_left_out(
    received: Received, read: ImportedPaper
) -> None:
    assert omitted(received.text, read) == ()


def test_tracked_changes_are_taken_and_what_was_deleted_is_listed(
    received: Received, read: ImportedPaper
) -> None:
    assert read.sections[0].paragraphs[0].text == "The harbour has three quays."
    assert "Deleted in Word: four quays." in received.left_out


@pytest.mark.parametrize(
    "words",
    ["Header: PROTECTIVE MARKING: NONE", "Footer: Page 1 of 9", "Hidden in Word: Ask Jo first."],
)
def test_what_is_no_part_of_a_paper_is_listed(received: Received, words: str) -> None:
    assert words in received.left_out
    assert words.split(": ", 1)[1] not in received.text


def test_comments_are_listed() -> None:
    document = Document()
    paragraph = document.add_paragraph("Words.")
    document.add_comment(paragraph.runs, text="Is this so?", author="Jo", initials="J")
    received = received_from_docx(word_files.saved(document))
    assert (received.text, received.left_out) == ("Words.", ("Comment: Is this so?",))


def test_words_in_a_text_box_are_listed() -> None:
    box = (
        b"<w:p><w:r><w:pict><w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p>"
        b"</w:txbxContent></w:pict></w:r></w:p></w:body>"
    )
    data = word_files.changed(
        word_files.of_lines("Words."),
        word_files.CONTENT,
        lambda part: part.replace(b"</w:body>", box),
    )
    assert received_from_docx(data).left_out == ("Text box: Boxed",)


@pytest.mark.parametrize("name", ["numbered", "bulleted", "site_page"])
def test_a_page_saved_in_word_reads_as_the_page_does(name: str) -> None:
    came = read_text(received_from_docx(word_files.of_lines(page(name))).text)
    assert (came.recommendations, came.sections) == (
        paper(name).recommendations,
        paper(name).sections,
    )


def test_a_numbered_heading_by_style_is_one_though_only_a_table_follows_it() -> None:
    document = Document()
    document.add_heading("Recommendations", 1)
    document.add_paragraph("The Mayor is asked to approve:")
    document.add_paragraph("1. a grant of £5.")
    document.add_heading("1. Introduction", 1)
    document.add_paragraph("1.1 It is for boats.")
    document.add_heading("2. Planned delivery approach and next steps", 1)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Activity", "Date"
    read = read_text(received_from_docx(word_files.saved(document)).text)
    assert [one.heading for one in read.sections] == [
        "Introduction",
        "Planned delivery approach and next steps",
    ]
    assert [one.text for one in read.sections[1].paragraphs] == ["| Activity | Date |"]


def test_headings_without_numbers_become_numbered_sections() -> None:
    document = Document()
    for heading in ("Why boats", "What they cost"):
        document.add_heading(heading, 1)
        document.add_paragraph("One thing.")
        document.add_paragraph("Another thing.")
    read = read_text(received_from_docx(word_files.saved(document)).text)
    assert [(one.number, one.heading) for one in read.sections] == [
        ("1", "Why boats"),
        ("2", "What they cost"),
    ]
    assert [each.number for each in read.sections[1].paragraphs] == ["2.1", "2.2"]


def test_a_box_drawn_as_a_table_of_one_cell_is_read_as_paragraphs() -> None:
    document = Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "Executive summary"
    cell.add_paragraph("Boxed words.")
    read = read_text(received_from_docx(word_files.saved(document)).text)
    assert read.executive_summary == "Boxed words."


def test_a_table_of_labels_is_read_as_labels() -> None:
    document = Document()
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(table._cells, ("Title", "Boats", "Reference", "PCD 12"), strict=True):
        cell.text = text
    read = read_text(received_from_docx(word_files.saved(document)).text)
    assert (read.title, read.reference) == ("Boats", "PCD 12")


def zipped(parts: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return held.getvalue()


def body(inner: str, before: str = "") -> dict[str, bytes]:
    text = f"{before}<w:document {NAMESPACE}><w:body>{inner}</w:body></w:document>"
    return {word_files.CONTENT: text.encode()}


ENTITY = '<!DOCTYPE a [<!ENTITY b "boom"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped(body("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>", ENTITY)), "file-hostile"),
        (zipped(body("<w:p>" * 300 + "</w:p>" * 300)), "file-hostile"),
        (zipped(body("") | {"word/styles.xml": b"<!DOCTYPE a><a/>"}), "file-hostile"),
        (zipped(body(" " * (LARGEST_XML + 1))), "file-too-large-inside"),
        (zipped({f"word/{n}": b"" for n in range(MOST_PARTS + 1)}), "file-too-large-inside"),
        (zipped(body("")) + b" " * MOST_BYTES, "file-too-large"),
        (zipped(body("<w:p/>")), "file-empty"),
        (zipped(body("<w:p>")), "file-damaged"),
        (zipped({word_files.CONTENT: b"\xff\xfe\x00"}), "file-damaged"),
        (b"PK\x03\x04 and no more", "file-damaged"),
        (word_files.of_lines("Words.")[:-40], "file-damaged"),
        (zipped({"content.xml": b"<a/>"}), "file-not-word"),
        (zipped({"data.csv": b"1"}), "file-not-word"),
    ],
)
def test_what_is_no_word_document_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableSourceError) as refused:
        received_from_docx(data)
    assert refused.value.code == code


def test_a_bomb_is_refused_by_what_its_parts_would_grow_to() -> None:
    data = zipped({**body("<w:p/>"), "word/media/a.bin": b"\0" * (101 * 1024 * 1024)})
    assert len(data) < 1024 * 1024
    with pytest.raises(UnreadableSourceError, match="more in this file than"):
        received_from_docx(data)


def test_a_paste_keeps_lists_and_tables() -> None:
    markup = (
        "<h2>Recommendation</h2><p>The DMPC is asked to:</p><ol><li><p>accept £5m</p>"
        "<ol><li>note it</li></ol></li><li>note more</li></ol><ul><li>a dot</li></ul>"
        "<table><tr><th colspan=2>Cost</th></tr><tr><td>Year</td><td>£1</td></tr></table>"
    )
    assert received_from_markup(markup).text.split("\n\n") == [
        "Recommendation",
        "The DMPC is asked to:",
        "1. accept £5m",
        "(a) note it",
        "2. note more",
        "• a dot",
        "| Cost |  |\n| Year | £1 |",
    ]


def test_a_paste_from_word_keeps_its_numbers_and_no_styles() -> None:
    markup = (
        "<html><head><style>p {x: y}</style></head><body><!--StartFragment-->"
        "<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1.1"
        "<span>&nbsp;&nbsp; </span></span><![endif]>The harbour<o:p></o:p></p>"
    )
    assert received_from_markup(markup).text == "1.1 The harbour"


def test_what_is_struck_out_of_a_paste_is_listed() -> None:
    received = received_from_markup("<p>Words <del>gone</del><script>no()</script></p>")
    assert (received.text, received.left_out) == ("Words", ("Struck out: gone",))


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_markup_at_all_is_read(markup: str) -> None:
    received_from_markup(f"<p>{markup}<table><td>{markup}<ol><li>{markup}</table>")


STYLES = (
    f'<w:styles {NAMESPACE}><w:style w:styleId="Heading1" w:type="paragraph">'
    '<w:name w:val="heading 1"/></w:style></w:styles>'
)
LINES = st.lists(
    st.tuples(
        st.sampled_from(["Normal", "Heading1"]),
        st.sampled_from(
            [
                *("Recommendation", "Executive summary", "Part 1", "Part 2 (confidential)", "Home"),
                *("1. approve £5m", "The DMPC is asked to:", "2.4 Boats", "Title: Quays"),
                "| a | b |",
            ]
        )
        | st.text(alphabet="abcde £1.:", min_size=1, max_size=30),
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(LINES)
def test_no_word_of_a_document_is_lost(lines: list[tuple[str, str]]) -> None:
    written = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in lines
    )
    try:
        received = received_from_docx(zipped(body(written) | {"word/styles.xml": STYLES.encode()}))
    except UnreadableSourceError:
        assert not any(text.strip() for _, text in lines)
        return
    read = read_text(received.text)
    told = " ".join([str(replace(read, warnings=())), *omitted(received.text, read)]).lower()
    words = {word for _, text in lines for word in re.findall(r"[a-z]{2,}", text.lower())}
    headings = {"recommendation", "executive", "summary", "part", "title", "confidential"}
    assert {word for word in words - headings if word not in told} == set()


RUN = "<w:r><w:t>a </w:t></w:r>"
TOO_MUCH = {
    "runs": f"<w:p>{RUN * 20_001}</w:p>",
    "cells": f"<w:tbl><w:tr>{'<w:tc><w:p/></w:tc>' * 5_001}</w:tr></w:tbl>",
    "elements": f"<w:p>{'<w:tab/>' * 250_001}</w:p>",
    "words": f"<w:p><w:r><w:t>{'word ' * 5_000}</w:t></w:r></w:p>" * 21,
    "words in one paragraph": f"<w:p><w:r><w:t>{'£1,2' * 8_000}</w:t></w:r></w:p>",
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_a_small_file_that_unpacks_to_far_more_than_a_paper_is_refused_unread(
    what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("mammoth.convert_to_html")
    body = f"<w:document {NAMESPACE}><w:body>{TOO_MUCH[what]}</w:body></w:document>"
    data = word_files.changed(
        word_files.of_lines("A paper"), word_files.CONTENT, lambda _: body.encode()
    )
    with pytest.raises(UnreadableSourceError, match=r"far more in this file|more than 30,000"):
        received_from_docx(data)
