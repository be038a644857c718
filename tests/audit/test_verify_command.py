"""``verify_ledger`` as somebody types it: what it prints, and how it ends."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from audit.models import LedgerEntry, Register
from tests.audit.conftest import write_sql

pytestmark = pytest.mark.django_db


def typed(*arguments: str) -> tuple[int, str]:
    """Return the exit status of the command, and what it printed."""
    printed = StringIO()
    try:
        call_command("verify_ledger", *arguments, stdout=printed)
    except SystemExit as ended:
        return int(ended.code or 0), printed.getvalue()
    return 0, printed.getvalue()


def typed_json() -> tuple[int, dict[str, Any]]:
    """Return the exit status of the command with --json, and what it printed, read."""
    status, printed = typed("--json")
    return status, json.loads(printed)


def test_a_sound_register_is_one_line_with_its_head(started: Register) -> None:
    head = LedgerEntry.objects.all()[0]
    said = f"Verified: {head.seq} entries, head {bytes(head.hash).hex()}.\n"
    assert typed() == (0, said)


def test_a_changed_row_is_named_and_ends_with_1(started: Register) -> None:
    write_sql("SET session_replication_role = replica")
    write_sql("UPDATE audit.register SET body = 'Another office'")
    write_sql("SET session_replication_role = origin")
    status, said = typed()
    assert status == 1
    assert said.startswith("row-changed: audit.register 1 is not as entry 1 wrote it.\n")


def test_json_names_the_row_by_table_and_key(started: Register) -> None:
    write_sql("SET session_replication_role = replica")
    write_sql("UPDATE audit.register SET body = 'Another office'")
    write_sql("SET session_replication_role = origin")
    status, report = typed_json()
    (failure,) = report["failures"]
    assert (status, report["ok"]) == (1, False)
    assert (failure["table"], failure["key"]) == ("audit.register", "1")


def test_before_the_start_one_line_says_how_to_start() -> None:
    status, said = typed()
    assert status == 1
    assert said.count("\n") == 1
    assert "has not been started" in said
    assert "manage.py start_register" in said


def test_before_the_start_json_says_so_once() -> None:
    status, report = typed_json()
    kinds = [failure["kind"] for failure in report["failures"]]
    assert (status, report["ok"], kinds) == (1, False, ["register-not-started"])


def test_a_register_whose_own_row_was_deleted_is_still_verified(started: Register) -> None:
    write_sql("SET session_replication_role = replica")
    write_sql("DELETE FROM audit.register")
    write_sql("SET session_replication_role = origin")
    assert "row-deleted: audit.register 1" in typed()[1]
