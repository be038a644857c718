"""Sums in the words of a paper: by the year, of something else, and several that are one matter."""

from datetime import date
from decimal import Decimal

import pytest

from decisions.rules.facts import Sum
from tests.decisions.test_paper_rules import START, a_paper, asked, found, paragraph


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("award £90,000 a year for two years.", 180_000),
        ("award £90,000 per annum for 3 years.", 270_000),
        ("award £200,000 in each of the next three years.", 600_000),
        ("award £10,000 in each of 2019/20, 2020/21 and 2021/22.", 30_000),
        ("award £10,000 a year from 2019/20 to 2022/23.", 40_000),
        ("award £30,000 in 2019/20 and £40,000 in 2020/21.", 70_000),
        ("award £1,000 a month.", 12_000),
        ("award £5,000 each to boroughs.", 160_000),
    ],
)
def test_a_sum_by_the_year_is_its_figure_and_no_other(text: str, amount: int) -> None:
    row = asked(text=text, kind="award", sums=(Sum(Decimal(amount)),))
    assert found(a_paper(row)) == []


def test_a_sum_by_the_year_that_is_counted_once_is_found() -> None:
    row = asked(text="award £90,000 a year for two years.", sums=(Sum(Decimal(90_000)),))
    comes_to = "£90,000 a year for two years comes to £180,000, which is no figure of it."
    assert found(a_paper(row)) == [("DEC-20", f"Recommendation 1: {comes_to}")]


def test_a_sum_by_the_year_without_end_is_reckoned_into_no_figure() -> None:
    row = asked(text="award £90,000 a year.", sums=(Sum(Decimal(180_000)),))
    assert [code for code, _ in found(a_paper(row))] == ["DEC-109", "DEC-21"]


def test_sums_that_no_figure_has_are_one_matter() -> None:
    text = "Recommendation 1: £5 and £6 stand in its words and in no figure."
    assert found(a_paper(asked(text="accept £1.2m, £5 and £6."))) == [("DEC-20", text)]


def test_sums_that_are_close_to_one_are_one_matter() -> None:
    said = (paragraph("It costs £1.1m."), paragraph("It costs £1.3m.", "3.1"))
    text = "£1.1m here and £1.3m in paragraph 3.1 are close to £1.2 million in recommendation 1"
    assert found(a_paper(paragraphs=said)) == [("DEC-22", f"Paragraph 2.1: {text} and not equal.")]


def test_periods_that_cross_alike_are_one_matter() -> None:
    rows = [asked(number, period_start=START, period_end=date(2020, 4, 1)) for number in "123"]
    assert [text.partition("; ")[2] for _, text in found(a_paper(*rows))] == [
        "so do those of recommendations 2 and 3."
    ]


@pytest.mark.parametrize(
    "said",
    [
        "A comparable programme cost £1.1m.",
        "PCD 386 approved £1.1m.",
        "The price rose from £1.1m to £5m.",
        "A reduction by 10% leaves £1.08m.",
        "The first quarter takes £300,000.",
        "The threshold is £1,190,000.",
        "In 2016 the pilot cost £1.1m.",
        "Without it the work would cost £1.1m.",
    ],
)
def test_a_sum_of_something_else_is_left_alone(said: str) -> None:
    rows = asked(text="accept up to £1.2 million in 2019/20."), asked("2", "spend £310,000.",
        sums=(Sum(Decimal(310_000)),))  # fmt: skip
    assert found(a_paper(*rows, paragraphs=(paragraph(said),))) == []
