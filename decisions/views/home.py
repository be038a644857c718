"""What needs me."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.models import Role, User
from accounts.permissions import Permission
from accounts.proposals import Awaiting, delegations_awaiting, restorations_awaiting
from audit import clock
from audit.models import LedgerEntry
from audit.story import Told, tell
from decisions.models import Decision, Revision, Series, WorkingText
from decisions.permissions import can_draft, can_set_next_number
from decisions.permissions_afterwards import can_answer_revision, can_record_published
from decisions.rules.holders import stuck_papers
from decisions.views.access import is_inside, reader
from decisions.views.queues import Publication, awaiting_publication
from decisions.views.rooms import pages_of, rooms_of

MOST = 50
MOST_LATEST = 8
RECENT = timedelta(days=30)


def home(request: HttpRequest) -> HttpResponse:
    """Show what waits on the reader, the reader's other papers, and what the office is for.

    Whoever is not signed in is led to the public register.
    """
    if not request.user.is_authenticated:
        return redirect("register_list")
    user = reader(request)
    waiting = list(
        Decision.objects.awaiting(user).with_parties().urgent_first()[:MOST],
    )
    context = {
        "rooms": rooms_of(user.roles_on(clock.today())),
        "waiting": waiting,
        "proposals": delegations_awaiting(user) + restorations_awaiting(user) + _revisions(user),
        "pages": pages_of(user.roles_on(clock.today())) if waiting else [],
        "with_others": _with_others(user, waiting),
        "decided": _decided(user, waiting),
        "overdue": _overdue(user),
        "stuck": stuck_papers() if user.has_role(Role.GOVERNANCE_OFFICER) else [],
        "can_draft": can_draft(user),
        "can_import": can_record_published(user),
        "can_audit": user.has_perm(Permission.VIEW_AUDIT_TRAIL),
        "numbered": Series.objects.numbered_here() if can_set_next_number(user) else [],
        "latest": _latest() if user.has_role(Role.AUDITOR) else [],
        "can_people": user.has_perm(Permission.VIEW_PEOPLE),
        "is_inside": is_inside(request),
        "unsaved": WorkingText.objects.of(user, clock.now()).count(),
    }
    return render(request, "decisions/home.html", context)


def _with_others(user: User, waiting: list[Decision]) -> list[Decision]:
    """Return what the reader wrote, advised on or endorsed and now waits on others."""
    others = Decision.objects.with_others(user)
    others = others.exclude(pk__in=[decision.pk for decision in waiting])
    return list(others.with_parties().urgent_first()[:MOST])


def _decided(user: User, waiting: list[Decision]) -> list[Decision]:
    """Return what was decided here last, of what the reader may see and need do no more about."""
    since = clock.today() - RECENT
    found = Decision.objects.visible_to(user).decided().filter(date_signed__gte=since)
    found = found.exclude(pk__in=[decision.pk for decision in waiting])
    return list(found.with_parties().order_by("-date_signed", "-id")[:MOST_LATEST])


def _revisions(user: User) -> list[Awaiting]:
    """Return the corrections and releases that the reader may confirm, oldest first."""
    proposed = Revision.objects.awaiting(user).select_related("decision__series", "proposed_by")
    return [
        Awaiting(
            f"{one.title}, of {one.decision.reference}",
            reverse("revision_detail", args=[one.decision.slug, one.n]),
            one.proposed_at,
        )
        for one in proposed.order_by("pk")[:MOST]
        if can_answer_revision(user, one)
    ]


def _overdue(user: User) -> list[Publication]:
    """Return the signed decisions whose publication is overdue, for who publishes."""
    if not user.has_perm(Permission.PUBLISH_DECISION):
        return []
    return [row for row in awaiting_publication() if row.is_overdue]


def _latest() -> list[Told]:
    return tell(LedgerEntry.objects.all().told().order_by("-seq")[:MOST_LATEST])
