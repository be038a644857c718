"""How a line is logged: without the values that a database error repeats.

PostgreSQL names the row it refuses with every word in it, restricted ones too, and a log is read
by more people than a paper is. What remains says which constraint or type it was, and where.
"""

import logging
from copy import copy
from types import TracebackType
from typing import Any

from psycopg import Error

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class DiscreetFormatter(logging.Formatter):
    """Formats tracebacks without what the database said beyond the kind of error.

    An answer that is no fault of the register (below 500: no such page, not allowed) has none.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with a traceback only where something went wrong here."""
        if getattr(record, "status_code", 500) < 500:
            record = copy(record)
            record.exc_info = record.exc_text = None
        return super().format(record)

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the name is logging's
        """Return the traceback, each message of the database in it replaced."""
        text = super().formatException(ei)
        for said, kind in _said(ei[1]):
            text = text.replace(said, kind)
        return text


def _said(error: BaseException | None) -> list[tuple[str, str]]:
    """Return the messages of the database in a chain of errors, each with what stands for it."""
    found: list[tuple[str, str]] = []
    seen: list[BaseException] = []
    while error is not None and error not in seen:
        seen.append(error)
        if isinstance(error, Error):
            found.append((str(error), _kind(error.diag, error.sqlstate)))
        error = error.__cause__ or error.__context__
    return [(said, kind) for said, kind in found if said]


def _kind(diag: Any, sqlstate: str | None) -> str:
    known = (diag.table_name, diag.column_name, diag.constraint_name)
    where = ", ".join(name for name in known if name)
    return f"(SQLSTATE {sqlstate}{f': {where}' if where else ''}; its words are not logged)"
