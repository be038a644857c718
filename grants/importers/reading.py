"""Opening a file of spending by what it is."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from grants.importers.cells import Sheet, Unreadable, capped
from grants.importers.open_document import open_document_sheets
from grants.importers.text_files import rows_of
from grants.importers.workbooks import excel_sheets, refuse_bombs

MOST_BYTES = 40 * 1024 * 1024
ENDINGS = (".csv", ".txt", ".tsv", ".xlsx", ".ods")
IN_WORDS = "CSV, Excel (.xlsx) or OpenDocument (.ods)"


def sheets_of(name: str, data: bytes) -> Iterator[Sheet]:
    """Yield the sheets of a file; its bytes decide what it is, its name between kinds of text.

    Raises Unreadable, at once or while rows are read, for what cannot be read or is too large.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable("The file is larger than 40 MB.", clears="Split it into several.")
    if not data.strip():
        raise Unreadable("The file is empty.")
    suffix = PurePosixPath(name).suffix.lower()
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            "The file is an old Excel workbook (.xls), or is locked with a password.",
            clears="Save it as .xlsx without a password.",
        )
    if data.startswith(b"PK"):
        refuse_bombs(data)
        found = open_document_sheets(data) if suffix == ".ods" else excel_sheets(data)
    else:
        found = iter([Sheet("", rows_of(data))])
    for sheet in found:
        yield Sheet(sheet.name, capped(sheet.rows), sheet.is_hidden)
