"""Claims of grants, put there by the actions that people use, once this month is over."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any
from uuid import uuid4

from accounts.models import User
from audit import clock
from decisions.models import Decision
from grants import actions
from grants.models import Claim
from tests.factories import grants, months


def drawn_up(decision: Decision, by: User | None = None) -> Claim:
    """Draw up a claim of the first sum of a decision for the month before, as an officer."""
    start = months.a_month_ago()
    end = months.this_month() - timedelta(days=1)
    return actions.make_claim(
        figure=grants.figure_of(decision),
        start=start,
        end=end,
        form_key=uuid4(),
        by=by or grants.a_finance_officer(),
    )


def submitted(claim: Claim, **others: Any) -> Claim:
    """Submit a claim, as the finance approver unless told otherwise."""
    told = {"taken_on": clock.today(), "by": grants.a_finance_approver(), **others}
    return actions.submit_claim(claim=claim, form_key=uuid4(), **told)


def answered(
    claim: Claim,
    disallowed: Collection[int] = (),
    carried: Collection[int] = (),
    words: str = "As agreed.",
) -> Claim:
    """Record what was paid of a claim that was submitted, as a finance officer."""
    return actions.answer_claim(
        claim=claim,
        taken_on=clock.today(),
        disallowed=disallowed,
        carried=carried,
        words=words,
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    )


def withdrawn(claim: Claim) -> Claim:
    """Withdraw a draft, as a finance officer."""
    by = grants.a_finance_officer()
    return actions.withdraw_claim(claim=claim, reason="Drawn up anew.", form_key=uuid4(), by=by)
