"""How recommendations are nested, moved and numbered, whatever anybody does with them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decisions.nesting import Way, in_outline, is_under, moved, number_under, numbers_in, ways_of
from decisions.rules.names import numbers_named

OUTLINE = {"one": None, "two": None, "under": "two", "three": None}
MOVES = st.lists(st.tuples(st.integers(1, 7), st.sampled_from(Way)), max_size=30)


@pytest.mark.parametrize(
    ("one", "way", "after"),
    [
        ("three", Way.UP, {"one": "1", "three": "2", "two": "3", "under": "3a"}),
        ("one", Way.DOWN, {"two": "1", "under": "1a", "one": "2", "three": "3"}),
        ("three", Way.IN, {"one": "1", "two": "2", "under": "2a", "three": "2b"}),
        ("under", Way.OUT, {"one": "1", "two": "2", "under": "3", "three": "4"}),
        ("two", Way.IN, {"one": "1", "two": "2", "under": "2a", "three": "3"}),
    ],
)
def test_a_move_takes_along_what_lies_under(one: str, way: Way, after: dict[str, str]) -> None:
    assert list(numbers_in(moved(OUTLINE, one, way)).items()) == list(after.items())


@given(MOVES)
def test_any_moves_keep_every_recommendation_and_numbers_without_a_gap(
    moves: list[tuple[int, Way]],
) -> None:
    outline: dict[int, int | None] = dict.fromkeys(range(1, 8))
    for one, way in moves:
        outline = moved(outline, one, way)
    assert sorted(outline) == list(range(1, 8))
    tops = [one for one, above in outline.items() if above is None]
    expected = {}
    for n, top in enumerate(tops, start=1):
        expected[top] = f"{n}"
        under = [one for one, above in outline.items() if above == top]
        expected |= {one: f"{n}{chr(96 + m)}" for m, one in enumerate(under, start=1)}
    assert list(numbers_in(outline).items()) == list(expected.items())


@given(MOVES, st.integers(1, 7), st.sampled_from([(Way.UP, Way.DOWN), (Way.DOWN, Way.UP)]))
def test_a_move_back_undoes_a_move(
    moves: list[tuple[int, Way]], one: int, there: tuple[Way, Way]
) -> None:
    outline: dict[int, int | None] = dict.fromkeys(range(1, 8))
    for each, way in moves:
        outline = moved(outline, each, way)
    if there[0] in ways_of(outline, one):
        again = moved(moved(outline, one, there[0]), one, there[1])
        assert list(again.items()) == list(outline.items())


def test_what_lies_under_itself_is_not_lost() -> None:
    assert set(in_outline({1: 2, 2: 1, 3: None})) == {1, 2, 3}
    assert not is_under({1: 2, 2: 1, 3: None}, 1, 3)


@pytest.mark.parametrize(
    ("depth", "count", "number"),
    [(1, 27, "27"), (2, 26, "2z"), (2, 27, "2aa"), (3, 4, "2(iv)"), (3, 19, "2(xix)")],
)
def test_numbers_go_on_beyond_the_alphabet(depth: int, count: int, number: str) -> None:
    assert number_under("2", depth, count) == number


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("as recommendation 2 says", ["2"]),
        ("Recommendations 1, 2a and 3(ii)", ["1", "2a", "3(ii)"]),
        ("out of recommendations 1–2 and 2019", ["1", "2"]),
        ("recommendation 2 of PCD 386", []),
        ("two recommendations, £2 each", []),
    ],
)
def test_the_numbers_that_words_name(text: str, numbers: list[str]) -> None:
    assert numbers_named(text) == numbers
