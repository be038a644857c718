"""Delegations: one with its uses, and what is done to it."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts import actions, forms
from accounts.models import Delegation, User
from accounts.permissions import (
    Permission,
    can_approve_delegation,
    can_decline_delegation,
    can_grant_delegation,
    may,
)
from accounts.proposals import STATE_COLOURS
from accounts.views.access import needs
from accounts.views.acts import Page, act_on, of_person, sent
from audit import clock
from audit.words import day, money

MOST_USES = 50


@needs(Permission.VIEW_DELEGATIONS)
def delegation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A delegation: what it gives, what of its cap is used and left, and each use."""
    delegation = _delegation(pk)
    uses = delegation.uses.order_by("-pk")
    sees_sums = bool(may(request.user, Permission.VIEW_PART_2))
    deputies = delegation.used_by_deputies()
    sees_total = sees_sums or not uses.filter(is_restricted=True).exists()
    context = {
        "delegation": delegation,
        "colour": STATE_COLOURS[delegation.state],
        "balance": delegation.balance(clock.today()) if sees_total else None,
        "uses": [
            (use, sees_sums or not use.is_restricted, deputies.get(use.about_id, ""))
            for use in uses[:MOST_USES]
        ],
        "acts": _acts(request, delegation),
        "may_see_people": may(request.user, Permission.VIEW_PEOPLE),
    }
    return render(request, "accounts/delegation_detail.html", context)


def _delegation(pk: int) -> Delegation:
    parties = ("proposed_by", "approved_by", "declined_by")
    return get_object_or_404(Delegation.objects.with_parties().select_related(*parties), pk=pk)


def _acts(request: HttpRequest, delegation: Delegation) -> list[dict[str, object]]:
    user = request.user
    rows: list[tuple[str, str, object, bool]] = []
    if delegation.is_open:
        rows = [
            ("Approve", "delegation_approve", can_approve_delegation(user, delegation), False),
            (
                "Turn down, or take back",
                "delegation_decline",
                can_decline_delegation(user, delegation),
                True,
            ),
        ]
    elif delegation.is_approved:
        answer = can_grant_delegation(user, delegation.holder)
        rows = [("End this delegation", "delegation_end", answer, True)]
    return [
        {
            "label": label,
            "url": reverse(url, args=[delegation.pk]),
            "answer": answer,
            "is_grave": grave,
            "is_main": not grave,
        }
        for label, url, answer, grave in rows
    ]


def _page(
    delegation: Delegation,
    title: str,
    button: str,
    explanation: str,
    done: str,
    *,
    is_grave: bool = False,
) -> Page:
    back = reverse("delegation_detail", args=[delegation.pk])
    name = f"{delegation.holder.name}, paragraph {delegation.scheme_paragraph}"
    trail = (("Schemes and delegations", reverse("scheme_list")), (name, back))
    return Page(name, title, button, back, trail, explanation, done, is_grave)


@needs(Permission.MANAGE_DELEGATIONS)
def delegation_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a delegation to a person."""
    person = get_object_or_404(User, pk=pk)
    can_grant_delegation(request.user, person).or_refuse_page(person)
    page = of_person(
        person,
        "Propose a delegation",
        "Propose it",
        "It counts once the chief executive has approved it.",
        "The delegation was proposed. It waits for approval.",
    )
    propose = partial(actions.propose_delegation, holder=person)
    return act_on(request, page, propose, forms.DelegationForm(sent(request), holder=person))


@needs(Permission.APPROVE_DELEGATIONS, Permission.MANAGE_DELEGATIONS)
def delegation_approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a proposed delegation."""
    delegation = _delegation(pk)
    can_approve_delegation(request.user, delegation).or_refuse_page(delegation.holder)
    page = _page(
        delegation,
        "Approve this delegation",
        "Approve",
        f"{delegation.holder.name} can then decide under {delegation.authority}"
        f" ({delegation.acts_in_words}): {_terms(delegation)}.",
        "The delegation was approved.",
    )
    return act_on(request, page, partial(actions.approve_delegation, delegation=delegation))


def _terms(delegation: Delegation) -> str:
    """Return in words what a delegation allows, as whoever approves it has to know."""
    each = f"up to {money(delegation.limit)} each time" if delegation.limit else "without a limit"
    per = delegation.get_cap_per_display().lower()
    cap = f"{money(delegation.cap)} together ({per})" if delegation.cap else "no cap together"
    until = f" to {day(delegation.valid_to)}" if delegation.valid_to else ""
    return f"{each}, {cap}, from {day(delegation.valid_from)}{until}"


@needs(Permission.APPROVE_DELEGATIONS, Permission.MANAGE_DELEGATIONS)
def delegation_decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Turn a proposed delegation down, or take it back."""
    delegation = _delegation(pk)
    can_decline_delegation(request.user, delegation).or_refuse_page(delegation.holder)
    page = _page(
        delegation,
        "Turn this delegation down",
        "Turn it down",
        "It stays in the list as not approved.",
        "The delegation was turned down.",
        is_grave=True,
    )
    decline = partial(actions.decline_delegation, delegation=delegation)
    return act_on(request, page, decline, forms.ReasonForm(sent(request)))


@needs(Permission.MANAGE_DELEGATIONS)
def delegation_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation."""
    delegation = _delegation(pk)
    can_grant_delegation(request.user, delegation.holder).or_refuse_page(delegation.holder)
    page = _page(
        delegation,
        "End this delegation",
        "End the delegation",
        f"It is under {delegation.authority}.",
        "The delegation was ended.",
        is_grave=True,
    )
    end = partial(actions.end_delegation, delegation=delegation)
    return act_on(request, page, end, forms.EndForm(sent(request)))
