"""The rules of many lines at once; what a line itself obeys is in `grants.rules`."""

from decimal import Decimal

from accounts.models import User
from grants.models import SpendingImport
from grants.rules import BOOK

READING = "when a file is read"
IMPORTING = "when an import is approved"


@BOOK.rule("GRT-33", READING, "Mend the cell in the spreadsheet and read the file again.")
def has_a_value(is_error: bool) -> bool:
    """A cell holds a value, not an error of the spreadsheet."""
    return not is_error


@BOOK.rule("GRT-34", READING, "Correct the cell and read the file again.")
def can_be_read(is_read: bool) -> bool:
    """A cell can be read as what its column says."""
    return is_read


@BOOK.rule(
    "GRT-35", READING, "Write the reference of an allocation, or add the code to the SAP codes."
)
def is_known(found: object) -> bool:
    """A line names an allocation and a category of the register, or SAP codes that mean them."""
    return found is not None


@BOOK.rule(
    "GRT-36",
    READING,
    "Delete the row that is there twice, read the file again, or say whether it is the line held.",
)
def is_recorded_once(times: int) -> bool:
    """A SAP document and item is recorded once."""
    return times == 1


@BOOK.rule("GRT-37", IMPORTING, "Ask another finance approver, or the chief finance officer.")
def is_by_a_second_person(staged: SpendingImport, by: User) -> bool:
    """An import is approved by another person than the one who staged it."""
    return staged.staged_by_id != by.pk


@BOOK.rule("GRT-38", IMPORTING, "Correct the rows and read the file again, or set them aside.")
def is_all_right(faulty: int) -> bool:
    """Nothing of a file is recorded while a row of it is wrong and not set aside."""
    return faulty == 0


@BOOK.rule(
    "GRT-39", READING, "Set the row aside, and reverse or credit the line that it takes back."
)
def is_no_credit(amount: Decimal) -> bool:
    """A sum below nought takes back an earlier line, and is recorded as that line's reversal."""
    return amount >= 0


@BOOK.rule(
    "GRT-61",
    IMPORTING,
    "Set those rows aside, and import them as spending that is still to be claimed.",
)
def was_claimed_before(is_before: bool) -> bool:
    """What was claimed before this register was received before its allocation stood here."""
    return is_before


ACTUAL = {"", "actual", "actuals", "paid", "posted", "invoice", "invoiced"}


@BOOK.rule(
    "GRT-76",
    READING,
    "Set the row aside, and record the commitment, the accrual or what awaits authority by hand, "
    "where its account is chosen.",
)
def is_of_an_actual(stage: str) -> bool:
    """A file holds what was paid; a row of another stage is recorded by hand."""
    return stage.strip().casefold() in ACTUAL
