"""The register itself: its start, its mode, and the tables that the software keeps."""

from typing import Any

from django.conf import settings
from django.db import connection

from audit import clock
from audit.acts import SYSTEM, Act, Actor, acting, grouped_rows
from audit.events import REGISTER_STARTED, SCHEMA_RECORDED
from audit.keys import load_or_create_key
from audit.models import CheckpointKey, LedgerEntry, Register
from audit.refusals import Refused
from audit.structure import is_recorded, present_structure, structure_failures


class WrongRegister(Refused):
    """The database holds another kind of register than the settings ask for."""


def present() -> Register | None:
    """Return the register that this database holds, or None before it is started."""
    return Register.objects.first()


def ensure_mode() -> Register | None:
    """Return the register when it is of the mode the settings ask for, None when not started.

    Raises WrongRegister when a demonstration is asked of a live database or the reverse.
    """
    register = present()
    if register is None:
        return None
    foreign = LedgerEntry.objects.exclude(demonstration=register.mode == "demonstration")
    if register.mode != settings.REGISTER_MODE or foreign.exists():
        raise WrongRegister(
            f"This database holds a {register.mode} register, and REGISTER_MODE is "
            f"{settings.REGISTER_MODE}.",
            clears="Neither turns into the other: set REGISTER_MODE to match, or DATABASE_URL "
            "to another, empty database.",
        )
    return register


def start(*, body: str, by: Actor = SYSTEM) -> Register:
    """Start the register in an empty database, in the mode of the settings, and return it.

    Raises Refused when one is started already.
    """
    if present() is not None:
        raise Refused("The register has been started already.")
    with acting(by=by, name="start_register") as act:
        register = Register.objects.create(
            id=1, mode=settings.REGISTER_MODE, body=body, started_at=clock.now()
        )
        key = load_or_create_key()
        CheckpointKey.objects.create(id=key.id, public_key=key.public_bytes)
        act.record(REGISTER_STARTED, subject=register, data={"body": body, "mode": register.mode})
        _record_structure(act, unlisted_rows())
    return register


def record_schema(*, by: Actor = SYSTEM, accept: bool = False) -> bool:
    """List the rows of the tables that the software keeps, and the structure of the database.

    Run after every migration; returns whether anything was recorded. A structure that differs
    though no migration has run is left for verification to report, unless ``accept`` says that
    somebody has looked at it: a guard that was taken down is not made lawful by a restart.
    """
    with acting(by=by, name="record_schema") as act:
        rows = unlisted_rows()
        has_migrated = any(group["table"] == MIGRATIONS for group in rows)
        if (not rows and is_recorded()) or not (accept or has_migrated):
            return False
        _record_structure(act, rows)
    return True


def _record_structure(act: Act, unlisted: list[dict[str, Any]]) -> None:
    data: dict[str, object] = {
        "changed": [failure.key for failure in structure_failures()],
        "structure": present_structure(),
    }
    act.record(SCHEMA_RECORDED, data=data, rows=unlisted)


def unguarded_tables() -> list[str]:
    """Return the tables of the register that bear no guard: those the software itself keeps."""
    with connection.cursor() as cursor:
        cursor.execute(UNGUARDED_SQL)
        return [name for (name,) in cursor.fetchall()]


def unlisted_rows() -> list[dict[str, Any]]:
    """Return the rows of unguarded tables that the ledger does not list as they now stand."""
    found: list[tuple[str, list[str], str, str | None]] = []
    for table in unguarded_tables():
        with connection.cursor() as cursor:
            cursor.execute(UNLISTED_SQL, {"table": table})
            found.extend(cursor.fetchall())
    return grouped_rows(found)


MIGRATIONS = "public.django_migrations"

UNGUARDED_SQL = """
    SELECT n.nspname || '.' || c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
    WHERE audit.is_covered(c.oid)
      AND NOT EXISTS (SELECT FROM pg_trigger t
                      WHERE t.tgrelid = c.oid AND t.tgname = 'audit_note_touched')
    ORDER BY 1
"""

UNLISTED_SQL = """
    WITH present AS (
        SELECT key, sha256(convert_to(content, 'UTF8')) AS digest
        FROM audit.rows_text(%(table)s::regclass, audit.table_columns(%(table)s::regclass))
    ), listed AS (
        SELECT DISTINCT ON (key) key, digest, columns FROM audit.ledger_row
        WHERE table_name = %(table)s ORDER BY key, seq DESC
    )
    SELECT %(table)s, audit.table_columns(%(table)s::regclass), coalesce(p.key, l.key) AS key,
           encode(p.digest, 'hex')
    FROM present p FULL JOIN listed l USING (key)
    WHERE p.digest IS DISTINCT FROM l.digest
       OR (p.key IS NOT NULL AND l.columns <> audit.table_columns(%(table)s::regclass))
    ORDER BY coalesce(p.key, l.key)
"""
