"""A decision paper as read from a public page: plain records, no database.

The importers make these, the drafting actions take them. Money is `Decimal` pounds with two
places; dates are inclusive. `None` always means *the page does not say*.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


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
