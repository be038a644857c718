"""Start, share and stop the embedded server.

Every process that uses the server holds a shared `flock` on one file until it ends. The kernel
releases it however the process ends, so the count is never wrong; a process that finds itself the
last one stops the server. A second, exclusive lock lets one process at a time start or stop it.
"""

import atexit
import contextlib
import fcntl
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from config.embedded import binaries, programs
from config.embedded.cluster import create, major_version_of, settings_for
from config.embedded.places import SOCKET_FILE, Places, open_private, prepare
from config.embedded.problems import EmbeddedDatabaseError

PATIENCE = 60.0
LOG_BYTES = 10_000_000


@dataclass
class _Hold:
    """A share of the server: the process that took it, the open lock file, the server's id."""

    process: int
    places: Places
    descriptor: int
    server: int


_holds: dict[Path, _Hold] = {}


def ensure_running(var: Path, postgres_bin: Path | None) -> Places:
    """Return the places of a server that is running, starting or restarting it if need be.

    Costs one system call when this process uses the server already.
    """
    hold = _holds.get(var)
    if hold is None or hold.process != os.getpid():
        places = prepare(var, postgres_bin)
        hold = _take_share(places)
        _holds[var] = hold
        atexit.register(release, var)
    elif not _alive(hold.server):
        with _only_one(hold.places):
            hold.server = _start(hold.places)
    return hold.places


def release(var: Path) -> None:
    """Give this process's share back, and stop the server if no other process has one."""
    hold = _holds.get(var)
    if hold is None or hold.process != os.getpid():
        return
    del _holds[var]
    with _only_one(hold.places):
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(hold.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _stop(hold.places)
        os.close(hold.descriptor)


def server_process(places: Places) -> int | None:
    """Return the running server's process id, or None.

    After a restart of the machine the id may be another process's, which works elsewhere.
    """
    try:
        first = places.pid_file.read_text().split("\n", 1)[0]
    except FileNotFoundError:
        return None
    if not first.isdigit() or not _alive(int(first)):
        return None
    return int(first) if _works_in(places.data, Path(f"/proc/{first}")) else None


def _take_share(places: Places) -> _Hold:
    with _only_one(places):
        descriptor = open_private(places, "users.lock", os.O_RDWR)
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        if not (places.data / "PG_VERSION").exists():
            _say("Making the embedded database (first time only)")
            create(places)
        server = server_process(places) or _start(places)
    return _Hold(os.getpid(), places, descriptor, server)


@contextlib.contextmanager
def _only_one(places: Places) -> Iterator[None]:
    """Hold the right to start or stop the server."""
    descriptor = open_private(places, "start.lock", os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _start(places: Places) -> int:
    """Start the server, waiting out a recovery after a crash; return its process id."""
    if running := server_process(places):
        return running
    _refuse_other_version(places)
    _turn_over_log(places)
    deadline = time.monotonic() + PATIENCE
    crashed = places.pid_file.exists()
    if crashed:
        _say("The embedded database was not shut down properly; waiting for it to recover")
    while not _try_start(places, deadline):
        if not crashed or time.monotonic() > deadline:
            raise EmbeddedDatabaseError(_failure(places))
        _clear_dead_server(places)
        time.sleep(0.25)
    running = server_process(places)
    if running is None:
        raise EmbeddedDatabaseError(_failure(places))
    return running


def _try_start(places: Places, deadline: float) -> bool:
    remaining = max(1, int(deadline - time.monotonic()))
    options = " ".join(f"-c {name}={quote(value)}" for name, value in settings_for(places).items())
    arguments = ["start", "--silent", "--wait", f"--timeout={remaining}"]
    return _pg_ctl(places, *arguments, f"--log={places.log}", f"--options={options}")


def _stop(places: Places) -> None:
    if server_process(places) is not None:
        _pg_ctl(places, "stop", "--silent", "--mode=fast", "--wait", "--timeout=60")


def _pg_ctl(places: Places, *arguments: str) -> bool:
    command = [str(places.programs / "pg_ctl"), f"--pgdata={places.data}", *arguments]
    return programs.run(places, command).returncode == 0


def _alive(process: int) -> bool:
    """Say whether a process runs; one that ended but was never reaped does not."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "ZX"


def _clear_dead_server(places: Places) -> None:
    """Remove the lock files of a server that ended but was never reaped, its children gone too.

    PostgreSQL takes such a process for a living server and would refuse to start for ever.
    """
    if not places.pid_file.exists() or server_process(places) is not None:
        return
    if not any(_works_in(places.data, entry) for entry in Path("/proc").glob("[0-9]*")):
        places.pid_file.unlink(missing_ok=True)
        (places.socket / f"{SOCKET_FILE}.lock").unlink(missing_ok=True)


def _works_in(directory: Path, process: Path) -> bool:
    try:
        return (process / "cwd").readlink() == directory
    except OSError:
        return False


def _refuse_other_version(places: Places) -> None:
    made, found = major_version_of(places), binaries.major_version(places.programs)
    if made != found:
        raise EmbeddedDatabaseError(
            f"The database in {places.data} was made by PostgreSQL {made}, and the programs in "
            f"{places.programs} are version {found}. Set POSTGRES_BIN to version {made}'s bin "
            "directory, or move the data away with pg_dump and pg_restore."
        )


def _turn_over_log(places: Places) -> None:
    if places.log.exists() and places.log.stat().st_size > LOG_BYTES:
        places.log.replace(places.log.with_suffix(".log.1"))


def _failure(places: Places) -> str:
    return (
        f"The embedded database did not start. The last lines of "
        f"{places.log} are:\n  {programs.last_words(places)}"
    )


def _say(message: str) -> None:
    sys.stderr.write(f"{message} …\n")
    sys.stderr.flush()
