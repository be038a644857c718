"""Evidence of spending: what may be kept, its name, and the store that holds it unchanged."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from io import BytesIO
from itertools import chain
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile

from django.conf import settings

from audit.characters import unseen_in, without_effectless
from audit.findings import Failure
from decisions.documents.refusals import DocumentNotFound
from decisions.documents.store import DocumentStore
from grants.models import SpendingLine, Withheld

MOST_BYTES = 10 * 1024 * 1024
LONGEST_NAME = 100  # characters
KINDS_IN_WORDS = (
    "PDF, PNG, JPEG, CSV, Excel (.xlsx), OpenDocument (.ods), Word (.docx) or e-mail (.eml)"
)
OFFICE = "application/vnd.openxmlformats-officedocument"
HEADERS = ("from", "date", "received")


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its media type, and whether bytes are one."""

    media_type: str
    is_one: Callable[[bytes], bool]


def evidence_store() -> DocumentStore:
    """Return the store of evidence files."""
    return DocumentStore(settings.VAR_DIR / "evidence", suffix="")


def kind_of(name: str, data: bytes) -> FileKind | None:
    """Return the kind of a file that may be kept: its name says which, its bytes must agree."""
    kind = KINDS.get(PurePosixPath(name).suffix.lower())
    return kind if kind and kind.is_one(data) else None


def clean_name(name: str) -> str:
    """Return a file's name without folders or invisible characters, its ending kept if long."""
    bare = without_effectless(name.replace("\\", "/").rpartition("/")[2])
    for unseen in unseen_in(bare, ""):
        bare = bare.replace(unseen, "")
    bare = re.sub(r'[<>:"|?*]', "", re.sub(r"\s+", " ", bare)).strip(" .")
    suffix = PurePosixPath(bare).suffix
    stem = bare.removesuffix(suffix)[: LONGEST_NAME - len(suffix)].strip(" .")
    return f"{stem or 'evidence'}{suffix}"


def _starts(*beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(beginnings)


def _is_pdf(data: bytes) -> bool:
    return b"%PDF-" in data[:1024]


def _holds(part: str) -> Callable[[bytes], bool]:
    def is_one(data: bytes) -> bool:
        try:
            names = ZipFile(BytesIO(data)).namelist()
        except BadZipFile:
            return False
        has_code = any(name.lower().endswith("vbaproject.bin") for name in names)
        return part in names and not has_code

    return is_one


def _is_text(data: bytes) -> bool:
    return bool(data.strip()) and b"\0" not in data


def _is_message(data: bytes) -> bool:
    if not _is_text(data):
        return False
    named = {name.lower() for name in message_from_bytes(data).keys()}  # noqa: SIM118 - not a dict
    return bool(named.intersection(HEADERS))


KINDS = {
    ".pdf": FileKind("application/pdf", _is_pdf),
    ".png": FileKind("image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    ".jpg": FileKind("image/jpeg", _starts(b"\xff\xd8\xff")),
    ".jpeg": FileKind("image/jpeg", _starts(b"\xff\xd8\xff")),
    ".csv": FileKind("text/csv", _is_text),
    ".xlsx": FileKind(f"{OFFICE}.spreadsheetml.sheet", _holds("xl/workbook.xml")),
    ".ods": FileKind("application/vnd.oasis.opendocument.spreadsheet", _holds("content.xml")),
    ".docx": FileKind(f"{OFFICE}.wordprocessingml.document", _holds("word/document.xml")),
    ".eml": FileKind("message/rfc822", _is_message),
}


def suffix_of(media_type: str) -> str:
    """Return how the name of a file of a type ends (".pdf"); "" of one that is not known."""
    return next((end for end, kind in KINDS.items() if kind.media_type == media_type), "")


def evidence_failures() -> Iterator[Failure]:
    """Find evidence, present or replaced since, whose file is gone or was changed."""
    store = evidence_store()
    kept = SpendingLine.history.exclude(evidence_sha256="").order_by("id", "evidence_sha256")
    apart = Withheld.history.exclude(sha256="").order_by("line_id", "sha256")
    for pk, digest in chain(
        kept.values_list("id", "evidence_sha256").distinct(),
        apart.values_list("line_id", "sha256").distinct(),
    ):
        try:
            store.get(digest)
        except DocumentNotFound as lost:
            yield Failure(
                "evidence-missing-or-changed",
                f"Line {pk}: {lost.reason}",
                None,
                "public.grants_spendingline",
                str(pk),
            )
