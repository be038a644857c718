"""Who a form was made for: a sign on the page, so that what is typed is kept for that person alone.

It is good for the address that it was made for and no other.

A session may have ended by the time a form is sent; then nothing else says whose words it brings.
"""

from django.core.signing import BadSignature, TimestampSigner

from accounts.models import User
from decisions.models import KEPT_FOR

NAME = "typed_by"


def sign_of(person: User, address: str) -> str:
    """Return the sign of a person for the form at an address."""
    return _signer(address).sign(str(person.pk))


def person_of(sign: str, address: str) -> User | None:
    """Return whose sign it is; None for a forged, worn out, or former person's one.

    None also for one that was made for another address.
    """
    try:
        pk = int(_signer(address).unsign(sign, max_age=KEPT_FOR))
    except (BadSignature, ValueError):
        return None
    return User.objects.filter(pk=pk, is_active=True).first()


def _signer(address: str) -> TimestampSigner:
    return TimestampSigner(salt=f"decisions.typed_by {address}")
