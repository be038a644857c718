"""`manage.py serve`, as `make run` ends: on its own database, in a process of its own.

The tests share a place and its database; whichever comes first finds nothing there. Each begins
with a register that serves, started again where the test before it stopped it.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 120.0


@dataclass
class Served:
    """A register being served for the tests below."""

    port: int
    var: Path
    process: subprocess.Popen[str] | None = None
    first_answer: int = 0

    @property
    def health(self) -> str:
        """The address that answers when the register can serve."""
        return f"http://127.0.0.1:{self.port}/healthz"

    def start(self) -> None:
        """Serve, unless it does already, and wait until it answers."""
        if self.process is None:
            self.process = serve(self.port, self.var)
        answer = self.answer()
        self.first_answer = self.first_answer or answer

    def answer(self) -> int:
        """Return the status of the first answer; 0 when none came in time, or it ended."""
        assert self.process
        return wait_for(self.health, self.process)

    def stop(self) -> str:
        """Stop it as Ctrl-C does, and return all that it printed."""
        assert self.process
        self.process.send_signal(signal.SIGINT)
        said = self.process.communicate(timeout=PATIENCE)[0]
        self.process = None
        return said


def environment(var: Path, port: int) -> dict[str, str]:
    """Return the environment of an empty live register on an embedded database of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    return kept | {"PORT": str(port), "VAR_DIR": str(var), "REGISTER_MODE": "live"}


def serve(port: int, var: Path) -> subprocess.Popen[str]:
    """Start `manage.py serve` for an empty live register."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=environment(var, port),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_for(address: str, process: subprocess.Popen[str]) -> int:
    """Return the status of the first answer."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(URLError, ConnectionError), urlopen(address) as answer:  # noqa: S310
            status: int = answer.status
            return status
        time.sleep(0.1)
    return 0


def a_free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture(scope="module")
def place() -> Iterator[Served]:
    """Return a place with nothing in it, not served yet."""
    var = Path(tempfile.mkdtemp(prefix="register-test-"))
    var.chmod(0o755)
    here = Served(a_free_port(), var)
    yield here
    if here.process:
        here.stop()
    shutil.rmtree(var)


@pytest.fixture
def served(place: Served) -> Served:
    """Return the register, serving."""
    place.start()
    return place


def test_it_serves_from_nothing(served: Served) -> None:
    assert served.first_answer == 200


def test_a_second_one_on_the_same_port_says_what_to_do(served: Served) -> None:
    said = serve(served.port, served.var).communicate(timeout=PATIENCE)[0]
    assert "choose another port, for example with PORT=8001" in said


def test_it_survives_a_crash_of_its_database(served: Served) -> None:
    pid_file = served.var / "postgres" / "data" / "postmaster.pid"
    os.kill(int(pid_file.read_text().split()[0]), signal.SIGKILL)
    time.sleep(0.5)
    assert served.answer() == 200


def managed(served: Served, *arguments: str, **changed: str) -> subprocess.CompletedProcess[str]:
    """Run one of the register's commands beside the server, with changed settings."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(served.var, served.port) | changed,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_command_works_while_it_serves(served: Served) -> None:
    done = managed(served, "migrate", "--check")
    assert done.returncode == 0, done.stderr


def test_dbshell_finds_the_database_without_an_installed_psql(served: Served) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), "/nowhere"])
    done = managed(served, "dbshell", "--", "-Atc", "SELECT current_user", PATH=path)
    assert done.stdout == "register_admin\n", done.stderr


@pytest.fixture
def live(served: Served) -> Served:
    """Return the register, started live, as it stays for whoever comes after."""
    people = ["--administrator", "a@example.org", "--administrator", "b@example.org"]
    named = ["--body", "An office", "--series", "PCD", "--next-number", "1"]
    started = managed(served, "start_register", *named, *people)
    assert started.returncode == 0 or "started already" in started.stderr, started.stderr
    return served


def test_another_kind_of_register_is_not_served(live: Served) -> None:
    refused = managed(live, "serve", REGISTER_MODE="demonstration", PORT=str(a_free_port()))
    assert refused.returncode == 1
    assert "holds a live register" in refused.stderr


def test_another_kind_of_register_is_not_served_by_gunicorn_itself(live: Served) -> None:
    refused = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=ROOT,
        env=environment(live.var, live.port) | {"REGISTER_MODE": "demonstration"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "holds a live register" in refused.stderr


def test_stopped_it_leaves_nothing_running(served: Served) -> None:
    said = served.stop()
    assert "Traceback" not in said
    assert not (served.var / "postgres" / "data" / "postmaster.pid").exists()
