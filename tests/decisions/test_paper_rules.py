"""What each rule of a paper finds, and what it leaves alone: a paper as plain facts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit.words import money
from decisions.models import Outcome, Recommendation
from decisions.refusals import RuleBroken
from decisions.rules import FINDERS, RULES, Amended, Facts, check_outcomes, findings
from decisions.rules.facts import Asked, Ground, Outdated, Place, Receives, Sum, Wanted, Words

START, END = date(2019, 10, 28), date(2020, 3, 31)
SUMS = st.decimals("0.01", "999999999.99", places=2)


def asked(number: str = "1", text: str = "accept up to £1.2 million.", **more: Any) -> Asked:
    """Return a recommendation of £1,200,000 unless its sums are given."""
    more.setdefault("sums", (Sum(Decimal("1200000.00")),))
    return Asked(number, text, **{"kind": "accept", "pk": int(number[0]), **more})


def paragraph(text: str, number: str = "2.1", part: int = 1) -> Words:
    return Words(Place(f"Paragraph {number}", "paragraph_edit", 9, part), text)


def a_paper(*rows: Asked, **more: Any) -> Facts:
    """Return a paper in which no rule finds anything."""
    return replace(
        Facts(
            title="A centre",
            summary="It is for a centre.",
            recommendations=rows or (asked(),),
            head_of_unit="A. Head",
            authority_paragraph="4.8",
            submitted_on=date(2019, 10, 1),
        ),
        **more,
    )


def found(facts: Facts) -> list[tuple[str, str]]:
    return [(each.code, each.text) for each in findings(facts)]


def test_a_paper_that_is_in_order_has_nothing_found() -> None:
    rows = asked(period_start=START, period_end=END), asked("2", "note this.", kind="note", sums=())
    assert found(a_paper(*rows)) == []


LICENCES = asked("2", "spend £570,000.", sums=(Sum(Decimal(570_000)),), source="1")
ONE_WORD = {
    "DEC-01": (a_paper(title=" "), "The paper: it has no title."),
    "DEC-02": (a_paper(summary=""), "Executive summary: there is none."),
    "DEC-03": (
        replace(a_paper(), recommendations=()),
        "Recommendations: there is none.",
    ),
    "DEC-08": (
        a_paper(
            asked(),
            asked("2", "spend £1,200,001.", sums=(Sum(Decimal(1_200_001)),), source="1"),
        ),
        "Recommendation 1: it asks for £1,200,000, and £1,200,001 is drawn from it (2).",
    ),
    "DEC-75": (
        a_paper(asked(source="1")),
        "Recommendation 1: its money is drawn, by way of others, out of itself.",
    ),
    "DEC-76": (
        a_paper(asked(), LICENCES, asked("2a", "spend £9.", sums=(Sum(Decimal(9)),),
            parent="2", source="3", own_money=True), asked("3")),
        "Recommendation 2a: recommendation 2, which it lies under, draws on recommendation 1; it"
        " draws on neither of them.",
    ),
    "DEC-108": (
        a_paper(
            asked(),
            *(asked(n, "spend £9.", sums=(Sum(Decimal(9)),), parent="1") for n in ("1a", "1b")),
            asked("1c", "spend £9.", sums=(Sum(Decimal(9)),), parent="1", source="1"),
        ),
        "Recommendation 1a: its £9 counts beside the £1,200,000 of recommendation 1, which it lies"
        " under; so does that of 1b. Say on it that its money is drawn from recommendation 1, or"
        " that it is money of its own.",
    ),
    "DEC-109": (
        a_paper(asked(text="award £85,000 per year.", sums=(Sum(Decimal(85_000)),))),
        "Recommendation 1: its words say £85,000 per year, and not for how many years.",
    ),
    "DEC-70": (
        a_paper(asked(recipients=(Receives(Decimal(700_000)), Receives(Decimal(600_000))))),
        "Recommendation 1: its recipients’ sums come to £1,300,000, its sum to £1,200,000.",
    ),
    "DEC-71": (
        a_paper(asked(sums=(Sum(Decimal(1_200_000), years=((2019, Decimal(1_000_000)),)),))),
        "Recommendation 1: its years come to £1,000,000, its sum to £1,200,000.",
    ),
    "DEC-72": (
        a_paper(outdated=(Outdated(Place("Paragraph 2.1"), "2", "3"),)),
        "Paragraph 2.1: it names recommendation 2, and what had that number is recommendation 3"
        " now.",
    ),
    "DEC-73": (
        a_paper(template=(asked("7", part=2), asked("8"))),
        "Recommendation 1: its sums (£1,200,000) are those of the paper that it was begun from.",
    ),
    "DEC-16": (a_paper(head_of_unit=""), "The paper: no head of unit’s consent is recorded."),
    "DEC-17": (
        a_paper(grounds=(Ground("FOIA 2000 s40"),)),
        "Exemption FOIA 2000 s40: Part 2 rests on it, and it has no review date.",
    ),
    "DEC-18": (
        a_paper(asked(period_start=START)),
        "Recommendation 1: its period (from 28 October 2019) has no last day.",
    ),
    "DEC-19": (
        a_paper(wanted=(Wanted("equality"),)),
        "Facts and advice: no section with equality comments, which every paper has.",
    ),
    "DEC-20": (
        a_paper(asked(text="accept £1.2 million and spend £30,000.")),
        "Recommendation 1: £30,000 stands in its words and in no figure.",
    ),
    "DEC-90": (
        a_paper(
            asked(),
            asked("2", "award £1.2m.", kind="award", sums=(Sum(Decimal(1_200_000), "total"),)),
        ),
        "Recommendation 2: it names £1,200,000, and no figure of it is the sum decided.",
    ),
    "DEC-21": (
        a_paper(asked(text="accept the grant.")),
        "Recommendation 1: £1,200,000 is one of its figures and not in its words.",
    ),
    "DEC-77": (
        a_paper(asked(sums=(Sum(Decimal(1_200_000), up_to=False),))),
        "Recommendation 1: £1,200,000 is “up to” in its words and not in its figure.",
    ),
    "DEC-22": (
        a_paper(asked(text="bid for £3.7m.", sums=(Sum(Decimal(3_700_000)),)),
                paragraphs=(paragraph("The strategy sets aside £3.6m for it."),)),
        "Paragraph 2.1: £3.6m here and £3.7m in recommendation 1 are close and not equal.",
    ),
    "DEC-23": (
        a_paper(asked(text="spend £100: £60 on one, £50 on another.", sums=(
            Sum(Decimal(100)), Sum(Decimal(60), "component"), Sum(Decimal(50), "component")))),
        "Recommendation 1: its parts (“of which”) come to £110, its sum to £100.",
    ),
    "DEC-24": (
        a_paper(asked(text="spend £60 and £50, £100 in all.", sums=(
            Sum(Decimal(60)), Sum(Decimal(50)), Sum(Decimal(100), "total")))),
        "Recommendation 1: the total of £100 is the sum of no other figures.",
    ),
    "DEC-25": (
        a_paper(asked(period_start=START, period_end=date(2020, 4, 1))),
        "Recommendation 1: its period (28 October 2019 to 1 April 2020)"
        " goes on beyond 31 March 2020.",
    ),
    "DEC-26": (
        a_paper(authority_paragraph=""),
        "The paper: it names no paragraph of the scheme of delegation.",
    ),
    "DEC-27": (
        a_paper(asked(period_start=date(2019, 9, 30), period_end=END)),
        "Recommendation 1: its period starts on 30 September 2019, before the paper’s submission;"
        " nothing is declared as retrospective.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("code", ONE_WORD)
def test_each_rule_finds_what_breaks_it_and_where(code: str) -> None:
    facts, text = ONE_WORD[code]
    assert found(facts) == [(code, text)]


def test_every_rule_of_a_paper_stands_in_the_table() -> None:
    assert sorted(ONE_WORD) == sorted(FINDERS)


IN_ORDER = {
    "an exemption on which nothing rests": a_paper(grounds=(Ground("s40", is_used=False),)),
    "an exemption with its review": a_paper(grounds=(Ground("s40", date(2030, 1, 1)),)),
    "a section that is asked of other kinds": a_paper(wanted=(Wanted("equality", "award"),)),
    "a section that is there": a_paper(
        wanted=(Wanted("equality"),), subjects=frozenset({"equality"})
    ),
    "a sum of another recommendation": a_paper(
        asked(), replace(LICENCES, text="spend £570,000 out of the £1.2 million.")
    ),
    "a limit of something else": a_paper(asked(text="accept £1.2m. Tenders over £500,000 wait.")),
    "a sum in a note": a_paper(asked(), asked("2", "note the £20m.", kind="note", sums=())),
    "a total of other recommendations": a_paper(
        asked(),
        asked(
            "2", "accept £800,000, £2m in all.",
            sums=(Sum(Decimal(800_000)), Sum(Decimal(2_000_000), "total")),
        ),
    ),
    "parts that leave something over": a_paper(
        asked(text="accept £1.2m, £1m of it for pay.", sums=(
            Sum(Decimal(1_200_000)), Sum(Decimal(1_000_000), "component"))),
    ),
    "a whole year of the funder": a_paper(
        asked(period_start=date(2020, 4, 1), period_end=date(2021, 3, 31))
    ),
    "a period that starts on the day": a_paper(
        asked(period_start=date(2019, 10, 1), period_end=END)
    ),
    "spending that is declared": a_paper(
        asked(period_start=date(2019, 9, 1), period_end=END), retrospective_reason="Agreed late."
    ),
    "children at risk": a_paper(paragraphs=(paragraph("It is for children at risk of harm."),)),
    "a sum drawn from what it lies under": a_paper(
        asked(),
        replace(LICENCES, text="spend £570,000, £9 of it apart."),
        asked("2a", "spend £9.", sums=(Sum(Decimal(9)),), parent="2", source="2"),
    ),
    "a part of what it lies under": a_paper(
        asked(),
        replace(LICENCES, text="spend £570,000, £9 of it apart."),
        asked("2a", "spend £9.", kind="note", sums=(Sum(Decimal(9), "component"),), parent="2"),
    ),
    "money of its own under another sum": a_paper(
        asked(), asked("1a", "spend £9.", sums=(Sum(Decimal(9)),), parent="1", own_money=True)
    ),
    "money of its own under what draws on another": a_paper(
        asked(), LICENCES,
        asked("2a", "spend £9.", sums=(Sum(Decimal(9)),), parent="2", own_money=True),
    ),
    "a sum by the year in a period": a_paper(
        asked(text="award £85,000 per year.", sums=(Sum(Decimal(85_000)),),
              period_start=date(2019, 10, 1), period_end=END)
    ),
    "a period of years whose sum is said by the year": a_paper(
        asked(text="accept £400,000 a year for three years.", period_start=date(2019, 10, 2),
              period_end=date(2022, 3, 31))
    ),
    "a sum in words that is rounded": a_paper(
        asked(text="accept £1.2m.", sums=(Sum(Decimal("1198000")),))
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", ["accept", "vary", "delegate", "approve_in_principle", "other"])
def test_a_sum_that_only_the_words_of_a_grant_hold_is_an_error(kind: str) -> None:
    facts = a_paper(asked(text="approve up to £10 million.", kind=kind, sums=()))
    assert "DEC-90" in [each.code for each in findings(facts) if each.is_error]


def test_what_was_carried_into_a_paper_is_asked_once_and_of_part_2_apart() -> None:
    rows = asked(), LICENCES, asked("3", "accept up to £1.2 million.", part=2)
    assert found(a_paper(*rows, template=rows)) == [
        (
            "DEC-73",
            "Recommendations 1 and 2: the sums of 1 (£1,200,000) and 2 (£570,000) are those of the"
            " paper that it was begun from.",
        ),
        (
            "DEC-73",
            "Recommendation 3: its sums (£1,200,000) are those of the paper that it was begun"
            " from.",
        ),
    ]


@pytest.mark.parametrize("name", IN_ORDER)
def test_what_is_in_order_is_left_alone(name: str) -> None:
    assert found(IN_ORDER[name]) == []


def test_what_draws_on_the_same_as_what_it_lies_under_is_asked_whether_it_counts_twice() -> None:
    under = asked("2a", "spend £9.", sums=(Sum(Decimal(9)),), parent="2", source="1")
    assert [code for code, _ in found(a_paper(asked(), LICENCES, under))] == ["DEC-108"]


@pytest.mark.parametrize(
    "said", ["retrospective approval", "spent at risk", "proceeded at risk", "at its own risk"]
)
def test_words_of_spending_at_risk_want_a_declaration(said: str) -> None:
    facts = a_paper(paragraphs=(paragraph(f"The force has {said} since June."),))
    assert [code for code, _ in found(facts)] == ["DEC-27"]


def test_a_missing_section_says_which_recommendations_call_for_it() -> None:
    facts = a_paper(asked(kind="award"), wanted=(Wanted("commercial", "award"),))
    text = "no section with commercial comments, which a paper to award (recommendation 1) has."
    assert found(facts) == [("DEC-19", f"Facts and advice: {text}")]


def test_a_finding_in_part_2_is_of_part_2() -> None:
    facts = a_paper(asked(part=2, text="accept the grant."))
    assert [each.part for each in findings(facts)] == [2]


def test_a_contradiction_with_part_2_is_of_part_2_wherever_it_shows() -> None:
    open_words = paragraph("It was thought to cost £1.1m.")
    facts = a_paper(asked(part=2), paragraphs=(open_words,))
    assert [(each.code, each.place.part, each.part) for each in findings(facts)] == [
        ("DEC-22", 1, 2)
    ]


def test_a_draw_from_part_1_by_part_2_is_of_part_2() -> None:
    drawn = asked("2", "spend £2m.", sums=(Sum(Decimal(2_000_000)),), source="1", part=2)
    assert [each.part for each in findings(a_paper(asked(), drawn))] == [2]


def test_a_missing_section_names_no_recommendation_of_part_2() -> None:
    facts = a_paper(asked(kind="award", part=2), wanted=(Wanted("commercial", "award"),))
    assert "recommendation" not in found(facts)[0][1]


def test_errors_come_first_and_each_finding_has_a_key_without_words() -> None:
    figures = tuple(Sum(Decimal(amount), up_to=True) for amount in (5, 6))
    facts = a_paper(asked(text="accept £5 and £6.", sums=figures), title="", head_of_unit="")
    keys = [each.key for each in findings(facts)]
    assert keys == [
        "dec-01-decision-0-1",
        "dec-16-decision-0-1",
        "dec-77-recommendation-1-1",
        "dec-77-recommendation-1-2",
    ]


def test_another_sum_is_another_finding() -> None:
    one, other = (a_paper(asked(text=f"accept £1.2m and {sum_}.")) for sum_ in ("£5", "£6"))
    assert findings(one)[0].digest != findings(other)[0].digest


def test_the_same_words_in_part_2_are_another_finding() -> None:
    one, other = (a_paper(asked(text="accept it.", part=part)) for part in (1, 2))
    assert findings(one)[0].digest != findings(other)[0].digest


def test_only_what_makes_a_paper_undecidable_is_an_error() -> None:
    errors = [code for code in FINDERS if RULES[code].when == "at submission"]
    assert errors == [
        "DEC-01",
        "DEC-02",
        "DEC-03",
        "DEC-17",
        "DEC-71",
        "DEC-75",
        "DEC-108",
        "DEC-90",
    ]


@given(SUMS)
def test_a_figure_that_is_printed_in_full_is_found_in_its_words(amount: Decimal) -> None:
    row = asked(text=f"approve spending of up to {money(amount)} on it.", sums=(Sum(amount),))
    assert found(a_paper(row)) == []


@given(SUMS, SUMS)
def test_a_sum_in_words_that_no_figure_has_is_found_both_ways(one: Decimal, other: Decimal) -> None:
    row = asked(text=f"approve {money(one)}.", sums=(Sum(other),))
    wanted = [] if one == other else ["DEC-20", "DEC-21"]
    assert [code for code, _ in found(a_paper(row))] == wanted


def test_a_figure_told_year_by_year_in_words_and_table_is_not_doubted() -> None:
    years = ((2026, Decimal(620_000)), (2027, Decimal(480_000)))
    row = asked(
        text="spend £620,000 in 2026/27 and £480,000 in 2027/28.",
        sums=(Sum(Decimal(1_100_000), years=years),),
    )
    assert {code for code, _ in found(a_paper(row))} & {"DEC-20", "DEC-21"} == set()


def test_what_one_recipient_receives_may_stand_in_the_words() -> None:
    row = asked(
        text="spend £100, of it £60 through one body.",
        sums=(Sum(Decimal(100)),),
        recipients=(Receives(Decimal(60)), Receives()),
    )
    assert "DEC-20" not in [code for code, _ in found(a_paper(row))]


@pytest.mark.parametrize(
    "text", ["spend £9.", "spend a sum above £9.", "spend up to £8 a day, £9 in all."]
)
def test_a_figure_that_is_up_to_and_whose_words_are_not_is_found(text: str) -> None:
    row = asked(text=text, sums=(Sum(Decimal(9), up_to=True),))
    assert "DEC-77" in [code for code, _ in found(a_paper(row))]


@given(st.lists(SUMS, min_size=1, max_size=6), SUMS)
def test_parts_are_found_exactly_when_they_exceed_the_whole(
    parts: list[Decimal], whole: Decimal
) -> None:
    text = " ".join(["spend", money(whole), *map(money, parts)])
    sums = (Sum(whole), *(Sum(each, "component") for each in parts))
    codes = {code for code, _ in found(a_paper(asked(text=text, sums=sums)))}
    assert ("DEC-23" in codes) == (sum(parts) > whole)


@given(st.lists(SUMS, min_size=1, max_size=5), SUMS)
def test_a_total_is_found_exactly_when_it_is_not_the_sum(
    sums: list[Decimal], total: Decimal
) -> None:
    text = " ".join(["spend", *map(money, sums), money(total)])
    figures = (*(Sum(each) for each in sums), Sum(total, "total"))
    codes = {code for code, _ in found(a_paper(asked(text=text, sums=figures)))}
    assert ("DEC-24" in codes) == (total != sum(sums))


def test_a_ring_is_named_at_each_of_its_recommendations() -> None:
    rows = (
        asked(source="3"),
        asked("2", source="1"),
        asked("3", source="2"),
        asked("4", source="3"),
    )
    named = [each.place.words for each in findings(a_paper(*rows)) if each.code == "DEC-75"]
    assert named == ["Recommendation 1", "Recommendation 2", "Recommendation 3"]


def test_a_ring_is_not_signed() -> None:
    """No paper of now has one; the rule holds for those of before it, too."""
    first = Recommendation(pk=1, number="1")
    first.funded_from = second = Recommendation(pk=2, number="2", funded_from=first)
    decided = [Amended(row, Outcome.APPROVED) for row in (first, second)]
    with pytest.raises(RuleBroken, match="DEC-75"):
        check_outcomes([first, second], decided)
