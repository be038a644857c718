"""Closed months, and what was proposed and answered, put there by the actions that people use."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import uuid4

from accounts.models import Role, User
from audit import clock
from grants import actions
from grants.models import MonthClosing, Proposal
from grants.months import next_month
from tests.factories import grants
from tests.factories.people import a_person


def a_chief_finance_officer() -> User:
    """Make the chief finance officer."""
    return a_person("cfo", Role.CHIEF_FINANCE_OFFICER)


def this_month() -> date:
    """Return the first day of the month it is."""
    return clock.today().replace(day=1)


def a_month_ago() -> date:
    """Return the first day of the month before this."""
    return (this_month() - timedelta(days=1)).replace(day=1)


@contextmanager
def next_months_second_day() -> Iterator[None]:
    """Let acts inside happen once this month is over."""
    days = next_month(this_month()) - clock.today() + timedelta(days=1)
    with clock.at(clock.now() + days):
        yield


def close(month: date | None = None, words: str = "They are known.") -> MonthClosing:
    """Close a month: the one before this, unless told otherwise."""
    return actions.close_months(
        months=[month or a_month_ago()],
        words=words,
        form_key=uuid4(),
        by=grants.a_finance_approver(),
    )


def propose_reopening(closing: MonthClosing, reason: str = "An invoice was left out.") -> Proposal:
    """Propose to reopen a month."""
    by = grants.a_finance_approver()
    return actions.propose_reopening(closing=closing, reason=reason, form_key=uuid4(), by=by)


def answered(
    proposal: Proposal, outcome: str = "approved", words: str = "", by: User | None = None
) -> Proposal:
    """Answer a proposal: the chief finance officer approves it, unless told otherwise."""
    return actions.answer_proposal(
        proposal=proposal,
        outcome=outcome,
        words=words,
        form_key=uuid4(),
        by=by or a_chief_finance_officer(),
    )
