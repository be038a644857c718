"""A person's own account, the first set-up, and the invitation to set a password."""

from collections.abc import Iterator
from datetime import date

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from accounts import actions
from accounts.forms import InvitationForm
from accounts.invitations import invited
from accounts.models import Balance, Delegation, User
from accounts.permissions import Permission, may
from accounts.refusals import AccountRefused
from accounts.second_factor import PASSKEY, RECOVERY_CODES, TOTP, has_second_factor
from accounts.views.access import signed_in
from audit import clock


@login_required
@never_cache
def account_home(request: HttpRequest) -> HttpResponse:
    """Who I am here, what I may do, and how I sign in."""
    user = signed_in(request)
    today = clock.today()
    mine = {factor.type: factor for factor in Authenticator.objects.filter(user_id=user.pk)}
    passkeys = Authenticator.objects.filter(user_id=user.pk, type=PASSKEY)
    context = {
        "holdings": user.holdings_on(today),
        "powers": list(_powers(user, today)),
        "app": mine.get(TOTP),
        "passkeys": [(factor, factor.wrap().name) for factor in passkeys],
        "recovery_codes": mine.get(RECOVERY_CODES),
    }
    return render(request, "accounts/account_home.html", context)


def _powers(
    user: User, today: date
) -> Iterator[tuple[Delegation, list[tuple[Delegation, Balance | None]]]]:
    """Yield the delegations in force, each with the caps that stand over it.

    A deputy decides within the principal's cap too. What is used is None where it tells of a sum in
    Part 2 that the person may not see.
    """
    sees_sums = may(user, Permission.VIEW_PART_2)
    for one in user.delegations.in_force(today).select_related("deputy_for"):
        over = [one]
        if one.deputy_for:
            theirs = Delegation.objects.held_by(one.deputy_for).in_force(today)
            over += theirs.filter(deputy_for=None, paragraph=one.paragraph)
        capped = [each for each in over if each.cap is not None]
        hidden = {each.pk for each in capped if each.uses.filter(is_restricted=True).exists()}
        yield (
            one,
            [
                (each, each.balance(today) if sees_sums or each.pk not in hidden else None)
                for each in capped
            ],
        )


@login_required
@never_cache
def account_set_up(request: HttpRequest) -> HttpResponse:
    """Choose the first second factor; nothing else can be done before."""
    if has_second_factor(signed_in(request)):
        return redirect("account_home")
    return render(request, "accounts/account_set_up.html")


def password_help(request: HttpRequest) -> HttpResponse:
    """Say what to do about a forgotten password: no mail is sent, an administrator makes a link."""
    return render(request, "accounts/password_help.html")


@never_cache
@sensitive_post_parameters("password", "again")
def account_invitation(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Set a first password, with the link that an administrator made."""
    user = invited(uid)
    if user is None or not actions.invitation_is_good(user, token):
        return render(request, "accounts/invitation_used.html", status=410)
    is_first = actions.is_first_invitation(user)
    form = InvitationForm(request.POST or None, user=user, is_first=is_first)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in form.fields if name != "again"}
        try:
            actions.accept_invitation(user=user, token=token, by=user, **given)
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your password is set. Sign in with it.")
            return redirect("account_login")
    return render(request, "accounts/invitation.html", {"form": form, "person": user})
