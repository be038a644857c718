"""Keeps second-factor secrets encrypted in the database, under the installation's SECRET_KEY.

A key that was changed still opens what it closed while it stands in SECRET_KEY_FALLBACKS.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac


def _key(secret: str | bytes) -> Fernet:
    digest = salted_hmac("accounts.vault", "second factor", secret=secret, algorithm="sha256")
    return Fernet(urlsafe_b64encode(digest.digest()))


def _vault() -> MultiFernet:
    return MultiFernet([_key(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def close(text: str) -> str:
    """Return the text encrypted."""
    return _vault().encrypt(text.encode()).decode()


def open_again(closed: str) -> str:
    """Return the text that :func:`close` encrypted; raises InvalidToken under another key."""
    return _vault().decrypt(closed.encode()).decode()
