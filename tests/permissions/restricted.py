"""A paper with Part 2 in every place that can hold it, each with a marker of its own.

A marker is `WORD` and the name of its field, so that a word that got out says where it came from;
sums and dates are rare ones. `inner` marks what people write for the offices alone, which is never
published either.
"""

import re
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from audit.refusals import Refused
from decisions import actions
from decisions.actions import (
    ConditionWords,
    KeptFile,
    OutcomeWords,
    RecipientWords,
    RecommendationWords,
    Sum,
)
from decisions.documents.files import paper_store
from decisions.models import Decision, Part, Recommendation, RuleAnswer
from decisions.rules import look
from tests.factories import as_shown, papers
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_governance_officer,
    an_adviser,
)

WORD, INNER = "quokka", "numbat"


def marker(field: str) -> str:
    """Return the word that stands in a field of Part 2, named like "Paragraph.text"."""
    return WORD + re.sub(r"\W|_", "", field).lower()


def inner(field: str) -> str:
    """Return the word that stands in a field that is for the offices alone."""
    return INNER + re.sub(r"\W|_", "", field).lower()


FILE = f"The business case. {marker('SupportingPaper file')}".encode()
FORMER = f"The business case as it was. {marker('FormerPaper file')}".encode()
SLIP = marker("RevisedItem.new").replace("uo", "ou", 1)  # misspelt, so that it can be corrected
PARAGRAPH = f"A {marker('Paragraph.text')} was promised £61,113 by the {SLIP}."
DAY, DUE = date(2033, 7, 17), date(2020, 1, 31)
# Each sum of Part 2, and it with the sum of Part 1, as people and as machines write it.
SUMS = ["61113", "61,113", "72117", "72,117", "1261113", "1,261,113", "1272117", "1,272,117"]
SUMS += ["83119", "83,119", "1283119", "1,283,119", "54127", "54,127", "1254127", "1,254,127"]
DATES = ["2033-07-17", "17 July 2033", "17 Jul 2033"]
SUMS += ["50291", "50,291", "1250291", "1,250,291", "41213", "41,213", "1241213", "1,241,213"]
DIGESTS = [sha256(data).hexdigest() for data in (FILE, FORMER, PARAGRAPH.encode(), b"61113.00")]
SECRETS = [*SUMS, *DATES, *DIGESTS]
# A sum by itself: some digest or other has five such digits in a row.
HUNTED = re.compile(rf"{WORD}\w*|(?<!\w)(?:{'|'.join(SECRETS)})(?!\w)", re.IGNORECASE)
INTERNAL = re.compile(rf"{INNER}\w*", re.IGNORECASE)


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
    fill(draft)
    decision = papers.submitted(papers.again(_doubted(draft)))
    for kind in decision.advice_needed:
        words = f"Nothing against it. {marker('Advice.words')}"
        by = an_adviser(kind)
        as_shown.give_advice(decision=decision, kind=kind, words=words, part=2, by=by)
    _change(papers.again(decision))
    return papers.again(decision)


def fill(draft: Decision) -> None:
    """Put something into every place of a draft's Part 2; it has an exemption and two sections."""
    officer = draft.originating_officer
    part_2: dict[str, Any] = {"part": Part.PART_2, "exemption": draft.exemptions.get()}
    heading = f"Financial {marker('Section.heading')}"
    section = actions.add_section(decision=draft, heading=heading, by=officer, **part_2)
    actions.add_paragraph(section=section, text=PARAGRAPH, by=officer, **part_2)
    under = f"It goes with its section. {marker('Paragraph under it')}"
    actions.add_paragraph(section=section, text=under, by=officer)
    open_section = draft.sections.filter(part=Part.PART_1).order_by("position").last()
    assert open_section
    actions.add_paragraph(section=open_section, text=PARAGRAPH, by=officer, **part_2)
    close = "A part of it was £52,000 before."
    actions.add_paragraph(section=open_section, text=close, by=officer)
    _recommend(draft)
    _support(draft)
    _share(draft, part_2)


def _recommend(draft: Decision) -> None:
    """Recommend in Part 2, and something under that, which goes with it."""
    officer = draft.originating_officer
    names = (f"{WORD.title()} {name} Limited" for name in ("one", "two"))
    one, two = (actions.add_organisation(name=name, by=officer) for name in names)
    words = _words(draft, "61113.00", recipient=one, funder=one)
    above = actions.add_recommendation(decision=draft, words=words, by=officer)
    under = RecommendationWords(
        text=f"award £54,127 too. {marker('Recommendation under it')}",
        kind="award",
        figures=[Sum(Decimal("54127.00"), text="£54,127")],
        parent=above,
        own_money=True,
        funder=two,
        recipient=two,
    )
    actions.add_recommendation(decision=draft, words=under, by=officer)


