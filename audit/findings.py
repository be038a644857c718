"""What a verification finds."""

from dataclasses import asdict, dataclass, field
from typing import Any

from audit.chain import GENESIS


@dataclass(frozen=True)
class Failure:
    """One thing that is not as the ledger says.

    ``kind`` is one of the words of docs/ledger-format.md; ``seq`` the entry concerned, ``table``
    (``schema.name``) and ``key`` the row; ``detail`` is for people.
    """

    kind: str
    detail: str
    seq: int | None = None
    table: str | None = None
    key: str | None = None


def first_line(error: Exception) -> str:
    """Return what an error says, on one line; its kind where it says nothing."""
    said = str(error).strip()
    return said.splitlines()[0] if said else type(error).__name__


@dataclass
class Report:
    """What a verification found: entries read, the head's hash, failures in the order found."""

    entries: int = 0
    head: str = GENESIS.hex()
    failures: list[Failure] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether everything is as it was written."""
        return not self.failures

    def to_dict(self) -> dict[str, Any]:
        """Return the report as JSON's own types."""
        return {
            "ok": self.ok,
            "entries": self.entries,
            "head": self.head,
            "failures": [asdict(failure) for failure in self.failures],
        }
