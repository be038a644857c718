"""Each kind of file gets its own verdict, in words."""

import hashlib
import json
import subprocess
import time
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from decisions.documents import inspection, verify
from decisions.documents.findings import Findings
from decisions.documents.keys import Trust, load_keys
from decisions.documents.known import Known
from decisions.documents.render import lay_out
from decisions.documents.sign import seal
from decisions.documents.verify import Verdict, verify_bytes
from tests.documents.conftest import CHECKPOINT
from tests.documents.papers import ISSUED_AT, content, paper

Ask = Callable[[bytes], Verdict]


def knowing(data: bytes, state: str = "current") -> Callable[[str], Known | None]:
    """Return a register that issued those bytes alone."""
    issued = hashlib.sha256(data).hexdigest()
    known = Known("PCD 726", 3, state, ISSUED_AT)
    return lambda digest: known if digest == issued else None


@pytest.fixture
def ask(signed: bytes, trust: Trust) -> Ask:
    """Ask a register that issued `signed` what some bytes are."""
    return lambda data: verify_bytes(data, lookup=knowing(signed), trust=trust)


def test_the_issued_file_is_current_and_passes_every_check(ask: Ask, signed: bytes) -> None:
    verdict = ask(signed)

    assert (verdict.verdict, verdict.reference, verdict.version) == ("current", "PCD 726", 3)
    assert [check.words for check in verdict.checks if not check.passed] == []
    assert [signer.name for signer in verdict.signers] == ["Development signing key"]


@pytest.mark.parametrize("state", ["superseded", "revoked"])
def test_an_issued_file_that_no_longer_stands_is_said_to_be_genuine(
    signed: bytes, trust: Trust, state: str
) -> None:
    verdict = verify_bytes(signed, lookup=knowing(signed, state), trust=trust)

    assert verdict.verdict == state
    assert verdict.title.startswith("Genuine, but")
    assert not verdict.is_current


@pytest.mark.parametrize(("is_published", "said"), [(True, "Look"), (False, "No document")])
def test_a_replaced_file_points_to_its_successor_while_anyone_can_look_it_up(
    signed: bytes, trust: Trust, *, is_published: bool, said: str
) -> None:
    known = Known("PCD 726", 3, "superseded", ISSUED_AT, is_published=is_published)
    assert verify_bytes(signed, lookup=lambda _: known, trust=trust).warning.startswith(said)


def test_a_record_of_a_file_that_the_register_never_signed_makes_it_no_document(
    trust: Trust,
) -> None:
    forged = b"%PDF-1.7\n% approved: ninety-nine million pounds\n"
    verdict = verify_bytes(forged, lookup=knowing(forged), trust=trust)

    assert (verdict.verdict, verdict.reference) == ("not-a-document", None)
    assert "issued" in failed(verdict)


def test_junk_appended_is_changed(ask: Ask, signed: bytes) -> None:
    verdict = ask(signed + b"\n% just a comment\n")

    assert (verdict.verdict, verdict.reference, verdict.version) == ("changed", "PCD 726", None)
    assert failed(verdict) == {"issued", "whole-file"}


def failed(verdict: Verdict) -> set[str]:
    return {check.name for check in verdict.checks if not check.passed}


@pytest.mark.parametrize(
    "program",
    [
        ["qpdf"],
        ["qpdf", "--object-streams=generate", "--recompress-flate", "--compression-level=9"],
        ["qpdf", "--qdf"],
        ["qpdf", "--linearize"],
    ],
)
def test_a_copy_saved_anew_is_changed(ask: Ask, signed_file: Path, program: list[str]) -> None:
    copy = signed_file.with_name("copy.pdf")
    subprocess.run([*program, str(signed_file), str(copy)], check=True)

    assert ask(copy.read_bytes()).verdict == "changed"


def test_a_flipped_byte_anywhere_is_changed(signed: bytes, trust: Trust) -> None:
    ours = frozenset(hashlib.sha256(item).hexdigest() for item in trust.certificates)
    with ThreadPoolExecutor(max_workers=1) as elsewhere:  # this thread may run a browser's loop
        for place in range(11, len(signed), len(signed) // 60):
            altered = bytearray(signed)
            altered[place] ^= 0x04
            first = inspection.marks_found(bytes(altered))
            look = partial(inspection.with_signatures, first, bytes(altered))
            found = elsewhere.submit(look, list(trust.roots), ours).result()
            assert verify._unknown(found) == "changed", place


def test_the_pages_before_they_were_signed_are_changed(ask: Ask) -> None:
    assert ask(lay_out(content()).pdf).verdict == "changed"


def test_a_document_signed_but_never_issued_is_changed(ask: Ask, signed: bytes) -> None:
    assert ask(signed.replace(CHECKPOINT, CHECKPOINT[::-1])).verdict == "changed"


def test_a_document_of_another_register_is_foreign(ask: Ask, tmp_path: Path) -> None:
    others = load_keys(tmp_path)
    theirs = lay_out(content(paper(reference="PCD 727")))

    verdict = ask(seal(theirs, checkpoint=CHECKPOINT, keys=others, at=ISSUED_AT))

    assert (verdict.verdict, verdict.reference) == ("foreign", None)
    assert "signer" in failed(verdict)


@pytest.mark.parametrize("data", [b"", b"hello", b"%PDF-1.7\n%%EOF", b"PK\x03\x04" * 100])
def test_something_else_is_not_a_document(ask: Ask, data: bytes) -> None:
    assert ask(data).verdict == "not-a-document"


def test_a_file_that_is_too_large_is_not_even_opened(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "LARGEST_FILE", 10)

    assert failed(ask(b"x" * 11)) == {"size"}


def test_a_file_that_would_take_for_ever_is_given_up(
    signed: bytes, trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "LONGEST_INSPECTION", 0.01)
    began = time.monotonic()

    found = verify.inspected(signed, trust)

    assert found.problem == "inspection took too long"
    assert time.monotonic() - began < 5


def test_a_bomb_of_zeros_does_not_fill_the_memory(ask: Ask) -> None:
    bomb = zlib.compress(b"\0" * 200_000_000, 9)
    data = b"%PDF-1.7\n" + (b"1 0 obj <<>> stream\n" + bomb + b"\nendstream endobj\n") * 20

    assert ask(data).verdict == "not-a-document"


def test_what_was_said_before_a_child_died_still_counts() -> None:
    first = json.dumps(Findings(is_pdf=True, marks=("urn:x:y:pcd-9:1",)).as_json()).encode()

    found = verify._read(first + b'\n{"is_pdf": tru', "inspection ended with -9")

    assert found == Findings(True, ("urn:x:y:pcd-9:1",), (), "inspection ended with -9")


def test_the_answer_as_json_has_the_five_keys(ask: Ask, signed: bytes) -> None:
    answer = ask(signed).as_json()

    assert list(answer) == ["verdict", "reference", "version", "signers", "checks"]
    assert answer["checks"][0] == {
        "name": "issued",
        "passed": True,
        "words": "The register issued this exact file for PCD 726 on 28 November 2019 at 3:42pm.",
    }


def test_a_document_of_an_earlier_key_is_still_ours(
    signed: bytes, trust: Trust, tmp_path: Path
) -> None:
    newer = load_keys(tmp_path)
    both = replace(trust, certificates=(*trust.certificates, newer.certificate))

    assert verify_bytes(signed + b" ", lookup=lambda _: None, trust=both).verdict == "changed"
