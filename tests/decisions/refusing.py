"""What the database says of SQL that it refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection

from audit.acts import acting
from tests.factories.lasting import settle
from tests.factories.people import an_officer

Execute = Callable[..., None]


def refused(execute: Execute, sql: str, *values: object) -> str:
    """Return the name of the constraint that refuses the SQL."""
    with pytest.raises(DatabaseError) as error:
        execute(sql, *values)
    cause: Any = error.value.__cause__
    return str(cause.diag.constraint_name or cause.sqlstate)


def broken_by(sql: str, *values: Any) -> str:
    """Return the constraint that SQL breaks inside an act, at once or at its end."""
    with pytest.raises(DatabaseError) as refused, acting(by=an_officer(), name="test"):
        with connection.cursor() as cursor:
            cursor.execute(sql, list(values) or None)
        settle()
    cause: Any = refused.value.__cause__
    return str(cause.diag.constraint_name)
