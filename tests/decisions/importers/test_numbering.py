"""Numbers and nesting of recommendations, and the line that asks for them."""

import pytest

from decisions.importers.reader import read_text
from tests.decisions.importers.pages import asked_for, codes


def numbers(*lines: str) -> list[tuple[str, str | None]]:
    """Return the number and parent of each recommendation of a short page."""
    return [(each.number, each.parent) for each in asked_for(*lines).recommendations]


@pytest.mark.parametrize(
    "lines",
    [
        ("1. Approve", "2. Note"),
        ("1) Approve it", "2) Note it"),
        ("(1) Approve it", "(2) Note it"),
        ("1 Approve it", "2 Note it"),
        ("Recommendation 1: Approve it", "Recommendation 2: Note it"),
        ("• Approve it", "• Note it"),
        ("- Approve it", "- Note it"),
        ("* Approve it", "* Note it"),
        ("1.", "Approve it", "2.", "Note it"),
        ("-", "Approve it", "-", "Note it"),
        ("Approve it", "Note it"),
    ],
)
def test_every_way_of_marking_two_recommendations(lines: tuple[str, ...]) -> None:
    assert numbers(*lines) == [("1", None), ("2", None)]


def test_letters_and_roman_numerals_as_printed() -> None:
    assert numbers("a) Approve it", "b) Note it") == [("a", None), ("b", None)]
    assert numbers("(i) Approve it", "(ii) Note it") == [("i", None), ("ii", None)]


def test_nested_recommendations() -> None:
    assert numbers("1. Approve:", "(a) awards", "(b) costs", "(i) paid early", "2. Note it") == [
        ("1", None),
        ("1a", "1"),
        ("1b", "1"),
        ("1b(i)", "1b"),
        ("2", None),
    ]


def test_nested_numbers_that_carry_their_parent() -> None:
    assert numbers("1. Note it", "2. Approve it", "2a. award it", "2b. spend it", "3. Note it") == [
        ("1", None),
        ("2", None),
        ("2a", "2"),
        ("2b", "2"),
        ("3", None),
    ]
    assert numbers("1. Approve it", "1.2 Award it") == [("1", None), ("1.2", "1")]


def test_the_ninth_letter_is_not_taken_for_a_numeral() -> None:
    lines = [f"({letter}) Note it" for letter in "abcdefghij"]
    assert [number for number, _ in numbers(*lines)] == list("abcdefghij")


def test_numbers_that_repeat_are_given_in_order_with_a_warning() -> None:
    read = asked_for("1. Approve it", "1. Note it")
    assert [each.number for each in read.recommendations] == ["1", "2"]
    assert "numbers-repeated" in codes(read)


def test_a_gap_in_numbers_is_a_warning() -> None:
    assert "numbers-out-of-order" in codes(asked_for("1. Approve it", "3. Note it"))


def test_a_missing_parent_is_a_warning() -> None:
    read = asked_for("2a. Approve it")
    assert read.recommendations[0].parent is None
    assert "parent-missing" in codes(read)


def test_a_line_without_number_belongs_to_the_one_before_it() -> None:
    read = asked_for("1. Approve spending:", "Boats £5", "2. Note it")
    assert read.recommendations[0].text == "Approve spending:\nBoats £5"
    assert "loose-line" in codes(read)


@pytest.mark.parametrize(
    "lead",
    [
        "The DMPC is asked to:",
        "The DMPC is asked to;",
        "DMPC is requested to",
        "The Deputy Mayor for Policing and Crime is recommended to:",
        "The Deputy Mayor for Policing and Crime (DMPC) is invited to:",
        "It is recommended that the DMPC:",
        "The Deputy Mayor for Policing and Crime to:",
        "That the Mayor:",
        "The DMPC is asked, through the Investment Board, to:",
        "The Chief Executive is asked to:",
    ],
)
def test_the_line_that_asks_is_kept_as_printed(lead: str) -> None:
    read = asked_for("1. Approve it", lead=lead)
    assert (read.asked, len(read.recommendations)) == (lead, 1)


def test_a_second_line_that_asks_is_a_warning_and_gives_its_verb() -> None:
    read = asked_for(
        "1. £5m for boats", "The DMPC is asked to note:", "2. the report",
        lead="The DMPC is asked to approve:",
    )  # fmt: skip
    assert [each.kind for each in read.recommendations] == ["approve_spend", "note"]
    assert "asked-repeated" in codes(read)


def test_a_sum_in_the_line_that_asks_is_a_warning() -> None:
    read = asked_for("1. boats", "2. ropes", lead="The DMPC is asked to approve £5m for:")
    assert read.asked == "The DMPC is asked to approve £5m for:"
    assert "sum-left-out" in codes(read)


def test_a_verb_in_the_line_that_asks_holds_for_plain_lines_too() -> None:
    read = asked_for("the purchase of boats", lead="The DMPC is asked to approve:")
    assert [(each.number, each.kind) for each in read.recommendations] == [("1", "approve_spend")]


def test_a_sentence_that_asks_is_one_recommendation() -> None:
    read = read_text("Executive summary\nWords.\nThe DMPC is asked to approve £1.4 million.\n")
    assert read.asked == "The DMPC is asked to"
    assert [each.text for each in read.recommendations] == ["approve £1.4 million."]


def test_a_line_that_asks_and_lists_at_once_is_cut() -> None:
    read = read_text("Recommendation\nThe DMPC is asked to: (1) accept £1m; (2) note the report.")
    assert read.asked == "The DMPC is asked to:"
    assert [each.text for each in read.recommendations] == ["accept £1m;", "note the report."]


def test_a_short_line_with_a_verb_asks_too() -> None:
    read = asked_for("I. grants to Alpha", "II. a contract", lead="The DMPC approves:")
    assert read.asked == "The DMPC approves:"
    assert [(each.number, each.kind) for each in read.recommendations] == [
        ("I", "award"),
        ("II", "approve"),
    ]


def test_no_line_that_asks_is_a_warning() -> None:
    read = read_text("Recommendation(s)\n1. Approve it\n2. Note it")
    assert read.asked is None
    assert {"asked-missing", "summary-missing", "part-1-missing"} <= codes(read)


def test_no_recommendation_is_a_warning() -> None:
    assert "recommendations-missing" in codes(read_text("Executive summary\nWords."))


def test_a_headed_list_is_not_looked_for_in_the_summary() -> None:
    read = read_text(
        "Executive summary\nThe DMPC is asked to think.\n"
        "Recommendations:\nThe DMPC is asked to:\n1. Note it"
    )
    assert read.executive_summary == "The DMPC is asked to think."


def test_a_number_that_the_page_does_not_print_is_no_parent() -> None:
    lines = ("• approve it", "• note it", "2a. spend it", "2b. report it")
    assert numbers(*lines)[2:] == [("2a", None), ("2b", None)]
    assert "parent-missing" in codes(asked_for(*lines))
