"""Looks into untrusted bytes, in a process of its own with little memory and time.

Run as `python -m decisions.documents.inspection TRUST < FILE`. Prints JSON lines: first the marks,
which need no parsing, then everything; so if the second never comes, the first still counts.
This module knows nothing of Django, of the register's data or of its keys.
"""

import base64
import hashlib
import io
import json
import logging
import re
import resource
import sys
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import DocumentSecurityStore, validate_pdf_signature
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from decisions.documents.findings import Findings, SignatureFound

MARK = re.compile(rb"urn:x-grant-decision:document:[a-z0-9.-]{1,120}:[a-z0-9-]{1,60}:\d{1,6}")
STREAM = re.compile(rb"stream\r?\n")
MOST_STREAMS = 4_000
LARGEST_STREAM = 1 << 20
MOST_INFLATED = 64 << 20
MOST_SIGNATURES = 5
CPU_SECONDS = 10
MEMORY = 1 << 30


def main() -> None:
    """Inspect standard input; the argument is the trust as JSON."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))
    logging.disable(logging.CRITICAL)
    data = sys.stdin.buffer.read()
    trust = json.loads(sys.argv[1])
    first = marks_found(data)
    _say(first)
    roots = [base64.b64decode(root) for root in trust["roots"]]
    _say(with_signatures(first, data, roots, frozenset(trust["ours"])))


def marks_found(data: bytes) -> Findings:
    """Return the marks of our documents, found in the raw bytes and in inflated streams."""
    found: set[str] = set()
    for text in _texts(data):
        found.update(mark.decode() for mark in MARK.findall(text))
        found.update(mark.decode() for mark in MARK.findall(text.replace(b"\0", b"")))
    return Findings(is_pdf=b"%PDF-" in data[:1024], marks=tuple(sorted(found)))


def with_signatures(
    first: Findings, data: bytes, roots: list[bytes], ours: frozenset[str]
) -> Findings:
    """Return the findings with the file's signatures; `ours` are SHA-256 (hex) of certificates."""
    if not first.is_pdf:
        return first
    try:
        reader = PdfFileReader(io.BytesIO(data), strict=False)
        embedded = reader.embedded_regular_signatures[:MOST_SIGNATURES]
        found = tuple(_signature(reader, one, roots, ours) for one in embedded)
    except Exception as problem:
        # zlib.error, KeyError, AttributeError and others all escape from parsers of hostile bytes
        return replace(first, problem=type(problem).__name__)
    return replace(first, signatures=found)


def _texts(data: bytes) -> Iterator[bytes]:
    yield data
    left = MOST_INFLATED
    for count, start in enumerate(STREAM.finditer(data)):
        if count >= MOST_STREAMS or left <= 0:
            return
        text = _inflated(data, start.end())
        left -= len(text)
        yield text


def _inflated(data: bytes, start: int) -> bytes:
    """Inflate what begins there, looking no further than a stream of ours could reach."""
    part = memoryview(data)[start : start + LARGEST_STREAM]
    try:
        return zlib.decompressobj().decompress(part, LARGEST_STREAM)
    except zlib.error:
        return b""


def _signature(reader: Any, one: Any, roots: list[bytes], ours: frozenset[str]) -> SignatureFound:
    certificate = one.signer_cert
    name = certificate.subject.native
    moment = _stamped_at(one)
    status = validate_pdf_signature(
        one,
        signer_validation_context=_context(reader, roots, moment),
        ts_validation_context=_context(reader, roots, moment),
        skip_diff=True,
    )
    stamp = status.timestamp_validity
    is_stamped = bool(moment and stamp and stamp.valid and stamp.intact)
    return SignatureFound(
        name=str(name.get("common_name", "")),
        organisation=str(name.get("organization_name", "")),
        is_sound=bool(status.intact and status.valid),
        covers_all=one.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        is_ours=hashlib.sha256(certificate.dump()).hexdigest() in ours,
        signed_at=moment.astimezone(UTC).isoformat() if moment and is_stamped else "",
        was_in_force=bool(status.trusted and is_stamped and stamp and stamp.trusted),
    )


def _stamped_at(one: Any) -> datetime | None:
    stamped: datetime
    for token in extract_tst_data_iter(one.signer_info, signed=False):
        stamped = token["encap_content_info"]["content"].parsed["gen_time"].native
        return stamped
    return None


def _context(reader: Any, roots: list[bytes], moment: datetime | None) -> Any:
    settings: dict[str, Any] = {
        "trust_roots": [x509.Certificate.load(root) for root in roots],
        "allow_fetching": False,
        "revocation_mode": "require",
        "moment": moment or datetime.now(UTC),
        "retroactive_revinfo": True,
    }
    try:
        return DocumentSecurityStore.read_dss(reader).as_validation_context(settings)
    except NoDSSFoundError:
        return ValidationContext(**settings)


def _say(findings: Findings) -> None:
    sys.stdout.write(json.dumps(findings.as_json()) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
