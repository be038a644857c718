"""No date of the register is infinite: PostgreSQL has such dates, and no page can show one."""

from typing import Any

import pytest
from django.db import DatabaseError, connection

from audit.acts import acting
from tests.factories import papers
from tests.factories.people import an_officer

pytestmark = pytest.mark.django_db

DATES = """
    SELECT c.table_name || '.' || c.column_name FROM information_schema.columns c
    WHERE c.table_schema = 'public' AND c.table_name ~ '^(decisions|accounts)_'
      AND (c.data_type = 'date' OR c.data_type LIKE 'timestamp%%')
      AND NOT EXISTS (
          SELECT FROM pg_constraint k
          WHERE k.conrelid = ('public.' || c.table_name)::regclass AND k.contype = 'c'
            AND k.conname LIKE '%%\\_finite'
            AND pg_get_constraintdef(k.oid) LIKE '%%isfinite(' || c.column_name || ')%%')
    ORDER BY 1
"""


def test_every_date_is_held_to_be_finite() -> None:
    with connection.cursor() as cursor:
        cursor.execute(DATES)
        assert [name for (name,) in cursor.fetchall()] == []


@pytest.mark.parametrize("value", ["infinity", "-infinity", "4712-01-01 BC", "12019-01-01"])
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("decisions_recommendation", "period_start"),
        ("decisions_decision", "status_since"),
        ("accounts_user", "created_at"),
    ],
)
def test_a_date_beyond_the_calendar_is_refused(table: str, column: str, value: str) -> None:
    papers.a_draft()
    sql = f"UPDATE {table} SET {column} = %s"
    with pytest.raises(DatabaseError) as refused:
        in_an_act(sql, value)
    cause: Any = refused.value.__cause__
    assert cause.diag.constraint_name == f"{table.partition('_')[2]}_{column}_finite"


def in_an_act(sql: str, value: str) -> None:
    """Run SQL in an act, so that only the date is wrong."""
    with acting(by=an_officer(), name="test"), connection.cursor() as cursor:
        cursor.execute(sql, [value])
