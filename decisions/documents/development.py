"""Development keys: a private authority of our own, made on first run. They prove nothing.

A folder holds, all readable by its owner only: `root.pem` (the authority), `signer.pem` (P-256
signing certificate and key), `tsa.pem` (time-stamp certificate and key) and `authority.crl`.
"""

import os
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

FOLDER = "development"
ROOT, SIGNER, STAMPER, LIST = "root.pem", "signer.pem", "tsa.pem", "authority.crl"
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
YEARS = timedelta(days=365)
Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def development_folder(keys: Path) -> Path:
    """Return the folder of development keys below `keys`, made whole on first use.

    Two processes may do this at once: each makes a set aside, and the first to move it into
    place wins.
    """
    folder = keys / FOLDER
    if not folder.exists():
        keys.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".making-", dir=keys))
        try:
            _make(draft)
            _move(draft, folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return folder


def _move(draft: Path, folder: Path) -> None:
    try:
        draft.rename(folder)
    except OSError:
        if not folder.is_dir():
            raise


def _make(folder: Path) -> None:
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = _certificate("Development authority", root_key, None, root_key)
    signer_key = ec.generate_private_key(ec.SECP256R1())
    signer = _certificate("Development signing key", signer_key, root, root_key, _signing_usage())
    stamper_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    stamper = _certificate(
        "Development time-stamp", stamper_key, root, root_key, (ExtendedKeyUsageOID.TIME_STAMPING,)
    )
    _write(folder / ROOT, _pem(root))
    _write(folder / SIGNER, _pem(signer), _private(signer_key))
    _write(folder / STAMPER, _pem(stamper), _private(stamper_key))
    _write(folder / LIST, _empty_list(root, root_key))


def _signing_usage() -> tuple[ObjectIdentifier, ...]:
    return (DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION)


def _name(common_name: str) -> x509.Name:
    parts = {
        NameOID.ORGANIZATION_NAME: "Grant decision register (development)",
        NameOID.COMMON_NAME: common_name,
    }
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts.items()])


def _certificate(
    common_name: str,
    key: Private,
    issuer: x509.Certificate | None,
    issuer_key: ec.EllipticCurvePrivateKey,
    usages: tuple[ObjectIdentifier, ...] = (),
) -> x509.Certificate:
    now = datetime.now(UTC) - timedelta(hours=1)
    identifier = x509.SubjectKeyIdentifier.from_public_key(issuer_key.public_key())
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(common_name))
        .issuer_name(issuer.subject if issuer else _name(common_name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now)
        .not_valid_after(now + 20 * YEARS)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(_key_usage(is_authority=issuer is None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier),
            critical=False,
        )
    )
    if usages:
        only = usages == (ExtendedKeyUsageOID.TIME_STAMPING,)
        builder = builder.add_extension(x509.ExtendedKeyUsage(usages), critical=only)
    return builder.sign(issuer_key, hashes.SHA256())


def _key_usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _empty_list(root: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> bytes:
    now = datetime.now(UTC) - timedelta(hours=1)
    revoked = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.subject)
        .last_update(now)
        .next_update(now + 20 * YEARS)
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    return revoked.public_bytes(serialization.Encoding.DER)


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _private(key: Private) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write(path: Path, *parts: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(b"".join(parts))
        stream.flush()
        os.fsync(stream.fileno())
