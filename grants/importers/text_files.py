"""Rows out of text: CSV files of any encoding and delimiter, and rows pasted from a spreadsheet."""

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO, StringIO, TextIOWrapper

from grants.importers.cells import MOST_TEXT, Row, Unreadable

DELIMITERS = (",", ";", "\t", "|")
BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
SAMPLE = 50  # rows
LOOKED_AT = 100_000  # characters


def encoding_of(data: bytes) -> str:
    """Return how a file was written: by its mark, as UTF-8, or as Windows does."""
    found = next((encoding for mark, encoding in BOMS if data.startswith(mark)), "")
    if not found and b"\0" in data:
        raise Unreadable("The file is no text.", clears="Save it as CSV, XLSX or ODS.")
    for encoding in [found] if found else ["utf-8", "cp1252"]:
        if _is_written_in(encoding, data):
            return encoding
    raise Unreadable("The file's letters cannot be read.", clears="Save it as “CSV UTF-8”.")


def _is_written_in(encoding: str, data: bytes) -> bool:
    try:
        for _ in lines_of(data, encoding):
            pass
    except UnicodeError:
        return False
    return True


def lines_of(data: bytes, encoding: str) -> TextIOWrapper:
    """Return the lines of a file, decoded as they are asked for: never all of it at once."""
    return TextIOWrapper(BytesIO(data), encoding, newline="")


def delimiter_of(text: str) -> str:
    """Return what separates the cells: what splits most rows into the same number of cells."""
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
    encoding = encoding_of(data)
    begun = lines_of(data, encoding).read(LOOKED_AT)
    lines = lines_of(data, encoding)
    if begun.startswith("sep=") and "\n" in begun:
        yield from _read(lines, next(lines).strip()[4:5] or ",", skipped=1)
        return
    yield from _read(lines, delimiter_of(begun))


def _read(lines: Iterable[str], delimiter: str, skipped: int = 0) -> Iterator[Row]:
    csv.field_size_limit(100_000)
    try:
        rows = csv.reader(lines, delimiter=delimiter)
        for number, row in enumerate(rows, start=1 + skipped):
            yield Row(number, [cell.strip()[:MOST_TEXT] for cell in row])
    except csv.Error as error:
        raise Unreadable(f"The file is no CSV: {error}.") from None
