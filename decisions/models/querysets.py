"""Questions about many decisions, in words."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from accounts.models import Role, User
from audit import clock
from decisions.models.references import references_of_slug
from decisions.workflow import DECIDED, SUBMITTED, Source, Status

if TYPE_CHECKING:
    from decisions.models.decision import Decision

EVERY_DRAFT = {Role.GOVERNANCE_OFFICER, Role.AUDITOR}
NO_PAPERS = {Role.ADMINISTRATOR}

NEVER_SUBMITTED = Q(status__in=[Status.DRAFT, Status.WITHDRAWN], number__isnull=True)


class DecisionQuerySet(models.QuerySet["Decision"]):
    """Reading of decisions. What one person may do to one of them is asked of `permissions`."""

    def locked(self, decision: Decision) -> Decision:
        """Return the decision as it stands, locked until the act ends."""
        return self.select_for_update(of=("self",)).select_related("series").get(pk=decision.pk)

    def with_parties(self) -> Self:
        """Join what every list shows: series, officer and funder."""
        return self.select_related("series", "originating_officer", "funder")

    def with_slug(self, slug: str) -> Self:
        """Return the decision of a slug ("pcd-726", "draft-12"); none when it is no slug."""
        drafts = self.once_draft(slug).filter(number__isnull=True)
        bears = [reference.is_it for reference in references_of_slug(slug)]
        return self.filter(reduce(or_, bears, Q(pk__in=drafts.values("pk"))))

    def once_draft(self, slug: str) -> Self:
        """Return what became of the draft of a slug ("draft-12"): its page may still be open."""
        code, _, number = slug.rpartition("-")
        is_one = code == "draft" and number.isascii() and number.isdigit() and len(number) < 10
        return self.filter(pk=int(number)) if is_one else self.none()

    def published(self) -> Self:
        """Return what anyone may read."""
        return self.filter(status=Status.PUBLISHED)

    def decided(self) -> Self:
        """Return what is signed or published."""
        return self.filter(status__in=DECIDED)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return what the user may see the Part 1 of.

        Everyone: what is published. Officers: also every paper once submitted, and their own
        drafts; governance officers and auditors every draft too. An administrator, as such, no
        more than the public.
        """
        roles = roles_of(user)
        if roles & EVERY_DRAFT:
            return self
        if not roles - NO_PAPERS or isinstance(user, AnonymousUser):
            return self.published()
        return self.filter(~NEVER_SUBMITTED | Q(originating_officer=user))

    def awaiting(self, user: User | AnonymousUser) -> Self:
        """Return what waits on the user or on an office the user holds today."""
        if isinstance(user, AnonymousUser):
            return self.none()
        waits = Q(pk__in=[])
        roles = roles_of(user)
        for role, of_role in WAITS.items():
            if role in roles:
                waits |= of_role
        if Role.GOVERNANCE_OFFICER in roles:
            waits |= AWAITING_PUBLICATION & ~Q(publication_deferred_until__gte=clock.today())
        if Role.ORIGINATING_OFFICER in roles:
            waits |= Q(originating_officer=user) & (Q(status=Status.DRAFT) | READY_TO_SEND)
        if Role.ADVISER in roles:
            kinds = sorted(user.advice_kinds_on(clock.today()))
            waits |= Q(status__in=SUBMITTED, advice_needed__overlap=kinds)
        return self.filter(waits & Q(source=Source.HERE))


READY_TO_SEND = Q(status=Status.IN_ADVICE, advice_needed=[])
AWAITING_DECISION = Q(status=Status.AWAITING_DECISION) | Q(
    status__in=DECIDED, has_deferred=True, revoked_on__isnull=True
)
AWAITING_PUBLICATION = Q(status=Status.SIGNED, revoked_on__isnull=True)
WAITS: dict[str, Q] = {
    Role.CHIEF_EXECUTIVE: Q(status=Status.WITH_CHIEF_EXECUTIVE, advice_needed=[]),
    Role.DECISION_MAKER: AWAITING_DECISION,
    Role.PRIVATE_OFFICE: AWAITING_DECISION,
}


def roles_of(user: User | AnonymousUser) -> set[str]:
    """Return the roles the user holds today; nobody signed in holds none."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return set()
    return {str(role) for role in user.roles_on(clock.today())}
