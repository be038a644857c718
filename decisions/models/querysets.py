"""Questions about many decisions, in words."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery, When

from accounts.models import Role, User
from audit import clock
from decisions.models.references import references_of_slug
from decisions.models.series import ADVISING_ROLES, AdviceGiver
from decisions.workflow import DECIDED, IN_FORCE_HERE, OPEN, SUBMITTED, Source, Status

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

    def with_names(self) -> Self:
        """Join what every page shows: series, officer, funder and who endorses."""
        return self.select_related(
            "series__decision_maker", "originating_officer", "funder", "with_stage__officer"
        )

    def with_parties(self) -> Self:
        """Join what every list shows: names, who stood aside and what is not published yet."""
        aside = apps.get_model("decisions", "StandingAside").objects.filter(decision=OuterRef("pk"))
        return self.with_names().annotate(
            stood_aside=ArraySubquery(aside.values("person__name")),
            funder_as_signed=_funder_as_signed(),
            signed_further=Subquery(_signed_further().order_by("id").values("taken_at")[:1]),
        )

    def urgent_first(self) -> Self:
        """Order as a queue: what is urgent before the rest, and each by how long it waits."""
        waits_its_turn = ExpressionWrapper(Q(urgent_reason=""), models.BooleanField())
        return self.order_by(waits_its_turn, "status_since", "id")

    def with_slug(self, slug: str) -> Self:
        """Return the decision of a slug ("pcd-726", "draft-12"); none when it is no slug."""
        bears = [reference.is_it for reference in references_of_slug(slug)]
        if draft := _draft_of_slug(slug):
            bears.append(Q(pk=draft, number__isnull=True))
        return self.filter(reduce(or_, bears)) if bears else self.none()

    def once_draft(self, slug: str) -> Self:
        """Return what became of the draft of a slug ("draft-12"): its page may still be open."""
        draft = _draft_of_slug(slug)
        return self.filter(pk=draft) if draft else self.none()

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

    def awaiting_publication(self) -> Self:
        """Return what is signed here and in force, and not published yet, or not all of it."""
        return self.filter(_awaiting_publication(), source__in=IN_FORCE_HERE)

    def with_others(self, user: User) -> Self:
        """Return what is under way, that the user wrote, advised on or endorsed."""
        mine = (
            Q(originating_officer=user)
            | Q(pk__in=user.advice_given.values("decision"))
            | Q(pk__in=user.approvals.values("decision"))
        )
        under_way = Q(status__in=[*OPEN, Status.AWAITING_DECISION]) | Q(has_deferred=True)
        here = mine & under_way & Q(source=Source.HERE)
        transcribed = Q(originating_officer=user, status=Status.TRANSCRIBED)
        return self.filter(here | transcribed, revoked_on__isnull=True)

    def awaiting(self, user: User | AnonymousUser) -> Self:
        """Return what waits on the user or on an office the user holds today."""
        if isinstance(user, AnonymousUser):
            return self.none()
        roles = roles_of(user)
        waits = _at_stage(user, roles) | _to_decide(user, roles)
        if Role.GOVERNANCE_OFFICER in roles:
            waits |= _awaiting_publication() & ~Q(publication_deferred_until__gte=clock.today())
        if roles & {Role.GOVERNANCE_OFFICER, Role.CHIEF_EXECUTIVE}:
            waits |= Q(status=Status.TRANSCRIBED) & ~Q(originating_officer=user)
        if Role.ORIGINATING_OFFICER in roles:
            waits |= Q(originating_officer=user) & (Q(status=Status.DRAFT) | READY_TO_SEND)
        waits |= _to_advise_on(user, roles)
        left = Q(Exists(_aside(user))) | _barred_deputy(user)
        return self.filter(waits & Q(source__in=IN_FORCE_HERE)).exclude(left & AWAITING_APPROVAL)

    def stood_aside_from(self) -> Self:
        """Return what awaits an endorsement or a decision, and somebody stood aside from."""
        stood = apps.get_model("decisions", "StandingAside").objects.filter(decision=OuterRef("pk"))
        return self.filter(AWAITING_APPROVAL, Exists(stood), source__in=IN_FORCE_HERE)


def _draft_of_slug(slug: str) -> int:
    """Return the number of the draft of a slug ("draft-12"); 0, which no row has, otherwise."""
    code, _, number = slug.rpartition("-")
    is_one = code == "draft" and number.isascii() and number.isdigit() and len(number) < 10
    return int(number) if is_one else 0


READY_TO_SEND = Q(status=Status.IN_ADVICE, advice_needed=[])
AWAITING_DECISION = Q(status=Status.AWAITING_DECISION) | Q(
    status__in=DECIDED, has_deferred=True, revoked_on__isnull=True
)
AWAITING_APPROVAL = AWAITING_DECISION | Q(status=Status.WITH_CHIEF_EXECUTIVE)


def _funder_as_signed() -> Case:
    """The name that a decision's funder had when the decision was first signed."""
    signed = apps.get_model("decisions", "HistoricalDecision").objects.filter(
        id=OuterRef(OuterRef("pk")), status__in=DECIDED
    )
    names = apps.get_model("decisions", "HistoricalOrganisation").objects.filter(
        id=OuterRef("funder"),
        history_date__lte=Subquery(signed.order_by("history_id").values("history_date")[:1]),
    )
    name = Subquery(names.order_by("-history_id").values("name")[:1])
    return Case(When(status__in=DECIDED, then=name), output_field=models.CharField())


