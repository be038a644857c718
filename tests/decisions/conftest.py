"""What the tests of decisions share."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from audit.refusals import Refused
from decisions.models import Decision
from tests.factories import papers
from tests.factories.sign_in import client_of


@pytest.fixture
def tried(db: None) -> Callable[[Callable[[], object]], str]:
    """Return a function that tries an act and undoes it: "" when allowed, else the refusal."""

    def attempt(act: Callable[[], object]) -> str:
        before = transaction.savepoint()
        try:
            act()
        except Refused as refusal:
            return str(refusal)
        finally:
            transaction.savepoint_rollback(before)
        return ""

    return attempt


@pytest.fixture
def execute(db: None) -> Callable[..., None]:
    """Return a function that runs SQL in a savepoint of its own."""

    def run(sql: str, *values: Any) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, list(values))

    return run


@pytest.fixture
def draft(db: None) -> Decision:
    """Return an officer's draft."""
    return papers.a_draft()


@pytest.fixture
def officer(draft: Decision) -> Client:
    """Return the client of the draft's officer."""
    return client_of(draft.originating_officer)
