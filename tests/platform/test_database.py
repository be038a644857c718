"""Which database a process uses, and as which role."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import database

ADDRESS = "postgresql://clerk:p%40ss@db.example:5433/grants?sslmode=require"


def chosen(*arguments: str) -> dict[str, Any]:
    """Return the settings that `manage.py <arguments>` would have."""
    return database.databases(
        mode="live",
        threads=4,
        var=Path("/nowhere"),
        postgres_bin=None,
        arguments=["manage.py", *arguments],
    )["default"]


@pytest.fixture(autouse=True)
def _outside_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose as a process outside the tests would, with nothing set."""
    monkeypatch.setattr(database, "TESTING", False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)


def test_an_ordinary_command_works_as_the_application() -> None:
    assert chosen("load_demo")["USER"] == "register_app"


@pytest.mark.parametrize("command", ["migrate", "provision_roles", "makemigrations"])
def test_an_administrative_command_works_as_the_owner(command: str) -> None:
    assert chosen(command)["USER"] == "register_admin"


def test_the_mode_and_the_schemas_go_with_every_connection() -> None:
    options = chosen("serve")["OPTIONS"]["options"]
    assert options == "-c search_path=public,audit,transient -c register.mode=live"


def test_the_web_server_keeps_a_connection_for_each_thread() -> None:
    assert database.pool(threads=4)["max_size"] == 5


def test_an_address_is_read_in_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", ADDRESS)
    read = chosen("load_demo")
    assert [read[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "grants", "clerk", "p@ss", "db.example", "5433",
    ]  # fmt: skip
    assert read["OPTIONS"]["sslmode"] == "require"


def test_on_a_given_server_ordinary_commands_take_the_applications_role(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", ADDRESS)
    assert "role=register_app" in chosen("serve")["OPTIONS"]["options"]
    assert "role=" not in chosen("migrate")["OPTIONS"]["options"]


def test_administrative_commands_use_the_owners_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", ADDRESS)
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgresql://owner@db.example/grants")
    assert chosen("migrate")["USER"] == "owner"
    assert chosen("serve")["USER"] == "clerk"


def test_a_socket_directory_may_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql:///grants?host=/run/postgresql")
    assert chosen("serve")["HOST"] == "/run/postgresql"


@pytest.mark.parametrize(
    "address",
    [
        "mysql://root@db/grants",
        "postgresql://db.example",
        "grants",
        "postgresql://db.example:port/grants",
        "postgresql://db.example/grants?options=-csearch_path%3Dmine",
    ],
)
def test_another_address_is_refused_with_words(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        chosen("serve")
