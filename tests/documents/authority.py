"""An authority on this machine: it certifies, time-stamps, and publishes a revocation list."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

DAY = timedelta(days=1)
PASSPHRASE = b"correct horse"


@dataclass
class Authority:
    """Answers POST with a time-stamp (once `gate` opens, if any) and GET with its list."""

    url: str
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    revoked: set[int] = field(default_factory=set)
    gate: threading.Event | None = None

    def __post_init__(self) -> None:
        self.root = self._certificate("Root", self.key, self.key, is_root=True)
        stamping_key = rsa.generate_private_key(65537, 2048)
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        stamping = self._certificate("Stamps", stamping_key, self.key, usage=usage)
        self._stamper = DummyTimeStamper(
            asn1_x509.Certificate.load(stamping.public_bytes(serialization.Encoding.DER)),
            asn1_keys.PrivateKeyInfo.load(
                stamping_key.private_bytes(
                    serialization.Encoding.DER,
                    serialization.PrivateFormat.PKCS8,
                    serialization.NoEncryption(),
                )
            ),
        )
        self.signing_key = ec.generate_private_key(ec.SECP256R1())
        self.signing = self._certificate("The body", self.signing_key, self.key)

    def bundle(self, folder: Path) -> tuple[Path, Path]:
        """Return the PKCS#12 file of a body that signs, and the file of its passphrase."""
        data = pkcs12.serialize_key_and_certificates(
            b"body",
            self.signing_key,
            self.signing,
            [self.root],
            BestAvailableEncryption(PASSPHRASE),
        )
        (folder / "signing.p12").write_bytes(data)
        (folder / "passphrase").write_bytes(PASSPHRASE + b"\n")
        return folder / "signing.p12", folder / "passphrase"

    def stamp(self, question: bytes) -> bytes:
        """Answer a time-stamp request."""
        if self.gate is not None:
            self.gate.wait(5)
        answer: bytes = self._stamper.request_tsa_response(tsp.TimeStampReq.load(question)).dump()
        return answer

    def revocation_list(self) -> bytes:
        """Return the list as it now is (DER)."""
        now = datetime.now(UTC)
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.root.subject)
        builder = builder.last_update(now - DAY).next_update(now + DAY)
        for number in self.revoked:
            entry = x509.RevokedCertificateBuilder().serial_number(number)
            builder = builder.add_revoked_certificate(entry.revocation_date(now - DAY).build())
        return builder.sign(self.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def _certificate(
        self,
        name: str,
        key: Any,
        issuer_key: ec.EllipticCurvePrivateKey,
        *,
        is_root: bool = False,
        usage: x509.ExtendedKeyUsage | None = None,
    ) -> x509.Certificate:
        now = datetime.now(UTC)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Root")])
        builder = x509.CertificateBuilder(issuer, subject, key.public_key())
        builder = builder.serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(now - 2 * DAY).not_valid_after(now + 9 * DAY)
        builder = builder.add_extension(x509.BasicConstraints(is_root, None), critical=True)
        allowed = [not is_root, not is_root, *[False] * 3, is_root, is_root, False, False]
        builder = builder.add_extension(x509.KeyUsage(*allowed), critical=True)
        if not is_root:
            where = x509.UniformResourceIdentifier(f"{self.url}list.crl")
            points = [x509.DistributionPoint([where], None, None, None)]
            builder = builder.add_extension(x509.CRLDistributionPoints(points), critical=False)
        if usage:
            builder = builder.add_extension(usage, critical=True)
        return builder.sign(issuer_key, hashes.SHA256())


@contextmanager
def authority_at_work() -> Iterator[Authority]:
    """Run an authority on a free port of this machine."""
    server = HTTPServer(("127.0.0.1", 0), _Answers)
    authority = Authority(f"http://127.0.0.1:{server.server_port}/")
    server.authority = authority  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Answers(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        question = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer("application/timestamp-reply", self.server.authority.stamp(question))  # type: ignore[attr-defined]

    def do_GET(self) -> None:
        self._answer("application/pkix-crl", self.server.authority.revocation_list())  # type: ignore[attr-defined]

    def _answer(self, kind: str, data: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""
