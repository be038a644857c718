"""Where the recommendations of a paper that is being written can be moved."""

from typing import Any

from decisions.nesting import Way, ways_of

LABELS = {
    Way.UP: "Move up",
    Way.DOWN: "Move down",
    Way.IN: "Make part of {above}",
    Way.OUT: "Make its own",
}


def movable(drawn: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return recommendation cards with the ways in which each can be moved, and their labels."""
    outline = {card["number"]: card["parent"] for card in drawn}
    return [card | {"ways": _ways(outline, card["number"])} for card in drawn]


def _ways(outline: dict[str, str | None], number: str) -> list[tuple[str, str]]:
    beside = [each for each, above in outline.items() if above == outline[number]]
    above = beside[max(0, beside.index(number) - 1)]
    return [(way.value, LABELS[way].format(above=above)) for way in ways_of(outline, number)]
