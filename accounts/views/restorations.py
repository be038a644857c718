"""Restoring a lost second factor: the page that asks, and the page that confirms."""

from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts import actions, forms
from accounts.invitations import invitation_path
from accounts.models import FactorRestoration, User
from accounts.permissions import Permission, can_confirm_restoration, can_manage_person
from accounts.refusals import AccountRefused
from accounts.views.access import needs, signed_in
from accounts.views.acts import act_on, of_person, sent, show


@needs(Permission.MANAGE_PEOPLE)
def person_restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a person's lost second factor to be restored."""
    person = get_object_or_404(User, pk=pk)
    can_manage_person(request.user, person).or_refuse_page(person)
    page = of_person(
        person,
        "Restore a lost second factor",
        "Ask for it",
        "For somebody who has lost phone and passkeys. Another administrator, or a governance "
        "officer, confirms it within three days. Until then nothing changes.",
        "Asked. Another administrator or a governance officer now confirms it on this page.",
    )
    ask = partial(actions.ask_restoration, user=person)
    return act_on(request, page, ask, forms.IdentityForm(sent(request)))


def _restoration(pk: int) -> FactorRestoration:
    found = FactorRestoration.objects.select_related("user", "asked_by")
    return get_object_or_404(found, pk=pk)


@needs(Permission.CONFIRM_RESTORATIONS)
def restoration_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm that a second factor was lost, and show the link for the person once."""
    restoration = _restoration(pk)
    person = restoration.user
    can_confirm_restoration(request.user, restoration).or_refuse_page(person)
    if request.method == "POST":
        try:
            token = actions.confirm_restoration(restoration=restoration, by=signed_in(request))
        except AccountRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("person_detail", pk=person.pk)
        link = request.build_absolute_uri(invitation_path(person, token))
        return render(request, "accounts/person_invited.html", {"person": person, "link": link})
    page = of_person(
        person,
        "Confirm a lost second factor",
        "Remove the old factors and make a link",
        f"{restoration.asked_by.name} asked for this and made sure who they are: "
        f"“{restoration.reason}” Their factors and their password stop working at once. The link "
        "that you are given sets a new password and leads to a new factor: see that it reaches "
        "them and nobody else.",
        is_grave=True,
    )
    return show(request, page, Form())


@needs(Permission.CONFIRM_RESTORATIONS)
def restoration_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn a request down, or take one's own back."""
    restoration = _restoration(pk)
    if signed_in(request).pk != restoration.asked_by_id:
        answer = can_confirm_restoration(request.user, restoration)
        answer.or_refuse_page(restoration.user)
    page = of_person(
        restoration.user,
        "Leave the second factor as it is",
        "Turn it down",
        "Nothing changes: their present factors go on working.",
        "It was turned down.",
    )
    decline = partial(actions.decline_restoration, restoration=restoration)
    return act_on(request, page, decline)
