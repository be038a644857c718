"""The rules of claims (GRT-45 and GRT-46)."""

from datetime import date
from decimal import Decimal

from accounts.models import User
from grants.models import Claim
from grants.months import year_of
from grants.rules import BOOK


@BOOK.rule(
    "GRT-45",
    "when a claim is drawn up",
    "Choose other days; claim the rest of another year by itself.",
)
def can_be_claimed(start: date, end: date, today: date, total: Decimal) -> bool:
    """A claim is for past days of one financial year, and comes to more than nought."""
    return start <= end < today and year_of(start) == year_of(end) and total > 0


@BOOK.rule(
    "GRT-46",
    "when a claim is submitted",
    "Ask another finance approver, or the chief finance officer.",
)
def is_submitted_by_another(claim: Claim, by: User) -> bool:
    """A claim is submitted by another person than the one who drew it up."""
    return claim.made_by_id != by.pk
