"""The numbers that stand before items of a list, as people write them: "1.", "(a)", "iv)".

A number counts as one where another of its kind stands beside it, one more or one less: a year, a
sum, the number of a paragraph (2.1) or an initial ("A. Smith") numbers no item.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

DEEPEST_ITEM = 2
"""Items lie under one another in three levels."""

Entry = tuple[int, "str"]
"""An item’s dashes, and the kind of its number; empty where it has none."""

_NUMBERED = re.compile(
    r"(?P<number>(?P<opened>\(?)(?P<count>[1-9]\d{0,2}|[A-Za-z]|[ivx]{2,7}|[IVX]{2,7})(?P<end>[.)]))"
    r"\s+(?P<words>\S.*)",
    re.S,
)
_SHAPES = {("", "."): "stop", ("", ")"): "bracket", ("(", ")"): "brackets"}
_ROMAN = re.compile("(x{0,3})(ix|iv|v?i{0,3})")
_UNITS = {"": 0, "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9}


@dataclass(frozen=True, slots=True)
class Number:
    """A number before an item, as written; in which letters or figures, shaped how, and its count.

    `style` is a list style of CSS; `shape` says what stands round the count.
    """

    text: str
    style: str
    shape: str
    count: int

    @property
    def kind(self) -> str:
        """What numbers of one list have in common."""
        return f"{self.style}-{self.shape}"

    @property
    def is_plain(self) -> bool:
        """Whether it is a number even where it stands alone: an initial has no brackets."""
        return self.style == "decimal" or self.shape != "stop"


def parted(words: str) -> tuple[str, str]:
    """Return what may be a number before words, and the words without it."""
    found = _NUMBERED.fullmatch(words)
    return (found["number"], found["words"]) if found else ("", words)


def readings(words: str) -> list[Number]:
    """Return what a number before words may be: "(i)" is a letter, or Roman. None is no number."""
    found = _NUMBERED.fullmatch(words)
    shape = _SHAPES.get((found["opened"], found["end"])) if found else None
    if found is None or shape is None:
        return []
    counted = _counts(found["count"])
    return [Number(found["number"], style, shape, count) for style, count in counted]


def _counts(written: str) -> Iterator[tuple[str, int]]:
    if written.isdigit():
        yield "decimal", int(written)
        return
    case, small = "lower" if written.islower() else "upper", written.lower()
    if roman := _ROMAN.fullmatch(small):
        yield f"{case}-roman", 10 * len(roman[1]) + _UNITS[roman[2]]
    if len(small) == 1:
        yield f"{case}-alpha", ord(small) - ord("a") + 1


def numbers_of(lines: Sequence[tuple[int, str]]) -> list[Number | None]:
    """Return the number of each item (its dashes and its words) that has one beside its kind."""
    possible = [readings(words) for _, words in lines]
    held = {
        (dashes, each.kind, each.count)
        for (dashes, _), found in zip(lines, possible, strict=True)
        for each in found
    }
    last: dict[tuple[int, str], int] = {}
    numbers: list[Number | None] = []
    for (dashes, _), found in zip(lines, possible, strict=True):
        beside = [
            each
            for each in found
            if {(dashes, each.kind, each.count + by) for by in (-1, 1)} & held
        ]
        beside.sort(key=lambda each: last.get((dashes, each.kind)) != each.count - 1)
        numbers.append(beside[0] if beside else None)
        if beside:
            last[dashes, beside[0].kind] = beside[0].count
    return numbers


def alone(words: str) -> Number | None:
    """Return the number of an item that no other of its kind stands beside."""
    plain = [each for each in readings(words) if each.is_plain]
    plain.sort(key=lambda each: each.style.endswith("roman") and each.count != 1)
    return plain[0] if plain else None


def depths(entries: Sequence[Entry]) -> list[int]:
    """Return how deep each item lies: as its dashes say and, among equals, the kinds of numbers.

    Numbers of another kind lie under the item before them; so do numbers among items without, and
    items without among numbers, where the list goes on after them as before.
    """
    last = {entry: n for n, entry in enumerate(entries)}
    nested: set[tuple[Entry, Entry]] = set()
    open_: list[Entry] = []
    found = []
    for n, entry in enumerate(entries):
        while open_ and open_[-1][0] > entry[0]:
            open_.pop()
        if entry in open_:
            del open_[open_.index(entry) :]
        elif open_ and open_[-1][0] == entry[0]:
            over = open_[-1]
            if (over[1] and entry[1]) or (over, entry) in nested or last[over] > n:
                nested.add((over, entry))
            else:
                open_.pop()
        open_.append(entry)
        found.append(min(len(open_) - 1, DEEPEST_ITEM))
    return found
