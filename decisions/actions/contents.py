"""What the documents of a decision say, read from its record before anything is laid out.

People are called what they were called when they acted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db.models import Max
from django.utils.timezone import localdate

from accounts.models import Role
from audit.models import Register
from decisions.documents.content import (
    PUBLIC,
    RESTRICTED,
    Condition,
    Declaration,
    DocumentContent,
    OfficerAct,
    Outcome,
    PaperRecord,
    Revised,
    RevisedWords,
)
from decisions.documents.content import Register as Issuer
from decisions.documents.keys import signing_keys
from decisions.documents.paper import Figure, Paper, Recipient, YearSum
from decisions.models import (
    SUMS_DECIDED,
    Advice,
    Approval,
    Content,
    Decision,
    DocumentKind,
    PaperVersion,
    RecommendationOutcome,
    Revision,
    RevisionAnswer,
    Stage,
    StandingAside,
    advice_standing,
    part_1_of,
    read_content,
    recipients_decided,
)
from decisions.workflow import ADVISER, StepName


def issuer() -> Issuer:
    """Return the register that issues documents, as they name it."""
    register = Register.objects.first()
    address = settings.REGISTER_URL
    return Issuer(url=address, body=register.body) if register else Issuer(url=address)


@dataclass(frozen=True)
class Occasion:
    """What a document is issued for: a decision, or a revision that was confirmed after it."""

    decision: Decision
    version: PaperVersion
    at: datetime
    role: str
    approval: Approval | None = None
    revision: RevisionAnswer | None = None

    @classmethod
    def of(cls, cause: "Approval | RevisionAnswer") -> "Occasion":
        """Return the occasion that an approval or a confirmed revision is."""
        if isinstance(cause, Approval):
            when = cause.approved_at
            return cls(cause.decision, cause.version, when, cause.role, approval=cause)
        return cls(cause.decision, cause.version, cause.answered_at, cause.role, revision=cause)


def document_content(
    cause: Approval | RevisionAnswer, kind: DocumentKind = DocumentKind.PUBLIC
) -> DocumentContent:
    """Return what a document says: its parts, and what was decided on them.

    The public one is made from Part 1 alone, the restricted one from the whole paper.
    """
    occasion = Occasion.of(cause)
    is_public = kind == DocumentKind.PUBLIC
    decision = occasion.decision
    earlier = decision.documents.filter(kind=kind).latest_first().first()
    whole = read_content(occasion.version)
    record = _paper_record(decision)
    paper = Paper.read(part_1_of(whole) if is_public else whole)
    shown = {row.number for row in paper.recommendations}
    return DocumentContent(
        paper=paper,
        parts=PUBLIC if is_public else RESTRICTED,
        register=issuer(),
        version=occasion.version.n,
        part_1_digest=occasion.version.part_1_digest,
        number=earlier.n + 1 if earlier else 1,
        supersedes=earlier.n if earlier else None,
        issued_at=occasion.at,
        acts=tuple(_acts(decision)),
        outcomes=tuple(
            row.only(PUBLIC if is_public else RESTRICTED)
            for row in outcomes(decision, whole)
            if row.recommendation in shown
        ),
        declarations=() if record else (_consent(whole), *_declarations(decision)),
        is_demonstration=settings.REGISTER_MODE == "demonstration",
        is_development_key=signing_keys().is_development,
        revisions=tuple(_revisions(decision)),
        paper_record=record,
    )


def _paper_record(decision: Decision) -> PaperRecord | None:
    """Return the facts of a decision signed on paper; None for one signed here."""
    kept = decision.approvals.filter(transcription__isnull=False)
    approval = kept.select_related("transcription__transcribed_by", "confirmed_by").first()
    if approval is None or approval.transcription is None or approval.confirmed_by is None:
        return None
    read = approval.transcription
    return PaperRecord(
        decided_by=read.decided_by,
        signed_on=read.signed_on,
        recorded_at=approval.approved_at,
        transcribed_by=read.transcribed_by.name_at(read.transcribed_at),
        confirmed_by=approval.confirmed_by.name_at(approval.approved_at),
        authority=read.authority,
        scan_sha256=read.scan_sha256,
        interests=read.interests,
        words=read.words,
    )


def _revisions(decision: Decision) -> Iterator[Revised]:
    """Return what was corrected and released since the signature, in order."""
    made = RevisionAnswer.objects.filter(decision=decision, is_confirmed=True)
    made = made.select_related("revision__proposed_by", "answered_by")
    for answer in made.prefetch_related("revision__items").order_by("id"):
        asked = answer.revision
        yield Revised(
            number=asked.n,
            kind=asked.kind,
            reason=asked.reason,
            at=answer.answered_at,
            proposed_by=asked.proposed_by.name_at(asked.proposed_at),
            confirmed_by=answer.answered_by.name_at(answer.answered_at),
            ground="" if asked.is_correction else asked.get_ground_display(),
            authority=answer.authority,
            changes=tuple(_changes(asked)),
        )


def _changes(asked: Revision) -> Iterator[RevisedWords]:
    for item in asked.items.all():
        yield RevisedWords(
            where=item.where,
            part=item.part if asked.is_correction else 1,
            old="" if asked.withholds else item.old,
            new=item.new,
            is_withheld=asked.withholds,
        )


def outcomes(decision: Decision, whole: Content) -> Iterator[Outcome]:
    """Return what stands decided on each recommendation: its latest outcome.

    `whole` is the paper's content with Part 2: recipients are called what they are called there.
    """
    made = RecommendationOutcome.objects.filter(approval__decision=decision)
    made = made.select_related("recommendation", "approval").prefetch_related(
        *SUMS_DECIDED, "conditions"
    )
    latest = {row.recommendation_id: row for row in made.order_by("id")}
    asked = {row["id"]: row for row in whole["recommendations"]}
    for row in sorted(latest.values(), key=lambda row: row.recommendation.position):
        yield _outcome(row, asked[row.recommendation_id])


def _outcome(row: RecommendationOutcome, asked: Content) -> Outcome:
    at = row.approval.approved_at
    granted = recipients_decided(asked, row.recipients.all())
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
                tuple(YearSum(each.year_sum.name, each.amount) for each in one.years.all()),
            )
            for one in row.figures.all()
        ),
        conditions=tuple(
            Condition(one.text, one.owner.name_at(at) if one.owner else "", one.due_on)
            for one in row.conditions.all()
        ),
        until=row.until,
        recipients=tuple(
            replace(each, amount=granted[each.name])
            for each in map(Recipient.read, asked.get("recipients", []))
            if each.name in granted
        ),
    )


def _acts(decision: Decision) -> Iterator[OfficerAct]:
    yield from _paper_acts(decision)
    submitted = decision.steps.filter(name=StepName.SUBMIT).order_by("-id").first()
    if submitted:
        yield OfficerAct(
            stage="submission",
            title="Submitted the paper for advice",
            name=submitted.taken_by.name_at(submitted.taken_at),
            role=submitted.role,
            at=submitted.taken_at,
        )
    endorsed = decision.approvals.filter(stage=Stage.CHIEF_EXECUTIVE)
    latest = endorsed.filter(version__n=endorsed.aggregate(n=Max("version__n"))["n"])
    decided = decision.approvals.filter(stage=Stage.DECISION, transcription__isnull=True)
    done = [_act(approval) for approval in [*latest.order_by("sitting"), *decided]]
    done += [_aside(row) for row in decision.standings_aside.select_related("person")]
    yield from sorted(done, key=lambda each: each.at)


def _aside(aside: StandingAside) -> OfficerAct:
    return OfficerAct(
        stage="interest",
        title="Stood aside because of an interest",
        name=aside.person.name_at(aside.made_at),
        role=aside.role,
        at=aside.made_at,
        words=aside.words,
    )


def _paper_acts(decision: Decision) -> Iterator[OfficerAct]:
    """Return who transcribed and who confirmed a decision signed on paper."""
    named = {
        StepName.TRANSCRIBE: ("transcription", "Transcribed what was signed on paper"),
        StepName.CONFIRM_TRANSCRIPTION: ("confirmation", "Confirmed it against the scan"),
    }
    if not decision.is_signed_on_paper:
        return
    for step_name, (stage, title) in named.items():
        step = decision.steps.filter(name=step_name).order_by("-id").first()
        if step:
            at, role = step.taken_at, step.role
            name = step.taken_by.name_at(at)
            yield OfficerAct(stage=stage, title=title, name=name, role=role, at=at)


def _act(approval: Approval) -> OfficerAct:
    is_decision = approval.stage == Stage.DECISION
    return OfficerAct(
        stage=approval.stage,
        title="Decided on the request" if is_decision else "Endorsed the request",
        name=approval.by_name,
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
            name=given.given_by.name_at(given.given_at) if given else "",
            role=_adviser_of(given) if given else "",
            at=given.given_at if given else None,
        )


def _adviser_of(given: Advice) -> str:
    """Return the adviser's role, and whose deputy they were."""
    on = localdate(given.given_at)
    deputy = given.given_by.as_deputy(ADVISER, on=on, advice_kind=given.kind)
    return f"{Role.ADVISER.label}, {deputy}" if deputy else ADVISER
