"""Who a form was made for: a sign on the page, so that what is typed is kept for that person alone.

A session may have ended by the time a form is sent; then nothing else says whose words it brings.
"""

from django.core.signing import BadSignature, TimestampSigner

from accounts.models import User
from decisions.models import KEPT_FOR

NAME = "typed_by"


def sign_of(person: User) -> str:
    """Return the sign of a person."""
    return _signer().sign(str(person.pk))


def person_of(sign: str) -> User | None:
    """Return whose sign it is; None for a forged, worn out, or former person's one."""
    try:
        pk = int(_signer().unsign(sign, max_age=KEPT_FOR))
    except (BadSignature, ValueError):
        return None
    return User.objects.filter(pk=pk, is_active=True).first()


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="decisions.typed_by")
