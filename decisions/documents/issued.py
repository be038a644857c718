"""What the register knows of the files it issued: what verification is asked about."""

from decisions.documents.verify import Known
from decisions.models import SignedDocument


def known_document(sha256: str) -> Known | None:
    """Return what the register knows of a file of that SHA-256 (hex), None when it issued none."""
    rows = SignedDocument.objects.select_related("decision__series", "version")
    document = rows.filter(sha256=sha256).first()
    if document is None:
        return None
    return Known(
        reference=document.decision.reference,
        version=document.version.n,
        state=document.standing,
        issued_at=document.issued_at,
        is_restricted=document.is_restricted,
    )
