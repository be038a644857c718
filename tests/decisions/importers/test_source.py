"""Files and pastes: encodings, markup, broken lines, and what is no text."""

import codecs
from pathlib import Path

import pytest

from decisions.importers.reader import read_bytes, read_file, read_text
from decisions.importers.source import SIZE_LIMIT, UnreadableSourceError
from tests.decisions.importers.pages import codes, page, paper


@pytest.mark.parametrize(
    "data",
    [
        page("numbered").encode(),
        codecs.BOM_UTF8 + page("numbered").encode(),
        page("numbered").encode("utf-16"),
        page("numbered").encode("utf-16-le"),
        page("numbered").encode("utf-16-be"),
        page("numbered").replace("\n", "\r\n").encode(),
        page("numbered").replace("\n", "\r").encode(),
        page("numbered").replace(" £", "\xa0£").encode(),
        page("numbered").replace("\n", "\n\n").encode(),
    ],
)
def test_the_same_page_however_it_was_saved(data: bytes) -> None:
    assert read_bytes(data) == paper("numbered")


def test_an_old_windows_file_is_read_with_a_warning() -> None:
    read = read_bytes(page("numbered").encode("cp1252"))
    assert read.recommendations == paper("numbered").recommendations
    assert "encoding-guessed" in codes(read)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file-empty"),
        (b" \n\t\n", "file-empty"),
        (b"%PDF-1.7 ...", "file-not-text"),
        (b"PK\x03\x04rest", "file-not-text"),
        (bytes(range(32)) * 50, "file-not-text"),
        (b"x" * (SIZE_LIMIT + 1), "file-too-large"),
    ],
)
def test_what_is_no_page_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(UnreadableSourceError) as refused:
        read_bytes(data)
    assert refused.value.code == code


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match="There is no file"):
        read_file(tmp_path / "none.txt")


def test_a_folder_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSourceError) as refused:
        read_file(tmp_path)
    assert refused.value.code == "file-unreadable"


def test_tags_and_entities_are_taken_out() -> None:
    read = read_text(
        "<h2>Executive summary</h2><script>no();</script><p>Words &amp; more.</p>"
        "<h2>Recommendation</h2><p>The DMPC is asked to:</p>"
        "<ol><li>Approve &pound;5m</li><li>Note <b>it</b></li></ol>"
    )
    assert read.executive_summary == "Words & more."
    assert [each.text for each in read.recommendations] == ["Approve £5m", "Note it"]
    assert "markup-removed" in codes(read)


def test_a_summary_can_stand_on_the_line_of_its_heading() -> None:
    assert read_text("Executive summary: Words.").executive_summary == "Words."


def test_a_script_that_is_never_closed_hides_nothing() -> None:
    read = read_text("<script>Executive summary<br>Words.")
    assert read.executive_summary == "Words."


def test_marks_of_markdown_are_taken_out() -> None:
    read = read_text(
        "## Executive summary\nWords.\n## Recommendation\n**The DMPC is asked to:**\n- Note it"
    )
    assert (read.asked, len(read.recommendations)) == ("The DMPC is asked to:", 1)


def test_lines_that_were_broken_are_joined() -> None:
    read = read_text(
        "Recommendation\nThe DMPC is asked to:\n"
        "1. approve the spending of £5m on boats for the harbour\n"
        "   police, out of which ten are to be delivered next year\n"
        "2. note the report of the harbour master on the state of\n"
        "   the quays, the cranes and the sheds along the northern\n"
        "   shore, which was sent to the board in the last quarter\n"
        "   of the year and to the boroughs in the quarter before.\n"
    )
    assert len(read.recommendations) == 2
    assert read.recommendations[0].text.endswith(
        "harbour police, out of which ten are to be delivered next year"
    )
    assert "lines-joined" in codes(read)


def test_text_of_another_kind_is_named() -> None:
    assert "nothing-recognised" in codes(read_text("Dear all, lunch is at one. Best wishes."))
