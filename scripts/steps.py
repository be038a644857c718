"""Saying what is being done, how far it is, and how long it took."""

import contextlib
import fcntl
import hashlib
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"


class CannotGoOn(Exception):
    """Set-up has to stop; the message says what the person can do about it."""


class Steps:
    """Numbered steps of one piece of work: 'Setting up 2 of 5: …'."""

    def __init__(self, title: str, count: int) -> None:
        self.title = title
        self.count = count
        self.number = 0

    @contextlib.contextmanager
    def step(self, name: str) -> Iterator[Callable[[str], None]]:
        """Time a step; the function it gives notes what was done, or why nothing was."""
        self.number += 1
        noted: list[str] = []
        say(f"{self.title} {self.number} of {self.count}: {name}")
        started = time.monotonic()
        yield noted.append
        took = f"{time.monotonic() - started:.1f} s"
        say(f"    {', '.join([*noted, took])}")


@contextlib.contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Wait until no other process holds `lock`, and hold it."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another make in this folder to finish setting up")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(command: list[str | Path], *, hint: str, show: Callable[[str], bool] | None = None) -> None:
    """Run a command in the checkout; on failure print its words and stop with `hint`.

    Lines for which `show` answers true are printed as they come.
    """
    heard: list[str] = []
    with subprocess.Popen(  # noqa: S603 - our own commands, no shell
        [str(part) for part in command],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in process.stdout or ():
            heard.append(line)
            if show is not None and show(line):
                say(f"    {line.strip()}")
    if process.returncode:
        raise CannotGoOn("".join(heard[-40:]) + hint)


def digest(paths: Iterable[Path], *more: str) -> str:
    """Return the SHA-256 of files (folders: all files below) by name and content, and of words."""
    total = hashlib.sha256("\0".join(more).encode())
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                total.update(str(file.relative_to(ROOT)).encode())
                total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def is_stamped(stamp: Path, value: str) -> bool:
    """Say whether the step that leaves `stamp` was done for just this `value`."""
    return stamp.is_file() and stamp.read_text() == value


def write_stamp(stamp: Path, value: str) -> None:
    """Note that the step was done."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)
