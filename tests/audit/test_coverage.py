"""Every table of the register is covered; nothing that is not lies in its schemas."""

import pytest
from django.apps import apps
from django.db import connection

from audit.models import LedgerRow, Register
from audit.register import unguarded_tables
from audit.verify_rows import tracked_models

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
