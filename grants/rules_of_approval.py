"""The rules of what a second person approves before it is recorded (GRT-55, GRT-56)."""

from decimal import Decimal

from accounts.models import User
from grants.models import Reservation
from grants.rules import BOOK, SPENDING


@BOOK.rule(
    "GRT-55", SPENDING, "Send it for approval: its sum is reserved until a second person answers."
)
def is_under_the_limit(gross: Decimal, limit: Decimal | None) -> bool:
    """A line above the approval limit is recorded once a second person has approved it."""
    return limit is None or gross <= limit


@BOOK.rule(
    "GRT-56",
    "when a line above the limit is answered",
    "Ask another finance officer, a finance approver or the chief finance officer.",
)
def is_by_a_second_officer(reservation: Reservation, by: User, *, takes_back: bool) -> bool:
    """What one person enters above the limit, another approves or declines."""
    return (reservation.reserved_by_id == by.pk) == takes_back
