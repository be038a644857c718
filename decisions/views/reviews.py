"""Grounds of Part 2 that are to be looked at again."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Role
from accounts.permissions import held
from audit import clock
from decisions.models import reviews_due
from decisions.views.access import reader

AHEAD = timedelta(days=31)


@login_required
def part_2_reviews(request: HttpRequest) -> HttpResponse:
    """List the grounds of Part 2 whose review date has come, or comes within a month."""
    held(reader(request), Role.GOVERNANCE_OFFICER, Role.AUDITOR).or_refuse_page()
    today = clock.today()
    context = {"exemptions": reviews_due(today + AHEAD), "today": today}
    return render(request, "decisions/part_2_reviews.html", context)
