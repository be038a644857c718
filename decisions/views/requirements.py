"""What papers of a series have to have, kept by the governance officer."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.models import AdviceKind
from decisions.actions.requirements import add_requirement, remove_requirement
from decisions.forms.answers import NewRequirementForm
from decisions.models import Series
from decisions.permissions import can_change_requirements
from decisions.views.access import of_decision, reader
from decisions.views.answering import FormPage, act_and_return, answer


def _series(code: str) -> Series:
    return get_object_or_404(Series.objects.numbered_here(), code=code.upper())


def _page(series: Series) -> str:
    return reverse("series_requirements", args=[series.code.lower()])


@login_required
def series_requirements(request: HttpRequest, code: str) -> HttpResponse:
    """Show what papers of a series have to have, and ask for more."""
    user = reader(request)
    can_change_requirements(user).or_refuse_page()
    series = _series(code)
    page = FormPage(
        f"What {series.code} papers need",
        label="Ask for it",
        back=_page(series),
        done="It is asked for from now on.",
        template="decisions/series_requirements.html",
        context={
            "series": series,
            "requirements": series.requirements.all(),
            "always": [AdviceKind(kind).label for kind in series.required_advice],
        },
    )

    def add(typed: dict[str, Any]) -> None:
        add_requirement(series=series, by=user, **typed)

    return answer(request, NewRequirementForm(request.POST or None), page, add)


@require_POST
@login_required
def requirement_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Ask for something no longer."""
    user = reader(request)
    can_change_requirements(user).or_refuse_page()
    series = _series(code)
    row = of_decision(series.requirements, pk)
    return act_and_return(
        request,
        _page(series),
        lambda: remove_requirement(requirement=row, by=user),
        "It is asked for no longer.",
    )
