"""Files that people bring: scans of signed papers, and evidence that a condition was met."""

from collections.abc import Iterator

from django.conf import settings

from audit.findings import Failure
from decisions.documents.refusals import DocumentNotFound
from decisions.documents.store import DocumentStore
from decisions.models import ConditionDischarge, Transcription

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


def type_of(data: bytes) -> str:
    """Return the media type of a PDF, JPEG or PNG by its first bytes; "" for anything else."""
    return next((kind for kind, start in BEGINNINGS.items() if data.startswith(start)), "")


def brought_file_failures() -> Iterator[Failure]:
    """Find scans and evidence whose file is gone or was changed, for verify_ledger."""
    store = file_store()
    scans = Transcription.objects.values_list("pk", "scan_sha256")
    evidence = ConditionDischarge.objects.values_list("pk", "sha256")
    for table, rows in (("transcription", scans), ("conditiondischarge", evidence)):
        for pk, digest in rows.order_by("pk"):
            try:
                store.get(digest)
            except DocumentNotFound as lost:
                where = f"public.decisions_{table}"
                yield Failure("file-missing-or-changed", lost.reason, None, where, str(pk))
