"""Statements of expenditure, put there by the actions that people use, once the year is over."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

from accounts.demonstration import prove
from accounts.models import StepUp, User
from audit import clock
from grants import actions
from grants.actions.expenditure import CERTIFY, certificate_digest
from grants.models import Allocation, ExpenditureStatement
from grants.months import next_month, year_bounds, year_of
from tests.factories import grants, months
from tests.factories.sign_in import give_app


@contextmanager
def once_the_year_is_over() -> Iterator[int]:
    """Let acts inside happen two months after this financial year; gives the year it begins in."""
    today = clock.today()
    with clock.at(clock.now() + (year_bounds(today)[1] - today) + timedelta(days=60)):
        yield year_of(today)


def close_months_from(allocation: Allocation) -> None:
    """Close the month in which the first line of an allocation was posted."""
    line = allocation.lines.order_by("id").first()
    posted = line.recorded_at.date().replace(day=1) if line else months.this_month()
    if next_month(posted) <= clock.today():
        months.close(posted)


def prepared(
    allocation: Allocation, year: int | None, by: User | None = None
) -> ExpenditureStatement:
    """Prepare a statement of the grant that an allocation comes out of."""
    return actions.prepare_statement(
        figure=grants.figure_of(allocation.decision),
        year=year,
        form_key=uuid4(),
        by=by or grants.a_finance_officer(),
    )


def proof_of(statement: ExpenditureStatement, by: User) -> StepUp:
    """Make a fresh second factor for certifying just this."""
    return prove(by=by, act_name=CERTIFY, digest=certificate_digest(statement))


def certified(
    statement: ExpenditureStatement, by: User | None = None, proof: StepUp | None = None
) -> ExpenditureStatement:
    """Certify a statement as the chief finance officer."""
    by = give_app(by or months.a_chief_finance_officer())
    proof = proof or proof_of(statement, by)
    return actions.certify_statement(statement=statement, proof=proof, form_key=uuid4(), by=by)
