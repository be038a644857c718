"""What allauth asks of the register: closed sign-up, an entry for each sign-in, our secrets."""

import logging
import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe

from accounts import events, vault
from accounts.models import User
from accounts.recording import note
from accounts.second_factor import factors, has_second_factor

logger = logging.getLogger(__name__)

FRESH = 5 * 60  # seconds within which a factor may be changed without being asked again
LOCKED_FOR = 5 * 60
METHODS = {"socialaccount": "single sign-on"}  # the others are called what allauth calls them


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by administrators; who signs in, out, or fails to, is on the ledger."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is wrong.",
        "too_many_login_attempts": "Too many attempts were wrong. Wait five minutes, then try "
        "again, or ask an administrator for a new password.",
        "incorrect_password": "The password is wrong.",
        "enter_current_password": "Enter your present password.",
        "account_inactive": "This account is closed. An administrator can open it again.",
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Keep sign-up closed."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse after too many failures, and say so on the ledger once per lock."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            person = _known(credentials)
            if person and cache.add(f"accounts.locked:{person.pk}", "y", LOCKED_FOR):
                note(events.SIGN_IN_LOCKED, subject=person)
            raise

    def authentication_failed(self, _request: HttpRequest, **credentials: Any) -> None:
        """Record a wrong password for somebody who exists; of others nothing is kept."""
        person = _known(credentials)
        if person:
            note(events.SIGN_IN_FAILED, subject=person, data={"reason": "wrong password"})

    def reauthenticate(self, user: User, password: str) -> bool:
        """Say whether a password is the signed-in person's; wrong ones count as at sign-in."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Record the sign-in and how it was done."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        records = get_authentication_records(request, user)
        how = [METHODS.get(record["method"], record["method"]) for record in records]
        note(events.SIGNED_IN, subject=user, by=user, data={"with": ", ".join(how)})
        return response

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Record that somebody came with the right proof, to an account that is closed."""
        note(events.SIGN_IN_FAILED, subject=user, data={"reason": "the account is closed"})
        response: HttpResponse = super().respond_user_inactive(request, user)
        return response

    def logout(self, request: HttpRequest) -> None:
        """Record the sign-out."""
        if isinstance(request.user, User):
            note(events.SIGNED_OUT, subject=request.user, by=request.user)
        super().logout(request)

    def set_password(self, user: User, password: str) -> None:
        """Set a password that the person chose; inside the act of the page it was chosen on."""
        user.set_password(password)
        user.save(update_fields=["password"])
        note(events.PASSWORD_CHANGED, subject=user, by=user)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Offer the second factor alone to whoever has one: a password is not enough."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if isinstance(user, User) and has_second_factor(user):
            return [method for method in methods if method["id"] != "reauthenticate"]
        return methods

    def is_reauthentication_required(self, *, app: str, **_kwargs: Any) -> bool:
        """Ask again before factors change, unless signing in has just done so.

        Right after a sign-in by password the first factor may be set up, and its recovery codes
        read, without another question.
        """
        del app
        request = context.request
        now = time.time()
        records = get_authentication_records(request, request.user)
        recent = [record["method"] for record in records if now - record["at"] < FRESH]
        if "mfa" in recent:
            return False
        first = factors(request.user).order_by("created_at").first()
        return not (recent and (first is None or now - first.created_at.timestamp() < FRESH))

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Leave out the message that greets: the page that follows says who is signed in."""
        if "account/messages/logged_in.txt" not in args:
            super().add_message(*args, **kwargs)


def _known(credentials: dict[str, Any]) -> User | None:
    email = str(credentials.get("email") or "").strip().lower()
    return User.objects.filter(email=email).first()


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: secrets are kept encrypted, and the last factor cannot be removed."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is wrong or was used already. Wait for the next one.",
        "cannot_delete_authenticator": "This is your only second factor. Add another one first.",
    }

    def encrypt(self, text: str) -> str:
        """Return a secret as the database keeps it."""
        return vault.close(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret that the database keeps."""
        return vault.open_again(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep one factor: every account that can sign in has one."""
        return bool(factors(authenticator.user).exclude(pk=authenticator.pk).exists())

    def build_totp_svg(self, url: str) -> SafeString:
        """Return the picture that an app scans: drawn from a secret of ours, so it is safe."""
        return mark_safe(str(super().build_totp_svg(url)))  # noqa: S308

    def get_totp_issuer(self) -> str:
        """Return the name under which an app lists the register."""
        return str(settings.MFA_TOTP_ISSUER)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002
        """Return a name to start from for a new passkey."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return f"Passkey {number}"


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on lets in people whom an administrator added, and nobody else.

    A person is known by the e-mail address each time; no second identity is kept beside it, and
    the password stays what it was.
    """

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: Any) -> bool:
        """Keep sign-up closed."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Find whose address it is that the server vouches for; record that it did.

        Raises PermissionDenied for an address that the server says it has not checked, and for an
        attempt to tie an identity of the server's to an account.
        """
        claims = sociallogin.account.get_provider_account().get_user_data() or {}
        if claims.get("email_verified", True) not in (True, "true"):
            raise PermissionDenied("The OpenID Connect server has not checked the address.")
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise PermissionDenied("Single sign-on signs in, and does nothing else.")
        person = _known({"email": sociallogin.user.email})
        if person is None:
            return
        sociallogin.user = person
        if person.is_active:
            note(events.SINGLE_SIGN_ON_USED, subject=person, by=person)

    def on_authentication_error(self, request: HttpRequest, provider: Any, **details: Any) -> None:
        """Log why single sign-on failed, for whoever runs the register."""
        logger.warning(
            "Single sign-on failed: %s",
            details.get("exception") or request.GET.get("error", "no sign-in was begun here"),
        )


class UserSessionsAdapter(DefaultUserSessionsAdapter):
    """Ending sessions on other devices is on the ledger."""

    def end_sessions(self, sessions: Any) -> None:
        """End them and say so."""
        request = context.request
        super().end_sessions(sessions)
        if sessions and isinstance(request.user, User):
            note(events.SESSIONS_ENDED, subject=request.user, by=request.user)
