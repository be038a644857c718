"""An allocation month by month, drawn and as a table."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from audit import clock
from grants.by_month import drawn, months_of, whole_of, years_of
from grants.models import Plan
from grants.permissions import can_allocate
from grants.plans import DEFINITIONS
from grants.programmes import standing_of
from grants.views.access import allocation_for, money_page, reader
from grants.views.crumbs import to_allocation
from grants.views.plans import is_running


@require_safe
@money_page
def allocation_months(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was spent of an allocation month by month, against its profile or an even pace."""
    allocation = allocation_for(slug)
    months, standing = months_of(allocation), standing_of(allocation)
    whole = whole_of(allocation, months)
    plans = Plan.objects.filter(allocation=allocation)
    plans = plans.select_related("allocation__decision__series", "made_by")
    context = {
        "crumbs": [("Home", "/"), *to_allocation(allocation), ("Month by month", "")],
        "allocation": allocation,
        "standing": standing,
        "months": months,
        "years": years_of(months, whole),
        "whole": whole,
        "forecast": whole.forecast(standing.spent),
        "variance": whole.variance(standing.spent),
        "cells": whole.cells(standing.spent),
        "plans": plans,
        "has_plan": bool(plans),
        "may_plan": bool(can_allocate(reader(request))),
        "is_running": bool(is_running(allocation)),
        "definitions": DEFINITIONS,
        "drawing": drawn(months),
        "now": clock.today().replace(day=1),
    }
    return render(request, "grants/allocation_months.html", context)
