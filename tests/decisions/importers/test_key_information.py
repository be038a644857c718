"""Reference, title, dates and decision maker."""

from datetime import date

import pytest

from decisions.importers.reader import read_text
from tests.decisions.importers.pages import codes

BODY = "\nExecutive summary\nWords."


@pytest.mark.parametrize(
    ("printed", "reference"),
    [
        ("PCD 726", "PCD 726"),
        ("PCD545", "PCD 545"),
        ("PCD-956", "PCD 956"),
        ("[PCD990]", "PCD 990"),
        ("PCD 02", "PCD 2"),
        ("pcd 1327", "PCD 1327"),
        ("DMPCD 2016 12", "DMPCD 2016 12"),
        ("CEOD 03-2021", "CEOD 03-2021"),
        ("CEOD 35 - 2024", "CEOD 35-2024"),
    ],
)
def test_references_in_the_wild(printed: str, reference: str) -> None:
    assert read_text(f"Key information\nReference code: {printed}{BODY}").reference == reference


@pytest.mark.parametrize(
    "line",
    [
        "PCD 726 Harbour Desk",
        "PCD 726 - Harbour Desk",
        "PCD726: Harbour Desk",
        "[PCD 726] Harbour Desk",
        "Harbour Desk (PCD 726)",
        "DMPC Decision – PCD 726 Harbour Desk",
        "REQUEST FOR DMPC DECISION – PCD 726 Harbour Desk",
    ],
)
def test_the_title_stands_without_the_reference(line: str) -> None:
    read = read_text(f"{line}\nKey information{BODY}")
    assert (read.reference, read.title) == ("PCD 726", "Harbour Desk")


def test_a_title_before_the_key_information() -> None:
    assert (
        read_text(f"Harbour Desk\nKey information\nReference: PCD 7{BODY}").title == "Harbour Desk"
    )


def test_a_file_named_at_the_end_is_no_title() -> None:
    read = read_text(f"Key information{BODY}\nSigned decision document\nPCD 7 signed.pdf (12 KB)")
    assert read.title is None


def test_the_last_line_names_the_page_without_any_heading_before_it() -> None:
    read = read_text("Executive summary\nWords.\nPCD 726 Harbour Desk")
    assert (read.reference, read.title) == ("PCD 726", "Harbour Desk")
    assert read.executive_summary == "Words."


def test_a_sentence_that_begins_with_a_reference_names_no_page() -> None:
    read = read_text("Executive summary\nWords.\nPCD 726 is continued by this paper.")
    assert read.reference is None


def test_labels_and_values_on_lines_of_their_own() -> None:
    read = read_text(
        "Key information\nDate signed\n28 October 2019\nDecided by\nAlex Quay\n"
        f"Date published:\n{BODY}"
    )
    assert (read.date_signed, read.decided_by) == (date(2019, 10, 28), "Alex Quay")
    assert read.date_published is None


@pytest.mark.parametrize(
    "printed",
    ["28 October 2019", "28th October 2019", "28/10/2019", "2019-10-28", "Mon 28 Oct 2019"],
)
def test_dates_as_printed(printed: str) -> None:
    assert read_text(f"Date signed: {printed}{BODY}").date_signed == date(2019, 10, 28)


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ("Title here", "reference-missing"),
        ("Reference code: PCD 1329\nPCD 1328 Harbour Desk", "reference-conflict"),
        ("Date signed: soon", "date-unreadable"),
        ("Date signed: 31 February 2020", "date-unreadable"),
        ("Date signed: 28 October 1066", "date-unreadable"),
        ("Date signed: 3 May 2020\nDate published: 1 May 2020", "dates-out-of-order"),
        ("PCD 1 Harbour Desk\nPCD 1 Boats", "title-doubtful"),
    ],
)
def test_doubts_about_the_page_itself(lines: str, code: str) -> None:
    assert code in codes(read_text(f"Key information\n{lines}{BODY}"))


def test_a_line_that_belongs_nowhere_is_named() -> None:
    read = read_text(f"Key information\nThis page was moved to a new home on Tuesday.{BODY}")
    message = next(w.message for w in read.warnings if w.code == "text-not-used")
    assert "moved to a new home" in message
