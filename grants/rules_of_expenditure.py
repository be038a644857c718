"""The rules of statements of expenditure (GRT-64 to GRT-69)."""

from collections.abc import Sequence
from datetime import date

from accounts.models import User
from grants.models import ExpenditureStatement
from grants.rules import BOOK

BOTH = "when a statement of expenditure is prepared or certified"
CERTIFYING = "when a statement of expenditure is certified"


@BOOK.rule("GRT-64", BOTH, "Wait until its last day has passed.")
def is_over(ends_on: date | None, today: date) -> bool:
    """A statement of expenditure is of a year, or of a grant, whose last day has passed."""
    return ends_on is not None and ends_on < today


@BOOK.rule("GRT-65", BOTH, "Record what the funder paid of each, or withdraw the draft.")
def has_no_open_claim(claims: Sequence[str]) -> bool:
    """Every claim of it was answered by the funder or withdrawn."""
    return not claims


@BOOK.rule(
    "GRT-66",
    BOTH,
    "Have another person approve what waits for it. What awaits authority is charged to an "
    "allocation that covers it, or reversed.",
)
def has_authority_for_all(lines: Sequence[str]) -> bool:
    """No line of it waits for approval, and none of its funder and its days for authority."""
    return not lines


@BOOK.rule("GRT-67", BOTH, "Close each, once it is over.")
def is_in_closed_months(months: Sequence[str]) -> bool:
    """Every month in which one of its lines was posted is closed."""
    return not months


@BOOK.rule("GRT-68", CERTIFYING, "Ask another chief finance officer, or have another prepare it.")
def is_certified_by_another(statement: ExpenditureStatement, by: User) -> bool:
    """A statement is certified by another person than the one who prepared it."""
    return statement.prepared_by_id != by.pk


@BOOK.rule("GRT-69", CERTIFYING, "Prepare it anew, read that one, and certify it.")
def says_what_stands(is_last: bool, is_as_it_stands: bool) -> bool:
    """What is certified is the statement prepared last, while every figure in it still stands."""
    return is_last and is_as_it_stands
