"""What lets a person sign in: the invitation to set a password, and second factors."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator

from accounts import events
from accounts.actions.people import change_name, locked
from accounts.actions.restorations import was_restored
from accounts.models import User
from accounts.permissions import can_manage_person
from accounts.refusals import AccountRefused
from accounts.second_factor import NAMES, TOTP, add_app, app_of, has_second_factor
from audit.acts import Act, Actor, action
from audit.models import LedgerEntry


@action
def invite_user(act: Act, *, user: User, by: Actor) -> str:
    """Return the token of a link with which the person sets a password, once, within three days.

    Whatever password and earlier link there was stops working, and sessions end.
    """
    user = locked(user)
    can_manage_person(by, user).or_refuse()
    if not user.is_active:
        raise AccountRefused("This account is closed.", clears="Open it again first.")
    if was_restored(user) and not has_second_factor(user):
        raise AccountRefused(
            "Their second factor was lost, and one person alone does not let them in again.",
            clears="Ask to restore it: the link comes with the confirmation.",
        )
    user.set_unusable_password()
    user.save(update_fields=["password"])
    act.record(events.USER_INVITED, subject=user)
    return default_token_generator.make_token(user)


def invitation_is_good(user: User, token: str) -> bool:
    """Say whether a token still lets this person set a password."""
    return user.is_active and default_token_generator.check_token(user, token)


def is_first_invitation(user: User) -> bool:
    """Say whether this person has never set a password here, so may still say their own name."""
    passwords = LedgerEntry.objects.all().about(user).filter(event=events.PASSWORD_SET.name)
    return not passwords.exists()


@action
def accept_invitation(
    act: Act, *, user: User, token: str, password: str, by: User, name: str = ""
) -> User:
    """Set the password that an invited person chose (checked by the form that took it).

    A ``name`` given with the first password is the person's from then on; afterwards only an
    administrator changes it. Raises AccountRefused when the link was used, replaced by a newer
    one, or is too old.
    """
    user = locked(user)
    if by.pk != user.pk or not invitation_is_good(user, token):
        raise AccountRefused(
            "This link has been used or is too old.", clears="Ask an administrator for a new one."
        )
    if name.strip() and is_first_invitation(user):
        change_name(act, user, name)
    user.set_password(password)
    user.save(update_fields=["password"])
    act.record(events.PASSWORD_SET, subject=user)
    return user


@action
def enrol_app(act: Act, *, user: User, secret: str, by: Actor) -> Authenticator:
    """Give a person an authenticator app with a base32 secret (the demonstration's people).

    Everybody else sets one up on the account page.
    """
    if settings.REGISTER_MODE != "demonstration":
        raise AccountRefused("Everybody sets up their own app.", clears="They do when signing in.")
    user = locked(user)
    can_manage_person(by, user).or_refuse()
    if app_of(user) is not None:
        raise AccountRefused("This person has an authenticator app already.")
    app = add_app(user, secret)
    data = {"factor": NAMES[TOTP], "factor_id": app.pk}
    act.record(events.FACTOR_ADDED, subject=user, data=data)
    return app
