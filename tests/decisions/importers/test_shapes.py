"""Shapes of real pages that a strict reader stumbles over, in our own words."""

import pytest

from decisions.imported_paper import ImportedPaper
from decisions.importers.reader import read_text
from tests.decisions.importers.pages import asked_for, codes, one

PART_1 = "Non-confidential facts and advice to the Deputy Mayor for Policing and Crime (DMPC)"


def page(*lines: str, before: tuple[str, ...] = (), after: tuple[str, ...] = ()) -> ImportedPaper:
    """Read a page whose key information and last lines are given."""
    head = [*before, "Key information", *lines, "Executive summary", "Words."]
    asked = ["Recommendation", "The DMPC is asked to:", "1. Approve the plan."]
    body = [PART_1, "1. Introduction and background", "1.1. One."]
    return read_text("\n".join([*head, *asked, *body, *after]))


def sections_after(*lines: str) -> list[tuple[str, str | None, list[str]]]:
    """Return number, heading and paragraph texts of sections under a Part 1 heading."""
    asked = "Executive summary\nWords.\nRecommendation\nThe DMPC is asked to:\n1. Approve it."
    read = read_text("\n".join([asked, *lines]))
    return [(s.number, s.heading, [p.text for p in s.paragraphs]) for s in read.sections]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Retrospective approval of the waiver", "approve"),
        ("Approve the 2031 pay award at a cost of £14.2m", "approve_spend"),
        ("Approve the sale of the old boathouse for £2m", "approve"),
        ("Approve that £250,000 be awarded to the university", "award"),
        ("Subject to a successful bid, accept the grant", "accept"),
    ],
)
def test_kinds(words: str, kind: str) -> None:
    assert one(words).kind.value == kind


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        ("approve funding of £100,000 (£50,000 per annum)", ["£100,000"]),
        ("award £600,000 (£200,000 in each of three years)", ["£600,000"]),
        ("award £200,000 per year for three years, a total of £600,000", ["£600,000"]),
        ("approve spend of £5.5m, which includes £0.5m contingency", ["£5.5m"]),
        ("approve an additional £75,000 (total value £375,000)", ["£75,000"]),
        ("reduce the grant from up to £90,000 to up to £60,000", ["£60,000"]),
        ("receive £300,000 from A and the onward award of £250,000 to B", ["£300,000", "£250,000"]),
        ("spend £2m, funded by £1.5m from the grant and £0.5m from reserves", ["£2m"]),
        ("increase the contract value by up to £2.2m to £12.2m", ["£2.2m"]),
        ("make the awards:\nAlpha £10,000\nBeta £12,500\nTotal £22,500", ["£10,000", "£12,500"]),
    ],
)
def test_sums_decided(words: str, texts: list[str]) -> None:
    assert [each.text for each in one(words).figures] == texts


@pytest.mark.parametrize("printed", ["£350.000", "€2m", "of 1.5m"])
def test_a_sum_that_can_be_read_in_two_ways_is_said(printed: str) -> None:
    assert "amount-unclear" in codes(asked_for(f"1. Approve spend {printed} on boats"))


def test_money_carried_from_a_year_into_another_is_for_the_second() -> None:
    read = one("Approve the carry forward of £26,000 from 2030/31 into 2031/32")
    assert (str(read.period_start), str(read.period_end)) == ("2031-04-01", "2032-03-31")


def test_words_of_a_grant_at_a_recommendation_name_the_source() -> None:
    read = asked_for(
        "1. Accept the grant of £7m", "2. Award £3m of the funding at recommendation 1"
    )
    assert read.recommendations[1].funded_from == "1"


def test_one_recommendation_in_the_lead_in_line_keeps_its_words() -> None:
    read = read_text("Executive summary\nWords.\nRecommendation\nThe DMPC is asked to: approve it.")
    assert (read.asked, read.recommendations[0].text) == ("The DMPC is asked to:", "approve it.")


def test_a_second_verb_between_recommendations_rules_those_below_it() -> None:
    read = asked_for("1. Approve the plan", "and notes that:", "2. the rest follows")
    assert read.recommendations[1].kind.value == "note"
    assert "asked-repeated" in codes(read)


def test_numbers_below_one_paragraph_number_are_in_order() -> None:
    read = asked_for("2.1 Approve the plan", "2.2 Approve the bid")
    assert "numbers-out-of-order" not in codes(read)


def test_the_decision_makers_own_words_are_no_recommendation() -> None:
    signed = asked_for("1. Approve the plan.", "I confirm I have considered whether I have any")
    assert (signed.recommendations[0].text, signed.title) == ("Approve the plan.", None)
    assert "text-not-used" in codes(signed)


