"""The table of steps as the database and the manual have it; test_every_step.py walks it."""

from itertools import product

import pytest
from django.conf import settings
from django.db import connection

from accounts.models import Role
from decisions.manual import PAGES
from decisions.workflow import (
    DECIDED,
    FROZEN,
    MOVES,
    STEPS,
    SUBMITTED,
    Source,
    Status,
    StepName,
    may_move,
)

pytestmark = pytest.mark.django_db


def test_the_database_allows_just_the_moves_of_the_table() -> None:
    every = list(product(Source.values, Status.values, Status.values))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s, o, n FROM unnest(%s::text[], %s::text[], %s::text[]) AS u(s, o, n)"
            " WHERE decisions_may_move(s, o, n)",
            [list(column) for column in zip(*every, strict=True)],
        )
        assert set(cursor.fetchall()) == MOVES


def test_the_database_freezes_just_the_statuses_of_the_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s FROM unnest(%s::text[]) AS s WHERE decisions_is_frozen(s)", [Status.values]
        )
        assert {status for (status,) in cursor.fetchall()} == {*FROZEN}


def test_a_status_is_open_or_frozen() -> None:
    assert set(Status) == {Status.DRAFT, *SUBMITTED, *FROZEN}
    assert set(DECIDED) < set(FROZEN)


def test_every_role_in_the_table_exists() -> None:
    assert {role for step in STEPS for role in step.who} <= set(Role.values)


def test_every_step_that_leaves_a_row_is_in_the_table() -> None:
    assert set(StepName.values) <= {step.name for step in STEPS}


def test_nothing_leads_out_of_withdrawn() -> None:
    assert not any(may_move("here", "withdrawn", status) for status in Status.values)


@pytest.mark.parametrize("name", PAGES)
def test_the_manual_is_not_stale(name: str) -> None:
    path = settings.BASE_DIR / "docs" / name
    assert path.read_text(encoding="utf-8") == PAGES[name](), "run manage.py write_manual"
