"""Issuing the signed documents of a decision: laid out first, then sealed under the ledger's lock.

Entry N says that the decision was signed; the checkpoint at N goes into each document; entry N+1
gives the SHA-256 of the public one, which holds Part 1 alone. A paper with a Part 2 has a
restricted document of the whole too, whose SHA-256 is in entry N+2.
"""

from collections.abc import Mapping

from audit import clock
from audit.acts import Act
from audit.checkpoints import SignedCheckpoint, sign_checkpoint
from decisions import events
from decisions.actions.contents import Occasion, document_content
from decisions.documents.kept import document_store
from decisions.documents.keys import signing_keys
from decisions.documents.refusals import DocumentRefused
from decisions.documents.render import lay_out
from decisions.documents.sheets import LaidOut
from decisions.documents.sign import seal
from decisions.models import Approval, DocumentKind, RevisionAnswer, SignedDocument, read_content

Pages = Mapping[DocumentKind, LaidOut]


Cause = Approval | RevisionAnswer


def kinds_of(cause: Cause) -> list[DocumentKind]:
    """Return the documents that a decision or a revision issues, the public one first."""
    has_part_2 = read_content(cause.version)["publication"]["has_part_2"]
    return [DocumentKind.PUBLIC, *[DocumentKind.RESTRICTED] * has_part_2]


def prepare_documents(cause: Cause) -> Pages:
    """Lay out the pages of what a decision or revision issues, before the ledger is locked."""
    return {kind: lay_out(document_content(cause, kind)) for kind in kinds_of(cause)}


def issue_documents(act: Act, cause: Cause, pages: Pages) -> list[SignedDocument]:
    """Seal the pages with a checkpoint of what the act recorded so far, keep them, record them."""
    checkpoint = sign_checkpoint(act)
    occasion = Occasion.of(cause)
    return [_issue(act, occasion, kind, laid_out, checkpoint) for kind, laid_out in pages.items()]


def _issue(
    act: Act,
    occasion: Occasion,
    kind: DocumentKind,
    laid_out: LaidOut,
    checkpoint: SignedCheckpoint,
) -> SignedDocument:
    now = clock.now()
    data = seal(laid_out, checkpoint=checkpoint.to_json(), keys=signing_keys(), at=now)
    earlier = occasion.decision.documents.filter(kind=kind).latest_first().first()
    document = SignedDocument.objects.create(
        decision=occasion.decision,
        version=occasion.version,
        approval=occasion.approval,
        revision=occasion.revision,
        kind=kind,
        n=laid_out.content.number,
        sha256=kept(data),
        size=len(data),
        ledger_seq=checkpoint.seq,
        supersedes=earlier,
        issued_at=now,
    )
    facts = {
        "kind": str(kind),
        "sha256": document.sha256,
        "document": document.n,
        "checkpoint": checkpoint.seq,
    }
    act.record(events.DOCUMENT_ISSUED, subject=occasion.decision, role=occasion.role, data=facts)
    return document


def kept(data: bytes) -> str:
    """Keep the file and return its SHA-256; refuse to decide when it cannot be kept."""
    try:
        return document_store().put(data)
    except OSError as problem:
        raise DocumentRefused(
            f"The signed document could not be kept, so nothing was done: {problem.strerror}.",
            clears="The people who run the register can make room for it.",
        ) from problem
