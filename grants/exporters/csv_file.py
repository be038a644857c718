"""A table as CSV (RFC 4180, UTF-8 with its mark, so that Excel reads it right), row by row."""

import csv
from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from audit.snapshot import snapshot
from grants.exporters.tables import Cell, Table, starts_a_formula

MARK = "\ufeff"


class _Line:
    """Where the writer of the standard library writes: it hands each line on."""

    def write(self, line: str) -> str:
        """Return what is written."""
        return line


def csv_lines(made: Callable[[], Table], now: datetime) -> Iterator[str]:
    """Yield the file line by line, all of it as the register stood at one moment."""
    writer: Any = csv.writer(_Line())
    with snapshot():
        table = made()
        yield MARK
        for told in table.about(now):
            yield writer.writerow([written(cell) for cell in told])
        yield writer.writerow([])
        yield writer.writerow([column.heading for column in table.columns])
        for row in table.rows():
            yield writer.writerow([written(cell) for cell in row])
        yield writer.writerow([written(cell) for cell in table.totals()])


def written(cell: Cell) -> str:
    """Return a cell as it is written: plain digits, days as 2019-10-28, words that stay words."""
    if cell is None:
        return ""
    if isinstance(cell, Decimal):
        return f"{cell:.2f}"
    if isinstance(cell, str):
        return f"'{cell}" if starts_a_formula(cell) else cell
    return str(cell)
