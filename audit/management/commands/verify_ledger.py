"""Verify the audit trail and every row that it covers."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from audit.verify import NOT_STARTED, verify


class Command(BaseCommand):
    """Verify the audit trail: exit 0 when all is as written, 1 with what is not."""

    help = (
        "Recompute the audit trail, compare every row of the register with it, and check the "
        "signed checkpoints. Exit 0: all as written. Exit 1: names what is not."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --json."""
        parser.add_argument("--json", action="store_true", help="print one JSON object, no more")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Verify and print; leaves with status 1 when something fails."""
        report = verify()
        if options["json"]:
            self.stdout.write(json.dumps(report.to_dict()))
        elif report.ok:
            self.stdout.write(f"Verified: {report.entries} entries, head {report.head}.")
        elif report.failures == [NOT_STARTED]:
            self.stdout.write(NOT_STARTED.detail)
        else:
            for failure in report.failures:
                self.stdout.write(f"{failure.kind}: {failure.detail}")
            self.stdout.write(
                f"NOT verified: {len(report.failures)} of the above; {report.entries} entries, "
                f"head {report.head}."
            )
        if not report.ok:
            sys.exit(1)