def _support(draft: Decision) -> None:
    """Stand a paper behind the decision, called otherwise and with another file at first."""
    officer = draft.originating_officer
    part_2: dict[str, Any] = {"part": Part.PART_2, "exemption": draft.exemptions.get()}
    paper = actions.add_supporting_paper(
        decision=draft,
        title=f"The case {marker('FormerPaper.title')}",
        file=_kept(FORMER, "FormerPaper.file_name"),
        by=officer,
        **part_2,
    )
    file = _kept(FILE, "SupportingPaper.file_name")
    paper = actions.replace_supporting_paper(paper=paper, file=file, by=officer)
    title = f"The case {marker('SupportingPaper.title')}"
    actions.describe_supporting_paper(paper=paper, title=title, by=officer, **part_2)


def _kept(data: bytes, field: str) -> KeptFile:
    digest = paper_store().put(data)
    return KeptFile(digest, len(data), f"{marker(field)}.txt", "text/plain")


def _share(draft: Decision, part_2: dict[str, Any]) -> None:
    """Let the first recommendation have an open recipient, one of Part 2, and sums by year."""
    row, officer = draft.recommendations.order_by("position")[0], draft.originating_officer
    names = ("Open Trust", f"{WORD.title()} three Trust")
    one, two = (actions.add_organisation(name=name, by=officer) for name in names)
    figures = [
        Sum(each.amount, each.up_to, each.text, years=[(2019, each.amount)])
        for each in row.figures.all()
    ]
    shares = [RecipientWords(one), RecipientWords(two, Decimal("50291.00"), **part_2)]
    words = RecommendationWords(row.text, row.kind, figures, recipients=shares)
    actions.edit_recommendation(recommendation=row, words=words, by=officer)


def _words(draft: Decision, amount: str, **more: Any) -> RecommendationWords:
    return RecommendationWords(
        text=f"approve {marker('Recommendation.text')} licences at £83,119.",
        kind="approve_spend",
        figures=[
            Sum(
                Decimal(amount),
                text=f"{marker('Figure.text')} of {amount}",
                years=[(2019, Decimal(amount))],
            )
        ],
        period_start=date(2019, 10, 1),
        period_end=DAY,
        part=Part.PART_2,
        exemption=draft.exemptions.get(),
        **more,
    )


def _doubted(draft: Decision) -> Decision:
    """Answer what is doubted of Part 2 with a marker, and of Part 1 with none."""
    said = {
        each.digest: f"We know. {marker('RuleAnswer.words')}" if each.part == 2 else "We know."
        for each in look(draft).unanswered
    }
    actions.answer_warnings(decision=draft, answers=said, by=draft.originating_officer)
    assert RuleAnswer.objects.filter(decision=draft, part=Part.PART_2).exists()
    return draft


def _change(decision: Decision) -> None:
    officer = decision.originating_officer
    row = restricted_row(decision)
    words = _words(decision, "72117.00", recipient=row.recipient, funder=row.funder)
    actions.edit_recommendation(recommendation=row, words=words, by=officer)
    section = decision.sections.get(part=Part.PART_2)
    where: dict[str, Any] = {"part": Part.PART_2, "exemption": section.exemption}
    heading = f"{marker('Section.heading')} finance"
    actions.edit_section(section=section, heading=heading, by=officer, **where)
    paragraph = section.paragraphs.get(part=Part.PART_2)
    more = f"More {marker('Paragraph.text')}."
    actions.edit_paragraph(paragraph=paragraph, text=more, by=officer, **where)


def restricted_row(decision: Decision) -> Recommendation:
    """Return the recommendation that lies in Part 2 by itself."""
    return decision.recommendations.get(part=Part.PART_2)


def an_endorsed_paper() -> Decision:
    """Make such a paper that awaits decision."""
    decision = papers.sent(papers.advised(_doubted(a_restricted_paper())))
    as_shown.endorse(decision=decision, words="A proper request.", by=a_chief_executive())
    return papers.again(decision)


def a_restricted_decision() -> Decision:
    """Make a published decision out of such a paper; its sum was too much for a first maker."""
    decision = an_endorsed_paper()
    given = outcomes(decision)
    try:
        small = a_decision_maker("small", limit=Decimal(50_000))
        papers.decide(decision, by=small, outcomes=given)
    except Refused:
        papers.decide(decision, by=a_decision_maker(), outcomes=given)
    actions.publish(decision=papers.again(decision), by=a_governance_officer())
    return papers.again(decision)


def outcomes(decision: Decision) -> list[OutcomeWords]:
    """Return an outcome for each recommendation; what lies in Part 2 is amended, on a condition."""
    row = restricted_row(decision)
    less = {row.figures.get().pk: Decimal("61113.00")}
    amended = OutcomeWords(
        row,
        "approved_as_amended",
        words=f"One fewer. {marker('RecommendationOutcome.words')}",
        figures=less,
        conditions=[ConditionWords(f"Count each. {marker('Condition.text')}", due_on=DUE)],
    )
    under = OutcomeWords(
        row.children.get(), "approved", words=f"So be it. {marker('Outcome under it')}"
    )
    first = decision.recommendations.get(number="1")
    hidden = {first.recipients.get(part=Part.PART_2).pk: Decimal("41213.00")}
    shared = OutcomeWords(first, "approved_as_amended", recipients=hidden)
    return [shared, amended, under]
