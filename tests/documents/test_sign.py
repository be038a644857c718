"""The signing revision, and that nothing unsigned ever leaves."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from decisions.documents.keys import SigningKeys, load_keys, trust_of_register
from decisions.documents.known import Known
from decisions.documents.refusals import DocumentNotSigned
from decisions.documents.render import lay_out
from decisions.documents.sheets import LaidOut
from decisions.documents.sign import seal
from decisions.documents.timestamp import HttpTimeStamper
from decisions.documents.verify import verify_bytes
from tests.documents.authority import Authority, authority_at_work
from tests.documents.conftest import CHECKPOINT
from tests.documents.papers import ISSUED_AT, content


def test_a_signed_file_starts_with_the_pages_laid_out_again(signed: bytes) -> None:
    assert signed.startswith(lay_out(content()).pdf)


def test_there_is_one_signing_revision(laid_out: LaidOut, signed: bytes) -> None:
    assert signed.count(b"%%EOF") == laid_out.pdf.count(b"%%EOF") + 1
    assert signed.count(b"/ByteRange") == 1


def test_the_metadata_is_written_once(signed: bytes) -> None:
    assert signed.count(b"<x:xmpmeta") == 1


def test_the_file_stays_pdf_1_7(signed: bytes) -> None:
    assert signed.startswith(b"%PDF-1.7")
    assert b"/Version" not in signed


def test_the_checkpoint_is_attached_as_it_was_given(signed: bytes, signed_file: Path) -> None:
    assert PdfReader(signed_file).attachments["checkpoint.json"] == [CHECKPOINT]
    assert CHECKPOINT in signed


@pytest.mark.parametrize("attribute", ["time_stamper", "roots", "revocation_lists", "signer"])
def test_without_any_part_of_the_keys_nothing_is_issued(
    laid_out: LaidOut, keys: SigningKeys, attribute: str
) -> None:
    nobody = HttpTimeStamper("http://127.0.0.1:9/")
    missing: dict[str, Any] = {"roots": (), "revocation_lists": (), "signer": None}
    broken = replace(keys, **{attribute: missing.get(attribute, nobody)})

    with pytest.raises(DocumentNotSigned, match="nothing was issued"):
        seal(laid_out, checkpoint=CHECKPOINT, keys=broken, at=ISSUED_AT)


def test_pages_that_deny_the_development_key_are_not_signed_with_it(keys: SigningKeys) -> None:
    pages = lay_out(content(is_development_key=False))

    with pytest.raises(DocumentNotSigned, match="another kind of key"):
        seal(pages, checkpoint=CHECKPOINT, keys=keys, at=ISSUED_AT)


@pytest.fixture
def authority() -> Iterator[Authority]:
    """An authority on this machine."""
    with authority_at_work() as running:
        yield running


@pytest.fixture
def production_keys(authority: Authority, tmp_path: Path) -> SigningKeys:
    """Keys as a body would have them: from a file, with an authority on the network."""
    return load_keys(tmp_path, *authority.bundle(tmp_path), authority.url)


@pytest.fixture(scope="module")
def real_pages() -> LaidOut:
    """Pages that claim a production key."""
    return lay_out(content(is_development_key=False))


def test_a_production_key_signs_with_an_authority_on_the_network(
    real_pages: LaidOut, production_keys: SigningKeys, tmp_path: Path
) -> None:
    data = seal(real_pages, checkpoint=CHECKPOINT, keys=production_keys, at=ISSUED_AT)

    verdict = verify_bytes(
        data,
        lookup=lambda _: Known("PCD 726", 3, "current", ISSUED_AT),
        trust=trust_of_register(tmp_path),
    )

    assert [check.words for check in verdict.checks if not check.passed] == []
    assert [signer.name for signer in verdict.signers] == ["The body"]


def test_a_revoked_key_signs_nothing(
    real_pages: LaidOut, production_keys: SigningKeys, authority: Authority
) -> None:
    authority.revoked.add(authority.signing.serial_number)

    with pytest.raises(DocumentNotSigned, match="revoked"):
        seal(real_pages, checkpoint=CHECKPOINT, keys=production_keys, at=ISSUED_AT)


def test_a_slow_time_stamp_authority_is_not_waited_for(
    real_pages: LaidOut, production_keys: SigningKeys, authority: Authority
) -> None:
    authority.gate = threading.Event()
    impatient = HttpTimeStamper(authority.url, longest_wait=0.2)
    asking = replace(production_keys, time_stamper=impatient)

    with pytest.raises(DocumentNotSigned, match=r"no answer in 0\.2 seconds"):
        seal(real_pages, checkpoint=CHECKPOINT, keys=asking, at=ISSUED_AT)
    authority.gate.set()
