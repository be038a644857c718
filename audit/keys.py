"""The key that signs checkpoints: Ed25519, in a file of mode 0600 under ``VAR_DIR/keys``."""

import os
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings


@dataclass(frozen=True)
class CheckpointSigningKey:
    """A private key and the names made from its public half."""

    private: Ed25519PrivateKey

    @cached_property
    def public_bytes(self) -> bytes:
        """The 32 bytes of the public key."""
        return self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    @cached_property
    def id(self) -> str:
        """The first 16 hexadecimal digits of the public key's SHA-256."""
        return sha256(self.public_bytes).hexdigest()[:16]


def key_file(key_id: str = "") -> Path:
    """Return where the register's first key is kept, or one that came after it."""
    name = f"checkpoint-{key_id}.pem" if key_id else "checkpoint-ed25519.pem"
    return Path(settings.VAR_DIR) / "keys" / name


def load_or_create_key() -> CheckpointSigningKey:
    """Return the first key, making it on first use; safe when two processes do so at once.

    Raises ValueError when the file holds no Ed25519 key.
    """
    path = key_file()
    if not path.exists():
        _create(path, Ed25519PrivateKey.generate())
    return _read(path)


def load_key(key_id: str) -> CheckpointSigningKey | None:
    """Return the key of that id, the first or a later one, or None where its file is not here.

    Raises ValueError when the file holds no Ed25519 key.
    """
    found = [_read(path) for path in (key_file(key_id), key_file()) if path.exists()]
    return next((key for key in found if key.id == key_id), None)


def create_next_key() -> CheckpointSigningKey:
    """Make a key beside those that are there, under its own id, and return it."""
    key = CheckpointSigningKey(Ed25519PrivateKey.generate())
    _create(key_file(key.id), key.private)
    return key


def _read(path: Path) -> CheckpointSigningKey:
    private = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(private, Ed25519PrivateKey):
        message = f"{path} does not hold an Ed25519 private key."
        raise ValueError(message)
    return CheckpointSigningKey(private)


def _create(path: Path, private: Ed25519PrivateKey) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails, rather than replaces, when another process was first
    except FileExistsError:
        return
    finally:
        draft.unlink()
