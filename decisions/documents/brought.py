"""Whether a supporting paper's file is of the kind that its name says, all through.

From anybody, so nothing in it is believed: neither its name, nor what the browser says of it, nor
its first bytes alone. A file that is two things at once, hides another behind its end, grows
without measure when it is opened or holds anything that would run (`running`) is refused.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from decisions.documents import zipped
from decisions.documents.running import unfit

MOST_PIXELS = 100_000_000
KINDS_IN_WORDS = (
    "a PDF, a Word, Excel or OpenDocument text or spreadsheet (.docx, .xlsx, .odt, .ods), a PNG or "
    "JPEG picture, or plain text (.csv, .txt)"
)
# What a file of another kind is saved as, by the end of its name.
SAVED_AS = {
    **dict.fromkeys((".doc", ".docm", ".dot", ".dotm", ".rtf"), "a Word document (.docx) or a PDF"),
    **dict.fromkeys((".xls", ".xlsm", ".xlsb"), "an Excel workbook (.xlsx) or a PDF"),
    **dict.fromkeys((".ppt", ".pptx", ".pptm", ".odp", ".pages", ".key"), "a PDF"),
    **dict.fromkeys((".msg", ".eml", ".htm", ".html"), "a PDF"),
}
_ZIP_END = b"PK\x05\x06"
_ZIP_END_LENGTH = 22
_PNG = b"\x89PNG\r\n\x1a\n"
_MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"{\\rtf")


class UnfitFileError(ValueError):
    """A file that is not kept; its words say why and what to do."""


@dataclass(frozen=True)
class Kind:
    """A kind of file: what people call it, its media type, and the test of its bytes."""

    label: str
    media_type: str
    holds: Callable[[bytes], bool]


def kind_of(name: str, data: bytes) -> Kind:
    """Return the kind of a file. Raises UnfitFileError for any that is not what its name says."""
    if len(data) > zipped.MOST_BYTES:
        raise UnfitFileError("The file is larger than 20 MB")
    suffix = PurePath(name).suffix.lower()
    kind = KINDS.get(suffix)
    if kind is None:
        way_on = f". Save this one as {SAVED_AS[suffix]}" if suffix in SAVED_AS else ""
        raise UnfitFileError(f"Choose a file that is {KINDS_IN_WORDS}{way_on}")
    if not kind.holds(data) and data.startswith(zipped.BEGINS) and b"vbaProject" in data:
        raise UnfitFileError(
            "The file holds macros, which are not kept here: they could harm whoever opens it. "
            "Save a copy without them (.docx or .xlsx) or save it as a PDF, and upload that"
        )
    if not kind.holds(data):
        raise UnfitFileError(
            f"Its name says that the file is {kind.label}, and it is not one, or not a sound one: "
            "open it, save it again and upload that"
        )
    if why := unfit(data):
        raise UnfitFileError(why)
    return kind


def _is_pdf(data: bytes) -> bool:
    starts = data.startswith((b"%PDF-1.", b"%PDF-2."))
    return starts and data.rstrip(b"\0\r\n\t ").endswith(b"%%EOF") and not _hides_zip(data)


def _hides_zip(data: bytes) -> bool:
    """Whether a program that looks for a zip from the end would find one."""
    return zipfile.is_zipfile(io.BytesIO(data))


def _is_png(data: bytes) -> bool:
    """Whether it is a PNG up to its very last byte, of a size that can be shown."""
    if not data.startswith(_PNG) or data[12:16] != b"IHDR" or len(data) < 33:
        return False
    wide, high = struct.unpack(">II", data[16:24])
    if not 0 < wide * high <= MOST_PIXELS:
        return False
    at = len(_PNG)
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        end = at + 12 + length
        if data[end - 4 : end] != struct.pack(">I", zlib.crc32(data[at + 4 : end - 4])):
            return False
        if data[at + 4 : at + 8] == b"IEND":
            return bool(end == len(data)) and not _hides_zip(data)
        at = end
    return False


def _is_jpeg(data: bytes) -> bool:
    ends = data.rstrip(b"\0").endswith(b"\xff\xd9")
    return data.startswith(b"\xff\xd8\xff") and ends and not _hides_zip(data)


def _is_text(data: bytes) -> bool:
    """Whether it is words and nothing that a browser or an office program would run."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    if any(ord(sign) < 32 and sign not in "\t\r\n\f" for sign in text):
        return False
    start = text.lstrip()[:4096].lower().encode()
    return not start.startswith((*_MARKUP, b"%pdf-", b"pk\x03")) and b"<script" not in start


def _office(part: str, media_type: str) -> Callable[[bytes], bool]:
    """Return the test for an Office file whose list of contents names its main part's type."""

    def holds(held: zipfile.ZipFile) -> bool:
        wanted = f"application/vnd.openxmlformats-officedocument.{media_type}.main+xml".encode()
        names = held.namelist()
        return part in names and wanted in held.read("[Content_Types].xml")

    return _zipped(holds)


def _open_document(media_type: str) -> Callable[[bytes], bool]:
    """Return the test for an OpenDocument file, which says its type in its first part."""

    def holds(held: zipfile.ZipFile) -> bool:
        return (
            held.namelist()[:1] == ["mimetype"]
            and held.read("mimetype") == media_type.encode()
            and "content.xml" in held.namelist()
        )

    return _zipped(holds)


def _zipped(holds: Callable[[zipfile.ZipFile], bool]) -> Callable[[bytes], bool]:
    def is_it(data: bytes) -> bool:
        if not data.startswith(zipped.BEGINS) or data[-_ZIP_END_LENGTH:][:4] != _ZIP_END:
            return False
        try:
            with zipped.opened(data) as held:
                return holds(held) and held.testzip() is None
        except (zipped.DamagedZipError, zipped.TooLargeZipError):
            return False

    return is_it


_WORD, _SHEET = "wordprocessingml.document", "spreadsheetml.sheet"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
KINDS: dict[str, Kind] = {
    ".pdf": Kind("a PDF", "application/pdf", _is_pdf),
    ".docx": Kind("a Word file", f"{_OFFICE}.{_WORD}", _office("word/document.xml", _WORD)),
    ".xlsx": Kind("an Excel file", f"{_OFFICE}.{_SHEET}", _office("xl/workbook.xml", _SHEET)),
    ".odt": Kind("an OpenDocument text", f"{_ODF}.text", _open_document(f"{_ODF}.text")),
    ".ods": Kind(
        "an OpenDocument spreadsheet",
        f"{_ODF}.spreadsheet",
        _open_document(f"{_ODF}.spreadsheet"),
    ),
    ".png": Kind("a PNG picture", "image/png", _is_png),
    ".jpg": Kind("a JPEG picture", "image/jpeg", _is_jpeg),
    ".jpeg": Kind("a JPEG picture", "image/jpeg", _is_jpeg),
    ".csv": Kind("a table in plain text", "text/csv", _is_text),
    ".txt": Kind("plain text", "text/plain", _is_text),
}
