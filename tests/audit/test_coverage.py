"""Every table of the register is covered; nothing that is not lies in its schemas."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit import register
from audit.models import LedgerRow, Register
from audit.register import unguarded_tables
from audit.verify_rows import row_failures, tracked_models
from tests.audit.conftest import write_sql

pytestmark = pytest.mark.django_db

SOFTWARE_OWN = [
    "public.auth_group",
    "public.auth_group_permissions",
    "public.auth_permission",
    "public.django_content_type",
    "public.django_migrations",
]


def append_only_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass FROM pg_trigger WHERE tgname='audit_append_only'")
        return {
            name.removeprefix("audit.").removeprefix("public.") for (name,) in cursor.fetchall()
        }


def test_every_table_but_the_software_s_own_is_guarded(db: None) -> None:
    assert unguarded_tables() == SOFTWARE_OWN


def test_software_s_own_tables_are_listed_at_the_start(started: Register) -> None:
    listed = set(LedgerRow.objects.values_list("table_name", flat=True))
    assert {"public.django_migrations", "public.auth_permission"} <= listed


def test_every_history_table_is_append_only(db: None) -> None:
    histories = {model.history.model._meta.db_table for model in tracked_models()}  # type: ignore[attr-defined]
    assert histories - append_only_tables() == set()


def test_every_table_with_an_act_is_append_only(db: None) -> None:
    acting = {
        model._meta.db_table
        for model in apps.get_models()
        if any(field.name == "act" for field in model._meta.concrete_fields)
    }
    assert acting - append_only_tables() == set()


def test_application_may_not_write_the_software_s_own_tables(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t FROM unnest(%s::text[]) t WHERE has_table_privilege('register_app', t,"
            " 'INSERT, UPDATE, DELETE, TRUNCATE')",
            [SOFTWARE_OWN],
        )
        assert cursor.fetchall() == []


def test_application_may_only_read_and_add_to_append_only_tables(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass FROM pg_trigger WHERE tgname = 'audit_append_only' AND"
            " has_table_privilege('register_app', tgrelid, 'UPDATE, DELETE, TRUNCATE')"
        )
        assert cursor.fetchall() == []


def test_application_owns_nothing(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relowner = 'register_app'::regrole")
        assert cursor.fetchall() == []


ONLY_CONTENT_TYPES = """
    CREATE OR REPLACE FUNCTION audit.is_covered(relation regclass) RETURNS boolean
    LANGUAGE sql STABLE AS $$ SELECT relation = 'public.django_content_type'::regclass $$
"""


def test_what_is_covered_is_said_in_one_place(started: Register) -> None:
    """The list of unguarded tables and verification both follow the database's own word."""
    write_sql(ONLY_CONTENT_TYPES)
    missing = {one.table for one in row_failures() if one.kind == "table-missing"}
    assert unguarded_tables() == ["public.django_content_type"]
    assert {"public.django_migrations", "audit.register"} <= missing


def test_the_software_s_own_rows_are_read_once_to_be_recorded(started: Register) -> None:
    write_sql("INSERT INTO django_migrations (app, name, applied) VALUES ('x', 'y', now())")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert register.record_schema()
    read = [
        one["sql"] for one in asked if "audit.rows_text('public.django_migrations'" in one["sql"]
    ]
    assert len(read) == 1
