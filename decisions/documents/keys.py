"""The organisation's signing key, the time-stamp authority, and what to trust when verifying.

Production: SIGNING_PKCS12 with SIGNING_PASSPHRASE_FILE, and TSA_URL. Otherwise a development set is
made below VAR_DIR/keys. Every signing certificate ever used is kept in VAR_DIR/keys/certificates,
and every root in VAR_DIR/keys/roots, so that documents signed by an earlier key are still ours.
"""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from asn1crypto import crl, keys, pem
from asn1crypto import x509 as asn1_x509
from django.conf import settings
from pyhanko.sign.signers import SimpleSigner
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from decisions.documents import development
from decisions.documents.refusals import DocumentNotSigned
from decisions.documents.timestamp import HttpTimeStamper


@dataclass(frozen=True)
class SigningKeys:
    """A key that is ready to sign, its time-stamp authority, and the roots it is proved against.

    `revocation_lists` are given to the signature where they are not fetched from the authority.
    """

    signer: Any
    time_stamper: Any
    roots: tuple[Any, ...]
    revocation_lists: tuple[Any, ...]
    is_development: bool

    @property
    def certificate(self) -> bytes:
        """The signing certificate (DER)."""
        return bytes(self.signer.signing_cert.dump())


def signing_keys() -> SigningKeys:
    """Return the keys that the settings name, loaded once for each process and configuration.

    Raises DocumentNotSigned when they cannot be used.
    """
    return load_keys(
        Path(settings.VAR_DIR),
        getattr(settings, "SIGNING_PKCS12", None),
        getattr(settings, "SIGNING_PASSPHRASE_FILE", None),
        getattr(settings, "TSA_URL", ""),
    )


@dataclass(frozen=True)
class Trust:
    """Which roots to prove signatures against, and which certificates are our own (all DER)."""

    roots: tuple[bytes, ...] = ()
    certificates: tuple[bytes, ...] = ()


def trust_of_register(var: Path) -> Trust:
    """Return the roots and certificates that documents of this register were signed with."""
    return Trust(_kept(var / "keys" / "roots"), _kept(var / "keys" / "certificates"))


def _kept(folder: Path) -> tuple[bytes, ...]:
    return tuple(path.read_bytes() for path in sorted(folder.glob("*.der")))


@cache
def load_keys(
    var: Path, bundle: Path | None = None, passphrase: Path | None = None, tsa: str = ""
) -> SigningKeys:
    """Return the keys of a register whose files are below `var`, loaded once."""
    loaded = _production(bundle, passphrase, tsa) if bundle else _development(var / "keys")
    _remember(var / "keys" / "certificates", loaded.certificate)
    for root in loaded.roots:
        _remember(var / "keys" / "roots", root.dump())
    return loaded


def _production(bundle: Path, passphrase: Path | None, tsa: str) -> SigningKeys:
    if not tsa:
        raise DocumentNotSigned(
            "SIGNING_PKCS12 is set but TSA_URL is not, so signatures could not be dated.",
            clears="Set TSA_URL to the address of an RFC 3161 time-stamp authority.",
        )
    secret = passphrase.read_bytes().strip() if passphrase else None
    try:
        signer = SimpleSigner.load_pkcs12_data(bundle.read_bytes(), [], secret)
    except (ValueError, OSError) as problem:
        raise DocumentNotSigned(
            f"The signing key {bundle.name} cannot be read ({problem}).",
            clears="Check SIGNING_PKCS12 and SIGNING_PASSPHRASE_FILE.",
        ) from problem
    return SigningKeys(signer, HttpTimeStamper(tsa), _chain(signer), (), is_development=False)


def _chain(signer: Any) -> tuple[Any, ...]:
    roots = tuple(certificate for certificate in signer.cert_registry if certificate.self_issued)
    if not roots:
        raise DocumentNotSigned(
            "The signing key's file does not hold the certificate of its root authority.",
            clears="Export the PKCS#12 file again with the whole chain.",
        )
    return roots


def _development(folder: Path) -> SigningKeys:
    made = development.development_folder(folder)
    root = _certificate(made / development.ROOT)
    store = SimpleCertificateStore.from_certs([root])
    certificate, key = _pair(made / development.SIGNER)
    signer = SimpleSigner(certificate, key, store)
    stamper = DummyTimeStamper(*_pair(made / development.STAMPER))
    revoked = crl.CertificateList.load((made / development.LIST).read_bytes())
    return SigningKeys(signer, stamper, (root,), (revoked,), is_development=True)


def _certificate(path: Path) -> Any:
    return asn1_x509.Certificate.load(_sections(path)["CERTIFICATE"])


def _pair(path: Path) -> tuple[Any, Any]:
    return _certificate(path), keys.PrivateKeyInfo.load(_sections(path)["PRIVATE KEY"])


def _sections(path: Path) -> dict[str, bytes]:
    return {name: data for name, _, data in pem.unarmor(path.read_bytes(), multiple=True)}


def _remember(folder: Path, certificate: bytes) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(certificate).hexdigest()}.der"
    if not path.exists():
        descriptor, draft = tempfile.mkstemp(dir=folder)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(certificate)
        Path(draft).rename(path)
