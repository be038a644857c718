"""How codes and values read on paper; sums, days and moments read as they do everywhere."""

from datetime import date, datetime
from decimal import Decimal

from audit.words import day, moment, money, period

__all__ = ["day", "label", "moment", "money", "paragraphs", "period", "printed"]

LABELS = {
    # outcomes
    "approved": "Approved",
    "approved_as_amended": "Approved as amended",
    "rejected": "Rejected",
    "deferred": "Deferred",
    "noted": "Noted",
    # kinds of recommendation
    "accept": "Accept a grant",
    "approve_spend": "Approve spending",
    "approve": "Approve",
    "bid": "Bid for a grant",
    "award": "Award",
    "note": "Note",
    "delegate": "Delegate",
    "approve_in_principle": "Approve in principle",
    "carry_forward": "Carry forward",
    "vary": "Vary",
    "determine": "Determine",
    "other": "Other",
    # what a figure is
    "sum_decided": "Sum decided",
    "component": "Of which",
    "total": "Total of others",
    "earlier": "Decided earlier",
    "in": "Money in",
    "out": "Money out",
    # links
    "continues": "Continues",
    "varies": "Varies",
    "supersedes": "Supersedes",
    "resubmits": "Resubmits",
    "funds": "Funds",
    # declarations
    "head_of_unit": "Head of unit",
    "financial": "Financial advice",
    "legal": "Legal advice",
    "equality": "Equalities advice",
    "data_protection": "Data protection advice",
    "commercial": "Commercial advice",
    # what follows the signature
    "correction": "Correction",
    "release": "Release",
    "transcription": "Transcription",
    "confirmation": "Confirmation",
    # stages and roles
    "submission": "Submission",
    "chief_executive": "Chief executive",
    "decision": "Decision",
    "interest": "Interest",
    "originating_officer": "Originating officer",
    "adviser": "Adviser",
    "decision_maker": "Decision maker",
    "private_office": "Private office",
    "governance_officer": "Governance officer",
    "chief_finance_officer": "Chief finance officer",
}


def label(code: str) -> str:
    """Return the words for a code; anything that is no code reads as it stands."""
    return LABELS.get(code, code)


def printed(thing: Decimal | date | int | str) -> list[str]:
    """Return the strings in which a value is printed; a text gives one for each paragraph."""
    if isinstance(thing, Decimal):
        return [money(thing)]
    if isinstance(thing, datetime):
        return [moment(thing)]
    if isinstance(thing, date):
        return [day(thing)]
    return paragraphs(str(thing))


def paragraphs(text: str) -> list[str]:
    """Return the non-empty lines of a text."""
    return [line.strip() for line in text.splitlines() if line.strip()]
