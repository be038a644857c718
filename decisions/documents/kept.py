"""The register's own store of issued documents, and whether it still holds what was issued."""

from collections.abc import Iterator

from django.conf import settings

from audit.findings import Failure
from decisions.documents.refusals import DocumentNotFound
from decisions.documents.store import DocumentStore
from decisions.models import SignedDocument


def document_store() -> DocumentStore:
    """Return the store of issued documents."""
    return DocumentStore(settings.VAR_DIR / "documents")


def stored_document_failures() -> Iterator[Failure]:
    """Find signed documents whose file is gone or is not what was issued, for verify_ledger."""
    store = document_store()
    for document in SignedDocument.objects.select_related("decision__series").order_by("pk"):
        try:
            store.get(document.sha256)
        except DocumentNotFound as lost:
            yield Failure(
                "document-missing-or-changed",
                f"{document.decision.reference}, {document.title}: {lost.reason}",
                document.ledger_seq,
                "public.decisions_signeddocument",
                str(document.pk),
            )
