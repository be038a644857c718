"""Keeps what the database is to hold encrypted, under the installation's SECRET_KEY.

Each purpose has a key of its own: the secrets of second factors, text that is not saved yet.

A key that was changed still opens what it closed while it stands in SECRET_KEY_FALLBACKS.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

SECOND_FACTOR = "second factor"


def _key(secret: str | bytes, purpose: str) -> Fernet:
    digest = salted_hmac("accounts.vault", purpose, secret=secret, algorithm="sha256")
    return Fernet(urlsafe_b64encode(digest.digest()))


def _vault(purpose: str) -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([_key(key, purpose) for key in keys])


def close(text: str, purpose: str = SECOND_FACTOR) -> str:
    """Return the text encrypted."""
    return _vault(purpose).encrypt(text.encode()).decode()


def open_again(closed: str, purpose: str = SECOND_FACTOR) -> str:
    """Return the text that :func:`close` encrypted; raises InvalidToken under another key."""
    return _vault(purpose).decrypt(closed.encode()).decode()
