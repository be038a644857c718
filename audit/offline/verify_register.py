#!/usr/bin/env python3
"""Check an export of a grant decision register, with nothing but Python itself.

    python3 verify_register.py EXPORT.jsonl [--checkpoints FILE] [--keys FILE] [--pdf FILE]...

It ends with 0 and says what was proven, or with 1 and says which entry, row, checkpoint or file
fails, and how; with 2 when it cannot read what it was given. Take this file and the keys from the
address that the register publishes (/check/), never from the bundle that you check: whoever made
up a bundle can make up a verifier and keys to go with it. Without ``--keys`` nothing ties the
signatures to the register, and the verdict says *unanchored*.

docs/ledger-format.md has the formats to the byte; signatures are Ed25519 (RFC 8032).
A PDF's own signature (PAdES) is for PDF readers and the register's check page; here its bytes are
held against the audit trail, and the checkpoint inside it against the chain.
"""

import argparse
import json
import re
import sqlite3
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256, sha512
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, NamedTuple

EXPORT = "register-export/2"
KEYS = "register-keys/1"
CHECKPOINT = "register-checkpoint/1"
ISSUED = "decisions.document.issued"
ATTACHED = re.compile(rb'\{"format":"register-checkpoint/1",[^{}]{1,2000}\}')
SAID = (
    "at", "recorded_at", "demonstration", "act", "event", "actor_id", "actor_name", "actor_role",
    "subject_label", "subject_id", "subject_reference", "transaction",
)  # fmt: skip
HEADER = re.compile(
    r"register-ledger/1\nseq=([1-9][0-9]*)\n"
    + "".join(rf"{name}=[^\n]*\n" for name in SAID)
    + r"payload=([0-9a-f]{64})\nprevious=([0-9a-f]{64})\n"
)
SCAN: Any = json.JSONDecoder().scan_once  # type: ignore[attr-defined]  # what decode() calls
GENESIS = "0" * 64
MOST_LISTED = 200  # failures printed one by one; the rest are counted


class Unreadable(Exception):
    """What was given is no export, list of keys or list of checkpoints."""


def read_json(text: str) -> Any:
    """Return what a JSON text says, with nothing before or after it; ValueError otherwise."""
    try:
        facts, end = SCAN(text, 0)
    except StopIteration:
        end = -1
    if end != len(text):
        raise ValueError("It is no JSON text.")
    return facts


def unhex(text: str) -> bytes:
    """Return the bytes that small hexadecimal digits say; ValueError for any others."""
    data = bytes.fromhex(text)
    if data.hex() != text:
        raise ValueError(f"{text[:20]!r} is not written in small hexadecimal digits.")
    return data


# ---------------------------------------------------------------- Ed25519 (RFC 8032, 5.1)

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]
NEUTRAL: Point = (0, 1, 1, 0)


