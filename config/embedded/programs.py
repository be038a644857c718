"""Running PostgreSQL's programs as the user who owns the cluster."""

import os
import subprocess
from collections.abc import Sequence
from typing import TextIO

from config.embedded.places import Places, open_private

NOT_PASSED_ON = ("PG", "LC_", "LD_")


def run(
    places: Places, command: Sequence[str], typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run `command`, never as root, with `typed` as its input and its words going to the log."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(NOT_PASSED_ON)
    }
    drop = os.geteuid() == 0
    with _log(places) as log:
        return subprocess.run(  # noqa: S603 - programs that `binaries.find` checked, no shell
            command,
            cwd=places.home,
            env=environment | {"LC_ALL": "C"},
            input=typed,
            stdout=log,
            stderr=log,
            text=True,
            check=False,
            user=places.owner.uid if drop else None,
            group=places.owner.gid if drop else None,
            extra_groups=[] if drop else None,
        )


def last_words(places: Places, lines: int = 8) -> str:
    """Return the end of the server's log, for an error message."""
    if not places.log.exists():
        return "(the log is empty)"
    return "\n  ".join(places.log.read_text(errors="replace").splitlines()[-lines:])


def _log(places: Places) -> TextIO:
    return os.fdopen(open_private(places, places.log.name, os.O_WRONLY | os.O_APPEND), "a")
