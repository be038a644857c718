"""What the governance officer keeps in order: whose paper it is, and which number comes next."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from decisions.actions.drafting import hand_over
from decisions.actions.registry import set_next_number
from decisions.forms.steps import HandOverForm, NextNumberForm
from decisions.models import Series
from decisions.permissions import can_hand_over, can_set_next_number
from decisions.views.access import decision_for, reader
from decisions.views.answering import FormPage, answer


@login_required
def decision_hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    """Give a paper that is still open to another originating officer."""
    decision, user = decision_for(request, slug), reader(request)
    can_hand_over(user, decision).or_refuse_page(decision)
    detail = reverse("decision_detail", args=[decision.slug])
    page = FormPage(
        f"Hand over {decision.reference}",
        decision,
        label="Hand over",
        back=detail,
        lead=f"It is {decision.originating_officer.name}’s paper now.",
        done="Handed over.",
    )

    def give(typed: dict[str, Any]) -> str:
        hand_over(decision=decision, to=typed["to"], by=user)
        return detail if can_hand_over(user, decision) else reverse("home")

    return answer(request, HandOverForm(request.POST or None), page, give)


@login_required
def series_number(request: HttpRequest, code: str) -> HttpResponse:
    """Set the next number of a series; numbers passed over are kept as a gap with its reason."""
    user = reader(request)
    can_set_next_number(user).or_refuse_page()
    series = get_object_or_404(Series.objects.numbered_here(), code=code.upper())
    form = NextNumberForm(request.POST or None, initial={"number": series.next_number})
    page = FormPage(
        f"Next number of {series.code}",
        label="Set the number",
        back=reverse("home"),
        lead=f"The next paper to be submitted gets {series.code} {series.next_number}.",
        done="The next number is set.",
    )

    def change(typed: dict[str, Any]) -> None:
        set_next_number(series=series, by=user, **typed)

    return answer(request, form, page, change)
