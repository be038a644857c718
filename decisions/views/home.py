"""What needs me."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Role, User
from accounts.permissions import Permission
from audit import clock
from audit.models import LedgerEntry
from audit.story import Told, tell
from decisions.models import Decision, Series
from decisions.permissions import can_draft, can_record_published, can_set_next_number
from decisions.views.access import is_inside, reader
from decisions.views.rooms import rooms_of
from decisions.workflow import OPEN, Status

MOST = 50
MOST_LATEST = 8


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits on the reader, the reader's other papers, and what the office is for."""
    user = reader(request)
    waiting = list(
        Decision.objects.awaiting(user).with_parties().order_by("status_since")[:MOST],
    )
    context = {
        "rooms": rooms_of(user.roles_on(clock.today())),
        "waiting": waiting,
        "own": _own(user, waiting),
        "can_draft": can_draft(user),
        "can_import": can_record_published(user),
        "can_audit": user.has_perm(Permission.VIEW_AUDIT_TRAIL),
        "numbered": Series.objects.numbered_here() if can_set_next_number(user) else [],
        "latest": _latest() if user.has_role(Role.AUDITOR) else [],
        "can_people": user.has_perm(Permission.VIEW_PEOPLE),
        "is_inside": is_inside(request),
    }
    return render(request, "decisions/home.html", context)


def _own(user: User, waiting: list[Decision]) -> list[Decision]:
    """Return the reader's papers that wait on others, newest first."""
    own = Decision.objects.filter(
        originating_officer=user, status__in=[*OPEN, Status.AWAITING_DECISION]
    )
    own = own.exclude(pk__in=[decision.pk for decision in waiting])
    return list(own.with_parties().order_by("-status_since")[:MOST])


def _latest() -> list[Told]:
    return tell(LedgerEntry.objects.all().told().order_by("-seq")[:MOST_LATEST])
