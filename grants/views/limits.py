"""Raising and lowering: the limit of an allocation, and a sum that a later decision varies."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from audit.words import money
from decisions.models import LinkKind, OutcomeFigure, RecommendationKind
from decisions.models.lineage import OPENING_KINDS
from grants import actions
from grants.actions.awards import authorised
from grants.actions.limits import earlier_sum
from grants.forms.awards import LimitForm, VariationForm
from grants.permissions import can_allocate
from grants.search import sums_decided
from grants.views.access import allocation_for, money_page, reader
from grants.views.answering import MoneyPage, answer
from grants.views.crumbs import named, place_of, place_of_money, to_allocation, to_money


@money_page
def limit_change(request: HttpRequest, slug: str) -> HttpResponse:
    """Raise or lower the limit of an allocation within what was decided."""
    allocation, user = allocation_for(slug), reader(request)
    can_allocate(user).or_refuse_page(allocation)
    figure = sums_decided().get(pk=allocation.figure_id)
    held = vars(allocation)
    form = LimitForm(request.POST or None)
    page = MoneyPage(
        f"Change the limit of {allocation.reference}",
        place_of(allocation),
        to_allocation(allocation),
        label="Change it",
        caption=allocation.purpose,
        lead=f"The limit is {money(held['now'])}, of which {money(held['left'])} is left to spend;"
        f" {money(vars(figure)['left'])} of the sum decided is not allocated.",
        done="Changed.",
    )

    def change(form: LimitForm) -> str:
        actions.change_limit(
            allocation=allocation,
            difference=form.difference(),
            reason=form.cleaned_data["reason"],
            form_key=form.cleaned_data["form_key"],
            by=user,
        )
        return place_of(allocation)

    return answer(request, form, page, change)


@money_page
def variation_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a decision that varies raise or lower the sum decided earlier that it names."""
    user = reader(request)
    varies = sums_decided().filter(outcome__recommendation__kind=RecommendationKind.VARY)
    varying = get_object_or_404(varies, pk=pk)
    can_allocate(user).or_refuse_page()
    earlier = earlier_sum(varying)
    place = place_of_money(varying.outcome.recommendation)
    sums = [(one, named(one), f"{money(authorised(one))} stands.") for one in _varied_by(varying)]
    form = VariationForm(request.POST or None, sums=sums)
    page = MoneyPage(
        "Apply a variation",
        place,
        to_money(),
        label="Apply it",
        caption=named(varying),
        lead=f"It varies {money(earlier)} to {money(varying.amount)}.",
        done="Applied.",
        context={"has_choice": bool(sums)},
        template="grants/variation_apply.html",
    )

    def apply(form: VariationForm) -> str:
        actions.apply_variation(varying=varying, by=user, **form.cleaned_data)
        return place

    return answer(request, form, page, apply)


def _varied_by(varying: OutcomeFigure) -> list[OutcomeFigure]:
    links = varying.outcome.recommendation.decision.links.filter(kind=LinkKind.VARIES)
    found = sums_decided().filter(
        outcome__recommendation__decision__in=links.values("to_decision"),
        outcome__recommendation__kind__in=OPENING_KINDS,
        outcome__recommendation__funded_from__isnull=True,
    )
    return list(found.order_by("id"))
