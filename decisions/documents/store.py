"""Where documents are kept: files named by their SHA-256, written once, never changed."""

import hashlib
import os
import re
import tempfile
from pathlib import Path

from decisions.documents.refusals import DocumentNotFound

DIGEST = re.compile(r"[0-9a-f]{64}")


class DocumentStore:
    """Files below one directory (0700), each 0600 and named by the SHA-256 (hex) of its bytes.

    Names end in `suffix`, which is empty where files of many kinds are kept.
    """

    def __init__(self, directory: Path, suffix: str = ".pdf") -> None:
        self._directory = directory
        self._suffix = suffix

    def put(self, data: bytes) -> str:
        """Keep the bytes and return their SHA-256; on return they are on the disk itself.

        The same bytes may be put twice. OSError when they cannot be kept.
        """
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _sync_directory(self._directory)
            _write(path, data)
        return digest

    def get(self, digest: str) -> bytes:
        """Return the bytes of that SHA-256; DocumentNotFound when they are gone or altered."""
        path = self._path(digest) if DIGEST.fullmatch(digest) else None
        if path is None or not path.is_file():
            raise DocumentNotFound(f"The document store does not hold {digest[:64]}.")
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != digest:
            raise DocumentNotFound(
                f"The stored file {digest} is not what was issued: its bytes have changed.",
                clears="Restore it from a backup.",
            )
        return data

    def _path(self, digest: str) -> Path:
        return self._directory / digest[:2] / f"{digest}{self._suffix}"


def _write(path: Path, data: bytes) -> None:
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=".draft-")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _link(Path(draft), path)
    finally:
        Path(draft).unlink()
    _sync_directory(path.parent)


def _link(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        return


def _sync_directory(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
