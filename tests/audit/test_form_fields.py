"""Money and days as people type them."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from audit.forms import DayField, MoneyField, Radios


@pytest.mark.parametrize(
    ("typed", "sum_"),
    [
        ("570,000", "570000"),
        ("£1,200,000.50", "1200000.50"),
        ("1.2 million", "1200000"),
        ("£1.15m", "1150000"),
        (" £ 5 ", "5"),
        ("500k", "500000"),
        ("£0.5m", "500000"),
        ("2 thousand", "2000"),
        ("1.5bn", "1500000000"),
    ],
)
def test_money_is_read_exactly(typed: str, sum_: str) -> None:
    assert MoneyField().clean(typed) == Decimal(sum_)


def test_a_sum_below_the_least_is_refused_in_pounds() -> None:
    with pytest.raises(ValidationError, match=r"Enter a sum of £0\.01 or more"):
        MoneyField(min_value=Decimal("0.01")).clean("0")


@pytest.mark.parametrize(
    "typed",
    [
        *("a lot", "1.005", "NaN", "-1", "1e5", "£", "999999999999999", ","),
        *(
            "10,00",
            "1,0,0,0",
            "1,0000",
            ",100",
            "1234,567",
            "1,234,56",
            "5kg",
            "5 km",
            "١٢٣",
            "１２３",
        ),
    ],
)
def test_what_is_no_sum_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


def test_part_of_a_penny_is_refused_in_plain_words() -> None:
    with pytest.raises(ValidationError, match="whole pence"):
        MoneyField().clean("1.005")


def test_a_sum_is_kept_in_whole_pence() -> None:
    assert str(MoneyField().clean("1000")) == "1000.00"


def test_an_empty_sum_stays_empty() -> None:
    assert MoneyField(required=False).clean("") is None


def test_a_stored_sum_is_shown_with_thousands() -> None:
    assert MoneyField().prepare_value(Decimal("1200000.00")) == "1,200,000"


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("28", "", "2019"), "The date must include a month"),
        (("", "", "2019"), "The date must include a day and month"),
        (("31", "2", "2019"), "Enter a real date, like 28 10 2019"),
        (("x", "2", "2019"), "Enter a real date, like 28 10 2019"),
        (("2_8", "2", "2019"), "Enter a real date, like 28 10 2019"),
        (("+8", "2", "2019"), "Enter a real date, like 28 10 2019"),
        (("٨", "2", "2019"), "Enter a real date, like 28 10 2019"),
        (("28", "2", "2_019"), "Enter a real date, like 28 10 2019"),
        (("28", "2", "19"), "The year must have four figures, like 2019"),
        (("28", "2", "0019"), "Enter a real date, like 28 10 2019"),
        (("28", "2", "0"), "The year must have four figures, like 2019"),
    ],
)
def test_a_wrong_date_says_what_is_wrong(typed: tuple[str, str, str], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        DayField().clean(typed)


def test_a_date_is_read_from_three_boxes() -> None:
    assert DayField().clean(("28", "10", "2019")) == date(2019, 10, 28)


def test_an_empty_date_is_none() -> None:
    assert DayField(required=False).clean(None) is None


class Sheet(forms.Form):
    held_on = DayField(label="Held on", help_text="A day.")
    part = forms.ChoiceField(choices=[("1", "Part 1")], widget=Radios(hints={"1": "Open."}))
    title = forms.CharField(required=False, max_length=10)
    words = forms.CharField(max_length=100, widget=forms.Textarea)


def test_a_wrong_date_is_shown_as_it_was_typed() -> None:
    sheet = Sheet({"held_on_day": "31", "held_on_month": "2", "held_on_year": "2019"})
    assert 'value="31"' in str(sheet["held_on"])


@pytest.mark.parametrize(
    "markup",
    [
        'aria-describedby="id_held_on_helptext id_held_on_error"',
        'aria-describedby="id_part_0-hint"',
        "Title (optional)",
        'data-maxlength="100"',
        'aria-describedby="id_words_error id_words-info"',
        "govuk-textarea--error",
    ],
)
def test_forms_are_drawn_for_everyone(markup: str) -> None:
    assert markup in str(Sheet({}))


def test_the_browser_is_not_asked_to_check() -> None:
    assert " required" not in str(Sheet())
