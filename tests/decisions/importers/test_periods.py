"""Periods and where money comes from."""

import pytest

from tests.decisions.importers.pages import asked_for, codes, one


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("28 October 2019 to 31 March 2020", "2019-10-28", "2020-03-31"),
        ("1 April 2021 – 31 March 2022", "2021-04-01", "2022-03-31"),
        ("between 1st April 2021 and 31st March 2022", "2021-04-01", "2022-03-31"),
        ("01/04/2021 to 31/03/2022", "2021-04-01", "2022-03-31"),
        ("28 October to 31 March 2020", "2019-10-28", "2020-03-31"),
        ("April 2021 to March 2022", "2021-04-01", "2022-03-31"),
        ("in 2021/22", "2021-04-01", "2022-03-31"),
        ("in 2019/2020", "2019-04-01", "2020-03-31"),
        ("in 2022-25", "2022-04-01", "2025-03-31"),
        ("in 2022/23, 2023/24 and 2024/25", "2022-04-01", "2025-03-31"),
        ("for 2022/23 to 2024/25", "2022-04-01", "2025-03-31"),
        ("for 12 months from 1 April 2020", "2020-04-01", "2021-03-31"),
        ("for three years from 1st July 2021", "2021-07-01", "2024-06-30"),
        ("until 31 March 2021", "None", "2021-03-31"),
        ("from 1st April 2020", "2020-04-01", "None"),
        ("for 12-month licences", "None", "None"),
        ("from April 2020", "2020-04-01", "None"),
        ("from 1 April 2020 and ending on the 31st of March 2021", "2020-04-01", "2021-03-31"),
        ("30 February 2020 to 31 March 2020", "None", "2020-03-31"),
        ("1 April 2020 to 40 March 2021", "None", "None"),
        ("in 2021/21", "None", "None"),
        ("in 2018/19 and 2021/22", "2018-04-01", "2019-03-31"),
        ("as asked on 18 December 2015", "None", "None"),
        ("from 31 March 2022 to 1 April 2021", "None", "None"),
        ("by reference CEOD 03-2021", "None", "None"),
    ],
)
def test_periods_are_inclusive_dates(words: str, start: str, end: str) -> None:
    read = one(f"approve spending {words}")
    assert (str(read.period_start), str(read.period_end)) == (start, end)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("in 2021/22", "period-from-financial-year"),
        ("28 October to 31 March 2020", "period-inferred"),
        ("until 31 March 2021", "period-open"),
        ("1 April 2020 to 40 March 2021", "date-unreadable"),
        ("from April 2020", "period-inferred"),
        ("in 2018/19 and 2021/22", "periods-several"),
        ("ending 31 March 2021, starting 1 April 2022", "period-backwards"),
        ("31 March 2022 to 1 April 2021", "period-backwards"),
        ("1 May 2020 to 2 May 2020 and 1 May 2021 to 2 May 2021", "periods-several"),
    ],
)
def test_a_period_that_was_worked_out_is_a_warning(words: str, code: str) -> None:
    assert code in codes(asked_for(f"1. approve spending {words}"))


@pytest.mark.parametrize(
    "words",
    [
        "funded from recommendation (1) above",
        "to be met from the sum accepted in recommendation 1",
        "within the grant at recommendation 1",
        "out of the £1.15 million allocation",
        "funded by the £1.15m grant",
        "of the £1.15m accepted at recommendation 1",
    ],
)
def test_money_comes_from_another_recommendation(words: str) -> None:
    read = asked_for("1. Accept up to £1.15 million.", f"2. Approve spending of £300,000 {words}.")
    assert read.recommendations[1].funded_from == "1"


def test_a_source_found_by_its_sum_is_a_warning() -> None:
    read = asked_for("1. Accept £1.15 million.", "2. Approve £3 out of the £1.15m allocation.")
    assert "funded-from-inferred" in codes(read)


def test_a_source_that_is_not_there_is_a_warning() -> None:
    read = asked_for("1. Approve £3 funded from recommendation 7.")
    assert read.recommendations[0].funded_from is None
    assert "funded-from-unknown" in codes(read)


def test_signing_the_agreement_of_another_draws_no_money() -> None:
    read = asked_for("1. Accept £1m.", "2. Delegate signing of the agreement in recommendation 1.")
    assert read.recommendations[1].funded_from is None
