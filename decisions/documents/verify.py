"""What a file is: a document that this register issued, a changed one, another's, or none.

The order of the verdicts: its SHA-256 is known and the register’s own signature is on it, or it is
a scan → current, superseded or revoked; it carries a
valid signature of another → foreign; it bears the mark of our documents → changed; else
not-a-document. The bytes are looked into by a child process; they are never kept.
"""

import base64
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from decisions.documents import words
from decisions.documents.findings import Findings, SignatureFound
from decisions.documents.keys import Trust, trust_of_register
from decisions.documents.known import Known

LARGEST_FILE = 20_000_000
LONGEST_INSPECTION = 20.0
CURRENT, SUPERSEDED, REVOKED = "current", "superseded", "revoked"
SCAN = "signed-on-paper"
CHANGED, FOREIGN, NOT_A_DOCUMENT = "changed", "foreign", "not-a-document"

STATEMENT = "-statement"  # in the identifier of a statement of expenditure
JSON_KEYS = ("verdict", "reference", "version", "signers", "checks")

TITLES = {
    CURRENT: "Genuine and current",
    SUPERSEDED: "Genuine, but replaced by a later document",
    REVOKED: "Genuine, but the decision has been revoked",
    SCAN: "The scan of a decision signed on paper",
    CHANGED: "Changed: do not rely on this file",
    FOREIGN: "Signed by somebody else",
    NOT_A_DOCUMENT: "Not a document of this register",
}
MEANINGS = {
    CURRENT: "This is exactly the file that the register issued. Nothing in it has been changed, "
    "and no later document that was published replaces it.",
    SUPERSEDED: "This is exactly the file that the register issued, but a later document has "
    "replaced it.",
    REVOKED: "This is exactly the file that the register issued, but the decision has since been "
    "revoked. Look the decision up to see why.",
    SCAN: "This is exactly the scan that the register holds of a decision signed elsewhere, "
    "on paper. The register did not sign it; one person transcribed it and another confirmed it.",
    CHANGED: "This file says that it comes from a register of grant decisions, but it is not a "
    "file that this register issued. It was altered, or saved anew by another program, after it "
    "was signed.",
    FOREIGN: "This file carries a valid digital signature, but not one of this register. The "
    "register did not issue it and can say nothing about what is in it.",
    NOT_A_DOCUMENT: "This file bears no mark of a document of this register. If you printed, "
    "scanned or photographed a document, check the original file instead.",
}


RESTRICTION = " It is a restricted document: it is never published, and is not to be passed on."
NOT_PUBLISHED = "No document that replaces it is published now: ask the office that issued it."
WARNINGS = {
    SUPERSEDED: "Look the decision up, and use its current document instead.",
    REVOKED: "This decision no longer stands.",
    SCAN: "Look the decision up for the register’s record of it.",
    CHANGED: "Ask for the original file, or take the document from the register.",
    FOREIGN: "This register cannot vouch for this file.",
    NOT_A_DOCUMENT: "This register cannot vouch for this file.",
}


@dataclass(frozen=True)
class Check:
    """One thing that was checked, whether it passed, and what that means in plain words."""

    name: str
    passed: bool
    words: str


@dataclass(frozen=True)
class Signer:
    """Whose signature the file carries, and when the time-stamp authority saw it ("" if never)."""

    name: str
    organisation: str
    signed_at: str
    is_ours: bool


@dataclass(frozen=True)
class Verdict:
    """The answer about one file; of a restricted one, nothing but what it is."""

    verdict: str
    reference: str | None
    version: int | None
    signers: tuple[Signer, ...]
    checks: tuple[Check, ...]
    is_restricted: bool = False
    notes: tuple[str, ...] = ()
    is_published: bool = True

    @property
    def is_current(self) -> bool:
        """Whether the file is a genuine document that still stands."""
        return self.verdict == CURRENT

    @property
    def is_genuine(self) -> bool:
        """Whether the register issued exactly this file, whatever became of it since."""
        return self.verdict in (CURRENT, SUPERSEDED, REVOKED, SCAN)

    @property
    def warning(self) -> str:
        """One line of warning for whoever was about to rely on the file."""
        if self.verdict == SUPERSEDED and not self.is_published:
            return NOT_PUBLISHED
        return WARNINGS.get(self.verdict, "")

    @property
    def title(self) -> str:
        """The verdict as a heading."""
        return TITLES[self.verdict]

    @property
    def meaning(self) -> str:
        """What the verdict means for whoever holds the file."""
        restriction = RESTRICTION if self.is_restricted else ""
        return " ".join([f"{MEANINGS[self.verdict]}{restriction}", *self.notes])

    def as_json(self) -> dict[str, Any]:
        """Return verdict, reference, version, signers and checks."""
        value: dict[str, Any] = json.loads(json.dumps(asdict(self)))
        return {name: value[name] for name in JSON_KEYS}


Lookup = Callable[[str], Known | None]


