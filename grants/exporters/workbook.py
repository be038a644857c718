"""A table as an Excel workbook (XLSX): the table on one sheet, what it is of on another."""

from collections.abc import Callable
from datetime import datetime
from tempfile import TemporaryFile
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from audit.snapshot import snapshot
from grants.exporters.tables import Cell, Kind, Row, Table

FORMATS = {Kind.MONEY: "#,##0.00", Kind.DAY: "dd/mm/yyyy"}
WIDTHS = {Kind.WORDS: 28, Kind.MONEY: 16, Kind.DAY: 12, Kind.NUMBER: 10}
BOLD = Font(bold=True)


def workbook(made: Callable[[], Table], now: datetime) -> IO[bytes]:
    """Return the file, written to disk row by row and to be read from its start."""
    book = Workbook(write_only=True)
    with snapshot():
        table = made()
        _fill(book.create_sheet("Table"), table)
        about = book.create_sheet("About")
        about.column_dimensions["A"].width, about.column_dimensions["B"].width = 20, 60
        for what, which in table.about(now):
            about.append([_words(about, what, is_bold=True), _words(about, which)])
    file = TemporaryFile()  # noqa: SIM115 it is closed with the response
    book.save(file)
    file.seek(0)
    return file


def _fill(sheet: Any, table: Table) -> None:
    for place, column in enumerate(table.columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS[column.kind]
    sheet.freeze_panes = "B2"
    sheet.append([_words(sheet, column.heading, is_bold=True) for column in table.columns])
    kinds = [column.kind for column in table.columns]
    for row in table.rows():
        sheet.append(_cells(sheet, kinds, row))
    sheet.append(_cells(sheet, kinds, table.totals(), is_bold=True))


def _cells(sheet: Any, kinds: list[Kind], row: Row, *, is_bold: bool = False) -> list[Any]:
    return [_cell(sheet, kind, cell, is_bold) for kind, cell in zip(kinds, row, strict=True)]


def _cell(sheet: Any, kind: Kind, cell: Cell, is_bold: bool) -> Any:
    if cell is None:
        return None
    if isinstance(cell, str):
        return _words(sheet, cell, is_bold=is_bold)
    made = WriteOnlyCell(sheet, value=cell)
    if kind in FORMATS:
        made.number_format = FORMATS[kind]
    if is_bold:
        made.font = BOLD
    return made


def _words(sheet: Any, words: str, *, is_bold: bool = False) -> Any:
    """Return a cell of words that stay words, whatever they begin with."""
    made = WriteOnlyCell(sheet, value="")
    made.value = ILLEGAL_CHARACTERS_RE.sub(" ", words)
    made.data_type = "s"
    made.quotePrefix = True
    if is_bold:
        made.font = BOLD
    return made
