"""Part 1: sections and paragraphs, exemptions, and sums that disagree."""

import pytest

from decisions.imported_paper import ImportedPaper
from decisions.importers.reader import read_text
from tests.decisions.importers.pages import codes

HEADING = "PART I - NON-CONFIDENTIAL FACTS AND ADVICE TO THE DMPC"


def part_1(*lines: str) -> ImportedPaper:
    """Read a short page with these lines in its Part 1."""
    asked = "Recommendation\nThe DMPC is asked to:\n1. Approve £3.7m of spending"
    return read_text("\n".join(["Executive summary", "Words.", asked, HEADING, *lines]))


def outline(read: ImportedPaper) -> list[tuple[str, str | None, list[str]]]:
    """Return number, heading and paragraph numbers of each section."""
    return [
        (each.number, each.heading, [one.number for one in each.paragraphs])
        for each in read.sections
    ]


def test_numbered_sections() -> None:
    read = part_1("1. Introduction", "1.1. One.", "1.2 Two.", "2. Legal Comments", "2.1. Three.")
    assert outline(read) == [
        ("1", "Introduction", ["1.1", "1.2"]),
        ("2", "Legal Comments", ["2.1"]),
    ]


def test_a_section_without_heading_is_kept_and_named() -> None:
    read = part_1("1.1. One.", "2. Legal Comments", "2.1. Two.")
    assert outline(read)[0] == ("1", None, ["1.1"])
    assert "section-unheaded" in codes(read)


def test_headings_without_numbers() -> None:
    read = part_1("Introduction", "1.1. One.", "Financial comments", "2.1. Two.")
    assert outline(read) == [("1", "Introduction", ["1.1"]), ("2", "Financial comments", ["2.1"])]


def test_sections_out_of_order_are_a_warning() -> None:
    read = part_1("2. Legal Comments", "2.1. One.", "1. Introduction", "1.1. Two.")
    assert [each.number for each in read.sections] == ["2", "1"]
    assert "sections-out-of-order" in codes(read)


def test_lines_under_a_paragraph_stay_with_it() -> None:
    read = part_1("1. Introduction", "1.1. One:", "• first", "• second", "More words.")
    assert read.sections[0].paragraphs[0].text == "One:\n• first\n• second\nMore words."


def test_a_numbered_list_in_a_paragraph_opens_no_section() -> None:
    read = part_1(
        "1. Introduction", "1.1. One:", "1. boats", "2. ropes", "2. Legal Comments", "2.1. Two."
    )
    assert [each.number for each in read.sections] == ["1", "2"]


def test_headings_that_repeat_their_number_take_their_paragraphs_one() -> None:
    read = part_1("1. Introduction", "1.1. One.", "1. Legal Comments", "2.1. Two.")
    assert outline(read) == [("1", "Introduction", ["1.1"]), ("2", "Legal Comments", ["2.1"])]


def test_an_unusual_heading_is_known_by_its_paragraphs() -> None:
    read = part_1("1. The harbour", "1.1. One.", "The river", "2.1. Two.")
    assert [each.heading for each in read.sections] == ["The harbour", "The river"]


def test_a_heading_of_another_part_inside_part_1_is_plain_text() -> None:
    read = part_1("1. Introduction", "1.1. One.", "Recommendation", "More.", "Part 2", "Part 2")
    assert read.sections[0].paragraphs[0].text == "One.\nRecommendation\nMore."


def test_usual_sections_that_are_missing_are_named() -> None:
    message = next(
        w.message for w in part_1("1. Introduction", "1.1. One.").warnings if "section-m" in w.code
    )
    assert "financial, legal, equality" in message


def test_part_1_can_start_without_its_heading() -> None:
    read = read_text(
        "Recommendation\nThe DMPC is asked to:\n1. Approve it\n"
        "1. Introduction and background\n1.1. One."
    )
    assert len(read.recommendations) == len(read.sections) == 1
    assert "part-1-unheaded" in codes(read)


def test_text_of_part_2_is_left_out() -> None:
    read = part_1(
        "1. Legal Comments", "1.1. One.", "Part 2 – Confidential facts", "The price is secret."
    )
    assert "secret" not in repr(read.sections)
    assert "part-2-left-out" in codes(read)


@pytest.mark.parametrize(
    ("words", "grounds"),
    [
        ("Exempt: section 43(2) of the Freedom of Information Act 2000.", ["FOIA 2000 s43(2)"]),
        ("Exempt under s.40 and s42 of FOIA.", ["FOIA 2000 s40", "FOIA 2000 s42"]),
        ("Part 2 is exempt from disclosure: sections 40(2), 42 and 43(2), FOI Act.",
         ["FOIA 2000 s40(2)", "FOIA 2000 s42", "FOIA 2000 s43(2)"]),
        ("Paragraph 2(2) of the (Specified Information) Order 2011 holds.",
         ["Specified Information Order 2011 para 2(2)"]),
        ("Costs are restricted under Section 43 (commercial interests).", ["FOIA 2000 s43"]),
        ("Section 149 of the Equality Act 2010 applies. So does section 57 of the DPA 2018.", []),
        ("Section 39 of the Police Act 1996 applies. FOIA was considered.", []),
    ],
)  # fmt: skip
def test_grounds_of_exemption(words: str, grounds: list[str]) -> None:
    assert list(part_1("1. Legal Comments", f"1.1. {words}").exemptions) == grounds


def test_a_part_2_without_ground_is_a_warning() -> None:
    read = part_1("1. Legal Comments", "1.1. The costs are in Part 2.")
    assert "exemption-ground-missing" in codes(read)


@pytest.mark.parametrize(
    ("words", "disagree"),
    [
        ("The plan named £3.6m.", True),
        ("The plan named £3.2m.", True),
        ("The plan named £3.0m.", False),
        ("The desk costs £3.7m: staff £3.4m and boats £0.3m.", False),
        ("Staff cost £3.3m and boats £0.4m.", False),
        ("The desk costs £3.4m: staff £3.3m and boats £0.1m.", True),
        ("The cost is £3.7m.", False),
        ("The cost is £3,698,000.", False),
        ("The cost is £7,300,000.", False),
        ("The fund holds £20m.", False),
        ("Tenders over £3,600,000 go to the Mayor.", False),
        ("The Scheme of Delegation names £3.6m.", False),
    ],
)
def test_sums_that_disagree(words: str, disagree: bool) -> None:
    read = part_1("1. Financial Comments", f"1.1. {words}")
    assert ("sums-disagree" in codes(read)) is disagree


def test_another_years_sum_does_not_disagree() -> None:
    read = read_text(
        "Recommendation\nThe DMPC is asked to:\n1. Approve £264,700 in 2022/23\n"
        f"{HEADING}\n1. Financial Comments\n1.1. In 2021/22 it was £264,000."
    )
    assert "sums-disagree" not in codes(read)


def test_digits_in_another_order_disagree() -> None:
    read = read_text(
        "Executive summary\nA grant of £1,842,332.\nRecommendation\nThe DMPC is asked to:\n"
        "1. Accept £1,482,332"
    )
    assert "sums-disagree" in codes(read)
