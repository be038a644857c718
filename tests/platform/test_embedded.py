"""The embedded PostgreSQL: shared by processes, stopped by the last, back after a crash.

Each test works on a server of its own, in processes of its own, as people would.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config.embedded import binaries, places
from config.embedded.problems import EmbeddedDatabaseError

CLIENT = """
import ctypes
import sys
import psycopg
from pathlib import Path
from config.embedded.server import ensure_running
PR_SET_CHILD_SUBREAPER = 36
if "--keep-the-dead" in sys.argv:
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
for line in sys.stdin:
    server = ensure_running(Path(sys.argv[1]), None)
    with psycopg.connect(
        host=str(server.socket), user="register_admin", dbname="register", autocommit=True
    ) as connection:
        cursor = connection.execute(line)
        print(cursor.fetchone()[0] if cursor.description else "done", flush=True)
"""
ROOT = Path(__file__).resolve().parent.parent.parent


class Client:
    """A process that uses the server from its first statement until it ends."""

    def __init__(self, var: Path, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", CLIENT, str(var), *arguments],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ask(self, statement: str) -> str:
        """Run a statement and return its first value."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(statement + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def end(self) -> str:
        """Let the process end by itself and return what it said to people."""
        return self.process.communicate(timeout=60)[1]

    def kill(self) -> None:
        """End the process without giving it a chance to tidy up."""
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def var() -> Iterator[Path]:
    """A folder that the server's own user can reach, unlike pytest's."""
    folder = Path(tempfile.mkdtemp(prefix="register-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def client(var: Path) -> Iterator[Callable[..., Client]]:
    """Start client processes; those that a test leaves running end with it."""
    started: list[Client] = []

    def start(*arguments: str) -> Client:
        started.append(Client(var, *arguments))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.end()


def server_of(var: Path) -> int | None:
    """Return the process id of the running server."""
    pid_file = var / "postgres" / "data" / "postmaster.pid"
    return int(pid_file.read_text().split()[0]) if pid_file.exists() else None


def test_two_processes_share_it_and_the_last_one_stops_it(
    var: Path, client: Callable[..., Client]
) -> None:
    first, second = client(), client()
    assert [first.ask("SELECT 1"), second.ask("SELECT 2")] == ["1", "2"]
    first.end()
    assert second.ask("SELECT 3") == "3"
    second.end()
    assert server_of(var) is None


def test_after_its_user_was_killed_the_next_one_still_stops_it(
    var: Path, client: Callable[..., Client]
) -> None:
    killed, next_one = client(), client()
    killed.ask("SELECT 1")
    killed.kill()
    assert server_of(var)
    assert next_one.ask("SELECT 2") == "2"
    next_one.end()
    assert server_of(var) is None


@pytest.mark.parametrize("arguments", [[], ["--keep-the-dead"]], ids=["reaped", "never reaped"])
def test_it_comes_back_after_a_crash_with_all_that_was_committed(
    var: Path, client: Callable[..., Client], arguments: list[str]
) -> None:
    user = client(*arguments)
    user.ask("CREATE TABLE kept AS SELECT 'all of it' AS word")
    crashed = server_of(var)
    assert crashed
    os.kill(crashed, signal.SIGKILL)
    while Path(f"/proc/{crashed}/stat").exists() and not is_zombie(crashed):
        time.sleep(0.05)
    assert user.ask("SELECT word FROM kept") == "all of it"
    assert "waiting for it to recover" in user.end()


def is_zombie(process: int) -> bool:
    """Say whether a process ended without being reaped."""
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"


def test_it_is_closed_to_the_network_and_to_other_users(
    var: Path, client: Callable[..., Client]
) -> None:
    user = client()
    assert user.ask("SELECT count(*) FROM pg_stat_activity WHERE client_port > 0") == "0"
    assert user.ask("SHOW listen_addresses") == ""
    assert (var / "postgres").stat().st_mode & 0o777 == 0o700


def test_it_checks_its_pages_and_sorts_alike_everywhere(client: Callable[..., Client]) -> None:
    user = client()
    assert user.ask("SHOW data_checksums") == "on"
    assert user.ask("SELECT datcollate FROM pg_database WHERE datname = 'register'") == "C.UTF-8"


def test_its_search_is_named_so_that_parallel_workers_can_read_it(
    client: Callable[..., Client],
) -> None:
    assert client().ask("SHOW default_text_search_config") == "pg_catalog.english"


def test_it_never_runs_as_root(var: Path, client: Callable[..., Client]) -> None:
    client().ask("SELECT 1")
    assert Path(f"/proc/{server_of(var)}").stat().st_uid != 0


def test_a_long_path_gets_a_short_socket_directory(var: Path) -> None:
    deep = var / ("long-" * 12) / ("path-" * 12)
    deep.mkdir(parents=True)
    found = places.prepare(deep, None)
    assert len(os.fsencode(found.socket / places.SOCKET_FILE)) <= 107
    assert found.socket.stat().st_mode & 0o777 == 0o700
    found.socket.rmdir()


def test_its_files_are_where_its_user_can_reach_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, var: Path
) -> None:
    """As root below a closed folder, as in /root, that is another place."""
    monkeypatch.setattr(places, "ROOTS_HOME", var / "elsewhere")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    found = places.prepare(closed / "var", None)
    assert found.home.stat().st_uid == found.owner.uid != 0
    assert (found.home.parent == closed / "var") is (os.geteuid() != 0)


def test_somebody_elses_folder_is_refused(var: Path) -> None:
    (var / "postgres").symlink_to("/proc/1")
    with pytest.raises(EmbeddedDatabaseError, match="belongs to another user"):
        places.prepare(var, None)


def test_a_wrong_bin_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedDatabaseError, match="Point it at the bin directory"):
        binaries.find(tmp_path)


def test_data_of_another_version_is_refused(var: Path, client: Callable[..., Client]) -> None:
    before, after = client(), client()
    before.ask("SELECT 1")
    before.end()
    (var / "postgres" / "data" / "PG_VERSION").write_text("14\n")
    after.ask("SELECT 1")
    assert "made by PostgreSQL 14" in after.end()


OWNER_WITHOUT_MORE = ["CREATE ROLE clerk LOGIN CREATEROLE", "CREATE DATABASE grants OWNER clerk"]


def test_who_migrates_on_a_server_of_yours_need_not_be_a_superuser(
    var: Path, client: Callable[..., Client]
) -> None:
    administrator = client()
    for statement in OWNER_WITHOUT_MORE:
        administrator.ask(statement)
    with (var / "postgres" / "data" / "pg_ident.conf").open("a") as people:
        people.write(f"register {pwd.getpwuid(os.geteuid()).pw_name} clerk\n")
    administrator.ask("SELECT pg_reload_conf()")
    place = places.prepare(var, None).socket
    address = {"DATABASE_URL": f"postgresql://clerk@/grants?host={place}", "VAR_DIR": str(var)}
    for command in ("migrate", "provision_roles"):
        done = subprocess.run(
            [sys.executable, "manage.py", command, "--verbosity=0"],
            cwd=ROOT,
            env=os.environ | address,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
