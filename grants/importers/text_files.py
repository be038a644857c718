"""Rows out of text: CSV files of any encoding and delimiter, and rows pasted from a spreadsheet."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO

from grants.importers.cells import MOST_TEXT, Row, Unreadable

DELIMITERS = (",", ";", "\t", "|")
BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
SAMPLE = 50  # rows


def text_of(data: bytes) -> str:
    """Return the text of a file: by its mark, as UTF-8, or as Windows wrote it."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\0" in data:
        raise Unreadable("The file is no text.", clears="Save it as CSV, XLSX or ODS.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "cp1252")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Unreadable(
            "The file's letters cannot be read.", clears="Save it as “CSV UTF-8”."
        ) from None


def delimiter_of(text: str) -> str:
    """Return what separates the cells: what splits most rows into the same number of cells."""
    text = text[:100_000]
    best, found = (0, 0), ","
    for delimiter in DELIMITERS:
        rows = csv.reader(StringIO(text), delimiter=delimiter)
        widths = Counter(len(row) for row, _ in zip(rows, range(SAMPLE), strict=False))
        width, count = max(
            ((width, count) for width, count in widths.items() if width > 1),
            key=lambda one: (one[1], one[0]),
            default=(0, 0),
        )
        if (count, width) > best:
            best, found = (count, width), delimiter
    return found


def rows_of(data: bytes) -> Iterator[Row]:
    """Yield the rows of a text; numbers are those that a spreadsheet shows."""
    text = text_of(data)
    if text.startswith("sep=") and "\n" in text:
        first, text = text.split("\n", 1)
        yield from _read(text, first.strip()[4:5] or ",", skipped=1)
        return
    yield from _read(text, delimiter_of(text))


def _read(text: str, delimiter: str, skipped: int = 0) -> Iterator[Row]:
    csv.field_size_limit(100_000)
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        for number, row in enumerate(rows, start=1 + skipped):
            yield Row(number, [cell.strip()[:MOST_TEXT] for cell in row])
    except csv.Error as error:
        raise Unreadable(f"The file is no CSV: {error}.") from None
