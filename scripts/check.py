"""What `make check` runs: every check, each to its end, then which failed."""

import subprocess
import sys
import time

from scripts.steps import PYTHON, ROOT, VENV, say

CHECKS: dict[str, list[str]] = {
    "style (ruff check)": [str(VENV / "bin" / "ruff"), "check", "."],
    "layout (ruff format)": [str(VENV / "bin" / "ruff"), "format", "--check", "."],
    "types (mypy --strict)": [str(VENV / "bin" / "mypy")],
    "layers (import-linter)": [str(VENV / "bin" / "lint-imports"), "--no-logo"],
    "migrations are up to date": [str(PYTHON), "manage.py", "makemigrations", "--check"],
    "templates": [str(PYTHON), "-m", "scripts.lint_templates"],
    "pins": [str(PYTHON), "-m", "scripts.lint_pins"],
}


def main() -> int:
    """Run the checks one after the other; return how many failed."""
    failed = [name for number, name in enumerate(CHECKS, 1) if not _passes(number, name)]
    say("Failed: " + ", ".join(failed) if failed else f"All {len(CHECKS)} checks passed.")
    return len(failed)


def _passes(number: int, name: str) -> bool:
    say(f"Checking {number} of {len(CHECKS)}: {name}")
    started = time.monotonic()
    done = subprocess.run(  # noqa: S603 - our own commands, no shell
        CHECKS[name], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        say(done.stdout + done.stderr)
    verdict = "FAILED" if done.returncode else "passed"
    say(f"    {verdict}, {time.monotonic() - started:.1f} s")
    return not done.returncode


if __name__ == "__main__":
    sys.exit(main())
