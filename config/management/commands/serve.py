"""Bring the database up to date, load the demonstration where there is one, and serve."""

import io
import json
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error

from config.web import PortInUseError, Server, check_port

STEPS = 3


class Command(BaseCommand):
    """Serve the register."""

    help = "Bring the database up to date, load the demonstration when empty, and serve."
    requires_system_checks: list[str] = []

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Do each step, saying so, and serve until stopped."""
        try:
            check_port(settings.HOST, settings.PORT)
        except PortInUseError as problem:
            raise CommandError(str(problem)) from problem
        self._step(1, "database", self._bring_up_to_date)
        if settings.REGISTER_MODE == "demonstration":
            self._step(2, "demonstration", self._load_demonstration)
        self._step(3, "web server", Server)
        self._say_where()
        Server().run()

    def _step(self, number: int, name: str, do: Callable[[], object]) -> None:
        self.stdout.write(f"Starting {number} of {STEPS}: {name}")
        self.stdout.flush()
        started = time.monotonic()
        do()
        self.stdout.write(f"    {time.monotonic() - started:.1f} s")

    def _bring_up_to_date(self) -> None:
        """Migrate and set the roles' rights, as the tables' owner, where that is outstanding."""
        if _is_up_to_date():
            return
        for command in ("migrate", "provision_roles"):
            self.stdout.write(f"    manage.py {command}")
            done = subprocess.run(  # noqa: S603 - our own commands, no shell
                [sys.executable, sys.argv[0], command, "--verbosity=0"], check=False
            )
            if done.returncode:
                raise CommandError(f"manage.py {command} failed: see its message above.")

    def _load_demonstration(self) -> None:
        call_command("load_demo", stdout=self.stdout)

    def _say_where(self) -> None:
        self.stdout.write(f"\nThe register is at {settings.REGISTER_URL}")
        if settings.REGISTER_MODE == "demonstration":
            self.stdout.write("It is a demonstration. These people can sign in:\n")
            self.stdout.write(_people())
        self.stdout.write("Stop it with Ctrl-C.\n")
        self.stdout.flush()


def _is_up_to_date() -> bool:
    """Say whether every migration was run and the application's role can use the tables."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        with connection.cursor() as cursor:
            cursor.execute("SELECT FROM ledger_entry LIMIT 1")
    except (Error, ImproperlyConfigured):
        return False
    return True


def _people() -> str:
    """Return a table of who can sign in, with a role and a password each."""
    printed = io.StringIO()
    call_command("demo_people", "--json", stdout=printed)
    rows = [(row["role"], row["email"], row["password"]) for row in json.loads(printed.getvalue())]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "".join(
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + "\n"
        for row in rows
    )
