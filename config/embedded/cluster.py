"""Making a cluster: initdb, who may log in as whom, and how its server is configured."""

import shutil
from pathlib import Path

from config.embedded import programs
from config.embedded.places import Places
from config.embedded.problems import EmbeddedDatabaseError

DATABASE = "register"
ADMIN = "register_admin"
ROLES = (ADMIN, "register_app", "register_migrator", "register_ledger")
HBA = "local all all peer map=register\n"


def create(places: Places) -> None:
    """Make the cluster with its empty database; it appears whole or not at all."""
    draft = places.home / "data.new"
    shutil.rmtree(draft, ignore_errors=True)
    _run(places, [places.programs / "initdb", f"--pgdata={draft}", *_INITDB])
    (draft / "pg_hba.conf").write_text(HBA)
    (draft / "pg_ident.conf").write_text(_ident(places))
    _run(
        places,
        [places.programs / "postgres", "--single", "-D", str(draft), "postgres"],
        f"CREATE DATABASE {DATABASE};\n",
    )
    draft.rename(places.data)


def settings_for(places: Places) -> dict[str, str]:
    """Return the server's settings; all else is PostgreSQL's default."""
    return {
        "cluster_name": "register",
        "listen_addresses": "",
        "unix_socket_directories": str(places.socket),
        "unix_socket_permissions": "0700",
        # What initdb wrote for older clusters cannot be read back by a parallel worker.
        "default_text_search_config": "pg_catalog.english",
        "jit": "off",
        # A row that is refused, or a statement that fails, can hold restricted words.
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "log_timezone": "UTC",
    }


def major_version_of(places: Places) -> int:
    """Return the major version of PostgreSQL that made the cluster."""
    return int((places.data / "PG_VERSION").read_text())


_INITDB = (
    f"--username={ADMIN}",
    "--auth=peer",
    "--encoding=UTF8",
    "--locale=C.UTF-8",
    "--text-search-config=english",
    "--data-checksums",
    "--no-instructions",
)


def _ident(places: Places) -> str:
    """Let the owner of the files, and root, log in as each of the register's roles.

    Nobody else can reach the socket: its directory is 0700.
    """
    people = dict.fromkeys((places.owner.name, "root"))
    return "".join(f'register "{person}" {role}\n' for person in people for role in ROLES)


def _run(places: Places, command: list[str | Path], typed: str = "") -> None:
    if programs.run(places, [str(part) for part in command], typed).returncode:
        raise EmbeddedDatabaseError(
            f"The embedded database could not be made in {places.home}. The last lines of "
            f"{places.log} are:\n  {programs.last_words(places)}"
        )
