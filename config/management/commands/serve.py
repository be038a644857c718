"""Bring the database up to date, load the demonstration where there is one, and serve."""

import fcntl
import io
import json
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error

from accounts.models import Role
from audit.refusals import Refused
from config.mode import refuse_other_mode
from config.web import PortInUseError, Server, check_port


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
        steps = {"database": self._bring_up_to_date}
        if settings.REGISTER_MODE == "demonstration":
            steps["demonstration"] = self._load_demonstration
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        with (settings.VAR_DIR / "serve.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # two may start at once; one of them sets up
            for number, (name, do) in enumerate(steps.items(), 1):
                self._say(f"Starting {number} of {len(steps)}: {name}")
                started = time.monotonic()
                do()
                self._say(f"    {time.monotonic() - started:.1f} s")
        try:
            refuse_other_mode()
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._say_where()
        Server().run()

    def _say(self, line: str) -> None:
        """Print a line at once, also where the output goes to a file."""
        self.stdout.write(line)
        self.stdout.flush()

    def _bring_up_to_date(self) -> None:
        """Migrate and set the roles' rights, as the tables' owner, where that is outstanding."""
        if _is_up_to_date():
            return
        for command in ("migrate", "provision_roles"):
            self._say(f"    manage.py {command}")
            done = subprocess.run(  # noqa: S603 - our own commands, no shell
                [sys.executable, sys.argv[0], command, "--verbosity=0"], check=False
            )
            if done.returncode:
                raise CommandError(f"manage.py {command} failed: see its message above.")

    def _load_demonstration(self) -> None:
        call_command("load_demo", stdout=self.stdout)

    def _say_where(self) -> None:
        self._say(f"\nThe register is at {settings.REGISTER_URL}")
        if settings.REGISTER_MODE == "demonstration":
            self._say(f"It is a demonstration. These people can sign in:\n{_people()}")
        self._say("Stop it with Ctrl-C.")


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
    people = json.loads(printed.getvalue())
    rows = [(Role(one["role"]).label, one["email"], one["password"]) for one in people]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    return "".join(
        "  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + "\n"
        for row in rows
    )
