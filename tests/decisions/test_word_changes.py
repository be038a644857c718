"""What changed word by word leads from the one text to the other, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.wording import word_changes as module
from decisions.wording.word_changes import Stretch, Way, word_changes

TEXTS = st.text(alphabet="ab £1,.’-\n ☠", max_size=40) | st.text(max_size=20)


def side(stretches: list[Stretch], *ways: Way) -> str:
    return "".join(stretch.text for stretch in stretches if stretch.way in ways)


@given(TEXTS, TEXTS)
def test_the_stretches_give_both_texts_back(old: str, new: str) -> None:
    found = word_changes(old, new)
    assert side(found, Way.SAME, Way.GONE) == old
    assert side(found, Way.SAME, Way.CAME) == new


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert {stretch.way for stretch in word_changes(text, text)} <= {Way.SAME}


def test_a_sum_changes_as_one_word() -> None:
    assert word_changes("up to £1,200,000, in all", "up to £1,150,000, in all") == [
        Stretch(Way.SAME, "up to "),
        Stretch(Way.GONE, "£1,200,000"),
        Stretch(Way.CAME, "£1,150,000"),
        Stretch(Way.SAME, ", in all"),
    ]


def test_too_long_a_change_is_shown_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_PAIRS", 1)
    ways = [stretch.way for stretch in word_changes("Same a b c d.", "Same x b y d.")]
    assert ways == [Way.SAME, Way.GONE, Way.CAME, Way.SAME]
