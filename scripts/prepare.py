"""Everything a fresh machine needs before the register can run or be tested.

`python3 -m scripts.prepare run|test` is what make calls. Each step leaves a stamp with the digest
of what it was made from, and is passed over while that is unchanged. `run` ends by becoming the
web server.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from scripts import front_end, system
from scripts.steps import (
    PYTHON,
    ROOT,
    VENV,
    CannotGoOn,
    Steps,
    digest,
    is_stamped,
    one_at_a_time,
    run,
    say,
)
from scripts.steps import write_stamp as stamp

Note = Callable[[str], None]
OLDEST = (3, 11)
PINS = {"run": ROOT / "requirements.txt", "test": ROOT / "requirements-dev.txt"}
SERVED_STAMP = ROOT / "build" / "served.sha256"


def prepare(purpose: str) -> None:
    """Do all set-up for `purpose`, "run" or "test" (which includes what "run" needs)."""
    with one_at_a_time(ROOT / "build" / "set-up.lock"):
        _prepare(purpose)


def _prepare(purpose: str) -> None:
    steps = Steps("Setting up", 5)
    with steps.step("system libraries") as note:
        done = system.install_missing(("run",) if purpose == "run" else ("run", "test"))
        note(done + (system.install_quicker() if purpose == "test" else ""))
    with steps.step("Python environment (.venv)") as note:
        _make_venv(note)
    with steps.step(f"Python packages ({PINS[purpose].name})") as note:
        _install_pins(purpose, note)
    with steps.step("front end (npm packages and style sheet)") as note:
        front_end.build(note)
    with steps.step("static files, compressed and named by content") as note:
        _collect_static(note)


def _make_venv(note: Note) -> None:
    if PYTHON.exists():
        shown = subprocess.run(  # noqa: S603 - our own environment's Python
            [PYTHON, "-c", "import sys; print(sys.version_info >= (3, 11))"],
            capture_output=True,
            text=True,
            check=False,
        )
        if shown.stdout.strip() == "True":
            note("there already")
            return
        note("was for another Python: made anew")
        shutil.rmtree(VENV)
    run(
        [sys.executable, "-m", "venv", VENV],
        hint="The Python environment could not be made. On Debian and Ubuntu install python3-venv.",
    )


def _install_pins(purpose: str, note: Note) -> None:
    wanted = {name: digest([path], sys.version) for name, path in PINS.items()}
    stamps = {name: VENV / f"pins-{name}.sha256" for name in PINS}
    enough = ("run", "test") if purpose == "run" else ("test",)
    if any(is_stamped(stamps[name], wanted[name]) for name in enough):
        note("up to date")
        return
    total = sum(" --hash" not in line and "==" in line for line in PINS[purpose].open())
    run(
        [PYTHON, "-m", "pip", "install", "--require-hashes", "--requirement", PINS[purpose],
         "--disable-pip-version-check", "--no-input", "--progress-bar=off"],
        hint="The Python packages could not be installed. Is the package index reachable?",
        show=_Counted(total),
    )  # fmt: skip
    stamp(stamps[purpose], wanted[purpose])
    note(f"installed from {PINS[purpose].name}")


class _Counted:
    """Lets every tenth of pip's lines about a package through, with a count."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.count = 0

    def __call__(self, line: str) -> bool:
        if line.startswith("Installing collected"):
            say("    installing …")
        if line.startswith(("Collecting", "Requirement already")):
            self.count += 1
            if self.count % 10 == 0:
                say(f"    {self.count} of at most {self.total} packages")
        return False


def _collect_static(note: Note) -> None:
    inputs = [ROOT / "static", front_end.STAMP, ROOT / "config" / "static_storage.py"]
    wanted = digest([*inputs, PINS["run"]])
    if is_stamped(SERVED_STAMP, wanted):
        note("up to date")
        return
    run(
        [
            PYTHON,
            "manage.py",
            "collectstatic",
            "--noinput",
            "--clear",
            "--ignore=*.scss",
            "--ignore=*.ttf",
        ],
        hint="The static files could not be made ready for serving.",
    )
    stamp(SERVED_STAMP, wanted)


def main(purpose: str) -> None:
    """Prepare, and for "run" become the web server."""
    if sys.version_info < OLDEST:
        raise CannotGoOn(f"Python 3.11 or later is needed; this is {sys.version.split()[0]}.")
    prepare("test" if purpose == "test" else "run")
    if purpose == "serve":
        os.chdir(ROOT)
        os.execv(PYTHON, [str(PYTHON), "manage.py", "serve"])  # noqa: S606 - no shell wanted


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]).name)
    except CannotGoOn as problem:
        sys.exit(f"\n{problem}")
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
