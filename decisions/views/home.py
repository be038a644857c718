"""What needs me."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Role
from accounts.permissions import Permission
from audit.models import LedgerEntry
from audit.story import Told, tell
from decisions.models import Decision, Series
from decisions.permissions import can_draft, can_record_published, can_set_next_number
from decisions.views.access import reader
from decisions.workflow import OPEN, Status

MOST = 50
MOST_LATEST = 8


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits on the reader, the reader's own papers, and what may be begun."""
    user = reader(request)
    waiting = Decision.objects.awaiting(user).with_parties().order_by("status_since")[:MOST]
    own = Decision.objects.filter(
        originating_officer=user, status__in=[*OPEN, Status.AWAITING_DECISION]
    )
    context = {
        "waiting": list(waiting),
        "own": list(own.with_parties().order_by("-status_since")[:MOST]),
        "is_officer": user.has_role(Role.ORIGINATING_OFFICER),
        "can_draft": can_draft(user),
        "can_import": can_record_published(user),
        "can_audit": user.has_perm(Permission.VIEW_AUDIT_TRAIL),
        "numbered": Series.objects.all() if can_set_next_number(user) else [],
        "latest": _latest() if user.has_role(Role.AUDITOR) else [],
        "keeps_people": user.has_perm(Permission.MANAGE_PEOPLE),
        "can_people": user.has_perm(Permission.VIEW_PEOPLE),
    }
    return render(request, "decisions/home.html", context)


def _latest() -> list[Told]:
    return tell(LedgerEntry.objects.all().told().order_by("-seq")[:MOST_LATEST])
