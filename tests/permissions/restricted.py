"""A paper with Part 2 in every place that can hold it: all of it says `WORD`, its sums are rare."""

from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from audit.refusals import Refused
from decisions import actions
from decisions.actions import ConditionWords, KeptFile, OutcomeWords, RecommendationWords, Sum
from decisions.models import Decision, Part, Recommendation
from tests.factories import papers
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_governance_officer,
)

WORD = "quokka"
FILE = b"The quokka business case."
PARAGRAPH = "A quokka was promised £61,113."
# Each sum of Part 2, and it with the sum of Part 1, as people and as machines write it.
SUMS = ["61113", "61,113", "72117", "72,117", "1261113", "1,261,113", "1272117", "1,272,117"]
DIGESTS = [sha256(data).hexdigest() for data in (FILE, PARAGRAPH.encode(), b"61113.00")]
SECRETS = [WORD, *SUMS, *DIGESTS]


def a_restricted_paper() -> Decision:
    """Make a paper in advice, whose Part 2 was changed after its advice was given."""
    draft = papers.a_draft()
    officer = draft.originating_officer
    actions.add_exemption(
        decision=draft,
        ground="FOIA 2000 s43(2)",
        reason="Trade.",
        review_on=date(2030, 10, 1),
        by=officer,
    )
    _fill(draft)
    decision = papers.advised(papers.submitted(papers.again(draft)))
    _change(decision)
    return papers.again(decision)


def _fill(draft: Decision) -> None:
    officer = draft.originating_officer
    part_2: dict[str, Any] = {"part": Part.PART_2, "exemption": draft.exemptions.get()}
    section = actions.add_section(decision=draft, heading="Financial quokka", by=officer, **part_2)
    actions.add_paragraph(section=section, text=PARAGRAPH, by=officer, **part_2)
    open_section = draft.sections.get(number="2")
    actions.add_paragraph(section=open_section, text=PARAGRAPH, by=officer, **part_2)
    organisation = actions.add_organisation(name="Quokka Limited", by=officer)
    words = _words(draft, "61113.00", recipient=organisation, funder=organisation)
    actions.add_recommendation(decision=draft, words=words, by=officer)
    file = KeptFile(actions.document_store().put(FILE), len(FILE), "quokka.txt", "text/plain")
    actions.add_supporting_paper(
        decision=draft, title="Quokka case", file=file, by=officer, **part_2
    )


def _words(draft: Decision, amount: str, **more: Any) -> RecommendationWords:
    return RecommendationWords(
        text="approve quokka licences.",
        kind="approve_spend",
        figures=[Sum(Decimal(amount))],
        part=Part.PART_2,
        exemption=draft.exemptions.get(),
        **more,
    )


def _change(decision: Decision) -> None:
    officer = decision.originating_officer
    row = _restricted(decision)
    words = _words(decision, "72117.00", recipient=row.recipient, funder=row.funder)
    actions.edit_recommendation(recommendation=row, words=words, by=officer)
    section = decision.sections.get(part=Part.PART_2)
    where: dict[str, Any] = {"part": Part.PART_2, "exemption": section.exemption}
    actions.edit_section(section=section, heading="Quokka finance", by=officer, **where)
    paragraph = section.paragraphs.get()
    actions.edit_paragraph(paragraph=paragraph, text="More quokka.", by=officer, **where)


def _restricted(decision: Decision) -> Recommendation:
    return decision.recommendations.get(part=Part.PART_2)


def an_endorsed_paper() -> Decision:
    """Make such a paper that awaits decision."""
    decision = papers.sent(papers.advised(a_restricted_paper()))
    actions.endorse(decision=decision, words="A proper request.", by=a_chief_executive())
    return papers.again(decision)


def a_restricted_decision() -> Decision:
    """Make a published decision out of such a paper; its sum was too much for a first maker."""
    decision = an_endorsed_paper()
    outcomes = _outcomes(decision)
    try:
        small = a_decision_maker("small", limit=Decimal(50_000))
        papers.decide(decision, by=small, outcomes=outcomes)
    except Refused:
        papers.decide(decision, by=a_decision_maker(), outcomes=outcomes)
    actions.publish(decision=papers.again(decision), by=a_governance_officer())
    return papers.again(decision)


def _outcomes(decision: Decision) -> list[OutcomeWords]:
    row = _restricted(decision)
    less = {row.figures.get().pk: Decimal("61113.00")}
    amended = OutcomeWords(
        row,
        "approved_as_amended",
        words="One quokka less.",
        figures=less,
        conditions=[ConditionWords("Count each quokka.")],
    )
    return [OutcomeWords(decision.recommendations.get(part=Part.PART_1), "approved"), amended]