def test_the_title_is_the_line_nearest_the_key_information() -> None:
    junk = ("We use cookies to make this site work", "Ways of deciding", "Harbour lights", "Print")
    read = page("Reference: PCD 9801", before=junk)
    assert read.title == "Harbour lights"
    assert "title-doubtful" in codes(read)


def test_labels_on_one_line_are_taken_apart() -> None:
    read = page("Reference: PCD 9801 Date signed: 1 June 2031 Decided by: The Deputy Mayor")
    assert (str(read.date_signed), read.decided_by) == ("2031-06-01", "The Deputy Mayor")


def test_a_date_that_does_not_say_of_what_is_not_taken() -> None:
    read = page("Reference: PCD 9801", "Date", "7 June 2031", after=("PCD 9801 Harbour lights",))
    assert (read.date_published, read.title) == (None, "Harbour lights")
    assert "date-unlabelled" in codes(read)


def test_the_heading_of_part_1_may_be_broken() -> None:
    broken = PART_1.replace(" (DMPC)", "")
    read = sections_after(broken, "(DMPC)", "1. Introduction", "1.1. One.")
    assert read == [("1", "Introduction", ["One."])]


def test_sections_may_be_counted_by_letters() -> None:
    read = sections_after(PART_1, "A. Aims", "A.1 One.", "B. Costs", "B.1 Two.", "B.2 Three.")
    assert read == [("A", "Aims", ["One."]), ("B", "Costs", ["Two.", "Three."])]


def test_longer_usual_headings_need_no_number() -> None:
    risk = "Risk (including Health and Safety) Implications"
    plan = "Contribution to the MOPAC Police & Crime Plan 2030-2034"
    read = sections_after(PART_1, "Legal Comments", "None.", risk, "Low.", plan, "It helps.")
    assert [heading for _, heading, _ in read] == ["Legal Comments", risk, plan]


def test_a_broken_line_may_open_with_a_date() -> None:
    first = "1. Approve the spend of up to £4.5m on the renewal of the response fleet between"
    read = asked_for(first, "1 April 2032 and 31 March 2034 as planned.", "2. Note the risk.")
    assert [each.number for each in read.recommendations] == ["1", "2"]
    assert str(read.recommendations[0].period_end) == "2034-03-31"


def test_nested_numbers_before_the_heading_of_part_1_are_recommendations() -> None:
    read = asked_for("1. Approve:", "1.1 spend of £2m; and", "1.2 a plan", "2. Note", "2.1 it.")
    assert [each.number for each in read.recommendations] == ["1", "1.1", "1.2", "2", "2.1"]
    assert read.recommendations[1].parent == "1"


def test_an_exemption_from_tender_is_no_part_2() -> None:
    read = asked_for("1. Approve the exemption from the contract regulations for boats")
    assert "exemption-ground-missing" not in codes(read)


def test_a_financial_year_may_be_short() -> None:
    assert str(one("Approve spend of £5 for FY31/32").period_start) == "2031-04-01"


def test_a_heading_between_lead_in_and_list_is_no_recommendation() -> None:
    read = asked_for("Estates", "1. Approve the lease.", "2. Note the risk.")
    assert [each.number for each in read.recommendations] == ["1", "2"]
    assert "text-not-used" in codes(read)


def test_a_summary_may_have_numbered_paragraphs() -> None:
    lines = ["1. Executive Summary", "1.1 Words.", "2. Recommendation", "The DMPC is asked to:"]
    read = read_text("\n".join([*lines, "2.1 Approve the plan.", "3. Background", "3.1 One."]))
    assert read.executive_summary == "1.1 Words."
    assert [(each.number, each.heading) for each in read.sections] == [("3", "Background")]


@pytest.mark.parametrize("words", ["There is no Part 2.", "This paper does not have a Part 2."])
def test_a_part_2_that_is_not_there_needs_no_ground(words: str) -> None:
    assert "exemption-ground-missing" not in codes(asked_for(f"1. Note it. {words}"))


@pytest.mark.parametrize("words", ["utilising the grant in recommendation 1", "(funded via rec 1)"])
def test_more_words_that_name_the_source(words: str) -> None:
    read = asked_for("1. Accept £2m", f"2. Approve spend of £5 {words}")
    assert read.recommendations[1].funded_from == "1"


def test_what_a_lead_in_draws_on_those_under_it_draw_on() -> None:
    read = asked_for(
        "1. Accept £2m",
        "2. Accept £3m",
        "3. Approve, out of the grant in recommendation (2):",
        "(a) expenditure of £5,000 on licences",
        "(b) an award of £6,000 to a charity, out of the grant in recommendation 1",
    )
    assert [each.funded_from for each in read.recommendations] == [None, None, "2", "2", "1"]
