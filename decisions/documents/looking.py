"""Looks for what would run in untrusted bytes, in a process of its own with little memory and time.

Run as `python -m decisions.documents.looking < FILE`. Prints what was found as JSON, "" for
nothing. This module knows nothing of Django, of the register's data or of its keys.
"""

import json
import resource
import sys

from decisions.documents.looking_office import runs_in_zip
from decisions.documents.looking_pdf import runs_in_pdf
from decisions.documents.seen import UNSEEN, is_zip

CPU_SECONDS = 10
MEMORY = 1 << 30


def main() -> None:
    """Look into standard input."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.stdout.write(json.dumps(found_in(sys.stdin.buffer.read())))


def found_in(data: bytes) -> str:
    """Return what in a zip or a PDF would run; empty for nothing."""
    try:
        return runs_in_zip(data) if is_zip(data) else runs_in_pdf(data)
    except Exception:
        # RecursionError, MemoryError and others all escape from parsers of hostile bytes
        return UNSEEN


if __name__ == "__main__":
    main()
