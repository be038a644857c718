"""One signed decision for each module of these tests; each test undoes what it does to it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from decisions.models import Decision
from grants.models import Allocation
from tests.audit.conftest import commit_checks
from tests.factories import grants
from tests.factories.lasting import undone
from tests.factories.sign_in import client_of
from tests.grants.insider import Ground, a_ground


@pytest.fixture(scope="module")
def decided(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Decision]:
    """Return a signed decision: £1.2 million accepted, £570,000 of it to be spent on licences."""
    with django_db_blocker.unblock(), undone():
        decision = grants.a_funded_decision(drawn="570000.00")
        for maker in (grants.a_finance_officer, grants.a_finance_approver):
            maker()
        commit_checks()
        yield decision


@pytest.fixture(scope="module")
def mixed(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Decision]:
    """Return the signed decision of `grants.a_mixed_decision`."""
    with django_db_blocker.unblock(), undone():
        decision = grants.a_mixed_decision()
        for maker in (grants.a_finance_officer, grants.a_finance_approver):
            maker()
        commit_checks()
        yield decision


@pytest.fixture(scope="module")
def ground(mixed: Decision) -> Ground:
    """Return what an insider finds, for attempts that undo themselves."""
    found = a_ground(mixed)
    commit_checks()
    return found


@pytest.fixture
def allocation(decided: Decision, db: None) -> Allocation:
    """Return an allocation of £1,000 under the first sum of that decision."""
    return grants.an_allocation("1000.00", decision=decided)


@pytest.fixture
def execute(db: None) -> Callable[..., None]:
    """Return a function that runs SQL in a savepoint of its own."""

    def run(sql: str, *values: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, list(values) or None)

    return run


@pytest.fixture
def officer(db: None) -> Client:
    """Return the browser of a finance officer."""
    return client_of(grants.a_finance_officer())
