"""Rules that warn, and rules about waivers (GRT-53, GRT-54, GRT-57, GRT-58)."""

from datetime import date
from decimal import Decimal

from grants.models import WAIVABLE, Waiver, longest
from grants.rules import APPROVERS, BOOK, SPENDING

RATES = (Decimal("0.20"), Decimal("0.05"))
PENNIES = Decimal("0.05")
SAY_WHY = "Say why it is right all the same, or name a waiver."


@BOOK.rule("GRT-53", SPENDING, SAY_WHY, warns=True, waived_by=APPROVERS)
def is_recorded_for_the_first_time(earlier: int) -> bool:
    """The invoice of a payee is recorded once: the same payee, number and gross sum is a double."""
    return earlier == 0


@BOOK.rule("GRT-54", SPENDING, SAY_WHY, warns=True, waived_by=APPROVERS)
def is_of_a_rate(net: Decimal, vat: Decimal) -> bool:
    """VAT is nothing, 5% or 20% of net, within five pennies."""
    return vat == 0 or any(abs(vat - net * rate) <= PENNIES for rate in RATES)


@BOOK.rule(
    "GRT-57",
    SPENDING,
    "Name another waiver, or none; a new one can be given.",
)
def may_be_named(waiver: Waiver, today: date) -> bool:
    """A line names a waiver for itself, in force that day, that another person gave."""
    return waiver in Waiver.objects.in_force(today)


@BOOK.rule(
    "GRT-58",
    "when a waiver is given",
    "Choose another rule, or an earlier day; where authority is missing, ask for a decision.",
)
def may_be_waived(rule: str, given_on: date, expires_on: date) -> bool:
    """Only a rule that says so is waived, never a ceiling, and for 92 days at most."""
    return rule in WAIVABLE and given_on <= expires_on <= longest(given_on)
