"""The base of every refusal: an act that may not be done, in words that say what to do."""

from typing import Any

from django.core.exceptions import PermissionDenied


class Refused(Exception):
    """An act was refused.

    ``reason`` is one plain sentence; ``clears`` says who can clear the way; ``code`` is a rule's
    code (``DEC-04``) where a named rule refused. Each app has one base of its own below this.
    """

    def __init__(self, reason: str, *, code: str = "", clears: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code
        self.clears = clears

    def __str__(self) -> str:
        """Return the whole message as a page shows it."""
        code = f" ({self.code})" if self.code else ""
        clears = f" {self.clears}" if self.clears else ""
        return f"{self.reason}{code}{clears}"


class PageRefused(PermissionDenied):
    """A page is not open to its reader (403), for the reason given.

    ``about`` is what the page is about, a subject of the ledger: a form sent to such a page is a
    refused act, and is recorded against it.
    """

    def __init__(self, reason: str, about: Any = None) -> None:
        super().__init__(reason)
        self.about = about
