"""The rules of closed months and of what a second person answers (GRT-40 to GRT-44)."""

from datetime import date

from accounts.models import User
from grants.models import MonthClosing, Proposal
from grants.rules import BOOK

CLOSING = "when a month is closed"
POSTING = "with everything that is posted"
ANSWERING = "when a proposal is answered"


@BOOK.rule("GRT-40", CLOSING, "Wait for its last day to pass, or propose to reopen it first.")
def can_close(next_month: date, today: date, closing: MonthClosing | None) -> bool:
    """A month is closed when it is over, and once until it is reopened."""
    return next_month <= today and closing is None


@BOOK.rule("GRT-41", CLOSING, "Say why they may stand, or settle them first.")
def says_why(words: str, exceptions: int) -> bool:
    """A month that is closed with exceptions says why they may stand."""
    return exceptions == 0 or bool(words.strip())


@BOOK.rule(
    "GRT-42",
    POSTING,
    "Record it now: it is posted in the open month and counts in the year in which it was "
    "received. Or propose to reopen the month.",
)
def is_posted_in_the_open(closing: MonthClosing | None) -> bool:
    """Nothing is posted into a closed month."""
    return closing is None


@BOOK.rule("GRT-43", ANSWERING, "Ask another finance approver, or the chief finance officer.")
def is_by_another(proposal: Proposal, by: User, *, takes_back: bool) -> bool:
    """What one person proposes, another approves or turns down; the first may take it back."""
    return (proposal.proposed_by_id == by.pk) == takes_back


@BOOK.rule(
    "GRT-44",
    "when a move of money is proposed or approved",
    "Ask the funder, and propose it with the reference and the date of the consent.",
)
def has_consent(is_needed: bool, consent_on: date | None, today: date) -> bool:
    """Money is moved or carried forward with the funder's consent where the letter asks for it."""
    return consent_on <= today if consent_on else not is_needed
