"""Make the three database roles and give each what it needs, and nothing more."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import Error, connection, transaction

from audit import register
from audit.structure import is_recorded

SQL = Path(__file__).resolve().parent.parent.parent / "sql" / "roles.sql"


class Command(BaseCommand):
    """Make the database roles register_app, register_migrator and register_ledger."""

    help = (
        "Make the three database roles (application, migrator, ledger owner), hand each its tables "
        "and rights, and list the software's own tables in the ledger. Run after every migrate, "
        "as a database role that may create roles. Safe to repeat."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --accept-structure."""
        parser.add_argument(
            "--accept-structure",
            action="store_true",
            help="record the database's structure as it now is, though no migration changed it",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
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
            register.record_schema(accept=options["accept_structure"])
        self.stdout.write("Database roles: register_app, register_migrator, register_ledger.")
        if register.present() is not None and not is_recorded():
            self.stderr.write(
                "The database's structure is not as last recorded, and no migration changed it: "
                "run verify_ledger, and --accept-structure once it is explained."
            )


def provision() -> None:
    """Make roles, ownership and rights; repeating changes nothing. Raises django.db.Error."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SQL.read_text(encoding="utf-8"))
