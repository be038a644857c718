"""How the papers of a series go: who endorses, who decides, who advises, in how many days."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from decisions.actions.series import StageWords, end_series, set_series
from decisions.forms.series import SeriesEndForm, SeriesForm, stages_of
from decisions.models import Series
from decisions.permissions import can_set_series
from decisions.views.access import reader
from decisions.views.answering import FormPage, answer


@login_required
def series_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Set how the papers of a series go."""
    user = reader(request)
    can_set_series(user).or_refuse_page()
    series = get_object_or_404(Series.objects.numbered_here(), code=code.upper())
    stages = stages_of(series, request.POST or None)
    page = FormPage(
        f"How {series.code} papers go",
        back=reverse("home"),
        lead="What is under way goes on by what you set here, from its next step.",
        done=f"Saved how {series.code} papers go.",
        template="decisions/series_form.html",
        context={"stages": stages},
    )

    def save(typed: dict[str, Any]) -> None:
        words = [
            StageWords(row["title"], row["role"] or StageWords("").role, row["officer"])
            for row in stages.cleaned_data
            if row.get("title")
        ]
        set_series(series=series, stages=words, by=user, **typed)

    form = SeriesForm(request.POST or None, initial=_present(series))
    return answer(request, form, page, save, is_ready=not stages.is_bound or stages.is_valid())


def _present(series: Series) -> dict[str, Any]:
    names = ("decision_maker_title", "decision_maker_role", "decision_maker", "required_advice",
             "publish_within", "remind_after")  # fmt: skip
    givers = [f"{giver.kind}:{giver.role}" for giver in series.advice_givers.all()]
    return {name: getattr(series, name) for name in names} | {"advice_givers": givers}


@login_required
def series_end(request: HttpRequest, code: str) -> HttpResponse:
    """Set the last day of a series, and which one follows it."""
    user = reader(request)
    can_set_series(user).or_refuse_page()
    series = get_object_or_404(Series.objects.numbered_here(), code=code.upper())
    shown = {"ends_on": series.ends_on, "successor": series.successor_id}
    page = FormPage(
        f"When {series.code} ends",
        back=reverse("home"),
        lead="Its decisions stay as they are, under the references that they have.",
        done=f"Saved when {series.code} ends.",
    )

    def save(typed: dict[str, Any]) -> None:
        end_series(series=series, by=user, **typed)

    return answer(request, SeriesEndForm(request.POST or None, initial=shown), page, save)
