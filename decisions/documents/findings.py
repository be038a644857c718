"""What an inspection of untrusted bytes found: plain values that pass between two processes."""

from dataclasses import asdict, dataclass
from typing import Any, Self


@dataclass(frozen=True)
class SignatureFound:
    """One signature in a file.

    `is_sound`: the signed bytes are unaltered and the signature is that of its certificate.
    `covers_all`: no byte of the file lies outside it. `is_ours`: the certificate is one that this
    register signs with. `signed_at` is the time-stamp authority's ISO time, "" without a sound one.
    `was_in_force`: the certificate leads to a root that we trust and was not revoked then.
    """

    name: str
    organisation: str
    is_sound: bool
    covers_all: bool
    is_ours: bool
    signed_at: str
    was_in_force: bool


@dataclass(frozen=True)
class Findings:
    """Whether the bytes look like a PDF, the marks of our documents in them, and signatures.

    `problem` is why the inspection could not be finished, "" when it was.
    """

    is_pdf: bool = False
    marks: tuple[str, ...] = ()
    signatures: tuple[SignatureFound, ...] = ()
    problem: str = ""

    @property
    def is_ours(self) -> bool:
        """Whether a sound signature with a key of this register covers every byte of the file."""
        return any(one.is_sound and one.covers_all and one.is_ours for one in self.signatures)

    def as_json(self) -> dict[str, Any]:
        """Return the findings as JSON's own types."""
        return asdict(self)

    @classmethod
    def read(cls, value: dict[str, Any]) -> Self:
        """Read what `as_json` gave."""
        return cls(
            value["is_pdf"],
            tuple(value["marks"]),
            tuple(SignatureFound(**found) for found in value["signatures"]),
            value["problem"],
        )
