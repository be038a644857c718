"""Decisions signed elsewhere, on paper: one person transcribes, another confirms.

The paper's words are put together as any draft's are; then what was signed is transcribed from its
scan. It is in force here, and opens money, once a second person has confirmed it with the scan in
view. Nothing of it looks signed here: its document is a record.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from accounts import step_up
from accounts.models import Delegation, StepUp, User
from audit import clock
from audit.acts import Act, action
from audit.canonical import canonical
from decisions import events
from decisions.actions.authority import count_use, refuse_uncovered
from decisions.actions.deciding import record_outcome
from decisions.actions.drafting import begin
from decisions.actions.edits import change, made_before, of_paper, present, remember
from decisions.actions.outcomes import (
    ConditionWords,
    OutcomeWords,
    amended,
    overall,
    sums_of,
    undecided,
)
from decisions.actions.registry import refuse_taken
from decisions.actions.signing import issue_documents, prepare_documents
from decisions.actions.steps import take
from decisions.actions.supporting import KeptFile
from decisions.actions.versions import make_version
from decisions.models import (
    Approval,
    Decision,
    Part,
    Reference,
    Series,
    Stage,
    Transcription,
    parse_reference,
)
from decisions.permissions_afterwards import (
    can_confirm_transcription,
    can_record_paper,
    can_return_transcription,
    can_transcribe,
)
from decisions.refusals import DecisionRefused
from decisions.rules import check_outcomes, hold, names_its_authority, was_signed_before
from decisions.workflow import Source

CONFIRM_TRANSCRIPTION = "decisions.confirm_transcription"


@dataclass(frozen=True)
class SignedWords:
    """What the signed paper says: its reference, who signed it and when, under what authority.

    `scan_part` 2 keeps the scan among Part 2.
    """

    reference: str
    signed_on: date
    decided_by: str
    authority: str
    scan: KeptFile
    scan_part: int = Part.PART_2
    delegation: Delegation | None = None
    interests: str = ""
    words: str = ""


@action
def begin_paper_record(
    act: Act, *, series: Series, title: str = "", form_key: UUID | None = None, by: User
) -> Decision:
    """Begin the record of a decision that was signed on paper; `by` is to transcribe it."""
    role = can_record_paper(by).or_refuse().role
    if before := made_before(form_key, Decision):
        return before
    words = {"title": title.strip(), "source": Source.PAPER}
    return remember(form_key, begin(act, series=series, officer=by, words=words, role=role))


@action
def transcribe(
    act: Act,
    *,
    decision: Decision,
    signed: SignedWords,
    outcomes: Sequence[OutcomeWords],
    form_key: UUID | None = None,
    by: User,
) -> Transcription:
    """Say what was signed on paper, from its scan; the paper is frozen until somebody answers."""
    decision = Decision.objects.locked(decision)
    if before := made_before(form_key, Transcription, of=decision):
        return before
    role = can_transcribe(by, decision).or_refuse().role
    hold("DEC-62", holds=was_signed_before(signed.signed_on, clock.today()))
    hold("DEC-63", holds=names_its_authority(signed.decided_by, signed.authority))
    reference = _reference(decision, signed.reference)
    of_paper(decision, *(one.recommendation for one in outcomes))
    decided, _ = amended(decision, outcomes, signed_on=signed.signed_on)
    check_outcomes(undecided(decision), decided)
    if signed.delegation:
        refuse_uncovered(signed.delegation, decided, signed.signed_on)
    change(decision, {"number": reference.number, "year": reference.year})
    version = make_version(decision)
    transcription = Transcription.objects.create(
        decision=decision,
        n=decision.transcriptions.count() + 1,
        version=version,
        reference=str(reference),
        signed_on=signed.signed_on,
        decided_by=signed.decided_by.strip(),
        authority=signed.authority.strip(),
        delegation=signed.delegation,
        interests=signed.interests.strip(),
        words=signed.words.strip(),
        outcomes=canonical([_kept(one) for one in outcomes]),
        scan_sha256=signed.scan.sha256,
        scan_size=signed.scan.size,
        scan_type=signed.scan.content_type,
        scan_part=signed.scan_part,
        transcribed_at=clock.now(),
        transcribed_by=by,
        role=role,
    )
    data = {"version": version.n, "transcription": transcription.n, **_digests(transcription)}
    event = events.DECISION_TRANSCRIBED
    take(act, decision, "transcribe", event=event, by=by, role=role, data=data)
    return remember(form_key, transcription)


def _reference(decision: Decision, printed: str) -> Reference:
    """Return the printed reference, of the decision's own series and free; refuse it otherwise."""
    reference = parse_reference(printed)
    series = decision.series
    if reference is None or (reference.code, reference.form) != (
        series.code,
        series.reference_form,
    ):
        raise DecisionRefused(
            f"{printed} is not a reference of {series.code}.",
            clears=f"Type it as it is printed, like {series.code} 123.",
        )
    if (decision.number, decision.year) != (reference.number, reference.year):
        refuse_taken(series, reference.number, reference.year)
    return reference


