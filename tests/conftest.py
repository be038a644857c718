"""What every test stands on: a database with its roles, plain static files, its own folder."""

import fcntl
import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from inspect import signature
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.management.commands import flush
from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.postgresql.operations import DatabaseOperations
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django.plugin import DjangoDbBlocker
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from tests.factories.lasting import undone
from tests.factories.memory import forget, paused
from tests.template import template

# What takes longest goes first, so that the two workers end together. The first of all migrates the
# database that the other needs too, which meanwhile has something to do that needs none.
FIRST = (
    *("permissions/test_looking", "permissions/test_acting", "platform/test_serve"),
    *("permissions/", "browser/", "platform/", "audit/test_tampering", "documents/"),
    "concurrency/",
)

# A paper in every state, which the first puts into the memory of its worker.
ONE_WORLD = ("tests/permissions/test_looking.py", "tests/permissions/test_acting.py")

# Rows that are made after migrations.
OF_DJANGO = {"django_content_type", "auth_permission"}

# The same examples each time, however busy the machine: nothing may fail by chance.
hypothesis_settings.register_profile(
    "ordinary",
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis_settings.load_profile("ordinary")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest before the others; each keeps its tests' own order."""
    items.sort(key=lambda item: next(_places(item.nodeid), len(FIRST)))


class _FilesOfAWorld(LoadFileScheduling):  # type: ignore[misc]  # of a library without types
    """Each file on one worker, and on the same one those whose tests begin with the same world."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "one world" if file in ONE_WORLD else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """Where each file stays on one worker, let the second of one world find it made."""
    return _FilesOfAWorld(config, log) if config.getoption("dist") == "loadfile" else None


def _places(test: str) -> Iterator[int]:
    return (n for n, part in enumerate(FIRST) if test.startswith(f"tests/{part}"))


@pytest.fixture(scope="session", autouse=True)
def _plain_storage(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Serve static files by their plain names, and keep files out of the register's own folder."""
    folder = tmp_path_factory.mktemp("var")
    django_settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    django_settings.VAR_DIR = folder
    django_settings.MEDIA_ROOT = folder / "files"
    for directory in [django_settings.STATIC_ROOT, *django_settings.STATICFILES_DIRS]:
        Path(directory).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session", autouse=True)
def _collect_less_often() -> None:
    """Spare the garbage collector what stays for good: modules, models, templates."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Let the test database, which pytest-django's fixture makes, be a copy of a migrated one."""
    with one_process_at_a_time(), django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template()


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """Give the test database its roles, which are the whole server's.

    In the end, sessions that a live server's threads still hold are closed, since they would keep
    the database from being dropped.
    """
    with one_process_at_a_time(), django_db_blocker.unblock():
        call_command("provision_roles", verbosity=0)
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@contextmanager
def one_process_at_a_time() -> Iterator[None]:
    """Keep the other processes that test from changing what is the whole server's."""
    with Path(__file__).with_name("conftest.py").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session", autouse=True)
def _flush_past_triggers() -> Iterator[None]:
    """Let the clean-up after tests with real commits empty tables that refuse it.

    Ordinary triggers do not fire for a replica; a test of the audit app proves that they do
    fire otherwise. Few rows are deleted sooner than all the files of all tables are made anew;
    and what Django lists of models after migrations is left, in place of being listed again.
    """
    ordinary = DatabaseOperations.execute_sql_flush

    def flush_as_replica(self: BaseDatabaseOperations, sql_list: Iterable[str]) -> None:
        with transaction.atomic(), self.connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            ordinary(self, sql_list)
        forget()

    def deletions(
        self: BaseDatabaseOperations, _style: object, tables: list[str], **_: bool
    ) -> list[str]:
        emptied = [self.quote_name(table) for table in tables if table not in OF_DJANGO]
        return ["; ".join(f"DELETE FROM {table}" for table in emptied)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "execute_sql_flush", flush_as_replica)
        patch.setattr(DatabaseOperations, "sql_flush", deletions)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_, **__: None)
        yield


@pytest.fixture(autouse=True)
def _nothing_remembered_where_patched(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let makers act for tests that patch something, which may change what they make."""
    asked = signature(request.function).parameters
    with paused() if {"monkeypatch", "settings"} & {*asked} else nullcontext():
        yield


@pytest.fixture(scope="module")
def lasting(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let what a module's own fixtures put into the database last until its tests are done.

    Each test still undoes its own doings. Every test of such a module has to find the same, so
    its fixtures that make something are autouse.
    """
    with django_db_blocker.unblock(), undone():
        yield


@pytest.fixture
def as_application(db: None) -> Iterator[None]:
    """Work as the application's role, which owns nothing; the tests' own is the owner."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE register_app")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
