"""Write the whole audit trail to a file."""

import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from audit.exporters.ledger import export_lines
from audit.refusals import Refused


class Command(BaseCommand):
    """Write the audit trail as JSON Lines; the file appears whole or not at all."""

    help = (
        "Write the audit trail, its checkpoints and the digests of all rows, as JSON Lines to FILE."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file's name."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--whole",
            action="store_true",
            help="Write what each row says too, of Part 2 as well: keep the file safe.",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Export; CommandError when the file cannot be written or there is nothing to export."""
        target: Path = options["file"]
        draft = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            count = _write(draft, whole=options["whole"])
            draft.replace(target)
        except (OSError, Refused) as error:
            raise CommandError(f"Not exported: {error}") from error
        finally:
            draft.unlink(missing_ok=True)
        self.stdout.write(f"Wrote {count} lines to {target}.")


def _write(path: Path, *, whole: bool) -> int:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as file:
        count = 0
        for line in export_lines(whole=whole):
            file.write(line)
            count += 1
        file.flush()
        os.fsync(file.fileno())
    return count
