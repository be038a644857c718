"""What waits for a second person: schemes, delegations, second factors to be restored."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import Delegation, FactorRestoration, Role, SchemeVersion, State, User
from accounts.permissions import (
    Permission,
    can_approve_delegation,
    can_approve_scheme,
    can_confirm_restoration,
    may,
)

STATE_COLOURS = {
    State.PROPOSED: "yellow",
    State.DECLINED: "red",
    State.AHEAD: "blue",
    State.IN_FORCE: "green",
    State.ENDED: "grey",
}


@dataclass(frozen=True)
class Awaiting:
    """One thing that waits for approval: what, where its page is, and since when."""

    what: str
    url: str
    since: datetime | None


def delegations_awaiting(user: User) -> list[Awaiting]:
    """Return the scheme versions and delegations that this person may approve, oldest first."""
    if not may(user, Permission.APPROVE_DELEGATIONS):
        return []
    versions = [
        Awaiting(str(one), reverse("scheme_detail", args=[one.pk]), one.proposed_at)
        for one in SchemeVersion.objects.waiting()
        if can_approve_scheme(user, one)
    ]
    waiting = Delegation.objects.waiting().with_parties().prefetch_related("holder__holdings")
    return versions + [
        Awaiting(
            f"Delegation to {one.holder.name} under paragraph {one.scheme_paragraph}",
            reverse("delegation_detail", args=[one.pk]),
            one.proposed_at,
        )
        for one in waiting
        if can_approve_delegation(user, one)
    ]


def restorations_awaiting(user: User) -> list[Awaiting]:
    """Return the lost second factors that this person may confirm as lost, oldest first."""
    if not (user.has_role(Role.ADMINISTRATOR) or user.has_role(Role.GOVERNANCE_OFFICER)):
        return []
    asked = FactorRestoration.objects.filter(confirmed_at=None, declined_at=None)
    return [
        Awaiting(
            f"Lost second factor of {one.user.name}",
            reverse("restoration_confirm", args=[one.pk]),
            one.asked_at,
        )
        for one in asked.select_related("user").order_by("pk")
        if can_confirm_restoration(user, one)
    ]
