"""What in a file would run, or reach out, on the computer of whoever opens it.

A file is refused for it rather than changed: it is kept, and published, as it was given. Looked at
are the names of parts, the types and links that they declare, and the fields and scripts in them.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator

from decisions.documents import zipped

SAVE_OFFICE = (
    "Save a copy without it (as .docx, .xlsx, .odt or .ods), or save it as a PDF, and upload that"
)
SAVE_PDF = "Print it to a new PDF (“Print”, then “Save as PDF”) and upload that"
MACROS, OBJECT, LINKED, DATA = (
    "macros",
    "an embedded object",
    "a link that fetches something when it is opened",
    "a field or formula that starts another program (DDE)",
)
_LARGEST_READ = 12 * 1024 * 1024
_MACRO_PARTS = ("vbaproject", "vbadata", "basic/", "scripts/", "macrosheets/", "activex/")
_MACRO_TYPES = re.compile(
    rb"macroenabled|vbaproject|macrosheet|activex|vnd\.sun\.star\.script", re.I
)
_OBJECT_PART = re.compile(
    r"(?:^|/)(?:oleobject[^/]*|object \d+|[^/]*\.(?:bin|exe|dll|js|vbs|lnk))$", re.I
)
_PLAIN_BINARY = re.compile(r"(?:^|/)printersettings\d*\.bin$", re.I)
_IN_OFFICE = re.compile(r"\.(?:xlsx|docx|pptx)$", re.I)
_RELATIONSHIP = re.compile(rb"<[^<>]*\bTargetMode\s*=\s*[\"']External[\"'][^<>]*>", re.I)
_FETCHES = re.compile(
    rb"Type\s*=\s*[\"'][^\"']*/(?:oleObject|frame|subDocument|control)[\"']", re.I
)
_TEMPLATE = re.compile(rb"Type\s*=\s*[\"'][^\"']*/attachedTemplate[\"']", re.I)
_WEB_TARGET = re.compile(rb"Target\s*=\s*[\"']\s*(?:https?|ftp):", re.I)
_FIELD = re.compile(rb"instrText[^<>]*>([^<]*)<|instr\s*=\s*\"([^\"]*)\"")
_DDE_FIELD = re.compile(rb"\bDDE(?:AUTO)?\b", re.I)
_DDE_LINK = re.compile(rb"<(?:\w+:)?(?:ddeLink|oleLink|dde-link|dde-source|dde-connection)\b", re.I)
_ODF_SCRIPT = re.compile(rb"<script:event-listener|vnd\.sun\.star\.script:", re.I)
_ODF_OBJECT = re.compile(rb"vnd\.sun\.star\.oleobject", re.I)

_PDF_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_PDF_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_PDF_OBJECTS = re.compile(rb"\s*\d+\s+\d+\s")
PROTECTED = "a password or protection"
# Names so long that they do not stand in pictures by chance; the short ones only among objects.
_PDF_ACTS = {
    "a script": re.compile(rb"/JavaScript\b"),
    "a command that starts a program": re.compile(rb"/Launch\b"),
    "a film or a program within it": re.compile(rb"/RichMedia\b"),
    "a form that sends what is typed": re.compile(rb"/(?:SubmitForm|ImportData)\b"),
    PROTECTED: re.compile(rb"/Encrypt\b"),
}
_PDF_FORM = re.compile(rb"/XFA\b")
_PDF_FILE = re.compile(rb"/EF\b")
_PDF_PLAIN_FILE = re.compile(
    rb"/Subtype\s*/(?:application/(?:json|xml)|text/(?:xml|plain|csv))\b", re.I
)
_MOST_SIGNS, _MOST_STREAMS = 400_000, 100_000
"""Of the first, chance makes some 80,000 in 20 MB; of the second, long papers have thousands."""

_LOOKED_AT, _HEAD = 64, 1024
_LARGEST_STREAM, _MOST_INFLATED = 8 << 20, 64 << 20
UNSEEN = "objects written so that they cannot be looked through"


def unfit(data: bytes) -> str:
    """Return why a file of any kind is not kept, and what to do; empty where nothing would run."""
    if b"%PDF-" in data[:1024]:
        return _refusal(runs_in_pdf(data), SAVE_PDF)
    if not data.startswith(zipped.BEGINS):
        return ""
    try:
        return _refusal(runs_in_zip(data), SAVE_OFFICE)
    except (zipped.DamagedZipError, zipped.TooLargeZipError):
        return "The file is damaged or far too large inside: open it, save it again, upload that"


def _refusal(what: str, instead: str) -> str:
    why = "it could harm whoever opens it"
    if what in (PROTECTED, UNSEEN):
        why = "nobody could see what is in it"
    said = f"The file holds {what}, which is not kept here: {why}."
    return f"{said} {instead}" if what else ""


def runs_in_zip(data: bytes) -> str:
    """Return what in an Office or OpenDocument file would run; empty for nothing.

    Raises what `zipped.opened` raises.
    """
    with zipped.opened(data) as held:
        names = held.namelist()
        if any(part in name.lower() for name in names for part in _MACRO_PARTS):
            return MACROS
        for name in names:
            found = _in_name(name) or _in_part(name, held)
            if found:
                return found
    return ""


def _in_name(name: str) -> str:
    if _OBJECT_PART.search(name) and not _PLAIN_BINARY.search(name):
        return OBJECT
    is_embedded = "/embeddings/" in name.lower()
    return OBJECT if is_embedded and not _IN_OFFICE.search(name) else ""


def _in_part(name: str, held: zipfile.ZipFile) -> str:
    """Look into the parts that can say it: types, links, and the words of the document."""
    if "/embeddings/" in name.lower():
        return runs_in_zip(held.read(name))
    if not name.lower().endswith((".xml", ".rels")):
        return ""
    with held.open(name) as opened:
        text = opened.read(_LARGEST_READ)
    if name == "[Content_Types].xml" and _MACRO_TYPES.search(text):
        return MACROS
    if name.endswith(".rels"):
        return _in_links(text)
    if _ODF_SCRIPT.search(text):
        return MACROS
    if _ODF_OBJECT.search(text):
        return OBJECT
    fields = b"".join(one or other for one, other in _FIELD.findall(text))
    return DATA if _DDE_LINK.search(text) or _DDE_FIELD.search(fields) else ""


def _in_links(text: bytes) -> str:
    for link in _RELATIONSHIP.findall(text):
        if _FETCHES.search(link) or (_TEMPLATE.search(link) and _WEB_TARGET.search(link)):
            return LINKED
    return ""


def runs_in_pdf(data: bytes) -> str:
    """Return what in a PDF would run; empty for nothing.

    Files of plain data within it are let be, as our own documents hold one. Objects that are
    written compressed are looked at too; where that cannot be done, the file is not kept.
    """
    if data.count(b"#") > _MOST_SIGNS or data.count(b"stream") > _MOST_STREAMS:
        return UNSEEN
    plain = _names_read(data)
    objects = list(_object_streams(data))
    if plain.count(b"/ObjStm") > len(objects) or sum(map(len, objects)) > _MOST_INFLATED:
        return UNSEEN
    texts = [plain, *map(_names_read, objects)]
    for what, pattern in _PDF_ACTS.items():
        if any(map(pattern.search, texts)):
            return what
    texts[0] = b" ".join(_outside_streams(plain))
    if any(map(_PDF_FORM.search, texts)):
        return "a form that runs scripts (XFA)"
    files = sum(len(_PDF_FILE.findall(text)) for text in texts)
    data_files = sum(len(_PDF_PLAIN_FILE.findall(text)) for text in texts)
    return "a file within it" if files > data_files else ""


def _outside_streams(data: bytes) -> Iterator[bytes]:
    at = 0
    for found in _PDF_STREAM.finditer(data):
        if found.start() >= at:
            yield data[at : found.start()]
            ended = data.find(b"endstream", found.end())
            at = ended if ended >= 0 else found.end()
    yield data[at:]


def _object_streams(data: bytes) -> Iterator[bytes]:
    """Yield what compressed streams of objects hold: they begin with pairs of numbers."""
    left = _MOST_INFLATED
    for found in _PDF_STREAM.finditer(data):
        start = found.end()
        if left < 0 or not _PDF_OBJECTS.match(_inflated(data, start, _LOOKED_AT)):
            continue
        text = _inflated(data, start, _LARGEST_STREAM)
        left -= len(text)
        yield text


def _names_read(text: bytes) -> bytes:
    """Return text in which names say plainly what they are: /J#61vaScript is /JavaScript."""
    return _PDF_NAME.sub(lambda found: bytes([int(found[1], 16)]), text)


def _inflated(data: bytes, start: int, most: int) -> bytes:
    part = memoryview(data)[start : start + max(most, _HEAD)]
    try:
        return zlib.decompressobj().decompress(part, most)
    except zlib.error:
        return b""
