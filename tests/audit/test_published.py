"""What anybody may take from /check/: checkpoints, keys and the verifier; how keys follow keys."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError
from django.test import Client

from audit.actions import checkpoint, rotate_key
from audit.acts import SYSTEM, acting
from audit.exporters.ledger import export_lines
from audit.keys import key_file, load_key
from audit.models import Checkpoint, CheckpointKey, CheckpointSuccession, LedgerEntry, Register
from audit.offline.verify_register import Report, check
from audit.refusals import Refused
from audit.verify import verify
from tests.audit.conftest import commit_checks, write_sql
from tests.audit.test_guard import constraint_of

pytestmark = pytest.mark.django_db


def body(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200
    return b"".join(response) if response.streaming else response.content


@pytest.fixture
def fetched(started: Register, client: Client, tmp_path: Path) -> Path:
    """Sign, rotate, sign again, export; fetch what is published, as anybody can."""
    checkpoint(by=SYSTEM)
    rotate_key(reason="A year has passed", is_lost=False, by=SYSTEM)
    checkpoint(by=SYSTEM)
    commit_checks()
    (tmp_path / "export.jsonl").write_text("".join(export_lines()))
    for name in ("checkpoints.jsonl", "keys.json", "verify_register.py"):
        (tmp_path / name).write_bytes(body(client, f"/check/{name}"))
    return tmp_path


def checked(folder: Path) -> Report:
    names = ("export.jsonl", "checkpoints.jsonl", "keys.json")
    export, checkpoints, keys = (folder / name for name in names)
    return check(export, checkpoints, keys, [])


def test_the_command_signs_the_last_entry(started: Register) -> None:
    head = LedgerEntry.objects.all()[0]
    said = StringIO()
    call_command("checkpoint", stdout=said)
    assert bytes(Checkpoint.objects.get().hash) == bytes(head.hash)
    assert f"Signed entry {head.seq}" in said.getvalue()


def test_nothing_is_signed_over_a_chain_that_was_changed(started: Register) -> None:
    write_sql("SET session_replication_role = replica")
    write_sql("UPDATE audit.ledger_entry SET actor_name = 'Somebody' WHERE seq = 2")
    write_sql("SET session_replication_role = origin")
    with pytest.raises(CommandError, match="Entry 2 of the audit trail is not as it was"):
        call_command("checkpoint")
    assert not Checkpoint.objects.exists()


def test_what_is_published_proves_an_export_across_a_change_of_keys(fetched: Path) -> None:
    report = checked(fetched)
    assert report.failures == []
    assert any("signed the chain until" in line for line in report.proven)


def test_the_published_verifier_is_the_register_s_own(fetched: Path) -> None:
    own = Path(__file__).parents[2] / "audit" / "offline" / "verify_register.py"
    assert (fetched / "verify_register.py").read_bytes() == own.read_bytes()


def test_a_key_that_the_one_before_did_not_sign_for_is_forged(fetched: Path) -> None:
    facts = json.loads((fetched / "keys.json").read_text())
    facts["keys"][1]["succession"]["previous_signature"] = "0" * 128
    (fetched / "keys.json").write_text(json.dumps(facts))
    assert [one.how for one in checked(fetched).failures] == ["forged key"]


def test_keys_that_succeeded_one_another_are_verified(started: Register) -> None:
    rotate_key(reason="A year has passed", is_lost=False, by=SYSTEM)
    commit_checks()
    assert verify().failures == []


def test_a_succession_that_was_rewritten_is_named(started: Register) -> None:
    rotate_key(reason="A year has passed", is_lost=False, by=SYSTEM)
    write_sql("SET session_replication_role = replica")
    write_sql("UPDATE audit.checkpoint_succession SET signature = decode(repeat('00', 64), 'hex')")
    write_sql("SET session_replication_role = origin")
    assert "checkpoint-changed" in {one.kind for one in verify().failures}


def test_the_old_key_signs_no_more(started: Register) -> None:
    old = CheckpointKey.objects.get()
    rotate_key(reason="A year has passed", is_lost=False, by=SYSTEM)
    sql = "INSERT INTO audit.checkpoint SELECT 1, hash, at, %s, '', signature FROM audit.checkpoint"
    with pytest.raises(DatabaseError) as refused, acting(by=SYSTEM, name="sign"):
        write_sql(sql, old.id)
    assert constraint_of(refused.value) == "checkpoint_key_is_the_last"


def test_a_lost_key_is_succeeded_by_one_that_says_so(started: Register) -> None:
    key_file().rename(key_file().with_name("gone.pem"))
    try:
        with pytest.raises(Refused, match="is not in VAR_DIR"):
            checkpoint(by=SYSTEM)
        call_command("rotate_key", "The disk broke", "--lost", stdout=StringIO())
    finally:
        key_file().with_name("gone.pem").rename(key_file())
    succession = CheckpointSuccession.objects.get()
    assert (succession.previous_signature, succession.reason) == (None, "The disk broke")


def test_a_key_that_is_there_is_not_called_lost(started: Register) -> None:
    with pytest.raises(CommandError, match="Use --lost when it is gone for good"):
        call_command("rotate_key", "Why not", "--lost")


def test_a_new_key_is_readable_by_its_owner_alone(started: Register) -> None:
    key = rotate_key(reason="A year has passed", is_lost=False, by=SYSTEM)
    assert key_file(key.id).stat().st_mode & 0o777 == 0o600
    assert load_key(key.id) is not None
