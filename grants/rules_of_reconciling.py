"""The rules of holding the register against SAP (GRT-70 to GRT-75)."""

from decimal import Decimal

from accounts.models import User
from grants.models import Reconciliation
from grants.rules import BOOK

LOADING = "when an export of SAP is loaded"
MATCHING = "when lines are matched with postings of SAP"
AGREEING = "when a reconciliation is agreed"


@BOOK.rule("GRT-70", LOADING, "Correct the cell, or leave the row out of the file, and load it.")
def is_a_posting(document: str, amount: Decimal | None) -> bool:
    """A row of SAP has a document number and a sum."""
    return bool(document) and amount is not None


@BOOK.rule("GRT-71", MATCHING, "Choose lines and postings that come to the same sum.")
def comes_to_the_same(lines: Decimal, postings: Decimal) -> bool:
    """Lines and postings that are matched come to the same sum; of one side alone, to nought."""
    return lines == postings


@BOOK.rule("GRT-72", MATCHING, "Undo the other match first.")
def is_matched_once(times: int) -> bool:
    """A line or a posting of SAP is in one match at a time."""
    return times <= 1


@BOOK.rule("GRT-73", AGREEING, "Match or explain each of them, and prepare the statement again.")
def is_all_explained(unexplained: int) -> bool:
    """A reconciliation is agreed when each line and posting is matched or explained."""
    return unexplained == 0


@BOOK.rule("GRT-74", AGREEING, "Ask another finance approver, or the chief finance officer.")
def is_agreed_by_another(made: Reconciliation, by: User) -> bool:
    """A reconciliation is agreed by another person than the one who prepared it."""
    return made.prepared_by_id != by.pk


@BOOK.rule("GRT-75", AGREEING, "Prepare it again, and have that statement agreed.")
def is_still_true(is_current: bool) -> bool:
    """A reconciliation is agreed while the month's lines and postings are what it states."""
    return is_current
