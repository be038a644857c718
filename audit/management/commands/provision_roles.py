"""Make the three database roles and give each what it needs, and nothing more."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connection, transaction

from audit import register

SQL = Path(__file__).resolve().parent.parent.parent / "sql" / "roles.sql"


class Command(BaseCommand):
    """Make the database roles register_app, register_migrator and register_ledger."""

    help = (
        "Make the three database roles (application, migrator, ledger owner), hand each its tables "
        "and rights, and list the software's own tables in the ledger. Run after every migrate, "
        "as a database role that may create roles. Safe to repeat."
    )

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Provision; CommandError when the connecting role may not."""
        try:
            provision()
        except Error as error:
            message = (
                f"The roles could not be made: {error}\nConnect as a role that may create roles "
                "and owns the database (DATABASE_OWNER_URL, or DATABASE_URL), then run it again."
            )
            raise CommandError(message) from error
        if register.present() is not None:
            register.record_schema()
        self.stdout.write("Database roles: register_app, register_migrator, register_ledger.")


def provision() -> None:
    """Make roles, ownership and rights; repeating changes nothing. Raises django.db.Error."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SQL.read_text(encoding="utf-8"))
