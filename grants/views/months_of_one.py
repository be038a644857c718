"""An allocation month by month, drawn and as a table."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit import clock
from grants.by_month import drawn, months_of
from grants.programmes import standing_of
from grants.views.access import allocation_for, money_page
from grants.views.crumbs import to_allocation


@require_safe
@money_page
def allocation_months(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was spent of an allocation month by month, against an even pace."""
    allocation = allocation_for(slug)
    months = months_of(allocation)
    context = {
        "crumbs": [("Home", "/"), *to_allocation(allocation), ("Month by month", "")],
        "allocation": allocation,
        "standing": standing_of(allocation),
        "months": months,
        "drawing": drawn(months),
        "now": clock.today().replace(day=1),
    }
    return render(request, "grants/allocation_months.html", context)
