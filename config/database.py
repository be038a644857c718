"""Which database to use, and as which role.

Ordinary processes (the web server, the demonstration's loader, every command not named below) work
as `register_app`, which owns nothing. Administrative ones make and change tables.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import env
from config.embedded.cluster import ADMIN, DATABASE

APPLICATION = "register_app"
ADMINISTRATIVE_COMMANDS = frozenset(
    {"dbshell", "flush", "makemigrations", "migrate", "provision_roles", "showmigrations"}
    | {"sqlflush", "sqlmigrate", "test"}
)
SEARCH_PATH = "public,audit,transient"
TESTING = "pytest" in sys.modules
MEASURING = "benchmarks" in sys.modules
EXAMPLE = "postgresql://user:password@host:5432/register"


def is_administrative(arguments: Sequence[str]) -> bool:
    """Say whether this process makes and changes tables; `arguments` are sys.argv.

    The tests and benchmarks do too: they make a database of their own.
    """
    command = arguments[1] if len(arguments) > 1 else ""
    return command in ADMINISTRATIVE_COMMANDS or TESTING or MEASURING


def pool(threads: int) -> dict[str, int]:
    """Return the settings of a web process's pool: a connection for each thread, and one over."""
    return {"min_size": 1, "max_size": threads + 1, "timeout": 10}


def databases(
    *, mode: str, threads: int, var: Path, postgres_bin: Path | None, arguments: Sequence[str]
) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES for this process; `threads` is how many serve pages at once."""
    administrative = is_administrative(arguments)
    address = env.text("DATABASE_URL")
    if administrative:
        address = env.text("DATABASE_OWNER_URL", address)
    if address:
        database = _from_address(address)
    else:
        database = _embedded(administrative) | {
            "EMBEDDED": {"var": var, "postgres_bin": postgres_bin}
        }
    settings = {"search_path": SEARCH_PATH, "register.mode": mode}
    if address and not administrative:
        settings["role"] = APPLICATION
    if TESTING:
        settings["synchronous_commit"] = "off"
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    database["OPTIONS"] = {**database.get("OPTIONS", {}), "options": options}
    database["CONN_HEALTH_CHECKS"] = True
    if Path(arguments[0]).name == "gunicorn":
        database["OPTIONS"]["pool"] = pool(threads)
    return {"default": database}


def _embedded(administrative: bool) -> dict[str, Any]:
    user = ADMIN if administrative else APPLICATION
    return {"ENGINE": "config.embedded", "NAME": DATABASE, "USER": user}


def _from_address(address: str) -> dict[str, Any]:
    """Read postgresql://user:password@host:port/name?sslmode=require&…; all but the name optional.

    A unix socket's directory is given as ?host=/run/postgresql.
    """
    parts = urlsplit(address)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise ImproperlyConfigured(
            "DATABASE_URL (or DATABASE_OWNER_URL) is not the address of a PostgreSQL database. "
            f"Write it like {EXAMPLE}, or leave it out to use the embedded database."
        )
    options = dict(parse_qsl(parts.query))
    if "options" in options:
        raise ImproperlyConfigured(
            "DATABASE_URL may not have 'options': the register sets them. Set them on the role."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or parts.hostname or "",
        "PORT": _port(parts),
        "OPTIONS": options,
    }


def _port(parts: Any) -> str:
    try:
        return str(parts.port or "")
    except ValueError:
        raise ImproperlyConfigured(
            f"The port in DATABASE_URL is not a number. Write it like {EXAMPLE}."
        ) from None
