"""One migrated database that all test databases are copied from.

Migrating takes many times as long as copying, so it is done once for all processes and kept until
what it is made from changes: then its name is another, and the old one is dropped.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

PREFIX = "test_template_"
MADE_FROM = (
    "requirements.txt",
    "audit/*.py",
    "*/apps.py",
    "*/events.py",
    "*/migrations/*.py",
    "*/sql/*.sql",
)


def template() -> str:
    """Return the name of the migrated database, making it where there is none yet."""
    name = PREFIX + _digest()
    with _server() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        found = {row[0] for row in cursor.fetchall()}
        for old in found - {name}:
            cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
    if name not in found:
        _make(name)
    return name


def _make(name: str) -> None:
    """Migrate under another name first, so that one half made is never taken for whole."""
    making = f"{PREFIX}making"
    own = connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"]
    connection.settings_dict["TEST"]["NAME"] = making
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"], connection.settings_dict["TEST"]["NAME"] = own
        settings.DATABASES["default"]["NAME"] = own[0]
    with _server() as cursor:
        cursor.execute(f'ALTER DATABASE "{making}" RENAME TO "{name}"')


def _digest() -> str:
    root = Path(settings.BASE_DIR)
    paths = sorted(path for pattern in MADE_FROM for path in root.glob(pattern))
    parts = b"".join(sha256(path.read_bytes()).digest() for path in paths)
    return sha256(parts).hexdigest()[:16]


@contextmanager
def _server() -> Iterator[CursorWrapper]:
    """Yield a cursor in the server's own database."""
    with connection._nodb_cursor() as cursor:
        yield cursor
