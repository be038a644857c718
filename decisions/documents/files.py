"""Files that people bring: scans, evidence that a condition was met, supporting papers."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from audit.findings import Failure
from decisions.documents.refusals import DocumentNotFound
from decisions.documents.store import DocumentStore
from decisions.models import ConditionDischarge, FormerPaper, SupportingPaper, Transcription

MOST_BYTES = 10 * 1024 * 1024
KINDS_IN_WORDS = "a PDF, JPEG or PNG"
BEGINNINGS = {
    "application/pdf": b"%PDF-",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
}


def file_store() -> DocumentStore:
    """Return the store of scans and of evidence, apart from the issued documents."""
    return DocumentStore(settings.VAR_DIR / "scans", suffix="")


def paper_store() -> DocumentStore:
    """Return the store of supporting papers, apart from the issued documents too."""
    return DocumentStore(settings.VAR_DIR / "papers", suffix="")


def type_of(data: bytes) -> str:
    """Return the media type of a PDF, JPEG or PNG by its first bytes; "" for anything else."""
    return next((kind for kind, start in BEGINNINGS.items() if data.startswith(start)), "")


def brought_file_failures() -> Iterator[Failure]:
    """Find files that people brought which are gone or were changed, for verify_ledger.

    Scans, evidence, and supporting papers, those replaced or removed since among them.
    """
    scans, papers = file_store(), paper_store()
    brought: list[tuple[DocumentStore, QuerySet[Any], str]] = [
        (scans, Transcription.objects.all(), "scan_sha256"),
        (scans, ConditionDischarge.objects.all(), "sha256"),
        (papers, SupportingPaper.objects.all(), "sha256"),
        (papers, FormerPaper.objects.all(), "sha256"),
    ]
    for store, rows, column in brought:
        for pk, digest in rows.order_by("pk").values_list("pk", column):
            try:
                store.get(digest)
            except DocumentNotFound as lost:
                where = f"public.{rows.model._meta.db_table}"
                yield Failure("file-missing-or-changed", lost.reason, None, where, str(pk))
