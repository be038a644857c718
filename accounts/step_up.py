"""Step-up: a fresh second factor for one act on exactly what is decided.

A decision page asks with :class:`accounts.forms.StepUpForm`; its ``proof`` goes to the action, and
the action uses it up inside its own transaction with :func:`consume`. A proof is fresh (five
minutes), bound to the act's name and the SHA-256 of what is decided, and used once; a password
never makes one. Wrong codes count towards the same lock-out as at sign-in and are on the ledger.
"""

import hmac
import json
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from secrets import token_hex
from typing import Any

from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from fido2 import cbor
from fido2.utils import websafe_encode
from fido2.webauthn import UserVerificationRequirement

from accounts import events
from accounts.models import StepUp, StepUpUse, User
from accounts.refusals import StepUpRefused, TooManyAttempts
from accounts.second_factor import PASSKEY, app_of, factors, next_code, spend_code
from audit import clock
from audit.acts import Act, acting

MAX_AGE = timedelta(minutes=5)
SESSION_KEY = "accounts.step_up"
WRONG_CODE = "The code is wrong or was used already. Wait for the next one."
WRONG_PASSKEY = "The passkey did not confirm this. Try again."
ASK_AGAIN = "Enter a new code or use your passkey."


@dataclass(frozen=True)
class Offer:
    """What the page that asks shows: which factors there are, and a passkey's options (JSON).

    ``demonstration_code`` is the code that a person of the demonstration may enter now, "" in a
    live register and while the present code is used up.
    """

    has_app: bool
    passkey_options: str
    demonstration_code: str

    @property
    def is_possible(self) -> bool:
        """Whether the person has any factor of their own here (single sign-on is none)."""
        return self.has_app or bool(self.passkey_options)


def digest_of(*parts: str) -> str:
    """Return the SHA-256 (hex) that binds a proof: over the parts, each with its length.

    For a decision: the paper version's digests and the outcomes as canonical JSON.
    """
    return sha256("".join(f"{len(p.encode())}:{p}" for p in parts).encode()).hexdigest()


def offer(request: HttpRequest, *, act_name: str, digest: str) -> Offer:
    """Return what the page shows, and note in the session what a passkey is asked to sign."""
    user = _signed_in(request)
    kinds = set(factors(user).values_list("type", flat=True))
    options = _passkey_options(request, user, act_name, digest) if PASSKEY in kinds else ""
    return Offer(app_of(user) is not None, options, demonstration_code(user))


def demonstration_code(user: User) -> str:
    """Return the code a person of the demonstration may enter now; "" in a live register."""
    return next_code(user) if settings.REGISTER_MODE == "demonstration" else ""


def verify_totp(request: HttpRequest, *, act_name: str, digest: str, code: str) -> StepUp:
    """Return the proof that a code from the signed-in person's app makes, and use the code up.

    Raises StepUpRefused for a wrong or used code, TooManyAttempts after five.
    """
    user = _signed_in(request)
    with acting(by=user, name=act_name, about=user) as act:
        clear = _counted(user)
        app = spend_code(user, code) if clear else None
        if clear and app:
            clear()
            evidence = {"factor_id": app.pk, "counter": app.data["last_counter"]}
            return _proved(act, user, act_name, digest, StepUp.Method.TOTP, evidence)
        act.record(events.STEP_UP_FAILED, subject=user, data=_failed(act, clear))
    raise _refusal(clear, WRONG_CODE)


def verify_passkey(request: HttpRequest, *, act_name: str, digest: str, credential: Any) -> StepUp:
    """Return the proof that a passkey's answer (the browser's, parsed JSON) makes.

    What the passkey signed is the hash of act, digest and a number used once, and is kept.
    """
    user = _signed_in(request)
    asked = request.session.pop(SESSION_KEY, {})
    with acting(by=user, name=act_name, about=user) as act:
        clear = _counted(user)
        nonce = asked.get("nonce", "") if asked.get("for") == [act_name, digest] else ""
        challenge = _challenge(user, act_name, digest, nonce)
        evidence = _checked(user, challenge, credential) if clear and nonce else None
        if clear and evidence:
            clear()
            kept = {**evidence, "nonce": nonce}
            return _proved(act, user, act_name, digest, StepUp.Method.PASSKEY, kept)
        act.record(events.STEP_UP_FAILED, subject=user, data=_failed(act, clear))
    raise _refusal(clear, WRONG_PASSKEY)


