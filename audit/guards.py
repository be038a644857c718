"""Migration operations that put a table under the ledger's protection.

``Guarded`` — no change commits without an entry that lists the row; no TRUNCATE.
``AppendOnly`` — no UPDATE or DELETE either.
"""

import re

from django.db.migrations.operations import RunSQL

TABLE_NAME = re.compile(r"[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?")


def _checked(table: str) -> str:
    if not TABLE_NAME.fullmatch(table):
        message = f"{table!r} is not the name of a table."
        raise ValueError(message)
    return table


class Guarded(RunSQL):
    """Put a table (``app_model``, in schema public unless named) under the guard."""

    def __init__(self, table: str) -> None:
        self.table = _checked(table)
        super().__init__(
            f"SELECT audit.guard('{self.table}')",
            f"DROP TRIGGER audit_note_touched ON {self.table}; "
            f"DROP TRIGGER audit_refuse_truncate ON {self.table}",
        )

    def deconstruct(self) -> tuple[str, list[str], dict[str, str]]:
        """Return the parts for a migration."""
        return self.__class__.__name__, [], {"table": self.table}

    def describe(self) -> str:
        """Say what the operation does."""
        return f"Guard {self.table}: no change without an entry in the ledger"


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
