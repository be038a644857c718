"""The words of a paragraph that is a list or a table, and the shape that they have.

A list has one item on each line; dashes before it ("- ", "-- ") lay it under the item above it.
A table has one row on each line, the first its headings, with
tabs between the cells. So the words stay one text: searched, digested and kept as any other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import models

Rows = list[list[str]]
MOST_ROWS = 200
MOST_COLUMNS = 12
DEEPEST_ITEM = 2
"""Dashes before an item count up to so many: three levels."""

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
    """An item of a list, and those that lie under it."""

    words: str
    under: "list[Item]" = field(default_factory=list)


def items_of(text: str) -> list[Item]:
    """Return the items of a list, each with those that lie under it."""
    top = Item("")
    over = [(-1, top)]
    for line in filter(None, map(str.strip, text.splitlines())):
        dashes, words = item_of(line)
        while over[-1][0] >= dashes:
            over.pop()
        item = Item(words)
        over[-1][1].under.append(item)
        over.append((dashes, item))
    return top.under


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


def forms_in(text: str) -> list[tuple[ParagraphForm, str]]:
    """Cut words as read ("• item", "| cell | cell |") to text, lists and tables, in their order."""
    found: list[tuple[ParagraphForm, list[str]]] = []
    for line in text.split("\n"):
        form, words = _read(line)
        if found and found[-1][0] == form:
            found[-1][1].append(words)
        else:
            found.append((form, [words]))
    return [(form, "\n".join(lines).strip("\n")) for form, lines in found if "".join(lines).strip()]


def _read(line: str) -> tuple[ParagraphForm, str]:
    if found := _BULLETED.match(line):
        dashes = "-" * next(n for n, signs in enumerate(_SIGNS) if found["sign"] in signs)
        return ParagraphForm.LIST, f"{dashes} {line[found.end() :].strip()}".strip()
    if len(line) > 1 and line.startswith("|") and line.endswith("|"):
        cells = [" ".join(cell.split()) for cell in line[1:-1].split("|")]
        return ParagraphForm.TABLE, CELL_EDGE.join(cells)
    return ParagraphForm.TEXT, line


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
