"""`manage.py serve`, as `make run` ends: on its own database, in a process of its own."""

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
    process: subprocess.Popen[str]

    @property
    def health(self) -> str:
        """The address that answers when the register can serve."""
        return f"http://127.0.0.1:{self.port}/healthz"


def environment(var: Path, port: int) -> dict[str, str]:
    """Return the environment of an empty live register on an embedded database of its own."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
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


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """Serve from nothing."""
    var = Path(tempfile.mkdtemp(prefix="register-test-"))
    var.chmod(0o755)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = serve(port, var)
    yield Served(port, var, process)
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
    shutil.rmtree(var)


def test_it_serves_from_nothing(served: Served) -> None:
    assert wait_for(served.health, served.process) == 200


def test_a_second_one_on_the_same_port_says_what_to_do(served: Served) -> None:
    wait_for(served.health, served.process)
    said = serve(served.port, served.var).communicate(timeout=PATIENCE)[0]
    assert "choose another port, for example with PORT=8001" in said


def test_it_survives_a_crash_of_its_database(served: Served) -> None:
    wait_for(served.health, served.process)
    pid_file = served.var / "postgres" / "data" / "postmaster.pid"
    os.kill(int(pid_file.read_text().split()[0]), signal.SIGKILL)
    time.sleep(0.5)
    assert wait_for(served.health, served.process) == 200


def test_a_command_works_while_it_serves(served: Served) -> None:
    wait_for(served.health, served.process)
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--check"],
        cwd=ROOT,
        env=environment(served.var, served.port),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


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


def test_dbshell_finds_the_database_without_an_installed_psql(served: Served) -> None:
    wait_for(served.health, served.process)
    path = os.pathsep.join([str(Path(sys.executable).parent), "/nowhere"])
    done = managed(served, "dbshell", "--", "-Atc", "SELECT current_user", PATH=path)
    assert done.stdout == "register_admin\n", done.stderr


def test_another_kind_of_register_is_not_served(served: Served) -> None:
    wait_for(served.health, served.process)
    people = ["--administrator", "a@example.org", "--administrator", "b@example.org"]
    named = ["--body", "An office", "--series", "PCD", "--next-number", "1"]
    started = managed(served, "start_register", *named, *people)
    assert started.returncode == 0, started.stderr
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    refused = managed(served, "serve", REGISTER_MODE="demonstration", PORT=port)
    assert refused.returncode == 1
    assert "holds a live register" in refused.stderr
    code = "import config.wsgi"
    by_itself = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment(served.var, served.port) | {"REGISTER_MODE": "demonstration"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "holds a live register" in by_itself.stderr


def test_stopped_it_leaves_nothing_running(served: Served) -> None:
    wait_for(served.health, served.process)
    served.process.send_signal(signal.SIGINT)
    said = served.process.communicate(timeout=PATIENCE)[0]
    assert "Traceback" not in said
    assert not (served.var / "postgres" / "data" / "postmaster.pid").exists()
