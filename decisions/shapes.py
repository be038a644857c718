"""The words of a paragraph that is a list or a table, and the shape that they have.

A list has one item on each line. A table has one row on each line, the first its headings, with
tabs between the cells. So the words stay one text: searched, digested and kept as any other.
"""

import re
from collections.abc import Sequence

from django.db import models

Rows = list[list[str]]
MOST_ROWS = 200
MOST_COLUMNS = 12
CELL_EDGE = "\t"
_SENTENCE_ENDS = re.compile(r"[.!?;:][)”’\"']*\s+(?=\S)|\n\s*(?=\S)")
_LINE_ENDS = re.compile(r"\n\s*(?=\S)")


class ParagraphForm(models.TextChoices):
    """How the words of a paragraph are set."""

    TEXT = "text", "Paragraph"
    LIST = "list", "List"
    TABLE = "table", "Table"


def items_of(text: str) -> list[str]:
    """Return the items of a list."""
    return [line.strip() for line in text.splitlines() if line.strip()]


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
    if line.startswith("• "):
        return ParagraphForm.LIST, line[2:].strip()
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
