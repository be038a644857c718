"""The signing revision, and that nothing unsigned ever leaves."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest
from asn1crypto import tsp
from pypdf import PdfReader

from decisions.documents.keys import SigningKeys
from decisions.documents.refusals import DocumentNotSigned
from decisions.documents.render import LaidOut, lay_out
from decisions.documents.sign import seal
from decisions.documents.timestamp import HttpTimeStamper
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


class Authority(BaseHTTPRequestHandler):
    """A time-stamp authority that answers with `keys`' own, after `delay`."""

    keys: ClassVar[SigningKeys]
    delay: ClassVar[threading.Event | None] = None

    def do_POST(self) -> None:
        if self.delay is not None:
            self.delay.wait(5)
        question = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
        answer = self.keys.time_stamper.request_tsa_response(question).dump()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def authority(keys: SigningKeys) -> Iterator[str]:
    """The address of a time-stamp authority on this machine."""
    Authority.keys, Authority.delay = keys, None
    server = HTTPServer(("127.0.0.1", 0), Authority)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_time_stamp_authority_on_the_network_is_asked(
    laid_out: LaidOut, keys: SigningKeys, authority: str
) -> None:
    asking = replace(keys, time_stamper=HttpTimeStamper(authority))

    assert seal(laid_out, checkpoint=CHECKPOINT, keys=asking, at=ISSUED_AT)


def test_a_slow_time_stamp_authority_is_not_waited_for(
    laid_out: LaidOut, keys: SigningKeys, authority: str
) -> None:
    Authority.delay = threading.Event()
    asking = replace(keys, time_stamper=HttpTimeStamper(authority, longest_wait=0.2))

    with pytest.raises(DocumentNotSigned, match=r"no answer in 0\.2 seconds"):
        seal(laid_out, checkpoint=CHECKPOINT, keys=asking, at=ISSUED_AT)
    Authority.delay.set()
