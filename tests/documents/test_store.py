"""Issued files are written once, by the SHA-256 of their bytes."""

import hashlib
import stat
from pathlib import Path

import pytest

from decisions.documents.refusals import DocumentNotFound
from decisions.documents.store import DocumentStore


def test_what_was_put_is_got_by_its_sha256(tmp_path: Path) -> None:
    store = DocumentStore(tmp_path / "documents")

    digest = store.put(b"pages")

    assert digest == hashlib.sha256(b"pages").hexdigest()
    assert store.get(digest) == b"pages"


def test_putting_the_same_again_changes_nothing(tmp_path: Path) -> None:
    store = DocumentStore(tmp_path)
    store.put(b"pages")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}

    store.put(b"pages")

    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    DocumentStore(tmp_path / "documents").put(b"pages")

    for path in (tmp_path / "documents").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_a_file_altered_on_the_disk_is_not_given_out(tmp_path: Path) -> None:
    store = DocumentStore(tmp_path)
    digest = store.put(b"pages")
    next(path for path in tmp_path.rglob("*") if path.is_file()).write_bytes(b"other pages")

    with pytest.raises(DocumentNotFound, match="its bytes have changed"):
        store.get(digest)


@pytest.mark.parametrize("name", ["0" * 64, "../../etc/passwd", "", "A" * 64])
def test_an_unknown_name_is_not_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(DocumentNotFound, match="does not hold"):
        DocumentStore(tmp_path).get(name)
