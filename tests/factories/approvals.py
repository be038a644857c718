"""Lines above the limit, and what a second person makes of them."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from accounts.models import Role, User
from audit import clock
from grants import actions
from grants.models import Allocation, ApprovalLimit, Reservation, Waiver
from tests.factories.grants import a_finance_approver, a_finance_officer, a_spend, an_allocation
from tests.factories.people import a_person


def a_chief_finance_officer() -> User:
    """Make the chief finance officer."""
    return a_person("chief_finance_officer", Role.CHIEF_FINANCE_OFFICER)


def a_limit(amount: str | None = "500.00") -> ApprovalLimit:
    """Set above which sum a line needs a second person, from today; None for no sum."""
    return actions.set_approval_limit(
        amount=None if amount is None else Decimal(amount),
        valid_from=clock.today(),
        reason="As the scheme of delegation says.",
        form_key=uuid4(),
        by=a_chief_finance_officer(),
    )


def reserved(
    net: str = "600.00",
    *,
    allocation: Allocation | None = None,
    about: dict[str, Any] | None = None,
    by: User | None = None,
    **others: Any,
) -> Reservation:
    """Send a line for approval; `about` says what line it converts or covers."""
    return actions.reserve_line(
        allocation=allocation or an_allocation(),
        spend=a_spend(net, **others),
        form_key=uuid4(),
        by=by or a_finance_officer(),
        **(about or {}),
    )


def answered(
    reservation: Reservation, outcome: str = "approved", words: str = "", by: User | None = None
) -> Reservation:
    """Answer a line that waits: a finance approver approves it, unless told otherwise."""
    return actions.answer_reservation(
        reservation=reservation,
        outcome=outcome,
        words=words,
        form_key=uuid4(),
        by=by or a_finance_approver(),
    )


def a_waiver(allocation: Allocation, rule: str = "GRT-53", days: int = 9, **others: Any) -> Waiver:
    """Set a rule aside for an allocation for some days; given by a finance approver."""
    return actions.give_waiver(
        **{
            "rule": rule,
            "allocation": allocation,
            "expires_on": clock.today() + timedelta(days=days),
            "reason": "One order, many equal invoices.",
            "form_key": uuid4(),
            "by": a_finance_approver(),
            **others,
        }
    )


def ended(waiver: Waiver) -> Waiver:
    """End a waiver today."""
    by = a_finance_approver()
    return actions.end_waiver(waiver=waiver, reason="All came.", form_key=uuid4(), by=by)
