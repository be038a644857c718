"""Second factors: codes from an authenticator app (RFC 6238), each accepted once, and passkeys.

A code is accepted in its own half minute and in the ones next to it, and only if it is newer than
the last one accepted from the same app, wherever that was: a code used to sign in cannot be used
again to sign a decision. Everything here runs inside an open act, which lists the rows touched.
"""

import hmac
import struct
import time
from base64 import b32decode
from typing import Any

from allauth.mfa.models import Authenticator
from django.utils import timezone

from accounts import vault
from accounts.models import User

PERIOD = 30  # seconds
NEIGHBOURS = (-1, 0, 1)
TOTP = Authenticator.Type.TOTP
PASSKEY = Authenticator.Type.WEBAUTHN
RECOVERY_CODES = Authenticator.Type.RECOVERY_CODES
NAMES = {TOTP: "an authenticator app", PASSKEY: "a passkey", RECOVERY_CODES: "recovery codes"}


def counter_now() -> int:
    """Return the number of the present half minute, by the real clock."""
    return int(time.time()) // PERIOD


def code_at(secret: str, counter: int) -> str:
    """Return the six-digit code of a base32 secret for a half minute (RFC 4226, RFC 6238)."""
    key = b32decode(secret + "=" * (-len(secret) % 8), casefold=True)
    digest = hmac.digest(key, struct.pack(">Q", counter), "sha1")
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06d}"


def factors(user: User) -> Any:
    """Return a person's factors that count as a second one: a QuerySet of Authenticator."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=[TOTP, PASSKEY])


def has_second_factor(user: User) -> bool:
    """Say whether a person has an authenticator app or a passkey."""
    known = getattr(user, "second_factor_known", None)
    return known if isinstance(known, bool) else factors(user).exists()


def app_of(user: User, *, lock: bool = False) -> Authenticator | None:
    """Return a person's authenticator app, its row locked where asked."""
    apps = Authenticator.objects.filter(user_id=user.pk, type=TOTP)
    return apps.select_for_update().first() if lock else apps.first()


def add_app(user: User, secret: str) -> Authenticator:
    """Give a person an authenticator app with a base32 secret."""
    data = {"secret": vault.close(secret)}
    return Authenticator.objects.create(user=user, type=TOTP, data=data)


def spend_code(user: User, code: str) -> Authenticator | None:
    """Return the app whose code this is, and mark the code used; None when wrong or used."""
    app = app_of(user, lock=True)
    if app is None:
        return None
    counter = _counter_of(app, "".join(code.split()))
    if counter is None:
        return None
    app.data["last_counter"] = counter
    app.last_used_at = timezone.now()
    app.save(update_fields=["data", "last_used_at"])
    return app


def _counter_of(app: Authenticator, code: str) -> int | None:
    secret = vault.open_again(app.data["secret"])
    for counter in _unspent(app):
        if hmac.compare_digest(code_at(secret, counter).encode(), code.encode()):
            return counter
    return None


def _unspent(app: Authenticator) -> list[int]:
    now, last = counter_now(), app.data.get("last_counter", 0)
    return [now + step for step in NEIGHBOURS if now + step > last]


def spend_recovery_code(user: User, code: str) -> Authenticator | None:
    """Return the recovery codes this one is among, and mark it used; None when wrong or used."""
    codes = Authenticator.objects.filter(user_id=user.pk, type=RECOVERY_CODES).first()
    if codes is None:
        return None
    wrapped = codes.wrap()
    return wrapped.instance if wrapped.validate_code("".join(code.split())) else None


def next_code(user: User) -> str:
    """Return the code that would be accepted now, or "" while all are used (half a minute)."""
    app = app_of(user)
    if app is None:
        return ""
    unspent = [counter for counter in _unspent(app) if counter >= counter_now()]
    return code_at(vault.open_again(app.data["secret"]), unspent[0]) if unspent else ""
