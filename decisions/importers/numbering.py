"""Numbers of recommendations: as printed where they are usable, else in order, with a warning."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from decisions.importers.doubts import Code, Doubts
from decisions.importers.lines import Marker

_ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv"]
NUMBER_LENGTH = 12
"""The register keeps numbers of at most this many characters."""

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


@dataclass(slots=True)
class Item:
    """One recommendation as it stands in the list; `number` may be changed by `renumber`.

    `is_printed` says that the page numbers it: only such a number can be named by "2a".
    """

    number: str
    parent: "Item | None"
    text: str
    act: str = ""
    children: list["Item"] = field(default_factory=list)
    is_printed: bool = False


@dataclass(slots=True)
class _Level:
    style: str
    above: Item | None
    last: str = ""


class ItemList:
    """Builds the tree of recommendations from marked lines."""

    def __init__(self, doubts: Doubts) -> None:
        self.items: list[Item] = []
        self._levels: list[_Level] = []
        self._doubts = doubts

    def is_nested_bullet(self, marker: Marker) -> bool:
        """Whether a bullet stands under a numbered recommendation."""
        return marker.style == "bullet" and bool(self.items) and self._depth_of("bullet") is None

    def add(self, marker: Marker | None, text: str, act: str = "") -> Item:
        """Add a recommendation; one without marker stands on the first level."""
        marker = marker or Marker("unmarked", "", text)
        level = self._level(marker)
        item = Item("", level.above, text, act)
        item.number = self._number(marker, item)
        item.is_printed = marker.style not in {"bullet", "unmarked"}
        level.last = marker.value.lower()
        self.items.append(item)
        if level.above is not None:
            level.above.children.append(item)
        return item

    def repeats_number(self, marker: Marker) -> bool:
        """Whether a number is printed again, as in lists that lost their numbers on the way."""
        depth = self._depth_of("number") if marker.style == "number" else None
        return depth is not None and self._levels[depth].last == marker.value

    def append(self, text: str) -> None:
        """Add a line without a number to the last recommendation."""
        self.items[-1].text += f"\n{text}"

    def _siblings(self, item: Item) -> int:
        if item.parent is not None:
            return len(item.parent.children)
        return sum(1 for one in self.items if one.parent is None)

    def _level(self, marker: Marker) -> _Level:
        """The level of a marker's style, closing deeper ones, or a new one under the last item."""
        above = self._named_parent(marker)
        if above is not None or marker.style in {"decimal", "numbered_letter"}:
            return self._level_under(above, marker.style)
        style = self._style(marker)
        depth = self._depth_of(style)
        if depth is not None:
            del self._levels[depth + 1 :]
        else:
            self._levels.append(_Level(style, self.items[-1] if self.items else None))
        return self._levels[-1]

    def _named_parent(self, marker: Marker) -> Item | None:
        """The parent that "2a" or "2.1" names."""
        if marker.style == "decimal":
            name = marker.value.rsplit(".", 1)[0]
        elif marker.style == "numbered_letter":
            name = marker.value.rstrip(_ALPHABET)
        else:
            return None
        printed = (item for item in reversed(self.items) if item.is_printed)
        found = next((item for item in printed if item.number == name), None)
        if found is None and marker.style == "numbered_letter":
            self._doubts.add(Code.PARENT_MISSING, marker.value)
        return found

    def _level_under(self, above: Item | None, style: str) -> _Level:
        depth = next((n for n, each in enumerate(self._levels) if each.above is above), None)
        if depth is None or (above is None and self._levels[depth].style != style):
            self._levels = self._levels[:1] if above is not None else []
            self._levels.append(_Level(style, above))
        else:
            del self._levels[depth + 1 :]
        return self._levels[-1]

    def _depth_of(self, style: str) -> int | None:
        return next((n for n, each in enumerate(self._levels) if each.style == style), None)

    def _style(self, marker: Marker) -> str:
        """Numbers with and without a full stop are one style; a lone i, v or x may be a letter."""
        if marker.style in {"number", "bare"}:
            return "number"
        if marker.style != "letter" or marker.value.lower() not in _ROMAN:
            return marker.style
        depth = self._depth_of("letter")
        before = _ALPHABET[_ALPHABET.index(marker.value.lower()) - 1]
        return "letter" if depth is not None and self._levels[depth].last == before else "roman"

    def _number(self, marker: Marker, item: Item) -> str:
        style = "number" if marker.style == "bare" else marker.style
        count = self._siblings(item) + 1
        if style in {"bullet", "unmarked"}:
            self._doubts.add(Code.NUMBERS_ASSIGNED)
            return _child_number(item.parent, count) if item.parent else str(count)
        if item.parent is None or style in {"decimal", "numbered_letter"}:
            return marker.value.lstrip("0") or marker.value
        if style == "number":
            return f"{item.parent.number}.{marker.value}"
        if self._style_is_letter(marker):
            return f"{item.parent.number}{marker.value.lower()}"
        return f"{item.parent.number}({marker.value.lower()})"

    def _style_is_letter(self, marker: Marker) -> bool:
        return bool(self._levels) and self._levels[-1].style == "letter" and len(marker.value) == 1


def _child_number(parent: Item, count: int) -> str:
    letter = _ALPHABET[count - 1] if count <= len(_ALPHABET) else f".{count}"
    return f"{parent.number}{letter}"


def settle_numbers(items: Sequence[Item], doubts: Doubts) -> None:
    """Renumber in order where printed numbers repeat; warn where they leave a gap."""
    counts = Counter(item.number for item in items)
    if any(count > 1 or len(number) > NUMBER_LENGTH for number, count in counts.items()):
        doubts.add(Code.NUMBERS_REPEATED)
        _renumber([item for item in items if item.parent is None])
    tops = [item.number for item in items if item.parent is None]
    expected: Iterable[list[str]] = (
        [str(n) for n in range(1, len(tops) + 1)],
        list(_ALPHABET[: len(tops)]),
        _ROMAN[: len(tops)],
        [f"{(tops or [''])[0].split('.')[0]}.{n}" for n in range(1, len(tops) + 1)],
    )
    if [top.lower() for top in tops] not in expected:
        doubts.add(Code.NUMBERS_OUT_OF_ORDER, ", ".join(tops[:20]))


def _renumber(tops: Sequence[Item]) -> None:
    for n, item in enumerate(tops, start=1):
        item.number = str(n)
    waiting = list(tops)
    while waiting:
        parent = waiting.pop()
        for n, child in enumerate(parent.children, start=1):
            child.number = _child_number(parent, n)
        waiting.extend(parent.children)
