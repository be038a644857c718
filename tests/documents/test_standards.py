"""What independent programs say of our documents."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from asn1crypto import cms
from django.conf import settings
from pypdf import PdfReader

from decisions.documents.content import DocumentContent
from decisions.documents.draft import print_draft
from decisions.documents.keys import SigningKeys
from decisions.documents.sheets import LaidOut
from tests.documents.shapes import SHAPES, laid

Issue = Callable[[DocumentContent], bytes]


def run(*command: str | Path) -> str:
    """Return what a program prints; it must succeed."""
    found = subprocess.run([*map(str, command)], capture_output=True, check=True, text=True)
    return found.stdout


def a_draft() -> bytes:
    """Print a draft with Part 2, lists and tables."""
    shown = laid()
    return print_draft(
        shown.paper, shown.register, version="1", at=shown.issued_at, by="Jo", restricted=True
    )


@pytest.fixture(scope="module")
def verapdf(
    issue: Issue, laid_out: LaidOut, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, list[str]]]:
    """What veraPDF finds broken in a document of every shape, and in a spoilt one."""
    folder = tmp_path_factory.mktemp("verapdf")
    for shape in SHAPES:
        (folder / shape.__name__).write_bytes(issue(shape()))
    (folder / "draft").write_bytes(a_draft())
    spoilt = laid_out.pdf.replace(b"<pdfuaid:part>1<", b"<pdfuaid:part>7<")
    (folder / "spoilt").write_bytes(spoilt.replace(b'pdfaid:part="3"', b'pdfaid:part="1"'))
    files = sorted(str(path) for path in folder.iterdir())
    command = [sys.executable, "-m", "tests.documents.verapdf", *files]
    found = subprocess.run(command, capture_output=True, cwd=settings.BASE_DIR, check=True)
    return {Path(name).name: value for name, value in json.loads(found.stdout).items()}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("standard", ["PDFA_3_A", "PDFUA_1"])
def test_verapdf_finds_nothing_broken(
    verapdf: dict[str, dict[str, list[str]]],
    shape: Callable[[], DocumentContent],
    standard: str,
) -> None:
    assert verapdf[shape.__name__][standard] == []


def test_verapdf_finds_nothing_broken_in_a_draft(
    verapdf: dict[str, dict[str, list[str]]],
) -> None:
    assert verapdf["draft"]["PDFUA_1"] == []


def test_verapdf_does_find_what_is_broken(verapdf: dict[str, dict[str, list[str]]]) -> None:
    assert all(verapdf["spoilt"].values())


def test_qpdf_finds_no_error(signed_file: Path) -> None:
    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", signed_file)


def test_pdfsig_finds_a_valid_signature_over_the_whole_file(signed_file: Path) -> None:
    said = run("pdfsig", "-nocert", signed_file)

    assert "Signature is Valid." in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def test_openssl_verifies_the_signature(signed: bytes, keys: SigningKeys, tmp_path: Path) -> None:
    start, first, second, last = signature_range(signed)
    (tmp_path / "data").write_bytes(signed[start : start + first] + signed[second : second + last])
    container = bytes.fromhex(signed[start + first + 1 : second - 1].decode())
    (tmp_path / "cms").write_bytes(cms.ContentInfo.load(container).dump())
    root = tmp_path / "root.der"
    root.write_bytes(keys.roots[0].dump())
    run("openssl", "x509", "-inform", "DER", "-in", root, "-out", tmp_path / "root.pem")

    said = subprocess.run(
        [
            *("openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER"),
            *("-in", tmp_path / "cms", "-content", tmp_path / "data", "-purpose", "any"),
            *("-CAfile", tmp_path / "root.pem", "-out", tmp_path / "verified"),
        ],
        capture_output=True,
        check=True,
        text=True,
    )

    assert "successful" in said.stderr


def signature_range(pdf: bytes) -> list[int]:
    """Return the four numbers of the signature's byte range."""
    return [int(part) for part in pdf.split(b"/ByteRange [")[1].split(b"]")[0].split()]


def test_the_signature_certifies_and_permits_no_change(signed_file: Path) -> None:
    root = PdfReader(signed_file).trailer["/Root"]
    signature = root["/Perms"]["/DocMDP"]

    assert signature["/Reference"][0]["/TransformParams"]["/P"] == 1


def test_the_document_has_title_language_and_bookmarks(signed_file: Path) -> None:
    reader = PdfReader(signed_file)

    assert reader.metadata is not None
    assert reader.metadata.title == "PCD 726: Funding for work against county lines"
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert len(reader.outline) > 0
