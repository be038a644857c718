"""What the database says of SQL that it refuses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError

Execute = Callable[..., None]


def refused(execute: Execute, sql: str, *values: object) -> str:
    """Return the name of the constraint that refuses the SQL."""
    with pytest.raises(DatabaseError) as error:
        execute(sql, *values)
    cause: Any = error.value.__cause__
    return str(cause.diag.constraint_name or cause.sqlstate)
