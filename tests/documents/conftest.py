"""Keys, and one signed document that many tests look at."""

from collections.abc import Callable
from pathlib import Path

import pytest

from decisions.documents.content import DocumentContent
from decisions.documents.keys import SigningKeys, Trust, load_keys, trust_of_register
from decisions.documents.render import lay_out
from decisions.documents.sheets import LaidOut
from decisions.documents.sign import seal
from tests.documents.papers import ISSUED_AT, content

CHECKPOINT = b'{"checkpoint":"entry 42, as the audit trail signed it"}'


@pytest.fixture(scope="session")
def register_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The var folder of a register."""
    return tmp_path_factory.mktemp("register")


@pytest.fixture(scope="session")
def keys(register_folder: Path) -> SigningKeys:
    """Its development keys."""
    return load_keys(register_folder)


@pytest.fixture(scope="session")
def trust(register_folder: Path, keys: SigningKeys) -> Trust:
    """What it trusts."""
    return trust_of_register(register_folder)


@pytest.fixture(scope="session")
def issue(keys: SigningKeys) -> Callable[[DocumentContent], bytes]:
    """Lay out and sign."""
    return lambda value: seal(lay_out(value), checkpoint=CHECKPOINT, keys=keys, at=ISSUED_AT)


@pytest.fixture(scope="session")
def laid_out() -> LaidOut:
    """The pages of PCD 726."""
    return lay_out(content())


@pytest.fixture(scope="session")
def signed(laid_out: LaidOut, keys: SigningKeys) -> bytes:
    """The signed document of PCD 726."""
    return seal(laid_out, checkpoint=CHECKPOINT, keys=keys, at=ISSUED_AT)


@pytest.fixture
def signed_file(signed: bytes, tmp_path: Path) -> Path:
    """The same as a file of one's own."""
    path = tmp_path / "pcd-726.pdf"
    path.write_bytes(signed)
    return path
