"""What a table of money is, whatever file it becomes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from audit.words import moment
from grants.refusals import GrantRefused

Cell: TypeAlias = str | Decimal | date | int | None
Row: TypeAlias = Sequence[Cell]

MOST_ROWS = {"csv": 200_000, "xlsx": 20_000}
"""How many rows a file holds at most: what is written while a person waits."""

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


class Kind(Enum):
    """How the cells of a column are written."""

    WORDS = "words"
    MONEY = "money"
    DAY = "day"
    NUMBER = "number"


@dataclass(frozen=True)
class Column:
    """A column: its heading, and how its cells are written."""

    heading: str
    kind: Kind = Kind.WORDS


@dataclass(frozen=True)
class Table:
    """A table of money (pounds), with all that says what it is of.

    `filters` are pairs of what and which. `rows` reads the table anew each time; `totals` is a row
    under the others, read like them and after them, with a word in its first cell.
    """

    title: str
    name: str
    columns: Sequence[Column]
    filters: Sequence[tuple[str, str]]
    count: Callable[[], int]
    rows: Callable[[], Iterator[Row]]
    totals: Callable[[], Row]

    def about(self, now: datetime) -> list[tuple[str, str]]:
        """Say what the table is of, when it was read (UK time), and how many rows it has."""
        return [
            ("Table", self.title),
            *(self.filters or [("Narrowed to", "Nothing: all of it")]),
            ("Read", f"{moment(now)}, London time"),
            ("Rows", f"{self.count()}"),
            ("Sums", "In pounds"),
        ]


class TooLong(GrantRefused):
    """A table has more rows than a file holds."""


def hold_length(table: Table, ending: str) -> None:
    """Refuse a table that is longer than a file of that ending holds, and say the way on."""
    count, most = table.count(), MOST_ROWS[ending]
    if count > most:
        other = "Take the CSV file, or narrow" if count <= MOST_ROWS["csv"] else "Narrow"
        raise TooLong(
            f"The table has {count:,} rows; a file of this kind holds {most:,}.",
            clears=f"{other} the table by its filters first.",
        )


def starts_a_formula(words: str) -> bool:
    """Return whether a spreadsheet might take words for a formula, blanks before them or not."""
    return words.startswith(STARTS_A_FORMULA) or words.lstrip().startswith(STARTS_A_FORMULA)
