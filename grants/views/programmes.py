"""Programmes: the decisions that follow one another, with the authority and the money of each."""

from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from decisions.models import Decision
from grants.plans import DEFINITIONS
from grants.programmes import Row, programme_money, programmes
from grants.search import PAGE
from grants.views.access import money_page, reader


@require_safe
@money_page
def programme_list(request: HttpRequest) -> HttpResponse:
    """List the programmes of two decisions or more, the one begun last first."""
    before = request.GET.get("before", "")
    found = programmes(reader(request))
    if before.isascii() and before.isdigit():
        found = [row for row in found if row.first.pk < int(before)]
    context = {
        "programmes": found[:PAGE],
        "older": f"?before={found[PAGE - 1].first.pk}" if len(found) > PAGE else "",
        "newest": "?" if before else "",
    }
    return render(request, "grants/programme_list.html", context)


@require_safe
@money_page
def programme_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a programme, found by any decision in it: what each authorised and what became of it."""
    user = reader(request)
    decision = Decision.objects.visible_to(user).with_parties().with_slug(slug).first()
    if decision is None:
        raise Http404
    programme = programme_money(decision, user)
    planned = [_planned(row) for row in programme.rows]
    context = {"programme": programme, "planned": planned, "definitions": DEFINITIONS}
    return render(request, "grants/programme_detail.html", context)


def _planned(row: Row) -> tuple[str, str, list[tuple[str, Decimal]]]:
    """Return the name of a decision, where its money is, and its plan and outturn."""
    decision = row.member.decision
    place = f"{reverse('decision_detail', args=[decision.slug])}#money"
    return decision.reference, place, row.plan_cells
