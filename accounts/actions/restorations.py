"""Restoring a lost second factor: one person asks, another confirms, and then it is removed."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.tokens import default_token_generator

from accounts import events
from accounts.actions.people import locked
from accounts.models import FactorRestoration, User
from accounts.permissions import can_confirm_restoration, can_manage_person
from accounts.refusals import AccountRefused
from accounts.second_factor import has_second_factor
from audit import clock
from audit.acts import Act, Actor, action


@action
def ask_restoration(
    act: Act, *, user: User, reason: str, by: Actor, asked_by: User | None = None
) -> FactorRestoration:
    """Ask for a person's lost second factor to be restored; nothing changes until it is confirmed.

    ``reason`` says how it was made sure that it is them. ``asked_by`` is the administrator who asks
    where the register itself acts for them (at the command line). Refused for one's own.
    """
    user = locked(user)
    can_manage_person(by, user).or_refuse()
    asker = by if isinstance(by, User) else asked_by
    if asker is None:
        raise AccountRefused("Somebody has to ask for it.", clears="Say which administrator does.")
    can_manage_person(asker, user).or_refuse()
    if not reason.strip():
        raise AccountRefused("Say how you made sure that it is them.", clears="Enter it.")
    if not has_second_factor(user) and not was_restored(user):
        raise AccountRefused(
            "They have no second factor to lose.", clears="Make a link to set a password instead."
        )
    _close_late(user, asker)
    asked = FactorRestoration.objects.create(
        user=user, reason=reason.strip(), asked_at=clock.now(), asked_by=asker
    )
    data = {"reason": asked.reason, "asked_by": asker.email}
    act.record(events.RESTORATION_ASKED, subject=user, data=data)
    return asked


def _close_late(user: User, asker: User) -> None:
    """Turn an open request down where it is too late to confirm; refuse where it still stands."""
    open_one = user.restorations.filter(confirmed_at=None, declined_at=None).first()
    if open_one is None:
        return
    if not open_one.is_late:
        raise AccountRefused("This was asked for already.", clears="Somebody else confirms it.")
    open_one.declined_at, open_one.declined_by = clock.now(), asker
    open_one.save(update_fields=["declined_at", "declined_by"])


def was_restored(user: User) -> bool:
    """Say whether a person's factors were ever removed, so that one person cannot let them in."""
    return user.restorations.filter(confirmed_at__isnull=False).exists()


@action
def confirm_restoration(act: Act, *, restoration: FactorRestoration, by: Actor) -> str:
    """Confirm that somebody lost their second factor, and return the token of a link for them.

    Every factor and the password are removed, and sessions end: the link sets a password, once,
    within three days, and then leads to setting up a factor. Refused for whoever asked and for the
    person.
    """
    user = locked(restoration.user)
    restoration = FactorRestoration.objects.select_for_update().get(pk=restoration.pk)
    answer = can_confirm_restoration(by, restoration).or_refuse()
    if not user.is_active:
        raise AccountRefused("This account is closed.", clears="Open it again first.")
    restoration.confirmed_at, restoration.confirmed_by_id = clock.now(), by.pk
    restoration.save(update_fields=["confirmed_at", "confirmed_by"])
    factors = Authenticator.objects.filter(user_id=user.pk)
    removed = sorted(factor.type for factor in factors)
    factors.delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    data = {
        "reason": restoration.reason,
        "factors": removed,
        "asked_by": restoration.asked_by.email,
    }
    act.record(events.FACTORS_RESET, subject=user, role=answer.acted_as, data=data)
    return default_token_generator.make_token(user)


@action
def decline_restoration(
    act: Act, *, restoration: FactorRestoration, by: Actor
) -> FactorRestoration:
    """Turn a request down: nothing changes. Whoever asked may take it back so."""
    restoration = FactorRestoration.objects.select_for_update().get(pk=restoration.pk)
    if by.pk != restoration.asked_by_id:
        can_confirm_restoration(by, restoration).or_refuse()
    if not restoration.is_open:
        raise AccountRefused("This was answered already.")
    restoration.declined_at, restoration.declined_by_id = clock.now(), by.pk
    restoration.save(update_fields=["declined_at", "declined_by"])
    act.record(events.RESTORATION_DECLINED, subject=restoration.user)
    return restoration
