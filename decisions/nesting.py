"""How recommendations lie under each other, and the numbers that follow: 1, 2, 2a, 2b, 3.

An outline names each recommendation, in order, with the one that it lies under (None at the top),
by whatever names them.
"""

from collections.abc import Hashable, Mapping
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T", bound=Hashable)

DEEPEST = 2
TENS = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class Way(StrEnum):
    """Where a recommendation can be moved, with whatever lies under it."""

    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


def in_outline(outline: Mapping[T, T | None]) -> dict[T, T | None]:
    """Return the outline in the order in which it reads: each before what lies under it.

    What lies under itself, by way of others, or under nothing that is there, comes at the top.
    """
    under: dict[T | None, list[T]] = {}
    for one, above in outline.items():
        under.setdefault(above if above in outline else None, []).append(one)
    read: dict[T, T | None] = {}

    def take(one: T, above: T | None) -> None:
        read[one] = above
        for each in under.get(one, []):
            if each not in read:
                take(each, one)

    for one in [*under.get(None, []), *outline]:
        if one not in read:
            take(one, None)
    return read


def numbers_in(outline: Mapping[T, T | None]) -> dict[T, str]:
    """Return the number of each recommendation of an outline, in the order in which it reads."""
    numbers: dict[T, str] = {}
    depths: dict[T | None, int] = {None: 0}
    counts: dict[T | None, int] = {}
    for one, above in in_outline(outline).items():
        counts[above] = counts.get(above, 0) + 1
        depths[one] = depths[above] + 1
        over = "" if above is None else numbers[above]
        numbers[one] = number_under(over, depths[one], counts[above])
    return numbers


def number_under(over: str, depth: int, count: int) -> str:
    """Return the number of the `count`-th (from 1) under the one numbered `over`: 2, 2a, 2a(i)."""
    if depth == 1:
        return str(count)
    return f"{over}{_letters(count)}" if depth == DEEPEST else f"{over}({_roman(count)})"


def _letters(count: int) -> str:
    """Return letters that count: a, b, z, aa, ab."""
    more, letter = divmod(count - 1, 26)
    return (_letters(more) if more else "") + chr(ord("a") + letter)


def _roman(count: int) -> str:
    written = ""
    for value, letters in TENS:
        while count >= value:
            written, count = written + letters, count - value
    return written


def ways_of(outline: Mapping[T, T | None], one: T) -> list[Way]:
    """Return where a recommendation of an outline can be moved."""
    read = in_outline(outline)
    above, beside = read[one], _beside(read, one)
    place = beside.index(one)
    ways = {
        Way.UP: place > 0,
        Way.DOWN: place < len(beside) - 1,
        Way.IN: place > 0 and above is None and one not in read.values(),
        Way.OUT: above is not None,
    }
    return [way for way, is_open in ways.items() if is_open]


def moved(outline: Mapping[T, T | None], one: T, way: Way) -> dict[T, T | None]:
    """Return the outline with a recommendation moved, and whatever lies under it.

    IN puts it last under the one before it, OUT right after the one that it lay under. Where it
    cannot go, the outline stays as it is.
    """
    read = in_outline(outline)
    if way not in ways_of(read, one):
        return read
    above, beside = read[one], _beside(read, one)
    place = beside.index(one)
    order = list(read)
    if way == Way.IN:
        read[one] = beside[place - 1]
    elif way == Way.OUT and above is not None:
        read[one] = read[above]
        order.remove(one)
        order.insert(order.index(above) + 1, one)
    else:
        other = beside[place + (1 if way == Way.DOWN else -1)]
        here, there = order.index(one), order.index(other)
        order[here], order[there] = other, one
    return in_outline({each: read[each] for each in order})


def last_under(outline: Mapping[T, T | None], one: T) -> dict[T, T | None]:
    """Return the outline with a recommendation last of those that lie where it lies."""
    rest = {each: above for each, above in outline.items() if each != one}
    return in_outline({**rest, one: outline[one]})


def is_under(outline: Mapping[T, T | None], one: T, other: T) -> bool:
    """Say whether one recommendation is another, or lies under it, by way of others or not."""
    seen: set[T] = set()
    at: T | None = one
    while at is not None and at != other and at not in seen:
        seen.add(at)
        at = outline.get(at)
    return at == other


def _beside(read: Mapping[T, T | None], one: T) -> list[T]:
    return [each for each, above in read.items() if above == read[one]]
