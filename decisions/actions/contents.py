"""What the documents of a decision say, read from its record before anything is laid out."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.db.models import Max

from audit.models import Register
from decisions.documents.content import (
    PUBLIC,
    RESTRICTED,
    Condition,
    Declaration,
    DocumentContent,
    OfficerAct,
    Outcome,
)
from decisions.documents.content import Register as Issuer
from decisions.documents.keys import signing_keys
from decisions.documents.paper import Figure, Paper
from decisions.models import (
    Approval,
    Content,
    Decision,
    DocumentKind,
    RecommendationOutcome,
    Stage,
    StandingAside,
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


def document_content(
    approval: Approval, kind: DocumentKind = DocumentKind.PUBLIC
) -> DocumentContent:
    """Return what a document of an approval says: its parts, and what was decided on them.

    The public one is made from Part 1 alone, the restricted one from the whole paper.
    """
    is_public = kind == DocumentKind.PUBLIC
    decision = approval.decision
    earlier = decision.documents.filter(kind=kind).latest_first().first()
    whole = read_content(approval.version)
    paper = Paper.read(part_1_of(whole) if is_public else whole)
    shown = {row.number for row in paper.recommendations}
    return DocumentContent(
        paper=paper,
        parts=PUBLIC if is_public else RESTRICTED,
        register=issuer(),
        version=approval.version.n,
        part_1_digest=approval.version.part_1_digest,
        number=earlier.n + 1 if earlier else 1,
        supersedes=earlier.n if earlier else None,
        issued_at=approval.approved_at,
        acts=tuple(_acts(decision)),
        outcomes=tuple(row for row in outcomes(decision) if row.recommendation in shown),
        declarations=(_consent(whole), *_declarations(decision)),
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
    endorsed = decision.approvals.filter(stage=Stage.CHIEF_EXECUTIVE)
    latest = endorsed.filter(version__n=endorsed.aggregate(n=Max("version__n"))["n"])
    decided = decision.approvals.filter(stage=Stage.DECISION)
    done = [_act(approval) for approval in [*latest.order_by("sitting"), *decided]]
    done += [_aside(row) for row in decision.standings_aside.select_related("person")]
    yield from sorted(done, key=lambda each: each.at)


def _aside(aside: StandingAside) -> OfficerAct:
    return OfficerAct(
        stage="interest",
        title="Stood aside because of an interest",
        name=aside.person.name,
        role=aside.role,
        at=aside.made_at,
        words=aside.words,
    )


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
        interests=approval.interests_in_words,
    )


def _consent(content: Content) -> Declaration:
    """Return the line of the head of unit: empty where the paper records no consent."""
    given = content.get("head_of_unit")
    if given is None:
        return Declaration(kind="head_of_unit", is_given=False)
    day = date.fromisoformat(given["consented_on"])
    return Declaration(kind="head_of_unit", is_given=True, name=given["name"], at=day)


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
