"""What every reader gives: sheets, their rows, and cells at the address that people see."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from audit.refusals import Refused

Value: TypeAlias = str | Decimal | date | bool | None

MOST_ROWS = 150_000
MOST_COLUMNS = 200
MOST_TEXT = 2_000  # characters of one cell
NO_RESULT = "(formula without a result)"


class Unreadable(Refused):
    """A file that cannot be read at all, or is larger than what is read."""


def damaged() -> Unreadable:
    """Return the refusal of a workbook that is none, or not a whole one."""
    return Unreadable("The workbook cannot be read.", clears="Open it and save it again.")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: its number as people see it, its cells from column A on."""

    number: int
    cells: list[Value]
    is_hidden: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cell is not None and cell != "" for cell in self.cells)


@dataclass(frozen=True)
class Sheet:
    """A sheet of a file, read row by row; the name is empty where a file has just one."""

    name: str
    rows: Iterator[Row]
    is_hidden: bool = False


@dataclass
class Merged:
    """Cells merged into one: what stands in the first is meant in all of them."""

    ranges: list[tuple[int, int, int, int]] = field(default_factory=list)

    def spread(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Return for each cell but the first of a range where its value stands, from 1 on."""
        return {
            (row, column): (top, left)
            for top, left, bottom, right in self.ranges
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
            if (row, column) != (top, left)
        }


def letters_of(column: int) -> str:
    """Return what people call a column: 1 is A, 27 is AA."""
    said = ""
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(65 + rest) + said
    return said


def number_of(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def capped(rows: Iterator[Row]) -> Iterator[Row]:
    """Refuse more rows, columns or text than are read; empty rows do not count."""
    count = 0
    for row in rows:
        count += not row.is_empty
        if count > MOST_ROWS:
            raise Unreadable(
                f"The file has more than {MOST_ROWS:,} rows.", clears="Split it into several."
            )
        if len(row.cells) > MOST_COLUMNS:
            raise Unreadable(
                f"Row {row.number} has more than {MOST_COLUMNS} columns.",
                clears="Delete those that are not needed.",
            )
        yield row
