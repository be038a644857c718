"""The export of the audit trail holds what is needed to check it elsewhere."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from audit.models import LedgerEntry, Register
from tests.audit.test_checkpoints import signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(started: Register, tmp_path: Path) -> list[dict[str, Any]]:
    signed()
    call_command("export_ledger", tmp_path / "ledger.jsonl", verbosity=0)
    text = (tmp_path / "ledger.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_export_holds_every_entry(lines: list[dict[str, Any]]) -> None:
    entries = [line["seq"] for line in lines if line.get("kind") == "entry"]
    assert entries == list(LedgerEntry.objects.order_by("seq").values_list("seq", flat=True))


def test_exported_headers_give_the_hashes(lines: list[dict[str, Any]]) -> None:
    entries = [line for line in lines if line.get("kind") == "entry"]
    assert all(sha256(e["header"].encode()).hexdigest() == e["hash"] for e in entries)


def test_exported_payloads_give_the_digests(lines: list[dict[str, Any]]) -> None:
    for entry in (line for line in lines if line.get("kind") == "entry"):
        digest = sha256(bytes.fromhex(entry["salt"]) + entry["payload"].encode()).hexdigest()
        assert f"\npayload={digest}\n" in entry["header"]


def test_export_holds_the_checkpoint_after_its_entry(lines: list[dict[str, Any]]) -> None:
    at = next(i for i, line in enumerate(lines) if line.get("kind") == "checkpoint")
    assert lines[at]["seq"] == lines[at - 1]["seq"]


def test_export_is_private(started: Register, tmp_path: Path) -> None:
    call_command("export_ledger", tmp_path / "ledger.jsonl", verbosity=0)
    assert (tmp_path / "ledger.jsonl").stat().st_mode & 0o777 == 0o600


def test_nothing_is_left_when_the_export_fails(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="not been started"):
        call_command("export_ledger", tmp_path / "ledger.jsonl", verbosity=0)
    assert list(tmp_path.iterdir()) == []
