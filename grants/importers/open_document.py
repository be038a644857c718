"""Rows out of an ODS workbook, read element by element: the values that its formulas last had."""

from collections.abc import Iterator
from datetime import date
from decimal import Context, InvalidOperation
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError, iterparse
from zipfile import BadZipFile, ZipFile

from grants.importers.cells import MOST_COLUMNS, MOST_TEXT, NO_RESULT, Row, Sheet, Value, damaged
from grants.importers.values import is_error

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
TABLE, OFFICE, TEXT = f"{_NAMES}table:1.0}}", f"{_NAMES}office:1.0}}", f"{_NAMES}text:1.0}}"
STYLE = f"{_NAMES}style:1.0}}"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
COVERED = f"{TABLE}covered-table-cell"
CELLS = (f"{TABLE}table-cell", COVERED)
AS_SHOWN = Context(prec=15)  # digits that a spreadsheet keeps of a number

Events = Iterator[tuple[str, Element]]


def open_document_sheets(data: bytes) -> Iterator[Sheet]:
    """Yield the sheets of an ODS workbook, hidden ones too, one after the other."""
    hidden: set[str] = set()
    try:
        with ZipFile(BytesIO(data)) as packed, packed.open("content.xml") as stream:
            # Expat itself refuses entities that grow without end; none is fetched.
            events: Events = iterparse(stream, events=("start", "end"))  # noqa: S314
            for event, element in events:
                if event == "end" and element.tag == f"{STYLE}style" and _hides(element):
                    hidden.add(element.get(f"{STYLE}name", ""))
                if event == "start" and element.tag == f"{TABLE}table":
                    rows = _rows(events)
                    is_hidden = element.get(f"{TABLE}style-name") in hidden
                    yield Sheet(element.get(f"{TABLE}name", ""), rows, is_hidden)
                    for _ in rows:
                        pass  # what nobody asked for
    except (BadZipFile, KeyError, ParseError) as error:
        raise damaged() from error


def _hides(style: Element) -> bool:
    return any(part.get(f"{TABLE}display") == "false" for part in style)


def _rows(events: Events) -> Iterator[Row]:
    """Yield the rows of the sheet that has just begun; empty ones are counted, not shown."""
    number, merged = 0, _Merged()
    try:
        for event, element in events:
            if event == "end" and element.tag == f"{TABLE}table":
                return
            if event == "end" and element.tag == f"{TABLE}table-row":
                times = _times(element, "number-rows-repeated")
                is_hidden = element.get(f"{TABLE}visibility", "visible") != "visible"
                cells = _cells(element, merged, number + 1)
                element.clear()
                for n in range(number + 1, number + 1 + times if cells else 0):
                    yield Row(n, list(cells), is_hidden)
                number += times
    except (ParseError, ValueError) as error:
        raise damaged() from error


def _times(element: Element, name: str) -> int:
    return max(1, int(element.get(f"{TABLE}{name}", "1")))


class _Merged:
    """What stands in the first of merged cells is meant in all of them."""

    def __init__(self) -> None:
        self.by_column: dict[int, tuple[int, Value]] = {}

    def note(self, cell: Element, row: int, column: int, value: Value) -> None:
        """Remember a cell that covers others."""
        wide, high = (_times(cell, f"number-{what}-spanned") for what in ("columns", "rows"))
        if wide * high > 1:
            for n in range(column, column + min(wide, MOST_COLUMNS)):
                self.by_column[n] = (row + high - 1, value)

    def value(self, row: int, column: int) -> Value:
        """Return what is meant in a covered cell."""
        last, value = self.by_column.get(column, (0, None))
        return value if row <= last else None


def _cells(row: Element, merged: _Merged, number: int) -> list[Value]:
    """Return the cells of a row up to the last that holds something."""
    cells: list[Value] = []
    column = empty = 0
    for cell in row:
        if cell.tag not in CELLS:
            continue
        value = None if cell.tag == COVERED else _value(cell)
        merged.note(cell, number, column, value)
        for _ in range(min(_times(cell, "number-columns-repeated"), MOST_COLUMNS + 1)):
            said = merged.value(number, column) if cell.tag == COVERED else value
            column += 1
            if said is None or said == "":
                empty += 1
            else:
                cells += [*([None] * empty), said]
                empty = 0
    return cells


def _value(cell: Element) -> Value:
    kind, text = cell.get(f"{OFFICE}value-type", ""), _text(cell)
    if cell.get(f"{CALC}value-type") == "error" or is_error(text):
        return text if is_error(text) else "#VALUE!"
    if kind in ("float", "currency", "percentage"):
        try:
            return AS_SHOWN.create_decimal(cell.get(f"{OFFICE}value", ""))
        except InvalidOperation as error:
            raise ValueError(text) from error
    if kind == "date":
        return date.fromisoformat(cell.get(f"{OFFICE}date-value", "")[:10])
    if kind == "boolean":
        return cell.get(f"{OFFICE}boolean-value") == "true"
    if not kind and not text and cell.get(f"{TABLE}formula"):
        return NO_RESULT
    return (cell.get(f"{OFFICE}string-value") or text)[:MOST_TEXT] or None


def _text(cell: Element) -> str:
    """Return the paragraphs of a cell, without its comments."""
    said = []
    for paragraph in cell.findall(f"{TEXT}p"):
        for space in paragraph.iter(f"{TEXT}s"):
            space.text = " "
        said.append("".join(paragraph.itertext()))
    return "\n".join(said).strip()
