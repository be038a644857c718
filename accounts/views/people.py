"""People: the list, a person's page, and what administrators and governance officers do there."""

from collections.abc import Iterable
from functools import partial

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts import actions, forms
from accounts.invitations import invitation_path
from accounts.models import RoleHolding, User
from accounts.permissions import (
    Answer,
    Permission,
    can_confirm_restoration,
    can_grant_delegation,
    can_grant_role,
    can_manage_person,
    may,
    no,
    yes,
)
from accounts.refusals import AccountRefused
from accounts.second_factor import has_second_factor
from accounts.views.access import needs, signed_in
from accounts.views.acts import act_on, of_person, sent, show
from audit import clock


@needs(Permission.VIEW_PEOPLE)
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody, with their roles today."""
    today = clock.today()
    people = User.objects.get_queryset().prefetch_related("holdings")
    rows = [
        {"person": person, "roles": [holding.title for holding in person.holdings_on(today)]}
        for person in people
    ]
    context = {"rows": rows, "may_manage": may(request.user, Permission.MANAGE_PEOPLE)}
    return render(request, "accounts/people_list.html", context)


@needs(Permission.MANAGE_PEOPLE)
def person_new(request: HttpRequest) -> HttpResponse:
    """Add a person."""
    form = forms.PersonForm(sent(request))
    if form.is_valid():
        try:
            person = actions.create_user(by=signed_in(request), **form.cleaned_data)
        except AccountRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{person.name} was added. Now give a role and a link.")
            return redirect("person_detail", pk=person.pk)
    return render(request, "accounts/person_new.html", {"form": form})


@needs(Permission.VIEW_PEOPLE)
def person_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A person: roles, delegations, sign-in, and what may be done about them."""
    person = get_object_or_404(User, pk=pk)
    today = clock.today()
    context = {
        "person": person,
        "facts": _facts(person),
        "holdings": [(one, one.is_in_force(today)) for one in _holdings(person)],
        "delegations": person.delegations.with_parties(),
        "may_grant": can_grant_role(request.user, person),
        "may_delegate": can_grant_delegation(request.user, person),
        "may_manage": can_manage_person(request.user, person),
        "acts": _acts(person),
        "restorations": [
            (one, can_confirm_restoration(request.user, one))
            for one in person.restorations.select_related("asked_by")
            if one.is_open
        ],
    }
    return render(request, "accounts/person_detail.html", context)


def _holdings(person: User) -> Iterable[RoleHolding]:
    return person.holdings.select_related("deputy_for", "succeeds__user")


def _facts(person: User) -> list[dict[str, str]]:
    factor = "Yes" if has_second_factor(person) else "Not yet: set up at the first sign-in"
    return [
        {"key": "E-mail address", "value": person.email},
        {"key": "Account", "value": "Open" if person.is_active else "Closed"},
        {"key": "Password", "value": "Set" if person.has_usable_password() else "Not set"},
        {"key": "Second factor", "value": factor},
    ]


def _acts(person: User) -> list[dict[str, object]]:
    names = [
        ("Make a link to set a password", "person_invite", yes(), False),
        ("Change the name", "person_rename", yes(), False),
        ("Restore a lost second factor", "person_restore", _may_restore(person), True),
        ("Hand over and close the account", "person_hand_over", yes(), True),
        ("Close the account", "person_close", yes(), True),
    ]
    if not person.is_active:
        names = [("Open the account again", "person_reopen", yes(), False)]
    return [
        {"label": label, "url": reverse(url, args=[person.pk]), "answer": answer, "is_grave": grave}
        for label, url, answer, grave in names
    ]


def _may_restore(person: User) -> Answer:
    if has_second_factor(person) or actions.was_restored(person):
        return yes()
    return no("They have none to lose.")


def _person(request: HttpRequest, pk: int) -> User:
    person = get_object_or_404(User, pk=pk)
    can_manage_person(request.user, person).or_refuse_page(person)
    return person


@needs(Permission.MANAGE_PEOPLE)
def person_rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a person's name."""
    person = _person(request, pk)
    page = of_person(person, "Change the name", "Save", done="The name was changed.")
    form = forms.NameForm(sent(request), initial={"name": person.name})
    return act_on(request, page, partial(actions.rename_user, user=person), form)


@needs(Permission.MANAGE_PEOPLE)
def person_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account."""
    person = _person(request, pk)
    page = of_person(
        person,
        "Close the account",
        "Close the account",
        "They are signed out at once and cannot sign in. What they did stays as it is.",
        "The account was closed.",
        is_grave=True,
    )
    close = partial(actions.deactivate_user, user=person)
    return act_on(request, page, close, forms.ReasonForm(sent(request)))


@needs(Permission.MANAGE_PEOPLE)
def person_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    person = _person(request, pk)
    page = of_person(
        person,
        "Open the account again",
        "Open the account",
        "They can sign in as before, with the roles that are still in force.",
        "The account was opened again.",
    )
    return act_on(request, page, partial(actions.reactivate_user, user=person))


@needs(Permission.MANAGE_PEOPLE)
def person_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link with which a person sets a password, and show it once."""
    person = _person(request, pk)
    if request.method == "POST":
        try:
            token = actions.invite_user(user=person, by=signed_in(request))
        except AccountRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("person_detail", pk=pk)
        link = request.build_absolute_uri(invitation_path(person, token))
        return render(request, "accounts/person_invited.html", {"person": person, "link": link})
    page = of_person(
        person,
        "Make a link to set a password",
        "Make the link",
        "The link works once, for three days. Any password they have now stops working.",
    )
    return show(request, page, Form())


@needs(Permission.MANAGE_PEOPLE)
def role_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a role."""
    person = get_object_or_404(User, pk=pk)
    can_grant_role(request.user, person).or_refuse_page(person)
    page = of_person(person, "Give a role", "Give the role", done="The role was given.")
    grant = partial(actions.grant_role, user=person)
    return act_on(request, page, grant, forms.RoleForm(sent(request), person=person))


@needs(Permission.MANAGE_PEOPLE)
def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role."""
    holding = get_object_or_404(RoleHolding.objects.select_related("user"), pk=pk)
    can_grant_role(request.user, holding.user).or_refuse_page(holding.user)
    page = of_person(
        holding.user, f"End the role: {holding.title}", "End the role", done="The role was ended."
    )
    end = partial(actions.end_role, holding=holding)
    return act_on(request, page, end, forms.EndForm(sent(request)))
