"""Migrations say their intent and are complete."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import Model

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


def as_migrated(model: type[Model]) -> tuple[dict[str, tuple[str, bool]], set[str], set[str]]:
    """Return the columns of a model's table with their types, its constraints, its foreign keys."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, atttypmod), NOT attnotnull FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped",
            [model._meta.db_table],
        )
        columns = {name: (kind, null) for name, kind, null in cursor.fetchall()}
        found = connection.introspection.get_constraints(cursor, model._meta.db_table)
    keys = {one["columns"][0] for one in found.values() if one["foreign_key"]}
    return columns, set(found), keys


def as_written(kind: str) -> str:
    """Return a type in PostgreSQL's own words."""
    return kind.replace("varchar", "character varying").replace(", ", ",")


@pytest.mark.django_db
def test_the_database_has_what_the_models_say() -> None:
    models = [model for name in OURS for model in apps.get_app_config(name).get_models()]
    for model in (model for model in models if model._meta.managed):
        columns, constraints, keys = as_migrated(model)
        fields = [one for one in model._meta.local_concrete_fields if not one.generated]
        wanted = {
            str(field.column): (as_written(str(field.db_type(connection))), field.null)
            for field in fields
        }
        assert {name: columns.get(name) for name in wanted} == wanted
        named = [*model._meta.constraints, *model._meta.indexes]
        assert {one.name for one in named} - constraints == set()
        assert {
            one.column for one in fields if getattr(one, "db_constraint", False)
        } - keys == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_migration_is_named_by_intent(path: Path) -> None:
    assert not NAMED_BY_DJANGO.search(path.stem)


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.parent.name}-{path.stem}")
def test_a_migration_changes_schema_or_data(path: Path) -> None:
    text = path.read_text()
    assert not ("RunPython" in text and re.search(r"\b(CreateModel|AddField|AlterField)\b", text))


def test_the_apps_are_where_the_house_says() -> None:
    assert {Path(apps.get_app_config(name).path).parent for name in OURS} == {settings.BASE_DIR}