def _signed_further() -> QuerySet[Any]:
    """The further signings of a decision that are not published yet."""
    steps = apps.get_model("decisions", "StepTaken").objects
    rows: QuerySet[Any] = steps.unpublished().filter(decision=OuterRef("pk"))
    return rows


def _awaiting_publication() -> Q:
    """What waits to be published: the decision, or what was signed of it since it was."""
    waits = Q(status=Status.SIGNED) | Q(Exists(_signed_further()), status=Status.PUBLISHED)
    return waits & Q(revoked_on__isnull=True)


def _at_stage(user: User, roles: set[str]) -> Q:
    """What waits for an endorsement by the user, by name or by office."""
    by_office = Q(with_stage__officer__isnull=True, with_stage__role__in=sorted(roles))
    aside = apps.get_model("decisions", "StandingAside").objects.filter(
        decision=OuterRef("pk"), person=OuterRef("with_stage__officer")
    )
    passed_on = Q(Exists(aside), with_stage__role__in=sorted(roles))
    mine = by_office | passed_on | Q(with_stage__officer=user, with_stage__role__in=sorted(roles))
    return mine & Q(status=Status.WITH_CHIEF_EXECUTIVE, advice_needed=[])


def _aside(person: User | int | None) -> QuerySet[Any]:
    """The standings aside of a person from the decision that is asked of."""
    rows = apps.get_model("decisions", "StandingAside").objects
    found: QuerySet[Any] = rows.filter(decision=OuterRef("pk"), person=person)
    return found


def _barred_deputy(user: User) -> Q:
    """What the user would approve as the deputy of who stood aside from it, and of nobody else."""
    held: dict[str, set[int | None]] = {}
    for one in user.holdings.in_force(clock.today()):
        held.setdefault(one.role, set()).add(one.deputy_for_id)
    barred = Q(pk__in=[])
    for role, principals in held.items():
        if None not in principals:
            of_role = Q(status=Status.WITH_CHIEF_EXECUTIVE, with_stage__role=role)
            of_role |= AWAITING_DECISION & Q(series__decision_maker_role=role)
            for principal in principals:
                of_role &= Q(Exists(_aside(principal)))
            barred |= of_role
    return barred | _under_barred_delegations(user)


def _under_barred_delegations(user: User) -> Q:
    """What the user would decide under delegations as deputy of who stood aside, and no other."""
    given = user.delegations.in_force(clock.today())
    aside = apps.get_model("decisions", "StandingAside").objects.filter(
        decision=OuterRef(OuterRef("pk")), person=OuterRef("deputy_for")
    )
    return AWAITING_DECISION & Q(Exists(given)) & ~Q(Exists(given.exclude(Exists(aside))))


def _to_decide(user: User, roles: set[str]) -> Q:
    """What waits for a decision by the user, by name, as deputy or by office; or for the box.

    Where who is named stood aside, it waits on every other holder of the office.
    """
    if Role.PRIVATE_OFFICE in roles:
        return AWAITING_DECISION
    deputised = user.delegations.in_force(clock.today()).exclude(deputy_for=None)
    aside = apps.get_model("decisions", "StandingAside").objects.filter(
        decision=OuterRef("pk"), person=OuterRef("series__decision_maker")
    )
    mine = (
        Q(series__decision_maker__isnull=True)
        | Q(Exists(aside))
        | Q(series__decision_maker=user)
        | Q(series__decision_maker__in=deputised.values("deputy_for"))
    )
    return AWAITING_DECISION & Q(series__decision_maker_role__in=sorted(roles)) & mine


def _to_advise_on(user: User, roles: set[str]) -> Q:
    """What waits for advice of a kind that the user gives, as an adviser or by office."""
    kinds = sorted(user.advice_kinds_on(clock.today())) if Role.ADVISER in roles else []
    waits = Q(status__in=SUBMITTED, advice_needed__overlap=kinds)
    if roles & set(ADVISING_ROLES):
        for giver in AdviceGiver.objects.filter(role__in=roles):
            needed = Q(series=giver.series_id, advice_needed__contains=[giver.kind])
            waits |= needed & Q(status__in=SUBMITTED)
    return waits


def roles_of(user: User | AnonymousUser) -> set[str]:
    """Return the roles the user holds today; nobody signed in holds none."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return set()
    return {str(role) for role in user.roles_on(clock.today())}
