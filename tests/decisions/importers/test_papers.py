"""Whole pages of the shapes that the register must read exactly."""

from datetime import date
from decimal import Decimal

from django.conf import settings

from decisions.imported_paper import ImportedFigure, ImportedKind
from decisions.importers.reader import read_text
from tests.decisions.importers.pages import codes, paper

WINTER = (date(2019, 10, 28), date(2020, 3, 31))


def test_bullets_in_the_summary_are_the_recommendations() -> None:
    read = paper("bulleted")
    assert [each.number for each in read.recommendations] == ["1", "2", "3"]
    assert read.asked == "The DMPC is asked to;"
    assert read.executive_summary is not None
    assert read.executive_summary.endswith("a desk of this kind.")
    assert read.executive_summary.count("\n\n") == 2


def test_a_bid_is_told_from_a_plain_approval() -> None:
    first, second, third = paper("bulleted").recommendations
    assert (first.kind, second.kind, third.kind) == (
        ImportedKind.APPROVE,
        ImportedKind.BID,
        ImportedKind.APPROVE,
    )
    assert second.figures == (ImportedFigure(Decimal("2400000.00"), up_to=False, text="£2.4m"),)
    assert first.figures == third.figures == ()


def test_a_page_without_title_says_so() -> None:
    read = paper("bulleted")
    assert (read.reference, read.title) == ("PCD 9386", None)
    assert {"title-missing", "recommendations-unheaded", "numbers-assigned"} <= codes(read)


def test_two_sums_that_disagree_are_named() -> None:
    messages = [each.message for each in paper("bulleted").warnings if "disagree" in each.code]
    assert len(messages) == 1
    assert "£2.3m (paragraph 2.1) and £2.4m (recommendation 2)" in messages[0]


def test_sections_keep_their_printed_numbers() -> None:
    sections = paper("bulleted").sections
    assert [each.number for each in sections] == ["1", "2", "3", "4", "5", "6"]
    assert sections[2].heading == "Financial Comments"
    assert sections[2].paragraphs[0].number == "3.1"
    assert [each.number for each in sections[0].paragraphs] == ["1.1", "1.2", "1.3"]


def test_two_ceilings_and_a_sum_out_of_the_second() -> None:
    first, second, third = paper("numbered").recommendations
    assert first.figures == (
        ImportedFigure(Decimal("2200000.00"), up_to=True, text="£2.2 million"),
    )
    assert second.figures[0].amount == Decimal("2150000.00")
    assert third.figures == (ImportedFigure(Decimal("480000.00"), up_to=False, text="£480,000"),)
    assert third.funded_from == "2"


def test_kinds_and_periods_of_a_numbered_paper() -> None:
    first, second, third = paper("numbered").recommendations
    assert first.kind is second.kind is ImportedKind.ACCEPT
    assert third.kind is ImportedKind.APPROVE_SPEND
    assert (first.period_start, first.period_end) == WINTER
    assert (second.period_start, second.period_end) == WINTER
    assert (third.period_start, third.period_end) == (None, None)


def test_the_title_stands_on_the_last_line() -> None:
    read = paper("numbered")
    assert (read.reference, read.title) == ("PCD 9726", "National Harbour Crime Desk")
    assert len(read.sections) == 7
    assert read.exemptions == ("FOIA 2000 s43(2)",)


def test_a_paper_whose_sums_agree_raises_no_false_alarm() -> None:
    assert codes(paper("numbered")) == {
        "date-signed-missing",
        "date-published-missing",
        "decided-by-missing",
    }


def test_key_information_of_a_page_with_the_site_around_it() -> None:
    read = paper("site_page")
    assert (read.reference, read.title) == ("PCD 1999", "Harbour Patrols 2022-2025")
    assert (read.date_signed, read.date_published) == (date(2022, 5, 3), date(2022, 5, 5))
    assert read.decided_by == "Alex Quay, Deputy Mayor, Policing and Crime"
    assert read.executive_summary == (
        "This paper asks for the Harbour Fund to be accepted for three years."
    )


def test_a_list_that_lost_its_numbers_is_put_together_again() -> None:
    read = paper("site_page")
    first, second = read.recommendations
    assert [figure.text for figure in first.figures] == ["£24,600,000"]
    assert (second.number, second.kind) == ("2", ImportedKind.AWARD)
    assert {"numbers-repeated", "loose-line", "component-sum"} <= codes(read)
    assert [(each.number, each.heading) for each in read.sections] == [
        ("1", "Introduction and background"),
        ("2", "Financial Comments"),
    ]


def test_the_manuals_example_has_something_to_check() -> None:
    read = read_text((settings.BASE_DIR / "docs/examples/pcd-801.txt").read_text("utf-8"))
    assert (read.reference, len(read.recommendations), len(read.sections)) == ("PCD 801", 6, 6)
    assert [each.funded_from for each in read.recommendations][2] == "2"
    assert "sums-disagree" in codes(read)


def test_an_old_page_asks_in_one_sentence_with_details_under_it() -> None:
    read = paper("old_series")
    spend, delegation = read.recommendations
    assert (read.reference, read.asked) == ("DMPCD 2015 80", "The DMPC is asked to")
    assert [figure.text for figure in spend.figures] == ["£1,000,000"]
    assert (delegation.number, delegation.parent) == ("1a", "1")
    assert delegation.kind is ImportedKind.DELEGATE
    assert read.title == "Harbour Innovation Programme"
