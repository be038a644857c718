"""The register's own store of issued documents, and whether it still holds what was issued."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings

from audit.findings import Failure
from decisions.documents.findings import Findings
from decisions.documents.inspection import with_signatures
from decisions.documents.keys import Trust, trust_of_register
from decisions.documents.refusals import DocumentNotFound
from decisions.documents.store import DocumentStore
from decisions.models import SignedDocument

Row = TypeVar("Row", bound=Any)


def document_store() -> DocumentStore:
    """Return the store of issued documents."""
    return DocumentStore(settings.VAR_DIR / "documents")


def stored_document_failures() -> Iterator[Failure]:
    """Find signed documents whose file is gone or is not what was issued, for verify_ledger.

    What was issued bears the register's own signature: a record may name no other file.
    """
    rows = SignedDocument.objects.select_related("decision__series").order_by("pk")
    yield from failures_of(rows, lambda row: f"{row.decision.reference}, {row.title}")


def failures_of(rows: Iterable[Row], named: Callable[[Row], str]) -> Iterator[Failure]:
    """Find files of issued documents that are gone, or do not bear our own signature.

    `rows` name each file by `sha256`, and its entry of the audit trail by `ledger_seq`.
    """
    store, trust = document_store(), trust_of_register(Path(settings.VAR_DIR))
    for row in rows:
        try:
            data = store.get(row.sha256)
        except DocumentNotFound as lost:
            yield _failure(row, "document-missing-or-changed", f"{named(row)}: {lost.reason}")
            continue
        if not _is_signed_here(data, trust):
            said = "The stored file does not bear this register’s valid signature."
            yield _failure(row, "document-not-signed-here", f"{named(row)}: {said}")


def _is_signed_here(data: bytes, trust: Trust) -> bool:
    """Say whether our signature covers a file; in a thread, since the library runs a loop in it."""
    ours = frozenset(hashlib.sha256(each).hexdigest() for each in trust.certificates)
    with ThreadPoolExecutor(max_workers=1) as worker:
        found = worker.submit(with_signatures, Findings(is_pdf=True), data, [*trust.roots], ours)
        return found.result().is_ours


def _failure(row: Any, code: str, words: str) -> Failure:
    return Failure(code, words, row.ledger_seq, f"public.{row._meta.db_table}", str(row.pk))
