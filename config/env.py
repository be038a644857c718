"""Typed readers of environment variables.

Every reader takes the variable's name, returns a typed value, and raises
`django.core.exceptions.ImproperlyConfigured` with a sentence that says what to do.
Each setting is described in docs/settings.md (a test fails for one that is not).
"""

import os
import secrets
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """Return the variable stripped of surrounding space, or `default` when unset or empty."""
    return os.environ.get(name, "").strip() or default


def integer(name: str, default: int, *, low: int, high: int) -> int:
    """Return a whole number between `low` and `high`, both included."""
    raw = text(name)
    if not raw:
        return default
    if not raw.isascii() or not raw.isdigit() or not low <= int(raw) <= high:
        raise ImproperlyConfigured(
            f"{name} is {raw!r}; it must be a whole number from {low} to {high}. "
            f"Set it like {name}={default}, or leave it out to use {default}."
        )
    return int(raw)


def choice(name: str, default: str, choices: Sequence[str]) -> str:
    """Return one of `choices`."""
    value = text(name, default)
    if value not in choices:
        allowed = " or ".join(choices)
        raise ImproperlyConfigured(
            f"{name} is {value!r}; it must be {allowed}. Leave it out to use {default}."
        )
    return value


def words(name: str, default: Sequence[str] = ()) -> list[str]:
    """Return a list from a comma-separated variable."""
    parts = [part.strip() for part in text(name).split(",")]
    return [part for part in parts if part] or list(default)


def directory(name: str, default: Path | None = None) -> Path | None:
    """Return an absolute path; the directory need not exist yet."""
    raw = text(name)
    if not raw:
        return default
    path = Path(raw).expanduser().absolute()
    if path.exists() and not path.is_dir():
        raise ImproperlyConfigured(
            f"{name} is {raw!r}, which is a file; it must name a directory. "
            "Choose another path or move the file away."
        )
    return path


def file(name: str) -> Path | None:
    """Return the path of a file that exists and can be read, or None when unset."""
    raw = text(name)
    if not raw:
        return None
    path = Path(raw).expanduser().absolute()
    if not path.is_file() or not os.access(path, os.R_OK):
        raise ImproperlyConfigured(
            f"{name} is {raw!r}, which is not a file that this user can read. "
            "Check the path and its permissions, or leave the setting out."
        )
    return path


def url(name: str, default: str, schemes: Sequence[str] = ("http", "https")) -> str:
    """Return an address with a scheme and a host and without a slash at the end."""
    value = text(name, default)
    if value and (urlsplit(value).scheme not in schemes or not urlsplit(value).netloc):
        allowed = " or ".join(f"{scheme}://" for scheme in schemes)
        raise ImproperlyConfigured(
            f"{name} is {value!r}; it must be a whole address that starts with {allowed}, "
            f"for example {schemes[0]}://register.example.org."
        )
    return value.rstrip("/")


def secret(name: str, kept_in: Path) -> str:
    """Return a secret from `name`, else from the file named by `name`_FILE, else from `kept_in`.

    `kept_in` is made with a new random secret, readable by its owner only, when nothing is there.
    """
    named = file(f"{name}_FILE")
    value = text(name) or (named.read_text().strip() if named else "") or _kept(name, kept_in)
    if len(value) < 32:
        raise ImproperlyConfigured(
            f"{name} has {len(value)} characters; it needs at least 32. Make one with: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"
        )
    return value


def secret_of(name: str) -> str:
    """Return what the file named by a variable holds, without its end of line; "" when unset."""
    named = file(name)
    return named.read_text().strip() if named else ""


def _kept(name: str, path: Path) -> str:
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_once(path, secrets.token_urlsafe(50))
        return path.read_text().strip()
    except OSError as problem:
        raise ImproperlyConfigured(
            f"The file {path} cannot be used to keep {name} ({problem.strerror}). Set VAR_DIR to "
            f"a directory that this user can write to, or give {name} or {name}_FILE."
        ) from problem


def _write_once(path: Path, content: str) -> None:
    """Write a 0600 file that appears whole or not at all; the first of two writers wins."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as stream:
        stream.write(content)
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    finally:
        draft.unlink()
