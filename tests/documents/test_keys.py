"""Keys are made once, kept to their owner, and taken from a PKCS#12 file in production."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from decisions.documents.keys import SigningKeys, load_keys, trust_of_register
from decisions.documents.refusals import DocumentNotSigned
from tests.documents.authority import Authority


def test_two_processes_at_once_make_one_set(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; "
        "from decisions.documents.development import development_folder; "
        "print((development_folder(Path(sys.argv[1])) / 'signer.pem').read_text())"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "keys")]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, cwd=settings.BASE_DIR) for _ in range(3)
    ]

    said = {process.communicate()[0] for process in both}

    assert len(said) == 1
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["development"]


def test_only_the_owner_can_read_the_keys(register_folder: Path, keys: SigningKeys) -> None:
    assert keys.is_development
    for path in (register_folder / "keys").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_keys_are_loaded_once(register_folder: Path, keys: SigningKeys) -> None:
    assert load_keys(register_folder) is keys


def test_the_register_remembers_what_it_signed_with(
    register_folder: Path, keys: SigningKeys
) -> None:
    trust = trust_of_register(register_folder)

    assert trust.certificates == (keys.certificate,)
    assert trust.roots == tuple(root.dump() for root in keys.roots)


AUTHORITY = Authority("http://127.0.0.1:9/")


def test_a_production_key_comes_from_a_file_and_its_passphrase(tmp_path: Path) -> None:
    loaded = load_keys(tmp_path, *AUTHORITY.bundle(tmp_path), AUTHORITY.url)

    assert not loaded.is_development
    assert loaded.signer.subject_name == "The body"


def test_a_wrong_passphrase_says_which_settings_to_check(tmp_path: Path) -> None:
    bundle, passphrase = AUTHORITY.bundle(tmp_path)
    passphrase.write_text("wrong")

    with pytest.raises(DocumentNotSigned, match="Check SIGNING_PKCS12"):
        load_keys(tmp_path, bundle, passphrase, AUTHORITY.url)


def test_a_production_key_without_an_authority_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DocumentNotSigned, match="Set TSA_URL"):
        load_keys(tmp_path, *AUTHORITY.bundle(tmp_path), "")
