"""A decision paper as read from a public page: plain records, no database.

The importers make these, the drafting actions take them. Money is `Decimal` pounds with two
places; dates are inclusive. `None` always means *the page does not say*.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from decisions.sources import is_drawn_out_of_itself


class ImportedKind(StrEnum):
    """What a recommendation does in law, by its verb."""

    ACCEPT = "accept"
    APPROVE_SPEND = "approve_spend"
    APPROVE = "approve"
    BID = "bid"
    AWARD = "award"
    NOTE = "note"
    DELEGATE = "delegate"
    APPROVE_IN_PRINCIPLE = "approve_in_principle"
    CARRY_FORWARD = "carry_forward"
    VARY = "vary"
    DETERMINE = "determine"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Received:
    """What came: its text, a line for each paragraph or row, and what was left out of it."""

    text: str
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperWarning:
    """One thing that is missing or doubtful: a stable code and a sentence for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ImportedFigure:
    """A sum that a recommendation decides; `text` is the sum as printed."""

    amount: Decimal
    up_to: bool
    text: str


@dataclass(frozen=True, slots=True)
class ImportedRecommendation:
    """One recommendation; `parent` and `funded_from` are numbers of others in the same paper."""

    number: str
    parent: str | None
    text: str
    kind: ImportedKind
    figures: tuple[ImportedFigure, ...] = ()
    funded_from: str | None = None
    period_start: date | None = None
    period_end: date | None = None


@dataclass(frozen=True, slots=True)
class ImportedParagraph:
    """A numbered paragraph of Part 1."""

    number: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportedSection:
    """A numbered section of Part 1; `heading` is None where the page prints none."""

    number: str
    heading: str | None
    paragraphs: tuple[ImportedParagraph, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedPaper:
    """A whole paper. Paragraphs of the summary are joined by a blank line."""

    reference: str | None = None
    title: str | None = None
    date_signed: date | None = None
    date_published: date | None = None
    decided_by: str | None = None
    executive_summary: str | None = None
    asked: str | None = None
    recommendations: tuple[ImportedRecommendation, ...] = ()
    sections: tuple[ImportedSection, ...] = ()
    exemptions: tuple[str, ...] = ()
    warnings: tuple[PaperWarning, ...] = ()


NUMBER_LENGTH = 12
TITLE_LENGTH = 500
HEADING_LENGTH = 300
DECIDED_BY_LENGTH = 200
GROUND_LENGTH = 100
FIGURE_TEXT_LENGTH = 100


def problems_of(paper: ImportedPaper) -> list[str]:
    """Why a paper cannot be kept as it stands, in sentences; nothing when it can.

    A paper just read has none but over-long texts; one corrected by hand may have others.
    """
    return [
        *_problems_of_lengths(paper),
        *_problems_of_numbers(paper),
        *(problem for each in paper.recommendations for problem in _problems_of(each)),
    ]


def _problems_of_lengths(paper: ImportedPaper) -> list[str]:
    texts = [
        ("The title", paper.title, TITLE_LENGTH),
        ("“Decided by”", paper.decided_by, DECIDED_BY_LENGTH),
        *((f"The ground “{each[:40]}”", each, GROUND_LENGTH) for each in paper.exemptions),
        *((f"The heading of section {each.number}", each.heading, HEADING_LENGTH)
          for each in paper.sections),
        *((f"The number {number[:20]}…", number, NUMBER_LENGTH) for number in _numbers(paper)),
    ]  # fmt: skip
    return [
        f"{what} is longer than {limit} characters."
        for what, text, limit in texts
        if len(text or "") > limit
    ]


def _numbers(paper: ImportedPaper) -> list[str]:
    sections = [section.number for section in paper.sections]
    paragraphs = [each.number for section in paper.sections for each in section.paragraphs]
    return [*(each.number for each in paper.recommendations), *sections, *paragraphs]


def _problems_of_numbers(paper: ImportedPaper) -> list[str]:
    numbers = [each.number for each in paper.recommendations]
    repeated = sorted({number for number in numbers if numbers.count(number) > 1})
    missing = [
        (each.number, other)
        for each in paper.recommendations
        for other in (each.parent, each.funded_from)
        if other is not None and (other not in numbers or other == each.number)
    ]
    sources = {each.number: each.funded_from for each in paper.recommendations}
    rings = [number for number in sources if is_drawn_out_of_itself(number, sources)]
    return [
        *(f"The money of recommendation {number} is drawn out of itself." for number in rings),
        *(f"Two recommendations have the number {number}." for number in repeated),
        *(f"Recommendation {number} names {other}, which it cannot." for number, other in missing),
    ]


def _problems_of(each: ImportedRecommendation) -> list[str]:
    about = f"Recommendation {each.number}"
    problems = []
    if not each.text.strip():
        problems.append(f"{about} has no words.")
    if each.period_start and each.period_end and each.period_end < each.period_start:
        problems.append(f"{about}: the period ends before it starts.")
    if any(figure.amount <= 0 for figure in each.figures):
        problems.append(f"{about}: a sum must be more than nothing.")
    if any(len(figure.text) > FIGURE_TEXT_LENGTH for figure in each.figures):
        problems.append(
            f"{about}: a sum as printed is longer than {FIGURE_TEXT_LENGTH} characters."
        )
    return problems
