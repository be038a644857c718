"""Saving the profile of an allocation, or the officer's own forecast, on one page."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse

from accounts.permissions import Answer, no, yes
from audit import clock
from audit.words import money
from grants import actions
from grants.by_month import from_to, months_of
from grants.forms.plans import PlanForm
from grants.forms.plans import shown as boxes
from grants.models import NOUGHT, Allocation, PlanKind
from grants.permissions import can_allocate
from grants.plans import plan_in_force, plans_of_one
from grants.programmes import standing_of
from grants.views.access import allocation_for, money_page, reader
from grants.views.answering import MoneyPage, answer, shown
from grants.views.crumbs import place_of_months_of, to_allocation

WAYS = {"fill", "spread"}


@money_page
def plan_edit(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Save what is planned of each month; fill the boxes from a column, or evenly, before."""
    if kind not in PlanKind.values:
        raise Http404
    allocation, user, of = allocation_for(slug), reader(request), PlanKind(kind)
    can_allocate(user).or_refuse_page(allocation)
    if of == PlanKind.FORECAST:
        is_running(allocation).or_refuse_page(allocation)
    last, months = plan_in_force(allocation, of), _months(allocation, of)
    page = _page(allocation, of)
    options: dict[str, Any] = {"months": months, "is_first": last is None}
    in_force = plans_of_one(allocation)
    held = in_force.profile if of == PlanKind.PROFILE else in_force.forecast
    initial = {"seen": last.n if last else 0, **boxes(held)}
    form = PlanForm(request.POST or None, initial=initial, **options)
    if request.method == "POST" and request.POST.get("do") in WAYS:
        left = _to_plan(allocation, of)
        return shown(request, _filled(form, request.POST["do"], left, options), page)

    def save(form: PlanForm) -> str:
        typed = form.typed()
        if of == PlanKind.PROFILE:
            typed = {month: typed.get(month, NOUGHT) for month in months}
        actions.save_plan(
            allocation=allocation,
            kind=of,
            months=typed,
            seen=form.cleaned_data["seen"],
            reason=form.cleaned_data.get("reason", ""),
            form_key=form.cleaned_data["form_key"],
            by=user,
        )
        return place_of_months_of(allocation)

    return answer(request, form, page, save)


def is_running(allocation: Allocation) -> Answer:
    """Answer whether anything of an allocation is to be forecast still."""
    if allocation.period_end >= clock.today().replace(day=1):
        return yes()
    return no("Its period is over: every month is forecast at its outturn.")


def _months(allocation: Allocation, kind: PlanKind) -> list[date]:
    """Return the months that a plan is of: a forecast is of this month and later ones."""
    first, last = (day.replace(day=1) for day in (allocation.period_start, allocation.period_end))
    if kind == PlanKind.FORECAST:
        first = max(first, clock.today().replace(day=1))
    return list(from_to(first, last))


def _page(allocation: Allocation, kind: PlanKind) -> MoneyPage:
    whole, spent = _whole(allocation), standing_of(allocation).spent
    is_profile = kind == PlanKind.PROFILE
    lead = (
        f"The limit is {money(whole)}. What no month has is shown as not profiled."
        if is_profile
        else f"The limit is {money(whole)}, and {money(spent)} is spent. "
        "A month whose box is empty is forecast as it is profiled."
    )
    title = "Profile by month" if is_profile else "Forecast by month"
    return MoneyPage(
        title,
        place_of_months_of(allocation),
        [*to_allocation(allocation), ("Month by month", place_of_months_of(allocation))],
        caption=f"{allocation.reference}: {allocation.purpose}",
        lead=lead,
        done="Saved.",
        template="grants/plan_edit.html",
    )


def _whole(allocation: Allocation) -> Decimal:
    return standing_of(allocation).allocated


def _to_plan(allocation: Allocation, kind: PlanKind) -> Decimal:
    """Return what the months of a plan are to come to: the limit, less what is over."""
    if kind == PlanKind.PROFILE:
        return _whole(allocation)
    now = clock.today().replace(day=1)
    over = (month.spent for month in months_of(allocation) if month.first < now)
    return _whole(allocation) - sum(over, NOUGHT)


def _filled(form: PlanForm, way: str, left: Decimal, options: dict[str, Any]) -> PlanForm:
    """Return the form with its boxes filled, and everything else as it was typed."""
    raw, problem, found = form.raw(), None, {}
    try:
        found = form.column() if way == "fill" else form.evenly(left)
    except ValidationError as error:
        problem = error.messages[0]
    kept = PlanForm(initial={**raw, **found}, **options)
    if problem is not None:
        kept = PlanForm(form.data, initial=form.initial, **options)
        kept.full_clean()
        kept.errors.clear()
        kept.add_error("pasted", problem)
    return kept
