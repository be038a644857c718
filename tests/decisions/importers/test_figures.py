"""Which sums a recommendation decides."""

import pytest

from decisions.wording.money import sums_in
from tests.decisions.importers.pages import asked_for, codes, one


@pytest.mark.parametrize(
    ("printed", "amount"),
    [
        ("£570,000", "570000.00"),
        ("£1.2m", "1200000.00"),
        ("£1.15 million", "1150000.00"),
        ("£570k", "570000.00"),
        ("£0.5bn", "500000000.00"),
        ("£11,321,735.28", "11321735.28"),
        ("£1, 948, 419", "1948419.00"),
        ("£ 801,162", "801162.00"),
        ("GBP 45,000", "45000.00"),
        ("570,000 pounds", "570000.00"),
        ("£1.2-1.4m", "1400000.00"),
        ("£3 thousand", "3000.00"),
    ],
)
def test_sums_are_read_as_printed(printed: str, amount: str) -> None:
    (found,) = sums_in(f"a sum of {printed} for boats")
    assert (found.text, f"{found.amount:.2f}") == (printed, amount)


@pytest.mark.parametrize("words", ["£", "£m", "£0", "£999999999999999", "12 boats", "£3 MPS vans"])
def test_what_is_no_sum_is_not_read_as_millions(words: str) -> None:
    assert all(found.amount < 100 for found in sums_in(words))


@pytest.mark.parametrize(
    ("words", "texts"),
    [
        ("approve £300,000 for Alpha out of the £1.15 million allocation", ["£300,000"]),
        ("approve spend of £300k funded from the grant of £1.15m", ["£300k"]),
        ("accept £500k from the Ministry of Justice’s £20m fund", ["£500k"]),
        ("accept from the Home Office £1.2m", ["£1.2m"]),
        ("approve up to £2m, of which £200k is capital", ["£2m"]),
        ("approve £2.5m (£1.5m revenue and £1m capital)", ["£2.5m"]),
        ("approve £1m in 2021/22 and £1.2m in 2022/23", ["£1m", "£1.2m"]),
        ("approve £1m and £1.2m, a total of £2.2m", ["£1m", "£1.2m"]),
        ("increase the contract from £100,000 to £150,000", ["£150,000"]),
        ("vary the contract by £50,000 to a revised total of £250,000", ["£50,000"]),
        ("approve £570,000. The total programme costs £5m.", ["£570,000"]),
        ("approve tenders over £500,000", []),
        ("award £20,000 to Enfield and £20,000 to Haringey", ["£20,000", "£20,000"]),
        ("award £20,000 to Enfield. The £20,000 is paid in May.", ["£20,000"]),
        ("note that £3.6m was spent", []),
        ("approve the use of £570,000 of the £1.15m grant", ["£570,000"]),
        ("accept £1.2m of the Home Office’s £20m", ["£1.2m"]),
        ("approve £1m in addition to the £2m approved before", ["£1m"]),
        ("approve £1.2m including VAT and £300k for training", ["£1.2m", "£300k"]),
        ("approve £1.2m (£1,200,000) for boats", ["£1.2m"]),
        ("approve spending within a budget of £2m", ["£2m"]),
        ("approve grants of between £5,000 and £10,000", ["£5,000 and £10,000"]),
    ],
)
def test_only_sums_that_are_decided_are_listed(words: str, texts: list[str]) -> None:
    assert [figure.text for figure in one(words).figures] == texts


def test_rows_of_a_table_are_decided_and_their_total_is_not() -> None:
    read = asked_for("1. Approve spending", "2020/21 £1,000", "2021/22 £2,000", "Total £3,000")
    assert [each.text for each in read.recommendations[0].figures] == ["£1,000", "£2,000"]


@pytest.mark.parametrize(
    "words",
    [
        "up to £1m",
        "upto £1m",
        "a maximum of £1m",
        "a maximum value of £1m",
        "not exceeding £1m",
        "a sum not to exceed £1m",
        "no more than £1m",
        "capped at £1m",
        "up to a further £1m",
        "a total of up to £1m",
    ],
)
def test_a_ceiling_is_known_by_its_words(words: str) -> None:
    (figure,) = one(f"approve spending of {words} on boats").figures
    assert figure.up_to


def test_a_sum_without_such_words_is_no_ceiling() -> None:
    (figure,) = one("approve spending of £1m on up to 30 boats").figures
    assert not figure.up_to


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("approve £4,403,246 per year", "amount-rate"),
        ("award 3 grants of £30,000 each", "amount-rate"),
        ("approve between £1m and £2m", "amount-range"),
        ("approve £1 200 000 for boats", "amount-unclear"),
        ("approve tenders over £500,000", "sum-left-out"),
        ("approve £2m, of which £200k is capital", "component-sum"),
        ("approve £1234567890123456 for boats", "amount-unclear"),
        ("approve " + "£5 " * 300, "amount-unclear"),
        ("accept the fund. It comes to £4m this year.", "sum-doubtful"),
    ],
)
def test_a_doubtful_sum_is_a_warning(words: str, code: str) -> None:
    assert code in codes(asked_for(f"1. {words}"))


@pytest.mark.parametrize(
    "words",
    [
        "approve the award of one and a half million pounds to Southwark",
        "accept two hundred thousand pounds from the Home Office",
        "accept Twenty-five thousand pounds",
    ],
)
def test_a_sum_in_words_is_doubted_and_missed(words: str) -> None:
    assert {"amount-unclear", "amount-missing"} <= codes(asked_for(f"1. {words}", "2. note it"))


@pytest.mark.parametrize("words", ["accept 1.2 million pounds", "accept £2 million for one year"])
def test_a_sum_in_figures_is_not_doubted(words: str) -> None:
    assert not {"amount-unclear", "amount-missing"} & codes(asked_for(f"1. {words}", "2. note it"))


def test_sums_of_several_years_are_said_to_have_lost_them() -> None:
    words = "1. approve expenditure of £200,000 in 2021/22 and £300,000 in 2022/23"
    assert "sums-by-year" in codes(asked_for(words, "2. note it"))


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("award £90,000 a year for two years", "180000.00"),
        ("award £1.8m to boroughs, at £150,000 each per year", "1800000.00"),
        ("award £600,000, being £200,000 in each of the next three years", "600000.00"),
    ],
)
def test_a_sum_by_the_year_is_read_for_all_its_years(words: str, amount: str) -> None:
    read = asked_for(f"1. {words}")
    assert [str(each.amount) for each in read.recommendations[0].figures] == [amount]
