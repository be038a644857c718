"""The register's own store of issued documents, and whether it still holds what was issued."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings

from audit.findings import Failure
from decisions.documents.findings import Findings
from decisions.documents.inspection import with_signatures
from decisions.documents.keys import Trust, trust_of_register
from decisions.documents.refusals import DocumentNotFound
from decisions.documents.store import DocumentStore
from decisions.models import SignedDocument


def document_store() -> DocumentStore:
    """Return the store of issued documents."""
    return DocumentStore(settings.VAR_DIR / "documents")


def stored_document_failures() -> Iterator[Failure]:
    """Find signed documents whose file is gone or is not what was issued, for verify_ledger.

    What was issued bears the register's own signature: a record may name no other file.
    """
    store, trust = document_store(), trust_of_register(Path(settings.VAR_DIR))
    for document in SignedDocument.objects.select_related("decision__series").order_by("pk"):
        try:
            data = store.get(document.sha256)
        except DocumentNotFound as lost:
            yield _failure(document, "document-missing-or-changed", lost.reason)
            continue
        if not _is_signed_here(data, trust):
            said = "The stored file does not bear this register’s valid signature."
            yield _failure(document, "document-not-signed-here", said)


def _is_signed_here(data: bytes, trust: Trust) -> bool:
    """Say whether our signature covers a file; in a thread, since the library runs a loop in it."""
    ours = frozenset(hashlib.sha256(each).hexdigest() for each in trust.certificates)
    with ThreadPoolExecutor(max_workers=1) as worker:
        found = worker.submit(with_signatures, Findings(is_pdf=True), data, [*trust.roots], ours)
        return found.result().is_ours


def _failure(document: SignedDocument, code: str, words: str) -> Failure:
    return Failure(
        code,
        f"{document.decision.reference}, {document.title}: {words}",
        document.ledger_seq,
        "public.decisions_signeddocument",
        str(document.pk),
    )
