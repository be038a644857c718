"""Sums that advice still names and the paper has no more."""

import pytest

from decisions.wording.left_behind import left_behind

THEN = {"asked": "approve £1.2 million.", "figures": [{"amount": "1200000.00"}]}
NOW = {"asked": "approve £1 million.", "figures": [{"amount": "1000000.00"}]}
TOLD = "The advice names £1.2m, which the paper has no more; it now has £1 million."


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("£1.2m is in the budget, and £1,200,000 is due.", [TOLD]),
        ("£1 million is in the budget.", []),
        ("£40,000 is in another budget.", []),
    ],
)
def test_an_old_sum_is_named_with_the_new_one(words: str, told: list[str]) -> None:
    assert list(left_behind(words, THEN, NOW)) == told
