"""Signed checkpoints."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from audit.acts import SYSTEM, acting
from audit.checkpoints import (
    ChainBroken,
    SignedCheckpoint,
    is_genuine,
    parse_checkpoint,
    sign_checkpoint,
    statement_text,
)
from audit.keys import CheckpointSigningKey, key_file, load_or_create_key
from audit.models import Checkpoint, LedgerEntry, Register
from tests.audit.conftest import OTHER, write_sql

VECTORS: dict[str, Any] = json.loads(
    (Path(settings.BASE_DIR) / "docs" / "ledger-vectors.json").read_text(encoding="utf-8")
)


def signed() -> SignedCheckpoint:
    with acting(by=SYSTEM, name="checkpoint") as act:
        act.record(OTHER)
        checkpoint = sign_checkpoint(act)
        act.record(OTHER)
    return checkpoint


def test_documented_statement_and_signature() -> None:
    vector = VECTORS["checkpoint"]
    key = CheckpointSigningKey(
        Ed25519PrivateKey.from_private_bytes(bytes.fromhex(vector["private_key"]))
    )
    statement = statement_text(
        seq=1,
        entry_hash=bytes.fromhex(VECTORS["entry"]["hash"]),
        at="2026-11-22T01:02:03.000005Z",
        key_id=key.id,
    )
    assert statement == vector["statement"]
    assert key.private.sign(statement.encode()).hex() == vector["signature"]
    assert (key.id, key.public_bytes.hex()) == (vector["key"], vector["public_key"])


@pytest.mark.django_db
def test_checkpoint_states_the_head(started: Register) -> None:
    checkpoint = signed()
    entry = LedgerEntry.objects.get(seq=checkpoint.seq)
    assert bytes(entry.hash) == checkpoint.hash
    assert is_genuine(checkpoint.public_key, checkpoint.statement, checkpoint.signature)


@pytest.mark.django_db
def test_attached_checkpoint_reads_back(started: Register) -> None:
    checkpoint = signed()
    assert parse_checkpoint(checkpoint.to_json()) == checkpoint


@pytest.mark.django_db
def test_forged_statement_does_not_read_back(started: Register) -> None:
    facts = json.loads(signed().to_json())
    facts["statement"] = facts["statement"].replace("seq=", "seq=1")
    assert parse_checkpoint(json.dumps(facts).encode()) is None


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b'{"statement": 1}', b"\xff"])
def test_other_bytes_are_no_checkpoint(data: bytes) -> None:
    assert parse_checkpoint(data) is None


@pytest.mark.django_db
def test_broken_chain_is_not_signed_over(started: Register) -> None:
    write_sql("SET session_replication_role = replica")
    write_sql("UPDATE audit.ledger_entry SET actor_name = 'Forged' WHERE seq = 1")
    write_sql("SET session_replication_role = origin")
    with pytest.raises(ChainBroken, match="Entry 1"):
        signed()
    assert not Checkpoint.objects.exists()


def test_key_is_made_once_and_private() -> None:
    assert load_or_create_key().id == load_or_create_key().id
    assert key_file().stat().st_mode & 0o777 == 0o600
