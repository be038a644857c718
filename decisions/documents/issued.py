"""What the register knows of the files it issued and holds: what verification is asked about."""

from collections.abc import Iterator

from decisions.documents.issued_by import issued_by_others
from decisions.documents.known import Known
from decisions.documents.verify import SCAN
from decisions.models import Decision, LinkKind, SignedDocument, Transcription
from decisions.workflow import Status, StepName


def known_document(sha256: str) -> Known | None:
    """Return what the register knows of a file of that SHA-256 (hex), None when of none."""
    return _known_decision(sha256) or issued_by_others(sha256)


def _known_decision(sha256: str) -> Known | None:
    rows = SignedDocument.objects.select_related("decision__series", "version")
    document = rows.filter(sha256=sha256).first()
    if document is None:
        return _known_scan(sha256)
    return Known(
        reference=document.decision.reference,
        version=document.version.n,
        state=document.standing_in_public,
        issued_at=document.issued_at,
        is_restricted=document.is_restricted,
        notes=tuple(_notes(document.decision)),
        is_published=document.decision.is_published,
    )


def _known_scan(sha256: str) -> Known | None:
    rows = Transcription.objects.filter(scan_sha256=sha256, approval__isnull=False)
    read = rows.select_related("decision__series", "version", "approval").first()
    if read is None:
        return None
    return Known(
        reference=read.decision.reference,
        version=read.version.n,
        state=SCAN,
        issued_at=read.approval.approved_at,
        notes=tuple(_notes(read.decision)),
    )


def _notes(decision: Decision) -> Iterator[str]:
    """Yield what anyone is to know of the decision besides: nothing that is not published."""
    if decision.is_signed_on_paper:
        yield "The decision was signed elsewhere, on paper; the register’s document records it."
    was_published = decision.date_published is not None
    if decision.status == Status.SIGNED and was_published:
        yield "The decision has been taken down from the public register."
    later = decision.linked_from.filter(
        kind=LinkKind.VARIES,
        from_decision__status=Status.PUBLISHED,
        from_decision__revoked_on__isnull=True,
    )
    for link in later.select_related("from_decision__series"):
        yield f"{link.from_decision.reference} varies it."
    superseded = decision.steps.filter(
        name=StepName.REVOKE, in_favour_of__status=Status.PUBLISHED
    ).select_related("in_favour_of__series")
    for step in superseded:
        yield f"{step.in_favour_of} supersedes it."
