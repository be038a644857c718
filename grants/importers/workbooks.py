"""Rows out of an XLSX workbook: the values that formulas last had; nothing is run."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import BytesIO
from typing import IO, Any
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

import openpyxl
from openpyxl.utils import range_boundaries

from grants.importers.cells import (
    MOST_TEXT,
    NO_RESULT,
    Merged,
    Row,
    Sheet,
    Unreadable,
    Value,
    damaged,
)

MOST_UNPACKED = 400 * 1024 * 1024  # bytes
MOST_TIMES = 200  # how many times larger than packed, from a megabyte on
MEGABYTE = 1024 * 1024
TOLD = re.compile(rb"[<:]f[\s>/]|hidden|mergeCell")
DIGITS = 15  # that a spreadsheet keeps of a number


def refuse_bombs(data: bytes) -> None:
    """Refuse what is no packed workbook, or would unpack to more than is read."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            sizes = [one.file_size for one in packed.infolist()]
    except BadZipFile:
        raise Unreadable(
            "The file is damaged, or is no workbook.", clears="Open it and save it again."
        ) from None
    whole = sum(sizes)
    if whole > MOST_UNPACKED or (whole > MEGABYTE and whole > MOST_TIMES * len(data)):
        raise Unreadable(
            "The file unpacks to more than is read.", clears="Split it into several, or use CSV."
        )


def value_of(cell: Any) -> Value:
    """Return a cell's value as the register reads it: sums exact, moments as days."""
    if isinstance(cell, bool) or cell is None:
        return cell
    if isinstance(cell, (int, float)):
        return Decimal(f"{cell:.{DIGITS}g}")
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, (time, timedelta)):
        return str(cell)
    return str(cell).strip()[:MOST_TEXT]


# ---------------------------------------------------------------- Excel


@dataclass
class _Seen:
    """What the rows of a sheet do not say: hidden rows, merged cells, formulas without a result."""

    hidden: set[int] = field(default_factory=set)
    merged: Merged = field(default_factory=Merged)
    unknown: set[tuple[int, int]] = field(default_factory=set)
    _cell: str = ""
    _has: set[str] = field(default_factory=set)
    _in_value: bool = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Note the beginning of an element."""
        tag = tag.rpartition(":")[2]
        if tag == "row" and attributes.get("hidden") in ("1", "true"):
            self.hidden.add(int(attributes["r"]))
        elif tag == "mergeCell":
            left, top, right, bottom = range_boundaries(attributes["ref"])
            if (bottom - top + 1) * (right - left + 1) <= 100_000:
                self.merged.ranges.append((top, left, bottom, right))
        elif tag == "c":
            self._cell, self._has = attributes.get("r", ""), set()
        elif tag in ("f", "v", "is"):
            self._has.add(tag)
            self._in_value = tag != "f"

    def text(self, _text: str) -> None:
        """Note that a value has something in it."""
        if self._in_value:
            self._has.add("text")

    def end(self, tag: str) -> None:
        """Note the end of an element."""
        if tag.rpartition(":")[2] == "c" and self._cell and self._has in ({"f"}, {"f", "v"}):
            left, top, *_ = range_boundaries(self._cell)
            self.unknown.add((top, left))


def _looked_through(stream: IO[bytes]) -> _Seen:
    """Return what the rows do not say; a sheet that has nothing of the kind is not parsed."""
    seen, text = _Seen(), stream.read()
    if not text.startswith((b"\xff\xfe", b"\xfe\xff")) and not TOLD.search(text):
        return seen
    parser = expat.ParserCreate()
    parser.StartElementHandler = seen.start
    parser.EndElementHandler = seen.end
    parser.CharacterDataHandler = seen.text
    parser.Parse(text, True)
    return seen


def excel_sheets(data: bytes) -> Iterator[Sheet]:
    """Yield the sheets of an XLSX workbook, hidden ones too."""
    try:
        book = openpyxl.load_workbook(
            BytesIO(data), read_only=True, data_only=True, keep_links=False
        )
    except Exception as error:
        raise damaged() from error
    for sheet in book.worksheets:
        with ZipFile(BytesIO(data)) as packed, packed.open(sheet._worksheet_path) as stream:
            try:
                seen = _looked_through(stream)
            except (expat.ExpatError, ValueError, KeyError) as error:
                raise damaged() from error
        sheet.reset_dimensions()
        yield Sheet(sheet.title, _excel_rows(sheet, seen), sheet.sheet_state != "visible")


def _excel_rows(sheet: Any, seen: _Seen) -> Iterator[Row]:
    filling = _Filling(seen)
    try:
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            values = [value_of(cell) for cell in cells]
            yield Row(number, filling.filled(number, values), number in seen.hidden)
    except (expat.ExpatError, ValueError, KeyError, SyntaxError) as error:
        raise damaged() from error


class _Filling:
    """Merged cells filled with what stands in their first, and formulas without a result named."""

    def __init__(self, seen: _Seen) -> None:
        self.seen = seen
        self.spread = seen.merged.spread()
        self.firsts = set(self.spread.values())
        self.known: dict[tuple[int, int], Value] = {}
        self.wide: dict[int, int] = {}
        for row, column in (*self.spread, *self.firsts, *seen.unknown):
            self.wide[row] = max(column, self.wide.get(row, 0))

    def filled(self, number: int, values: list[Value]) -> list[Value]:
        """Return the cells of a row as people see them."""
        if number not in self.wide:
            return values
        values += [None] * (self.wide[number] - len(values))
        for column in range(1, len(values) + 1):
            place = (number, column)
            if place in self.seen.unknown:
                values[column - 1] = NO_RESULT
            if place in self.firsts:
                self.known[place] = values[column - 1]
            elif place in self.spread:
                values[column - 1] = self.known.get(self.spread[place])
        return values
