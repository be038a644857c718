"""Issuing the signed document of a decision: laid out first, then sealed under the ledger's lock.

Entry N says that the decision was signed; the checkpoint at N goes into the document; entry N+1
gives the document's SHA-256. Only Part 1 is in it.
"""

from collections.abc import Iterator

from django.conf import settings

from audit import clock
from audit.acts import Act
from audit.checkpoints import sign_checkpoint
from audit.models import Register
from decisions import events
from decisions.documents.content import (
    Condition,
    Declaration,
    DocumentContent,
    OfficerAct,
    Outcome,
)
from decisions.documents.content import Register as Issuer
from decisions.documents.kept import document_store
from decisions.documents.keys import signing_keys
from decisions.documents.paper import Figure, Paper
from decisions.documents.refusals import DocumentRefused
from decisions.documents.render import LaidOut, lay_out
from decisions.documents.sign import seal
from decisions.models import (
    Approval,
    Decision,
    RecommendationOutcome,
    SignedDocument,
    Stage,
    advice_standing,
    part_1_of,
    read_content,
)
from decisions.workflow import StepName


def issuer() -> Issuer:
    """Return the register that issues documents, as they name it."""
    register = Register.objects.first()
    address = settings.REGISTER_URL
    return Issuer(url=address, body=register.body) if register else Issuer(url=address)


def prepare_document(approval: Approval) -> LaidOut:
    """Lay out the pages of the document that an approval issues, before the ledger is locked."""
    return lay_out(document_content(approval))


def document_content(approval: Approval) -> DocumentContent:
    """Return what the document of an approval says: Part 1, and what was decided on it."""
    decision = approval.decision
    earlier = decision.documents.order_by("-n").first()
    paper = Paper.read(part_1_of(read_content(approval.version)))
    shown = {row.number for row in paper.recommendations}
    return DocumentContent(
        paper=paper,
        register=issuer(),
        version=approval.version.n,
        part_1_digest=approval.version.part_1_digest,
        number=earlier.n + 1 if earlier else 1,
        supersedes=earlier.n if earlier else None,
        issued_at=approval.approved_at,
        acts=tuple(_acts(decision)),
        outcomes=tuple(row for row in outcomes(decision) if row.recommendation in shown),
        declarations=tuple(_declarations(decision)),
        is_demonstration=settings.REGISTER_MODE == "demonstration",
        is_development_key=signing_keys().is_development,
    )


def outcomes(decision: Decision) -> Iterator[Outcome]:
    """Return what stands decided on each recommendation: its latest outcome."""
    made = RecommendationOutcome.objects.filter(approval__decision=decision)
    made = made.select_related("recommendation").prefetch_related("figures__figure", "conditions")
    latest = {row.recommendation_id: row for row in made.order_by("id")}
    for row in sorted(latest.values(), key=lambda row: row.recommendation.position):
        yield _outcome(row)


def _outcome(row: RecommendationOutcome) -> Outcome:
    return Outcome(
        recommendation=row.recommendation.number,
        outcome=row.outcome,
        words=row.words,
        figures=tuple(
            Figure(
                one.amount,
                one.up_to,
                one.figure.text if one.amount == one.figure.amount else "",
                one.figure.role,
                one.figure.direction,
            )
            for one in row.figures.all()
        ),
        conditions=tuple(
            Condition(one.text, one.owner.name if one.owner else "", one.due_on)
            for one in row.conditions.all()
        ),
        until=row.until,
    )


def _acts(decision: Decision) -> Iterator[OfficerAct]:
    submitted = decision.steps.filter(name=StepName.SUBMIT).order_by("-id").first()
    if submitted:
        yield OfficerAct(
            stage="submission",
            title="Submitted the paper for advice",
            name=submitted.taken_by.name,
            role=submitted.role,
            at=submitted.taken_at,
        )
    latest = decision.approvals.filter(stage=Stage.CHIEF_EXECUTIVE).order_by("-id")[:1]
    decided = decision.approvals.filter(stage=Stage.DECISION)
    for approval in [*latest, *decided]:
        yield _act(approval)


def _act(approval: Approval) -> OfficerAct:
    is_decision = approval.stage == Stage.DECISION
    return OfficerAct(
        stage=approval.stage,
        title="Decided on the request" if is_decision else "Endorsed the request",
        name=approval.approved_by.name,
        role=approval.role,
        at=approval.approved_at,
        outcome=approval.outcome if is_decision else "",
        authority=approval.authority,
        words=approval.words,
        interests=approval.interests,
    )


def _declarations(decision: Decision) -> Iterator[Declaration]:
    for row in advice_standing(decision):
        given = row.advice
        yield Declaration(
            kind=row.kind,
            is_given=given is not None,
            name=given.given_by.name if given else "",
            role="adviser" if given else "",
            at=given.given_at if given else None,
        )


def _kept(data: bytes) -> str:
    """Keep the file and return its SHA-256; refuse to decide when it cannot be kept."""
    try:
        return document_store().put(data)
    except OSError as problem:
        raise DocumentRefused(
            f"The signed document could not be kept, so nothing was decided: {problem.strerror}.",
            clears="The people who run the register can make room for it.",
        ) from problem


def issue_document(act: Act, approval: Approval, laid_out: LaidOut) -> SignedDocument:
    """Seal the pages with a checkpoint of what the act recorded so far, keep them, record them."""
    decision = approval.decision
    checkpoint = sign_checkpoint(act)
    now = clock.now()
    data = seal(laid_out, checkpoint=checkpoint.to_json(), keys=signing_keys(), at=now)
    earlier = decision.documents.order_by("-n").first()
    document = SignedDocument.objects.create(
        decision=decision,
        version=approval.version,
        approval=approval,
        n=laid_out.content.number,
        sha256=_kept(data),
        size=len(data),
        ledger_seq=checkpoint.seq,
        supersedes=earlier,
        issued_at=now,
    )
    facts = {"sha256": document.sha256, "document": document.n, "checkpoint": checkpoint.seq}
    act.record(events.DOCUMENT_ISSUED, subject=decision, role=approval.role, data=facts)
    return document
