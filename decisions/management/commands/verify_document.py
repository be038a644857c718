"""Say whether a file is a document that this register issued."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from decisions.documents.issued import known_document
from decisions.documents.verify import Verdict, verify_bytes


class Command(BaseCommand):
    """Check one file; the exit status is 0 only for a genuine document that still stands."""

    help = "Say whether a file is a signed document of this register, changed, or another's."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, and whether to answer in JSON."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print nothing but JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the verdict and leave with 0 for current, 1 otherwise."""
        try:
            data = options["file"].read_bytes()
        except OSError as problem:
            self._fail(f"{options['file']} cannot be read: {problem.strerror}.", options["json"])
        verdict = verify_bytes(data, lookup=known_document)
        self.stdout.write(json.dumps(verdict.as_json()) if options["json"] else _told(verdict))
        sys.exit(0 if verdict.is_current else 1)

    def _fail(self, words: str, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"error": words}))
        else:
            self.stderr.write(words)
        sys.exit(1)


def _told(verdict: Verdict) -> str:
    heading = f"{verdict.verdict}: {verdict.title}"
    about = [f"Decision: {verdict.reference}"] if verdict.reference else []
    if verdict.version:
        about.append(f"Version of the paper: {verdict.version}")
    marks = [f"{'yes' if check.passed else 'NO ':3} {check.words}" for check in verdict.checks]
    return "\n".join([heading, verdict.meaning, *about, *marks])
