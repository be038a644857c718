"""What the register knows of a file that it issued or holds."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Known:
    """What the register knows of a file; `state` is current, superseded, revoked, or SCAN.

    `version` is the paper's; None where no paper is behind the file. `notes` are further sentences,
    such as what varies the decision; `is_published` says that anyone can look it up.
    """

    reference: str
    version: int | None
    state: str
    issued_at: datetime
    is_restricted: bool = False
    notes: tuple[str, ...] = ()
    is_published: bool = True
