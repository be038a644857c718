"""Canonical JSON (RFC 8785): one value, one text, so that a hash of it means something."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import rfc8785


def canonical(value: object) -> str:
    """Return the canonical JSON text of a value.

    Decimals (pounds) become strings as they stand, dates and aware datetimes ISO 8601 (datetimes
    in UTC with microseconds), UUIDs strings. Raises TypeError for a float: money is never one.
    """
    return rfc8785.dumps(plain(value)).decode()


def plain(value: object) -> Any:
    """Return a value as JSON's own types; TypeError for anything that has no exact form."""
    if value is None or isinstance(value, str | bool | int):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return _scalar(value)


def _scalar(value: object) -> str:
    if isinstance(value, Decimal):
        if not value.is_finite():
            message = f"{value} is no sum of money."
            raise TypeError(message)
        return format(value, "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    message = f"{type(value).__name__} has no canonical form."
    raise TypeError(message)