def consume(act: Act, *, by: User, act_name: str, digest: str, proof: StepUp | None) -> StepUp:
    """Use a proof up inside the act it was given for, and return it.

    Raises StepUpRefused when there is none, or it is another person's, for another act or other
    contents, older than five minutes, or used already (by a constraint of the database).
    """
    if proof is None:
        raise StepUpRefused("This needs a fresh second factor.", clears=ASK_AGAIN)
    proof = StepUp.objects.get(pk=proof.pk)
    if proof.user_id != by.pk or proof.act_name != act_name:
        raise StepUpRefused("The second factor was given for something else.", clears=ASK_AGAIN)
    if proof.method == StepUp.Method.DEMONSTRATION and settings.REGISTER_MODE != "demonstration":
        raise StepUpRefused("This proof is a demonstration's.", clears=ASK_AGAIN)
    if not hmac.compare_digest(proof.digest, digest):
        reason = "What is decided has changed since the second factor was given."
        raise StepUpRefused(reason, clears="Read it again, then confirm it.")
    if not timedelta(0) <= clock.now() - proof.verified_at <= MAX_AGE:
        raise StepUpRefused("The second factor is older than five minutes.", clears=ASK_AGAIN)
    try:
        with transaction.atomic():
            StepUpUse.objects.create(step_up=proof, used_at=clock.now())
    except IntegrityError:
        reason = "The second factor was used already."
        raise StepUpRefused(reason, clears=ASK_AGAIN) from None
    return proof


def _signed_in(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise StepUpRefused("You are not signed in.", clears="Sign in first.")
    return request.user


def _counted(user: User) -> Any:
    """Count an attempt; return what clears the count, or None when there were too many."""
    try:
        return check_rate_limit(user)
    except ValidationError:
        return None


def _failed(act: Act, clear: Any) -> dict[str, str]:
    return {"reason": "wrong or used" if clear else "too many attempts", "what": act.name}


def _refusal(clear: Any, wrong: str) -> StepUpRefused:
    if clear:
        return StepUpRefused(wrong)
    return TooManyAttempts("Too many attempts were wrong.", clears="Wait five minutes.")


def _proved(
    act: Act,
    user: User,
    act_name: str,
    digest: str,
    method: StepUp.Method,
    evidence: dict[str, Any],
) -> StepUp:
    proof = StepUp.objects.create(
        user=user,
        act_name=act_name,
        digest=digest,
        method=method,
        evidence=evidence,
        verified_at=clock.now(),
    )
    data = {"what": act_name, "digest": digest, "method": method.value, "proof": proof.pk}
    act.record(events.STEP_UP_VERIFIED, subject=user, data=data)
    return proof


def _challenge(user: User, act_name: str, digest: str, nonce: str) -> bytes:
    return sha256(f"step-up/1\n{user.pk}\n{act_name}\n{digest}\n{nonce}\n".encode()).digest()


def _passkey_options(request: HttpRequest, user: User, act_name: str, digest: str) -> str:
    nonce = token_hex(16)
    request.session[SESSION_KEY] = {"for": [act_name, digest], "nonce": nonce}
    options, _state = webauthn.get_server().authenticate_begin(
        credentials=webauthn.get_credentials(user),
        user_verification=UserVerificationRequirement(settings.MFA_WEBAUTHN_USER_VERIFICATION),
        challenge=_challenge(user, act_name, digest, nonce),
    )
    return json.dumps(dict(options))


def _checked(user: User, challenge: bytes, credential: Any) -> dict[str, Any] | None:
    """Return what was signed and with which key, or None when the signature is not good."""
    state = {
        "challenge": websafe_encode(challenge),
        "user_verification": UserVerificationRequirement(settings.MFA_WEBAUTHN_USER_VERIFICATION),
    }
    try:
        webauthn.parse_authentication_response(credential)
        known = webauthn.get_credentials(user)
        used = webauthn.get_server().authenticate_complete(state, known, credential)
        factor = webauthn.get_authenticator_by_credential_id(user, used.credential_id)
    except (AttributeError, KeyError, TypeError, ValueError, ValidationError):
        return None  # what the browser sent may be anything
    if factor is None:
        return None
    Authenticator.record_usage(factor)
    given = credential["response"]
    return {
        "factor_id": factor.pk,
        "public_key": websafe_encode(cbor.encode(used.public_key)),
        **{name: given[name] for name in ("clientDataJSON", "authenticatorData", "signature")},
    }
