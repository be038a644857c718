"""Migration operations that put a table under the ledger's protection.

``Guarded`` — no change commits without an entry that lists the row; no TRUNCATE.
``ManyAtOnce`` — rows written by one statement are listed together (after ``Guarded``).
``AppendOnly`` — no UPDATE or DELETE either.
``FiniteDates`` — no infinite date, nor one that no calendar here has.
"""

import re
from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations import RunSQL

TABLE_NAME = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?")


def _checked(table: str) -> str:
    if not TABLE_NAME.fullmatch(table):
        message = f"{table!r} is not the name of a table."
        raise ValueError(message)
    return table


class Guarded(RunSQL):
    """Put a table (``app_model``, in schema public unless named) under the guard.

    The guard covers the columns that the table has then. ``provision_roles`` makes it anew after
    migrations that changed them; one that also writes rows of the table repeats this in between.
    """

    def __init__(self, table: str) -> None:
        self.table = _checked(table)
        full_name = self.table if "." in self.table else f"public.{self.table}"
        super().__init__(
            f"SELECT audit.guard('{self.table}')",
            f"DROP TRIGGER audit_note_touched ON {self.table}; "
            f"DROP TRIGGER audit_refuse_truncate ON {self.table}; "
            f"DROP FUNCTION IF EXISTS audit.note_{full_name.replace('.', '_')}()",
        )

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        """Return the parts for a migration."""
        return self.__class__.__name__, [], {"table": self.table}

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Guard {self.table}: no change without an entry in the ledger"


class ManyAtOnce(RunSQL):
    """Note the new rows of a guarded table by statement: many are listed by one item of the entry.

    For tables that take many rows at once. Their key is one number.
    """

    def __init__(self, table: str) -> None:
        self.table = _checked(table)
        full_name = self.table if "." in self.table else f"public.{self.table}"
        super().__init__(
            f"SELECT audit.guard_many('{self.table}')",
            f"DROP TRIGGER audit_note_made ON {self.table}; "
            f"DROP FUNCTION audit.note_many_{full_name.replace('.', '_')}(); "
            f"SELECT audit.guard('{self.table}')",
        )

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        """Return the parts for a migration."""
        return self.__class__.__name__, [], {"table": self.table}

    def describe(self) -> str:
        """Say what the operation does."""
        return f"List rows that one statement adds to {self.table} together"


class AppendOnly(RunSQL):
    """Refuse UPDATE, DELETE and TRUNCATE on a table."""

    def __init__(self, table: str) -> None:
        self.table = _checked(table)
        super().__init__(
            f"SELECT audit.append_only('{self.table}')",
            f"DROP TRIGGER audit_append_only ON {self.table}",
        )

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        """Return the parts for a migration."""
        return self.__class__.__name__, [], {"table": self.table}

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Make {self.table} append-only"


class FiniteDates(RunSQL):
    """Refuse dates and times that are infinite or out of the years 1 to 9999.

    PostgreSQL has them, Python has not: a page that meets one cannot be shown. Each column gets a
    constraint of its own, ``<model>_<column>_finite``.
    """

    def __init__(self, table: str, columns: Sequence[str]) -> None:
        self.table, self.columns = _checked(table), list(columns)
        model = self.table.partition("_")[2]
        names = [(f"{model}_{column}_finite", _checked(column)) for column in self.columns]
        add = [
            f"ADD CONSTRAINT {name} CHECK (isfinite({column})"
            f" AND {column} BETWEEN '0001-01-02' AND '9999-12-30')"
            for name, column in names
        ]
        drop = [f"DROP CONSTRAINT {name}" for name, _ in names]
        super().__init__(
            f"ALTER TABLE {self.table} {', '.join(add)}",
            f"ALTER TABLE {self.table} {', '.join(drop)}",
        )

    def deconstruct(self) -> tuple[str, list[str], dict[str, Any]]:
        """Return the parts for a migration."""
        return self.__class__.__name__, [], {"table": self.table, "columns": self.columns}

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Refuse infinite dates in {self.table}"
