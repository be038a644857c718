"""Schemes and delegations that wait for somebody's approval."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import Delegation, SchemeVersion, State, User
from accounts.permissions import (
    Permission,
    can_approve_delegation,
    can_approve_scheme,
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