def verify_bytes(data: bytes, *, lookup: Lookup, trust: Trust | None = None) -> Verdict:
    """Say what a file is; `lookup` answers for a SHA-256 (hex) what the register knows of it.

    Never raises for what is in the bytes. `trust` defaults to this register's own certificates.
    """
    if len(data) > LARGEST_FILE:
        size = Check(
            "size", passed=False, words="The file is larger than any document of this register."
        )
        return Verdict(NOT_A_DOCUMENT, None, None, (), (size,))
    known = lookup(hashlib.sha256(data).hexdigest())
    found = inspected(data, trust or trust_of_register(Path(settings.VAR_DIR)))
    if known and known.state != SCAN and not found.is_ours:
        known = None  # a record names a file that the register never signed
    verdict = known.state if known else _unknown(found)
    return Verdict(
        verdict=verdict,
        reference=known.reference if known else _claimed(verdict, found),
        version=known.version if known else None,
        signers=tuple(
            Signer(one.name, one.organisation, one.signed_at, one.is_ours)
            for one in found.signatures
        ),
        checks=tuple(_checks(known, found)),
        is_restricted=bool(known and known.is_restricted),
        notes=known.notes if known else (),
        is_published=bool(known and known.is_published),
    )


def inspected(data: bytes, trust: Trust) -> Findings:
    """Return what a child process finds in the bytes within its limits."""
    argument = json.dumps(
        {
            "roots": [base64.b64encode(root).decode() for root in trust.roots],
            "ours": [hashlib.sha256(item).hexdigest() for item in trust.certificates],
        }
    )
    command = [sys.executable, "-m", "decisions.documents.inspection", argument]
    home = str(settings.BASE_DIR)
    try:
        child = subprocess.run(  # noqa: S603 - our own module, no shell
            command,
            input=data,
            capture_output=True,
            timeout=LONGEST_INSPECTION,
            cwd=home,
            env={"PYTHONPATH": home, "PYTHONWARNINGS": "ignore", "LC_ALL": "C.UTF-8"},
            check=False,
        )
        said, problem = child.stdout, f"inspection ended with {child.returncode}"
    except subprocess.TimeoutExpired as slow:
        said, problem = slow.stdout or b"", "inspection took too long"
    return _read(said, problem)


def _read(said: bytes, problem: str) -> Findings:
    lines = [json.loads(line) for line in said.splitlines() if line.endswith(b"}")]
    if len(lines) == 2:
        return Findings.read(lines[1])
    return Findings.read({**lines[0], "problem": problem}) if lines else Findings(problem=problem)


def _unknown(found: Findings) -> str:
    if any(one.is_sound and not one.is_ours for one in found.signatures):
        return FOREIGN
    return CHANGED if found.marks else NOT_A_DOCUMENT


def _claimed(verdict: str, found: Findings) -> str | None:
    if verdict != CHANGED:
        return None
    slug = found.marks[0].split(":")[-2]
    about, statement, _ = slug.partition(STATEMENT)
    series, _, number = about.partition("-")
    of = ", a statement of expenditure" if statement else ""
    return f"{series.upper()} {number}".strip() + of


def _checks(known: Known | None, found: Findings) -> list[Check]:
    if known and known.state == SCAN:
        when = words.moment(known.issued_at)
        said = f"The register holds this exact file as the scan of {known.reference}, since {when}."
        return [Check("held", passed=True, words=said)]
    checks = [_issued(known), *_standing(known)]
    if not found.is_pdf:
        return [*checks, Check("pdf", passed=False, words="The file is not a PDF.")]
    if found.problem:
        words_of_problem = "The file is damaged, or is not made as our documents are."
        checks.append(Check("readable", passed=False, words=words_of_problem))
    if not found.signatures:
        words_of_absence = "No digital signature can be read in the file."
        return [*checks, Check("signature", passed=False, words=words_of_absence)]
    return [*checks, *(check for one in found.signatures for check in _signature_checks(one))]


def _issued(known: Known | None) -> Check:
    if known is None:
        return Check("issued", passed=False, words="The register did not issue this exact file.")
    when = words.moment(known.issued_at)
    kind = ", a restricted document," if known.is_restricted else ""
    return Check(
        "issued",
        passed=True,
        words=f"The register issued this exact file{kind} for {known.reference} on {when}.",
    )


def _standing(known: Known | None) -> list[Check]:
    if known is None:
        return []
    state = {
        CURRENT: "It is the register’s current document.",
        SUPERSEDED: "A later document has replaced it.",
        REVOKED: "The decision has been revoked.",
    }[known.state]
    return [Check("current", passed=known.state == CURRENT, words=state)]


def _signature_checks(one: SignatureFound) -> list[Check]:
    who = one.name or one.organisation or "somebody unnamed"
    return [
        _either(
            "signature",
            one.is_sound,
            f"What was signed by “{who}” has not been altered since.",
            f"The signature of “{who}” does not fit the file: something was altered.",
        ),
        _either(
            "whole-file",
            one.covers_all,
            "The signature covers every byte of the file.",
            "Something was added to the file after it was signed.",
        ),
        _either(
            "signer",
            one.is_ours,
            "The signature was made with this register’s key.",
            "The signature was not made with this register’s key.",
        ),
        _either(
            "time",
            bool(one.signed_at),
            f"A time-stamp shows when it was signed: {_when(one)}.",
            "No sound time-stamp shows when it was signed.",
        ),
        _either(
            "certificate",
            one.was_in_force,
            "The signing certificate was in force at that time and had not been revoked.",
            "The file does not prove that the signing certificate was in force.",
        ),
    ]


def _when(one: SignatureFound) -> str:
    return words.moment(datetime.fromisoformat(one.signed_at)) if one.signed_at else ""


def _either(name: str, passed: bool, good: str, bad: str) -> Check:
    return Check(name, passed=passed, words=good if passed else bad)
