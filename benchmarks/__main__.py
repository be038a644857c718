"""Run every benchmark in a database of its own and keep the ratios: `make bench`."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

LATEST = Path(__file__).with_name("latest.json")


@contextmanager
def a_database() -> Iterator[None]:
    """Make a database with the register's roles, work in it as the application, drop it."""
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    with TemporaryDirectory() as folder:
        settings.VAR_DIR = Path(folder)
        call_command("provision_roles", verbosity=0)
        try:
            yield
        finally:
            teardown_databases(made, verbosity=0)


def main() -> int:
    """Run the benchmarks; 0 when every ratio is within its target."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    # Models need the set-up first.
    from benchmarks.imports import many_lines  # noqa: PLC0415
    from benchmarks.money import one_posted_line  # noqa: PLC0415
    from benchmarks.verifying import many_entries  # noqa: PLC0415

    with a_database():
        results = [one_posted_line(), *many_lines(), many_entries()]
        connection.close()
    LATEST.write_text(json.dumps([one.facts() for one in results], indent=2) + "\n")
    for one in results:
        said = "for information"
        if one.target is not None:
            said = f"at most {one.target:g} x: {'met' if one.met else 'NOT MET'}"
        sys.stdout.write(f"{one.name}: {one.ratio:.1f} x, {said}\n")
    return 0 if all(one.met for one in results) else 1


if __name__ == "__main__":
    sys.exit(main())
