"""What else the register issues besides decisions: lookups that the apps above add at start-up.

Named by their dotted path, so that registering one imports nothing.
"""

from collections.abc import Iterator

from django.utils.module_loading import import_string

from decisions.documents.known import Known

_paths: list[str] = []


def register_issued(path: str) -> None:
    """Add a lookup: the dotted path of a function like `issued.known_document`."""
    if path not in _paths:
        _paths.append(path)


def issued_by_others(sha256: str) -> Known | None:
    """Return what an app above knows of a file of that SHA-256 (hex), None when none does."""
    answers: Iterator[Known | None] = (import_string(path)(sha256) for path in _paths)
    return next((known for known in answers if known), None)
