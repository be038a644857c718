"""Migrations say their intent and are complete."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

OURS = ("audit", "accounts", "decisions", "grants")
FILES = sorted(
    path
    for name in OURS
    for path in (Path(apps.get_app_config(name).path) / "migrations").glob("[0-9]*.py")
)
NAMED_BY_DJANGO = re.compile(r"_auto_|_initial$|_(alter|remove|add|delete|rename)_\w+_and_more$")


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_migration_is_named_by_intent(path: Path) -> None:
    assert not NAMED_BY_DJANGO.search(path.stem)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_migration_changes_schema_or_data(path: Path) -> None:
    text = path.read_text()
    assert not ("RunPython" in text and re.search(r"\b(CreateModel|AddField|AlterField)\b", text))


def test_the_apps_are_where_the_house_says() -> None:
    assert {Path(apps.get_app_config(name).path).parent for name in OURS} == {settings.BASE_DIR}
