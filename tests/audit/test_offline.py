"""The verifier that needs only Python: what it proves, and what it finds in an altered export."""

import json
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from audit import register
from audit.acts import SYSTEM, acting
from audit.canonical import canonical
from audit.exporters.ledger import export_lines
from audit.keys import CheckpointSigningKey
from audit.offline import verify_register
from audit.offline.verify_register import GENESIS, Unreadable, check, is_signed
from tests.audit.conftest import OTHER, SAMPLE, commit_checks, write_sql
from tests.audit.test_checkpoints import VECTORS, signed

Lines = list[dict[str, Any]]
STRANGER = CheckpointSigningKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


@pytest.fixture(scope="module", autouse=True)
def exported(lasting: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Export a short register: three notes, one changed, 120 at once, two checkpoints."""
    folder = tmp_path_factory.mktemp("exported")
    register.start(body="Office of examples")
    commit_checks()
    write_sql(SAMPLE)
    write_sql("SELECT audit.guard_many('public.sample_note')")
    register.record_schema(accept=True)
    note("INSERT INTO sample_note VALUES (1, 'one', 1), (2, NULL, 2.50), (3, 'drei: =\n', 3)")
    first = signed()
    note("UPDATE sample_note SET words = 'eins' WHERE id = 1")
    note("INSERT INTO sample_note SELECT n, 'note', n FROM generate_series(11, 130) n")
    note("DELETE FROM sample_note WHERE id = 3")
    last = signed()
    commit_checks()
    (folder / "whole.jsonl").write_text("".join(export_lines(whole=True)))
    (folder / "digests.jsonl").write_text("".join(export_lines()))
    (folder / "checkpoints.jsonl").write_bytes(b"\n".join(one.to_json() for one in (first, last)))
    keys = [{"key": last.key_id, "public_key": last.public_key.hex()}]
    (folder / "keys.json").write_text(canonical({"format": "register-keys/1", "keys": keys}))
    return folder


def note(sql: str) -> None:
    with acting(by=SYSTEM, name="note") as act:
        write_sql(sql)
        act.record(OTHER)


@pytest.fixture
def lines(exported: Path) -> Lines:
    return [json.loads(one) for one in (exported / "whole.jsonl").read_text().splitlines()]


def found(exported: Path, lines: Lines, *given: str) -> set[tuple[str, str]]:
    """Return where altered lines fail, and how, held against the published keys and files given."""
    file = exported / "altered.jsonl"
    file.write_text("".join(canonical(one) + "\n" for one in lines))
    checkpoints = exported / "checkpoints.jsonl" if "checkpoints" in given else None
    pdfs = [exported / name for name in given if name.endswith(".pdf")]
    failures = check(file, checkpoints, exported / "keys.json", pdfs).failures
    return {(one.where, one.how) for one in failures}


def test_an_untouched_export_is_proven_by_python_alone(exported: Path) -> None:
    given = [sys.executable, "-I", str(Path(verify_register.__file__)), "whole.jsonl"]
    given += ["--keys", "keys.json", "--checkpoints", "checkpoints.jsonl"]
    done = subprocess.run(given, cwd=exported, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Nothing fails." in done.stdout
    assert "rows are as the audit trail last lists them" in done.stdout


def test_without_published_keys_it_says_that_nothing_is_anchored(exported: Path) -> None:
    report = check(exported / "whole.jsonl", None, None, [])
    assert report.failures == []
    assert "Unanchored" in report.text()


def test_an_export_without_the_words_of_rows_is_proven_too(exported: Path) -> None:
    report = check(exported / "digests.jsonl", None, exported / "keys.json", [])
    assert report.failures == []
    assert "drei" not in (exported / "digests.jsonl").read_text()


def test_an_export_without_rows_says_that_it_shows_none(exported: Path, lines: Lines) -> None:
    bare = [one for one in lines if one.get("kind") not in ("table", "row")]
    file = exported / "bare.jsonl"
    file.write_text("".join(canonical(one) + "\n" for one in bare))
    assert "No rows are here" in check(file, None, exported / "keys.json", []).text()


def entry(lines: Lines, seq: int) -> dict[str, Any]:
    return next(one for one in lines if (one.get("kind"), one.get("seq")) == ("entry", seq))


def of(lines: Lines, kind: str) -> dict[str, Any]:
    return next(one for one in lines if one.get("kind") == kind)


def row(lines: Lines, key: str) -> dict[str, Any]:
    at = lines.index({"kind": "table", "table": "public.sample_note"})
    return next(one for one in lines[at:] if one.get("key") == key)


def swap(lines: Lines, one: Any, other: Any) -> None:
    here, there = lines.index(one), lines.index(other)
    lines[here], lines[there] = other, one


def swap_texts(one: dict[str, Any], other: dict[str, Any]) -> None:
    one["text"], other["text"] = other["text"], one["text"]


def replace(record: dict[str, Any], name: str, old: str, new: str) -> None:
    assert old in record[name]
    record[name] = record[name].replace(old, new)


ROW = "row public.sample_note"
SIGNED = "checkpoint at 5"
Altering = tuple[Callable[[Lines], object], str, str]

IN_THE_CHAIN: dict[str, Altering] = {
    "header": (lambda x: replace(entry(x, 3), "header", "name=", "name=A"), "entry 3", "edited"),
    "hash": (lambda x: entry(x, 3).update(hash="0" * 64), "entry 3", "edited"),
    "payload": (lambda x: replace(entry(x, 3), "payload", "note", "nose"), "entry 3", "edited"),
    "salt": (lambda x: entry(x, 3).update(salt="0" * 64), "entry 3", "edited"),
    "entry deleted": (lambda x: x.remove(entry(x, 3)), "entry 3", "deleted"),
    "entry twice": (lambda x: x.insert(4, entry(x, 3)), "entry 3", "forked"),
    "entries swapped": (lambda x: swap(x, entry(x, 2), entry(x, 3)), "entry 2", "reordered"),
    "headers swapped": (lambda x: swap_headers(entry(x, 2), entry(x, 3)), "entry 2", "edited"),
    "end cut off": (lambda x: x.pop(), "the export", "truncated"),
    "more after it": (lambda x: x.append(x[-2]), "the export's end", "inserted"),
    "signature": (lambda x: signature(x).update(signature="0" * 128), SIGNED, "edited"),
    "statement": (lambda x: replace(signature(x), "statement", "at=2", "at=3"), SIGNED, "edited"),
    "stranger's key": (lambda x: resign(signature(x)), SIGNED, "forged key"),
}
IN_ROWS: dict[str, Altering] = {
    "digests": (lambda x: replace(digests(x), "digests", "a", "b"), "entry 8", "edited"),
    "no digests": (lambda x: x.remove(digests(x)), "entry 8", "truncated"),
    "words": (lambda x: replace(row(x, "2"), "text", "2.50", "9.50"), f"{ROW} 2", "edited"),
    "one of many": (lambda x: replace(row(x, "40"), "text", "te", "se"), f"{ROW} 40", "edited"),
    "deleted": (lambda x: x.remove(row(x, "2")), f"{ROW} 2", "deleted"),
    "slipped in": (lambda x: add(x, row(x, "2"), "9"), f"{ROW} 9", "inserted"),
    "back again": (lambda x: add(x, row(x, "2"), "3"), f"{ROW} 3", "inserted"),
    "swapped": (lambda x: swap_texts(row(x, "1"), row(x, "2")), f"{ROW} 1", "edited"),
}
ALTERED = IN_THE_CHAIN | IN_ROWS


def signature(lines: Lines) -> dict[str, Any]:
    return of(lines, "checkpoint")


def digests(lines: Lines) -> dict[str, Any]:
    return of(lines, "batch")


def add(lines: Lines, one: dict[str, Any], key: str) -> None:
    lines.insert(lines.index(one), {**one, "key": key})


def swap_headers(one: dict[str, Any], other: dict[str, Any]) -> None:
    one["header"], other["header"] = other["header"], one["header"]
    one["hash"], other["hash"] = other["hash"], one["hash"]


def resign(one: dict[str, Any]) -> None:
    statement = one["statement"].replace(one["key"], STRANGER.id)
    one.update(key=STRANGER.id, public_key=STRANGER.public_bytes.hex(), statement=statement)
    one["signature"] = STRANGER.private.sign(statement.encode()).hex()


@pytest.mark.parametrize("name", ALTERED)
def test_what_was_altered_is_named(name: str, exported: Path, lines: Lines) -> None:
    alter, where, how = ALTERED[name]
    alter(lines)
    assert (where, how) in found(exported, lines)


def chained(lines: Lines) -> None:
    """Rewrite all hashes after an entry was altered, as somebody with the database can."""
    previous = GENESIS
    for one in lines:
        if one.get("kind") == "entry":
            header = one["header"].split("\nprevious=")[0] + f"\nprevious={previous}\n"
            previous = sha256(header.encode()).hexdigest()
            one.update(header=header, hash=previous)
    lines[-1]["hash"] = previous


def rewritten(lines: Lines) -> Lines:
    """Alter entry 3, rewrite the chain after it, and leave out the checkpoints."""
    replace(entry(lines, 3), "header", "actor_name=", "actor_name=A")
    chained(lines)
    return [one for one in lines if one.get("kind") != "checkpoint"]


def test_a_chain_rewritten_without_checkpoints_is_anchored_by_nothing(
    exported: Path, lines: Lines
) -> None:
    assert found(exported, rewritten(lines)) == {("the chain", "unanchored")}


def test_a_rewritten_chain_is_not_the_one_that_was_published(exported: Path, lines: Lines) -> None:
    assert ("entry 5", "rewritten") in found(exported, rewritten(lines), "checkpoints")


def test_a_rewritten_chain_is_not_the_one_inside_a_document(exported: Path, lines: Lines) -> None:
    checkpoint = (exported / "checkpoints.jsonl").read_bytes().splitlines()[0]
    (exported / "signed.pdf").write_bytes(b"%PDF-1.7 stream\n" + checkpoint + b"\nendstream")
    assert ("entry 5", "rewritten") in found(exported, rewritten(lines), "signed.pdf")


def test_a_chain_cut_short_is_not_as_long_as_was_published(exported: Path, lines: Lines) -> None:
    short = [one for one in lines if one.get("kind") == "entry"][:5]
    ended = [lines[0], *short, {"kind": "end", "seq": 5, "hash": short[-1]["hash"]}]
    assert ("entry 10", "truncated") in found(exported, ended, "checkpoints")


def test_a_file_that_no_entry_names_was_not_issued(exported: Path, lines: Lines) -> None:
    (exported / "other.pdf").write_bytes(b"%PDF-1.7")
    assert ("other.pdf", "edited") in found(exported, lines, "other.pdf")


@examples(max_examples=40)
@given(at=st.integers(min_value=0), bit=st.integers(0, 7))
def test_any_bit_that_is_turned_is_found(exported: Path, at: int, bit: int) -> None:
    data = bytearray((exported / "whole.jsonl").read_bytes())
    data[at % len(data)] ^= 1 << bit
    file = exported / "turned.jsonl"
    file.write_bytes(data)
    try:
        failures = check(file, None, exported / "keys.json", []).failures
    except Unreadable:
        return
    assert failures != []


def test_the_documented_signature_is_genuine_and_another_is_not() -> None:
    vector = VECTORS["checkpoint"]
    public, signature = bytes.fromhex(vector["public_key"]), bytes.fromhex(vector["signature"])
    statement = vector["statement"].encode()
    assert is_signed(public, statement, signature)
    assert not is_signed(public, statement + b" ", signature)


@examples(max_examples=10)
@given(message=st.binary(max_size=80), turned=st.integers(0, 511))
def test_signatures_are_as_another_library_makes_them(message: bytes, turned: int) -> None:
    signature = bytearray(STRANGER.private.sign(message))
    assert is_signed(STRANGER.public_bytes, message, bytes(signature))
    signature[turned // 8] ^= 1 << turned % 8
    assert not is_signed(STRANGER.public_bytes, message, bytes(signature))