def _add(one: Point, other: Point) -> Point:
    a, b = (one[1] - one[0]) * (other[1] - other[0]), (one[1] + one[0]) * (other[1] + other[0])
    c, d = 2 * one[3] * other[3] * D, 2 * one[2] * other[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(factor: int, point: Point) -> Point:
    total = NEUTRAL
    while factor:
        if factor & 1:
            total = _add(total, point)
        point, factor = _add(point, point), factor >> 1
    return total


def _point(data: bytes) -> Point | None:
    """Return the point that 32 bytes say (RFC 8032, 5.1.3), or None where there is none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (not x and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


_Y = 4 * pow(5, -1, P) % P
_BASE = _point(_Y.to_bytes(32, "little"))


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether an Ed25519 signature over a message is that of a public key."""
    if len(public) != 32 or len(signature) != 64 or _BASE is None:
        return False
    key, shown = _point(public), _point(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or shown is None or s >= ORDER:
        return False
    k = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % ORDER
    left, right = _times(s, _BASE), _add(shown, _times(k, key))
    same_x = (left[0] * right[2] - right[0] * left[2]) % P == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % P == 0


# ---------------------------------------------------------------- what is found


class Failure(NamedTuple):
    """What fails: where it is, how it came to be so, and what was seen."""

    where: str
    how: str
    why: str


@dataclass
class Report:
    """What was proven and what fails, in the order it was found."""

    proven: list[str] = field(default_factory=list)
    unproven: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    more: int = 0

    def fail(self, where: str, how: str, why: str) -> None:
        """Keep one failure, or count it once there are many."""
        if len(self.failures) < MOST_LISTED:
            self.failures.append(Failure(where, how, why))
        else:
            self.more += 1

    def text(self) -> str:
        """Return the verdict: what fails first, then what is proven and what is not."""
        lines = [f"FAILS       {one.where}: {one.how}. {one.why}" for one in self.failures]
        lines += [f"FAILS       {self.more:,} more."] if self.more else []
        lines += [f"proven      {one}" for one in self.proven]
        lines += [f"not proven  {one}" for one in self.unproven]
        lines.append("Something fails." if self.failures else "Nothing fails.")
        return "\n".join(lines) + "\n"


@dataclass(frozen=True)
class Checkpoint:
    """A signed statement that entry `seq` has a hash, and where it was found."""

    seq: int
    hash: str
    key: str
    public: bytes
    where: str
    is_genuine: bool


def read_checkpoint(facts: dict[str, Any], where: str) -> Checkpoint:
    """Read a checkpoint, and hold its signature against the key that it names itself."""
    try:
        lines = facts["statement"].split("\n")
        said = dict(line.split("=", 1) for line in lines[1:5])
        public, signature = unhex(facts["public_key"]), unhex(facts["signature"])
        seq, entry_hash, key = int(said["seq"]), said["hash"], said["key"]
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise Unreadable(f"{where} holds no checkpoint that can be read ({error}).") from error
    is_whole = (
        lines[0] == CHECKPOINT
        and len(lines) == 6
        and lines[5] == ""
        and [*said] == ["seq", "hash", "at", "key"]
        and facts["key"] == key == sha256(public).hexdigest()[:16]
    )
    genuine = is_whole and is_signed(public, facts["statement"].encode(), signature)
    return Checkpoint(seq, entry_hash, key, public, where, genuine)


# ---------------------------------------------------------------- rows, kept on disk


class Rows:
    """What entries last list of each row; on disk, so that memory is flat."""

    def __init__(self, folder: str) -> None:
        self.db = sqlite3.connect(str(Path(folder) / "rows.sqlite"), isolation_level=None)
        self.db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32000;"
            "CREATE TABLE listed (place TEXT PRIMARY KEY, turn INT, shape INT, digest BLOB)"
            " WITHOUT ROWID; BEGIN"
        )
        self.shapes: dict[tuple[str, ...], int] = {}
        self.columns: list[tuple[str, ...]] = []
        self.waiting: list[tuple[str, int, int, bytes | None]] = []

    def shape(self, columns: list[str]) -> int:
        """Return the number of a list of columns."""
        found = tuple(columns)
        if found not in self.shapes:
            self.shapes[found] = len(self.columns)
            self.columns.append(found)
        return self.shapes[found]

    def keep(self, table: str, key: str, turn: int, shape: int, digest: bytes | None) -> None:
        """Keep what an entry lists of a row; what the latest `turn` lists counts."""
        self.waiting.append((f"{table} {key}", turn, shape, digest))
        if len(self.waiting) >= 5000:
            self.flush()

    def close(self) -> None:
        """Leave the file, which goes with its folder."""
        self.db.close()

    def flush(self) -> None:
        """Put on disk what waits."""
        self.db.executemany(
            "INSERT INTO listed VALUES (?, ?, ?, ?) ON CONFLICT (place) DO UPDATE SET"
            " turn = excluded.turn, shape = excluded.shape, digest = excluded.digest"
            " WHERE excluded.turn >= turn",
            self.waiting,
        )
        self.waiting.clear()

    def take(self, table: str, key: str) -> tuple[int, tuple[str, ...], bytes | None] | None:
        """Return what was last listed of a row, once: its entry, columns and digest."""
        place = f"{table} {key}"
        found = self.db.execute(
            "DELETE FROM listed WHERE place = ? RETURNING turn, shape, digest", (place,)
        ).fetchone()
        return (found[0] // 2, self.columns[found[1]], found[2]) if found else None

    def left(self) -> Iterator[tuple[str, int]]:
        """Yield the rows that are listed as there, and were not taken: each with its entry."""
        sql = "SELECT place, turn / 2 FROM listed WHERE digest IS NOT NULL ORDER BY turn, place"
        yield from self.db.execute(sql)


def row_digest(text: str, columns: tuple[str, ...]) -> bytes:
    """Return the SHA-256 of some columns of a row; its text has them all, `name=length:text` each.

    Raises KeyError for a column that the row has not, ValueError for a text that is no row's.
    """
    data = text.encode()
    lines: dict[str, bytes] = {}
    start = 0
    while start < len(data):
        is_at = data.index(b"=", start)
        if data[is_at + 1 : is_at + 3] == b"-\n":
            end = is_at + 3
        else:
            colon = data.index(b":", is_at)
            end = colon + int(data[is_at + 1 : colon]) + 2
        lines[data[start:is_at].decode()] = data[start:end]
        start = end
    return sha256(b"".join(lines[name] for name in columns)).digest()


def ranges(keys: str) -> Iterator[int]:
    """Yield the numbers of ascending ranges such as `7-8,10-10`."""
    for part in keys.split(","):
        first, last = part.split("-")
        yield from range(int(first), int(last) + 1)


# ---------------------------------------------------------------- the chain


class Ledger:
    """Reads an export line by line: entries, what they list, checkpoints, and rows."""

    def __init__(self, report: Report, rows: Rows) -> None:
        self.report, self.rows = report, rows
        self.expected = 1
        self.previous: str | None = GENESIS
        self.entries = self.withheld = self.checked_rows = self.withheld_rows = 0
        self.missing: set[int] = set()
        self.checkpoints: list[Checkpoint] = []
        self.wanted: dict[int, list[Checkpoint]] = {}
        self.issued: dict[str, int] = {}
        self.items: list[dict[str, Any]] = []
        self.table = ""
        self.has_rows = False
        self.end: dict[str, Any] | None = None

    def expect(self, checkpoints: Iterable[Checkpoint]) -> None:
        """Take checkpoints from elsewhere: the chain has to pass through each."""
        for one in checkpoints:
            self.checkpoints.append(one)
            self.wanted.setdefault(one.seq, []).append(one)

    def read(self, file: IO[bytes]) -> None:
        """Read all lines of an export."""
        kinds = {
            "entry": self._entry,
            "batch": self._batch,
            "checkpoint": self._checkpoint,
            "table": self._table,
            "row": self._row,
            "end": self._end,
        }
        for number, line in enumerate(file, start=1):
            try:
                facts = read_json(line.decode().removesuffix("\n"))
                if number == 1:
                    self._begin(facts)
                    continue
                if self.end is not None:
                    why = f"Line {number} comes after it."
                    self.report.fail("the export's end", "inserted", why)
                kinds[facts["kind"]](facts)
            except Unreadable:
                raise
            except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
                self.report.fail(f"line {number}", "edited", f"It cannot be read ({error!r}).")
        if self.end is None:
            self.report.fail("the export", "truncated", "Its last line is not there.")

    def _begin(self, facts: dict[str, Any]) -> None:
        if facts.get("format") != EXPORT:
            raise Unreadable(f"The first line names no format that is known here ({EXPORT}).")

    def _entry(self, facts: dict[str, Any]) -> None:
        seq, header, said = int(facts["seq"]), facts["header"], facts["hash"]
        self._leave_items()
        where = f"entry {seq}"
        if not self._is_in_turn(seq):
            return
        if sha256(header.encode()).hexdigest() != said:
            self.report.fail(where, "edited", "Its header is not the one that its hash is of.")
        lines = HEADER.fullmatch(header)
        if lines is None or lines[1] != str(seq):
            self.report.fail(where, "edited", "Its header is that of no entry, or of another.")
        if lines is None or (self.previous is not None and lines[3] != self.previous):
            self.report.fail(where, "rewritten", f"It does not follow what stands as {seq - 1}.")
        self.entries, self.previous = self.entries + 1, said
        self._meet(seq, said)
        if facts["payload"] is None:
            self.withheld += 1
            return
        text = facts["payload"]
        shown = sha256(unhex(facts["salt"]) + text.encode()).hexdigest()
        if lines is None or shown != lines[2]:
            self.report.fail(where, "edited", "Its payload is not the one that its header names.")
        self._payload(seq, read_json(text))

    def _is_in_turn(self, seq: int) -> bool:
        if seq == self.expected:
            self.expected += 1
            return True
        if seq > self.expected:
            self.missing.update(range(self.expected, min(seq, self.expected + 100_000)))
            self.expected, self.previous = seq + 1, None
            return True
        if seq in self.missing:
            self.missing.discard(seq)
            self.report.fail(f"entry {seq}", "reordered", f"It comes after {self.expected - 1}.")
        elif seq < 1:
            self.report.fail(f"entry {seq}", "inserted", "Entries are numbered from 1.")
        else:
            self.report.fail(f"entry {seq}", "forked", "There is another entry of this number.")
        return False

    def _meet(self, seq: int, entry_hash: str) -> None:
        for one in self.wanted.pop(seq, ()):
            self._hold(one, entry_hash)

    def _hold(self, one: Checkpoint, entry_hash: str) -> None:
        if one.is_genuine and one.hash != entry_hash:
            why = f"The {one.where} signed another hash of entry {one.seq}."
            self.report.fail(f"entry {one.seq}", "rewritten", why)

    def _payload(self, seq: int, payload: dict[str, Any]) -> None:
        if payload["event"] == ISSUED:
            self.issued[payload["data"]["sha256"]] = seq
        self.items = payload["rows"]
        for item in self.items:
            if "rows" not in item:
                continue
            shape = self.rows.shape(item["columns"])
            for row in item["rows"]:
                digest = unhex(row["sha256"]) if row["sha256"] is not None else None
                self.rows.keep(item["table"], row["key"], 2 * seq + 1, shape, digest)

    def _batch(self, facts: dict[str, Any]) -> None:
        seq, place = facts["seq"], facts["place"]
        item, digests = (
            self.items[place - 1 if place > 0 else len(self.items)],
            unhex(facts["digests"]),
        )
        where = f"entry {seq}"
        if "keys" not in item or seq != self.expected - 1:
            self.report.fail(where, "edited", "Digests stand where it lists no rows together.")
            return
        if sha256(digests).hexdigest() != item["sha256"] or len(digests) != 32 * item["count"]:
            self.report.fail(where, "edited", f"The digests of its rows at {place} are others.")
            return
        item["is_met"] = True
        shape = self.rows.shape(item["columns"])
        for n, key in enumerate(ranges(item["keys"])):
            # A row that is listed by itself too was changed after: its own digest counts.
            self.rows.keep(item["table"], str(key), 2 * seq, shape, digests[32 * n : 32 * n + 32])

    def _leave_items(self) -> None:
        for item in self.items:
            if "keys" in item and "is_met" not in item:
                why = f"The digests of the rows {item['keys']} of {item['table']} are not there."
                self.report.fail(f"entry {self.expected - 1}", "truncated", why)
        self.items = []

    def _checkpoint(self, facts: dict[str, Any]) -> None:
        one = read_checkpoint(facts, "checkpoint in the export")
        self.checkpoints.append(one)
        if one.seq != self.expected - 1 or one.seq != facts["seq"]:
            why = f"It is of entry {one.seq} and stands after {self.expected - 1}."
            self.report.fail(f"checkpoint at {facts['seq']}", "reordered", why)
        elif self.previous is not None:
            self._hold(one, self.previous)

    def _table(self, facts: dict[str, Any]) -> None:
        self._leave_items()
        self.rows.flush()
        self.has_rows = True
        self.table = facts["table"]

    def _row(self, facts: dict[str, Any]) -> None:
        key = facts["key"]
        where, listed = f"row {self.table} {key}", self.rows.take(self.table, key)
        if listed is None:
            if self.withheld:
                self.withheld_rows += 1
            else:
                self.report.fail(where, "inserted", "No entry lists it, or it stands here twice.")
            return
        seq, columns, digest = listed
        if digest is None:
            self.report.fail(where, "inserted", f"Entry {seq} says that it was deleted.")
            return
        is_whole = "text" in facts
        shown = row_digest(facts["text"], columns) if is_whole else unhex(facts["sha256"])
        if shown != digest:
            self.report.fail(where, "edited", f"It is not as entry {seq} wrote it.")
        else:
            self.checked_rows += 1

    def _end(self, facts: dict[str, Any]) -> None:
        self._leave_items()
        self.rows.flush()
        self.end = facts

    def finish(self) -> None:
        """Say what is missing once all was read, and what was proven."""
        last = self.expected - 1
        for first, until in spans(self.missing):
            where = f"entry {first}" if first == until else f"entries {first} to {until}"
            self.report.fail(where, "deleted", "The numbers before and after are there.")
        self._leave_checkpoints(last)
        if self.end is not None and (self.end["seq"], self.end["hash"]) != (last, self.previous):
            why = f"It ends with {last}, and says otherwise."
            self.report.fail("the export", "truncated", why)
        if self.has_rows:
            for place, seq in self.rows.left():
                self.report.fail(f"row {place}", "deleted", f"Entry {seq} wrote it last.")
        self._say(last)

    def _leave_checkpoints(self, last: int) -> None:
        for one in [one for ones in self.wanted.values() for one in ones if one.is_genuine]:
            if one.seq > last:
                why = f"The {one.where} signed entry {one.seq}; the last one here is {last}."
                self.report.fail(f"entry {one.seq}", "truncated", why)

    def _say(self, last: int) -> None:
        self.report.proven.append(f"Entries 1 to {last} were read ({self.entries:,} in all).")
        if self.has_rows:
            how = "are as the audit trail last lists them"
            self.report.proven.append(f"{self.checked_rows:,} rows {how}.")
        else:
            why = "No rows are here: whether any was altered cannot be seen."
            self.report.unproven.append(why)
        if self.withheld:
            self.report.unproven.append(f"The payloads of {self.withheld:,} entries are withheld.")
        if self.withheld_rows:
            why = f"{self.withheld_rows:,} rows may be listed by withheld payloads."
            self.report.unproven.append(why)


def spans(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield numbers as spans of neighbours, first and last."""
    first = last = None
    for number in sorted(numbers):
        if last is not None and first is not None and number != last + 1:
            yield first, last
            first = None
        first, last = number if first is None else first, number
    if first is not None and last is not None:
        yield first, last


# ---------------------------------------------------------------- keys, files, verdict


def known_keys(path: Path, report: Report) -> set[bytes]:
    """Return the public keys in a published list, each signed for by the one before."""
    try:
        facts = json.loads(path.read_bytes())
        if facts["format"] != KEYS:
            raise Unreadable(f"{path} is no list of keys ({KEYS}).")
        found = [(one["key"], unhex(one["public_key"]), one) for one in facts["keys"]]
        for (old, old_public, _), (new, public, one) in pairwise(found):
            said = one["succession"]
            text, shown = said["statement"].encode(), said["previous_signature"]
            if f"\nkey={new}\nprevious={old}\n" not in said["statement"] or not is_signed(
                public, text, unhex(said["signature"])
            ):
                report.fail(f"key {new}", "forged key", f"It did not sign that it follows {old}.")
            elif shown is None:
                why = f"Key {old} was lost and did not sign for {new}: {said['reason']}"
                report.unproven.append(why)
            elif not is_signed(old_public, text, unhex(shown)):
                report.fail(f"key {new}", "forged key", f"Key {old} did not sign for it.")
        return {public for _, public, _ in found}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unreadable(f"{path} holds no list of keys that can be read ({error!r}).") from error


def published(path: Path) -> list[Checkpoint]:
    """Return the checkpoints in a published list: JSON Lines."""
    try:
        lines = path.read_bytes().splitlines()
        return [read_checkpoint(json.loads(line), "published checkpoint") for line in lines]
    except (OSError, ValueError) as error:
        raise Unreadable(f"{path} cannot be read ({error!r}).") from error


def attached(data: bytes, name: str) -> list[Checkpoint]:
    """Return the checkpoints that stand uncompressed in a file."""
    found = [json.loads(one) for one in ATTACHED.findall(data)]
    return [read_checkpoint(one, f"checkpoint in {name}") for one in found]


def hold_signatures(ledger: Ledger, keys: set[bytes] | None) -> None:
    """Hold each checkpoint's signature, and its key against those that the register publishes."""
    anchored = 0
    for one in ledger.checkpoints:
        if not one.is_genuine:
            why = f"The signature of the {one.where} is not its key's."
            ledger.report.fail(f"checkpoint at {one.seq}", "edited", why)
        elif keys is not None and one.public not in keys:
            why = f"The {one.where} is signed by {one.key}, which the register does not publish."
            ledger.report.fail(f"checkpoint at {one.seq}", "forged key", why)
        else:
            anchored = max(anchored, one.seq)
    last = ledger.expected - 1
    if keys is None:
        ledger.report.unproven.append("Unanchored: no published keys were given (--keys).")
    elif not anchored:
        ledger.report.fail("the chain", "unanchored", "No checkpoint of a published key is there.")
    else:
        ledger.report.proven.append(f"The register's key signed the chain until entry {anchored}.")
    if keys is not None and anchored < last:
        which = f"Entry {last} comes" if last == anchored + 1 else f"Entries to {last} come"
        ledger.report.unproven.append(f"{which} after the last checkpoint, at {anchored}.")


def hold_pdf(ledger: Ledger, data: bytes, name: str) -> None:
    """Hold a signed document against the entry that says it was issued."""
    digest = sha256(data).hexdigest()
    if digest in ledger.issued:
        seq = ledger.issued[digest]
        ledger.report.proven.append(f"{name} is the file that entry {seq} says was issued.")
    else:
        ledger.report.fail(name, "edited", "No entry says that a file of these bytes was issued.")


def check(file: Path, checkpoints: Path | None, keys: Path | None, pdfs: Iterable[Path]) -> Report:
    """Check an export; Unreadable when something given is not what it should be."""
    report = Report()
    papers = {path.name: path.read_bytes() for path in pdfs}
    with tempfile.TemporaryDirectory() as folder, closing(Rows(folder)) as rows:
        ledger = Ledger(report, rows)
        if checkpoints:
            ledger.expect(published(checkpoints))
        for name, data in papers.items():
            found = attached(data, name)
            if not found:
                report.fail(name, "edited", "It holds no checkpoint.")
            ledger.expect(found)
        with file.open("rb") as lines:
            ledger.read(lines)
        ledger.finish()
        hold_signatures(ledger, known_keys(keys, report) if keys else None)
        for name, data in papers.items():
            hold_pdf(ledger, data, name)
    return report


def main(given: list[str] | None = None) -> int:
    """Run from the command line: 0 all proven, 1 something fails, 2 not readable."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("file", type=Path, metavar="EXPORT.jsonl")
    asked.add_argument("--checkpoints", type=Path, metavar="FILE", help="as published")
    asked.add_argument("--keys", type=Path, metavar="FILE", help="as published")
    asked.add_argument("--pdf", type=Path, metavar="FILE", action="append", default=[])
    options = asked.parse_args(given)
    try:
        report = check(options.file, options.checkpoints, options.keys, options.pdf)
    except (Unreadable, OSError) as problem:
        sys.stderr.write(f"Not readable: {problem}\n")
        return 2
    sys.stdout.write(report.text())
    return 1 if report.failures else 0


if __name__ == "__main__":
    sys.exit(main())
