"""The money at a glance, and what waits on the finance officer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit import clock
from grants.models import NOUGHT, Allocation, Proposal, Reservation, SpendingLine
from grants.permissions import can_allocate, can_record_spending, can_vire
from grants.search import (
    awaiting_by_funder,
    overdue,
    reserved_now,
    sums_to_allocate,
    total_to_allocate,
    totals,
)
from grants.views.access import money_page, reader

MOST = 10


@require_safe
@money_page
def grants_home(request: HttpRequest) -> HttpResponse:
    """Show what is to be done about the money, what was recorded last, and how it all stands."""
    user = reader(request)
    waiting = awaiting_by_funder()
    sums, late = sums_to_allocate(), overdue(clock.today())
    reserved_count, reserved_total = reserved_now()
    context = {
        "reserved_count": reserved_count,
        "reserved_total": reserved_total,
        "declined": Reservation.objects.declined_to(user).with_parties()[:MOST],
        "sums": sums[:MOST],
        "sums_count": sums.count(),
        "sums_total": total_to_allocate(),
        "waiting": waiting,
        "waiting_count": sum(row["lines"] for row in waiting),
        "waiting_total": sum((row["total"] for row in waiting), NOUGHT),
        "waiting_since": min((row["since"] for row in waiting), default=None),
        "overdue": late[:MOST],
        "overdue_count": late.count(),
        "proposals": Proposal.objects.waiting().with_parties()[:MOST],
        "recent": SpendingLine.objects.with_parties().order_by("-id")[:MOST],
        "totals": totals(Allocation.objects.all()),
        "allocating": can_allocate(user),
        "recording": can_record_spending(user),
        "viring": can_vire(user),
    }
    return render(request, "grants/grants_home.html", context)
