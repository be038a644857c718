"""Making an allocation: choosing the sum decided, then setting its terms."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from audit.words import money
from decisions.models import OutcomeFigure, Recommendation
from grants import actions
from grants.actions import Terms
from grants.actions.opening import held_back
from grants.forms.allocations import TermsForm
from grants.forms.parties import organisation_named
from grants.models import Allocation
from grants.permissions import can_allocate
from grants.rules import BOOK, is_in_force, is_in_part_1, opens_money, with_sources
from grants.search import PAGE, sums_decided, sums_to_allocate
from grants.views.access import money_page, reader
from grants.views.answering import MoneyPage, answer
from grants.views.crumbs import place_of, to_allocations

UNALLOCATED = "unallocated"
PARTIES = ("recipient", "beneficiary", "funder")


@money_page
def allocation_new(request: HttpRequest) -> HttpResponse:
    """Choose a sum decided, or set the terms of an allocation under the one that was chosen."""
    can_allocate(reader(request)).or_refuse_page()
    figure = request.GET.get("figure", "")
    if not (figure.isascii() and figure.isdigit() and len(figure) < 15):
        return _choose(request)
    return _terms(request, get_object_or_404(sums_decided(), pk=int(figure)))


def _choose(request: HttpRequest) -> HttpResponse:
    typed = request.GET.get("before", "")
    found = sums_to_allocate()
    is_number = typed.isascii() and typed.isdigit() and len(typed) < 15
    rows = list((found.filter(pk__lt=int(typed)) if is_number else found)[: PAGE + 1])
    context = {
        "crumbs": [("Home", "/"), *to_allocations(), ("Allocate", "")],
        "sums": rows[:PAGE],
        "older": f"?before={rows[PAGE - 1].pk}" if len(rows) > PAGE else "",
        "newer": "?" if typed else "",
    }
    return render(request, "grants/sum_choose.html", context)


def _terms(request: HttpRequest, figure: OutcomeFigure) -> HttpResponse:
    user = reader(request)
    recommendation = figure.outcome.recommendation
    decision = recommendation.decision
    left = vars(figure)["left"]
    runs = _runs(recommendation)
    form = TermsForm(
        request.POST or None,
        sources=_sources(figure),
        needs_funder=not (recommendation.funder or decision.funder),
        initial={
            "recipient": str(recommendation.recipient or ""),
            "period_start": runs.period_start,
            "period_end": runs.period_end,
        },
    )
    page = MoneyPage(
        "Allocate",
        reverse("grants_home"),
        to_allocations(),
        label="Allocate",
        caption=f"{decision.reference} recommendation {recommendation.number}",
        lead=f"{money(left)} is left to allocate of the {money(figure.amount)} decided."
        f"{held_back(figure)}",
        done="Allocated.",
        context={
            "figure": figure,
            "recommendation": recommendation,
            "left": left,
            "runs": runs,
            "why_not": why_not(figure),
        },
        template="grants/allocation_new.html",
    )

    def make(form: TermsForm) -> str:
        typed: dict[str, Any] = dict(form.cleaned_data)
        key, source = typed.pop("form_key"), typed.pop("funded_from", "")
        for name in ("budget_holder", *PARTIES):
            typed[name] = organisation_named(typed.get(name, ""), user)
        is_one = source not in ("", UNALLOCATED)
        funded_from = Allocation.objects.filter(pk=int(source)).first() if is_one else None
        made = actions.make_allocation(
            figure=figure, terms=Terms(**typed), funded_from=funded_from, form_key=key, by=user
        )
        return place_of(made)

    return answer(request, form, page, make)


def _runs(recommendation: Recommendation) -> Recommendation:
    """Return the recommendation whose period counts: itself, or else the nearest it draws on."""
    chain = (one for one in with_sources(recommendation) if is_in_part_1(one))
    return next((one for one in chain if one.period_start or one.period_end), recommendation)


def why_not(figure: OutcomeFigure) -> str:
    """Return why nothing can be allocated under a sum decided; empty where something can."""
    if not opens_money(figure):
        return str(BOOK.refusal("GRT-01"))
    if not is_in_force(figure.outcome.recommendation.decision):
        return str(BOOK.refusal("GRT-04"))
    if not vars(figure)["left"]:
        return "All of this sum has been allocated."
    return ""


def _sources(figure: OutcomeFigure) -> list[tuple[str, str]]:
    """Return what a sum drawn from another may be drawn out of; none once it is opened."""
    drawn_from = figure.outcome.recommendation.funded_from
    if drawn_from is None or vars(figure)["is_opened"]:
        return []
    named = str(drawn_from).lower() if is_in_part_1(drawn_from) else "its source"
    found = Allocation.objects.filter(figure__outcome__recommendation=drawn_from)
    allocations = [
        (str(one.pk), f"{one.reference}, {one.purpose}: {money(vars(one)['left'])} is left")
        for one in found.with_parties().with_balances().order_by("n")
    ]
    return [*allocations, (UNALLOCATED, f"What is not yet allocated of {named}")]
