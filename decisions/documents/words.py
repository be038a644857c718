"""How sums, dates, times and codes read on paper. British English, no abbreviations."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

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
    # stages and roles
    "submission": "Submission",
    "chief_executive": "Chief executive",
    "decision": "Decision",
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


def money(amount: Decimal) -> str:
    """Return pounds: "£1,200,000", with pence only where there are any."""
    whole = amount == amount.to_integral_value()
    return f"£{amount:,.0f}" if whole else f"£{amount:,.2f}"


def day(value: date) -> str:
    """Return "28 October 2019"."""
    return f"{value.day} {value:%B %Y}"


def moment(value: datetime) -> str:
    """Return an aware time as it was in London: "28 October 2019 at 14:05"."""
    there = value.astimezone(LONDON)
    return f"{day(there)} at {there:%H:%M}"


def period(start: date | None, end: date | None) -> str:
    """Return "28 October 2019 to 31 March 2020" (both days included), or what of it is known."""
    if start and end:
        return f"{day(start)} to {day(end)}"
    return f"from {day(start)}" if start else f"until {day(end)}" if end else ""


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
