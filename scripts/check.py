"""What `make check` runs: every check, two at a time and each to its end, then which failed."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from scripts.steps import PYTHON, ROOT, VENV, say

# What takes longest goes first.
CHECKS: dict[str, list[str]] = {
    "types (mypy --strict)": [str(VENV / "bin" / "mypy")],
    "migrations are up to date": [str(PYTHON), "manage.py", "makemigrations", "--check"],
    "style (ruff check)": [str(VENV / "bin" / "ruff"), "check", "."],
    "layout (ruff format)": [str(VENV / "bin" / "ruff"), "format", "--check", "."],
    "layers (import-linter)": [str(VENV / "bin" / "lint-imports"), "--no-logo"],
    "templates": [str(PYTHON), "-m", "scripts.lint_templates"],
    "pins": [str(PYTHON), "-m", "scripts.lint_pins"],
}


def main() -> int:
    """Run the checks; return how many failed."""
    say(f"Checking {len(CHECKS)} things: {', '.join(CHECKS)}")
    with ThreadPoolExecutor(max_workers=2) as pool:
        passed = dict(zip(CHECKS, pool.map(_passes, CHECKS), strict=True))
    failed = [name for name in CHECKS if not passed[name]]
    say("Failed: " + ", ".join(failed) if failed else f"All {len(CHECKS)} checks passed.")
    return len(failed)


def _passes(name: str) -> bool:
    started = time.monotonic()
    done = subprocess.run(  # noqa: S603 - our own commands, no shell
        CHECKS[name], cwd=ROOT, capture_output=True, text=True, check=False
    )
    verdict = "FAILED" if done.returncode else "passed"
    said = f"\n{done.stdout}{done.stderr}" if done.returncode else ""
    say(f"    {verdict}, {time.monotonic() - started:.1f} s: {name}{said}")
    return not done.returncode


if __name__ == "__main__":
    sys.exit(main())
