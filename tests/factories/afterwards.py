"""What follows a signature: corrections, releases, and decisions that were signed on paper."""

from datetime import date
from decimal import Decimal
from typing import Any

from accounts.demonstration import prove
from accounts.models import User
from decisions import actions
from decisions.actions import KeptFile, OutcomeWords, Spot
from decisions.documents.files import file_store
from decisions.models import Condition, Decision, Revision, RevisionAnswer
from tests.factories import papers
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_governance_officer,
    an_officer,
)

SCAN = b"\x89PNG\r\n\x1a\nthe scan of the signed paper"
SIGNED_ON = date(2019, 3, 1)


def spot(decision: Decision, where: str) -> Spot:
    """Return the place of a paper by its name, such as "Paragraph 1.1"."""
    return next(one for one in actions.spots_of(decision) if one.where == where)


def proposed(
    decision: Decision, where: str = "Title", new: str = "", by: User | None = None, **more: Any
) -> Revision:
    """Propose a correction of one place; of the title, its full stop."""
    found = spot(decision, where)
    return actions.propose_correction(
        decision=decision,
        words=[(found.key, new or f"{found.words}.")],
        reason=more.pop("reason", "A slip of the pen."),
        by=by or decision.originating_officer,
        **more,
    )


def confirm(revision: Revision, by: User | None = None, **more: Any) -> RevisionAnswer:
    """Confirm a revision as the decision maker would, with a fresh second factor."""
    by = by or (a_decision_maker() if revision.is_correction else a_chief_executive())
    digest = actions.revision_digest(revision=revision)
    proof = prove(by=by, act_name=actions.CONFIRM, digest=digest)
    return actions.confirm_revision(revision=revision, proof=proof, by=by, **more)


def corrected(decision: Decision, where: str = "Title", new: str = "", **more: Any) -> Decision:
    """Correct one place of a signed paper."""
    confirm(proposed(decision, where, new, **more))
    return papers.again(decision)


def a_release(decision: Decision) -> Revision:
    """Propose that everything of a paper leaves Part 2."""
    return actions.propose_release(
        decision=decision,
        items=[one.key for one in actions.releasable(decision)],
        ground="review",
        reason="The tender is over.",
        by=a_governance_officer(),
    )


def a_kept_file(data: bytes = SCAN) -> KeptFile:
    """Keep a file as a form does."""
    return KeptFile(file_store().put(data), len(data), "scan.png", "image/png")


def a_paper_record(by: User | None = None) -> Decision:
    """Make the draft of a record: a decision of £1.2 million that was signed on paper."""
    by = by or an_officer()
    record = actions.begin_paper_record(
        series=papers.a_series(), title="Signed at six in the evening", by=by
    )
    funder = actions.add_organisation(name="Home Office", by=an_officer())
    summary = "Grant was accepted."
    actions.edit_paper(decision=record, funder=funder, executive_summary=summary, by=by)
    words = actions.RecommendationWords(
        text="accept up to £1.2 million of grant.",
        kind="accept",
        figures=[actions.Sum(Decimal("1200000.00"), up_to=True)],
    )
    actions.add_recommendation(decision=record, words=words, by=by)
    return papers.again(record)


def signed_words(**changed: Any) -> actions.SignedWords:
    """Return what the signed paper says."""
    return actions.SignedWords(
        **{
            "reference": "PCD 700",
            "signed_on": SIGNED_ON,
            "decided_by": "S. Linden, Deputy Mayor",
            "authority": "paragraph 4.8 of the Scheme of Delegation and Consent of 2016",
            "scan": a_kept_file(),
            "interests": "None.",
            **changed,
        }
    )


def transcribed(record: Decision | None = None, **changed: Any) -> Decision:
    """Transcribe what was signed, with one condition."""
    record = record or a_paper_record()
    conditions = [actions.ConditionWords("Report back.", None, date(2020, 1, 31))]
    row = record.recommendations.get(number="1")
    actions.transcribe(
        decision=record,
        signed=signed_words(**changed),
        outcomes=[OutcomeWords(row, "approved", conditions=conditions)],
        by=record.originating_officer,
    )
    return papers.again(record)


def confirm_paper(record: Decision, by: User | None = None, **more: Any) -> Decision:
    """Confirm what was transcribed, as a governance officer would."""
    by = by or a_governance_officer()
    digest = actions.transcription_digest(decision=record)
    proof = prove(by=by, act_name=actions.CONFIRM_TRANSCRIPTION, digest=digest)
    actions.confirm_transcription(decision=record, proof=proof, by=by, **more)
    return papers.again(record)


def signed_on_paper() -> Decision:
    """Make a decision signed on paper, transcribed and confirmed."""
    return confirm_paper(transcribed())


def with_condition(
    decision: Decision | None = None, owner: User | None = None, due_on: date | None = None
) -> Condition:
    """Decide a paper on one condition; of a new paper, unless one that awaits decision is given."""
    decision = decision or papers.endorsed()
    row = actions.undecided(decision)[0]
    words = actions.ConditionWords("Report to the board.", owner, due_on)
    papers.decide(decision, outcomes=[OutcomeWords(row, "approved", conditions=[words])])
    return Condition.objects.get(outcome__recommendation=row)


def discharge(condition: Condition, by: User | None = None, **more: Any) -> None:
    """Discharge a condition, with the scan of the minutes."""
    actions.discharge_condition(
        condition=condition,
        **{"note": "The minutes of 3 May.", "met_on": SIGNED_ON, "file": a_kept_file(), **more},
        by=by or a_governance_officer(),
    )
