"""The words of a paragraph that is a list or a table, and the shape that they have.

A list has one item on each line; dashes before it ("- ", "-- ") lay it under the item above it,
and a number before its words ("1. ", "(a) ", "i. ") numbers it.
A table has one row on each line, the first its headings, with
tabs between the cells. So the words stay one text: searched, digested and kept as any other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db import models

from decisions.list_numbers import (
    DEEPEST_ITEM,
    Number,
    alone,
    depths,
    numbers_of,
    parted,
    readings,
)

Rows = list[list[str]]
MOST_ROWS = 200
MOST_COLUMNS = 12

BULLETS = "•◦▪"
"""The signs before the items of a list as read, by level."""

_SIGNS = ("•●∙·\uf0b7", "◦o-–—", "▪■\uf0a7")
_BULLETED = re.compile(r"(?P<sign>[•●∙·\uf0b7◦▪■\uf0a7–—-]|o(?=\s+[A-Z£]))\s+(?=\S)")
CELL_EDGE = "\t"
_ITEM = re.compile(r"(?:(?P<dashes>[-–—]{1,9})\s+)?(?P<words>.*)")
_TYPED_NUMBER = re.compile(
    r"\(?\d{1,2}(?:\.\d{1,3}){0,3}[.)]\s+(?=\S)"
    r"|\d{1,2}(?:\.\d{1,3}){1,3}\s+(?=(?:[A-Z][a-z]+|A)\s)"
)
_SENTENCE_ENDS = re.compile(r"[.!?;:][)”’\"']*\s+(?=\S)|\n\s*(?=\S)")
_LINE_ENDS = re.compile(r"\n\s*(?=\S)")


class ParagraphForm(models.TextChoices):
    """How the words of a paragraph are set."""

    TEXT = "text", "Paragraph"
    LIST = "list", "List"
    TABLE = "table", "Table"


@dataclass
class Item:
    """An item of a list, its number if it has one, its line, and those that lie under it."""

    words: str
    under: "list[Item]" = field(default_factory=list)
    number: Number | None = None
    line: int = 0

    @property
    def runs(self) -> "list[Run]":
        """What lies under it, in runs."""
        return runs_of(self.under)


@dataclass
class Run:
    """Items beside one another that are numbered alike, or not at all."""

    items: list[Item]

    @property
    def first(self) -> Number | None:
        """The number from which they count on."""
        return self.items[0].number

    @property
    def counted(self) -> list[tuple[Item, int | None]]:
        """The items, each with its count where that is not one more than the last."""
        counts = [item.number.count if item.number else 0 for item in self.items]
        before = [counts[0] - 1, *counts]
        return [
            (item, count if count != last + 1 and item.number else None)
            for item, count, last in zip(self.items, counts, before, strict=False)
        ]

    def takes(self, item: Item) -> bool:
        """Answer whether an item goes on with the run."""
        last, number = self.items[-1].number, item.number
        if last is None or number is None:
            return last is number
        return last.kind == number.kind and last.count < number.count


def items_of(text: str) -> list[Item]:
    """Return the items of a list, each with those that lie under it."""
    lines = [item_of(line) for line in filter(None, map(str.strip, text.splitlines()))]
    numbers = [
        found or alone(words) for found, (_, words) in zip(numbers_of(lines), lines, strict=True)
    ]
    kinds = [number.kind if number else "" for number in numbers]
    deep = depths([(dashes, kind) for (dashes, _), kind in zip(lines, kinds, strict=True)])
    top = Item("")
    over = [(-1, top)]
    for line, ((_, words), number, depth) in enumerate(zip(lines, numbers, deep, strict=True)):
        while over[-1][0] >= depth:
            over.pop()
        item = Item(parted(words)[1] if number else words, number=number, line=line)
        over[-1][1].under.append(item)
        over.append((depth, item))
    return top.under


def runs_of(items: Sequence[Item]) -> list[Run]:
    """Return items beside one another in runs that are numbered alike, or not at all."""
    runs: list[Run] = []
    for item in items:
        if runs and runs[-1].takes(item):
            runs[-1].items.append(item)
        else:
            runs.append(Run([item]))
    return runs


def every_item(items: Sequence[Item]) -> Iterator[Item]:
    """Yield items and those under them, in the order of their lines."""
    for item in items:
        yield item
        yield from every_item(item.under)


def item_of(line: str) -> tuple[int, str]:
    """Return how many dashes stand before an item, and its words; dashes alone are its words."""
    found = _ITEM.fullmatch(line.strip())
    if found is None or not found["words"]:
        return 0, line.strip()
    return min(len(found["dashes"] or ""), DEEPEST_ITEM), found["words"]


def rows_of(text: str) -> Rows:
    """Return the rows of a table, each as wide as the widest."""
    rows = [[cell.strip() for cell in line.split(CELL_EDGE)] for line in text.splitlines()]
    rows = [row for row in rows if any(row)]
    width = max((len(row) for row in rows), default=0)
    return [row + [""] * (width - len(row)) for row in rows]


def text_of_rows(rows: Sequence[Sequence[str]]) -> str:
    """Return the words of a table, without rows and columns in which nothing is written."""
    tidy = [[" ".join(cell.split()) for cell in row] for row in rows]
    tidy = [row for row in tidy if any(row)]
    width = max(map(len, tidy), default=0)
    tidy = [row + [""] * (width - len(row)) for row in tidy]
    used = [n for n in range(width) if any(row[n] for row in tidy)]
    return "\n".join(CELL_EDGE.join(row[n] for n in used) for row in tidy)


def forms_in(text: str, *, with_tables: bool = True) -> list[tuple[ParagraphForm, str]]:
    """Cut words as read ("• item", "1. item", "| cell |") to text, lists and tables, in order."""
    found: list[tuple[ParagraphForm, list[str]]] = []
    read = [_read(line, with_tables=with_tables) for line in text.split("\n")]
    for form, words in _with_numbered(read):
        if found and found[-1][0] == form:
            found[-1][1].append(words)
        else:
            found.append((form, [words]))
    return [(form, "\n".join(lines).strip("\n")) for form, lines in found if "".join(lines).strip()]


def pieces_of(form: str, text: str) -> list[tuple[ParagraphForm, str]]:
    """Return a paragraph’s words as they are set: lists typed within a text are lists too."""
    if form in (ParagraphForm.LIST, ParagraphForm.TABLE):
        return [(ParagraphForm(form), text)]
    return forms_in(text.replace("\r\n", "\n"), with_tables=False)


Read = tuple[ParagraphForm, str]


def _read(line: str, *, with_tables: bool) -> Read:
    if found := _BULLETED.match(line):
        dashes = "-" * next(n for n, signs in enumerate(_SIGNS) if found["sign"] in signs)
        return ParagraphForm.LIST, f"{dashes} {line[found.end() :].strip()}".strip()
    if with_tables and len(line) > 1 and line.startswith("|") and line.endswith("|"):
        cells = [" ".join(cell.split()) for cell in line[1:-1].split("|")]
        return ParagraphForm.TABLE, CELL_EDGE.join(cells)
    return ParagraphForm.TEXT, line


def _with_numbered(lines: Sequence[Read]) -> Iterator[Read]:
    """Yield lines with those that are numbered beside one another, or among bullets, as lists."""
    block: list[Read] = []
    for form, words in lines:
        if form == ParagraphForm.LIST or (form == ParagraphForm.TEXT and readings(words.strip())):
            block.append((form, words.strip()))
            continue
        yield from _block(block)
        block = []
        yield form, words
    yield from _block(block)


def _block(block: Sequence[Read]) -> Iterator[Read]:
    """Yield lines that have a bullet or what may be a number, the latter as what they are."""
    lines = [item_of(words) for _, words in block]
    kinds = [number.kind if number else None for number in numbers_of(lines)]
    taken = [
        form == ParagraphForm.LIST or bool(kind)
        for (form, _), kind in zip(block, kinds, strict=True)
    ]
    last = max((n for n, is_item in enumerate(taken) if is_item), default=0)
    for n in range(1, last):
        if not taken[n] and taken[n - 1] and (lone := alone(lines[n][1])):
            taken[n], kinds[n] = True, lone.kind
    listed: list[tuple[int, str, str]] = []
    for (_, words), (dashes, said), kind, is_item in zip(block, lines, kinds, taken, strict=True):
        if is_item:
            listed.append((dashes, kind or "", said))
            continue
        yield from _list(listed)
        listed = []
        yield ParagraphForm.TEXT, words
    yield from _list(listed)


def _list(items: Sequence[tuple[int, str, str]]) -> Iterator[Read]:
    """Yield the items of a list with the dashes that lay them where they lie."""
    deep = depths([(dashes, kind) for dashes, kind, _ in items])
    for depth, (_, _, words) in zip(deep, items, strict=True):
        yield ParagraphForm.LIST, f"{'-' * depth} {words}".strip()


def breaks_in(form: str, text: str) -> list[int]:
    """Return the characters before which words may be split: sentences of text, items of a list."""
    if form == ParagraphForm.TABLE:
        return []
    ends = _LINE_ENDS if form == ParagraphForm.LIST else _SENTENCE_ENDS
    places = [found.end() for found in ends.finditer(text)]
    return [at for at in places if all(split_at(text, at))]


def split_at(text: str, at: int) -> tuple[str, str]:
    """Return the words before a character and those from it on, without space between them."""
    return text[: max(at, 0)].strip(), text[max(at, 0) :].strip()


def joined(form: str, text: str, following: str) -> str:
    """Return two texts as one: a sentence after the other, or an item or row after the other."""
    between = " " if form == ParagraphForm.TEXT else "\n"
    return f"{text}{between}{following}"


def without_number(text: str) -> str:
    """Return words without a number typed before them ("4. The grant"): their place gives it."""
    found = _TYPED_NUMBER.match(text)
    return text[found.end() :] if found else text