def _kept(one: OutcomeWords) -> dict[str, Any]:
    """Return what was decided on one recommendation as JSON values that `outcomes_of` reads."""
    facts = one.facts()
    facts["id"] = one.recommendation.pk
    facts["until"] = one.until.isoformat() if one.until else None
    facts["conditions"] = [
        {
            "text": each.text,
            "owner": each.owner.pk if each.owner else None,
            "due_on": each.due_on.isoformat() if each.due_on else None,
        }
        for each in one.conditions
    ]
    return facts


def transcribed_outcomes(transcription: Transcription) -> list[OutcomeWords]:
    """Return the outcomes that were transcribed, on the paper's own rows."""
    rows = {
        row.pk: row for row in transcription.decision.recommendations.prefetch_related("figures")
    }
    kept: list[Mapping[str, Any]] = json.loads(transcription.outcomes)
    return [
        OutcomeWords(
            recommendation=rows[one["id"]],
            outcome=one["outcome"],
            words=one["words"],
            figures=sums_of(one, "figures"),
            recipients=sums_of(one, "recipients"),
            years=sums_of(one, "years"),
            conditions=[_condition(each) for each in one["conditions"]],
            until=_day(one["until"]),
        )
        for one in kept
    ]


def _condition(kept: Mapping[str, Any]) -> ConditionWords:
    owner = User.objects.filter(pk=kept["owner"]).first() if kept["owner"] else None
    return ConditionWords(kept["text"], owner, _day(kept["due_on"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _digests(transcription: Transcription) -> dict[str, str]:
    version = transcription.version
    return {
        "scan_sha256": transcription.scan_sha256,
        "part_1_digest": version.part_1_digest,
        "part_2_digest": version.part_2_digest,
    }


def latest_transcription(decision: Decision) -> Transcription | None:
    """Return what was transcribed last, if anything was."""
    rows = decision.transcriptions.select_related("version", "transcribed_by", "delegation")
    return rows.order_by("-n").first()


def transcription_digest(*, decision: Decision) -> str:
    """Return the SHA-256 (hex) of what is confirmed: what a second factor is bound to."""
    read = present(latest_transcription(decision))
    facts = {
        "act": CONFIRM_TRANSCRIPTION,
        "decision": decision.pk,
        "transcription": read.n,
        "reference": read.reference,
        "signed_on": read.signed_on.isoformat(),
        "decided_by": read.decided_by,
        "authority": read.authority,
        "outcomes": read.outcomes,
        **_digests(read),
    }
    return sha256(canonical(facts).encode()).hexdigest()


@action
def confirm_transcription(
    act: Act,
    *,
    decision: Decision,
    proof: StepUp | None = None,
    form_key: UUID | None = None,
    by: User,
) -> Approval:
    """Confirm what another transcribed: the decision is in force as of the day on the paper.

    Needs `proof`, a fresh second factor for `CONFIRM_TRANSCRIPTION` bound to
    `transcription_digest`. Raises NotPermitted, RuleBroken, StepUpRefused or DocumentRefused.
    """
    decision = Decision.objects.locked(decision)
    if before := made_before(form_key, Approval, of=decision):
        return before
    role = can_confirm_transcription(by, decision).or_refuse().role
    digest = transcription_digest(decision=decision)
    used = step_up.consume(act, by=by, act_name=CONFIRM_TRANSCRIPTION, digest=digest, proof=proof)
    read = present(latest_transcription(decision))
    outcomes = transcribed_outcomes(read)
    decided, _ = amended(decision, outcomes, signed_on=read.signed_on)
    check_outcomes(undecided(decision), decided)
    approval = Approval.objects.create(
        decision=decision,
        version=read.version,
        stage=Stage.DECISION,
        outcome=overall([row.outcome for row in decided]),
        words=read.words,
        interests=read.interests,
        approved_at=clock.now(),
        transcription=read,
        confirmed_by=by,
        role=role,
        delegation=read.delegation,
        authority=read.authority,
        evidence=used.in_words,
    )
    for one, row in zip(outcomes, decided, strict=True):
        record_outcome(approval, one, row)
    if read.delegation:
        count_use(approval, decided, on=read.signed_on)
    remember(form_key, approval)
    _put_in_force(act, approval, by)
    return approval


def _put_in_force(act: Act, approval: Approval, by: User) -> None:
    decision, read = approval.decision, present(approval.transcription)
    take(
        act,
        decision,
        "confirm_transcription",
        event=events.TRANSCRIPTION_CONFIRMED,
        by=by,
        role=approval.role,
        change={
            "date_signed": read.signed_on,
            "decided_by_text": read.decided_by,
            "has_deferred": bool(undecided(decision)),
        },
        data={
            "transcription": read.n,
            "signed_on": read.signed_on,
            "outcome": approval.get_outcome_display().lower(),
            "evidence": approval.evidence,
            **_digests(read),
        },
    )
    issue_documents(act, approval, prepare_documents(approval))


@action
def return_transcription(
    act: Act, *, decision: Decision, reason: str, form_key: UUID | None = None, by: User
) -> Decision:
    """Return what was transcribed, with a reason: the record is a draft again."""
    decision = Decision.objects.locked(decision)
    if made_before(form_key, Decision, of=decision):
        return decision
    role = can_return_transcription(by, decision).or_refuse().role
    event = events.TRANSCRIPTION_RETURNED
    take(act, decision, "return_transcription", event=event, by=by, role=role, reason=reason)
    return remember(form_key, decision)
