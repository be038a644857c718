"""Proposing to move money between allocations or categories, and to hand it back."""

from django.http import HttpRequest, HttpResponse

from audit.words import money
from grants import actions
from grants.actions import Moving
from grants.actions.moving import needs_consent
from grants.forms.moving import (
    CategoryMoveForm,
    HandBackForm,
    HandBackUndoneForm,
    VirementForm,
    category_chosen,
)
from grants.models import Allocation
from grants.permissions import can_propose_moves
from grants.search import categories_of
from grants.views.access import allocation_for, money_page, reader
from grants.views.answering import MoneyPage, answer
from grants.views.crumbs import place_of, place_of_proposal, to_allocation
from grants.views.statements import available

PROPOSED = "Proposed. Another person has to approve it."
BY_TWO = "A finance approver or the chief finance officer, but not you, approves it."


@money_page
def virement_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose to move what is left of an allocation to another under the same sum decided."""
    giver, user = allocation_for(slug), reader(request)
    can_propose_moves(user).or_refuse_page(giver)
    takers = Allocation.objects.filter(figure=giver.figure_id).exclude(pk=giver.pk)
    shown = [
        (one, f"{money(vars(one)['left'])} is left of it.{_carries(giver, one)}")
        for one in takers.with_parties().with_balances().order_by("n")
    ]
    form = VirementForm(request.POST or None, takers=shown, needs_consent=needs_consent(giver))
    left = available(giver).present_balance
    page = MoneyPage(
        f"Move money out of {giver.reference}",
        place_of(giver),
        to_allocation(giver),
        label="Propose it",
        caption=giver.purpose,
        lead=f"{money(left)} is left. What is moved stays under the same sum decided. {BY_TWO}",
        done=PROPOSED,
        context={"has_choice": bool(shown)},
        template="grants/virement_new.html",
    )

    def propose(form: VirementForm) -> str:
        typed = form.cleaned_data
        moving = form.moving(giver, typed["taker"])
        made = actions.propose_move(moving=moving, form_key=typed["form_key"], by=user)
        return place_of_proposal(made)

    return answer(request, form, page, propose)


def _carries(giver: Allocation, taker: Allocation) -> str:
    is_later = taker.period_start > giver.period_end
    return " It begins later, so the money is carried forward." if is_later else ""


@money_page
def category_move(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose to set money of an allocation apart for a category, or move it between categories."""
    allocation, user = allocation_for(slug), reader(request)
    can_propose_moves(user).or_refuse_page(allocation)
    shown = _givers(allocation) or {"": f"{money(vars(allocation)['left'])} is left."}
    is_asked = needs_consent(allocation)
    form = CategoryMoveForm(request.POST or None, givers=shown, needs_consent=is_asked)
    page = MoneyPage(
        f"Set money of {allocation.reference} apart",
        place_of(allocation),
        to_allocation(allocation),
        label="Propose it",
        caption=allocation.purpose,
        lead="Once money is set apart for a category, its spending is charged to that and to"
        f" nothing else. {BY_TWO}",
        done=PROPOSED,
    )

    def propose(form: CategoryMoveForm) -> str:
        typed = form.cleaned_data
        base = form.moving(allocation, allocation)
        ends = {"giver_category": typed["giver"], "taker_category": typed["taker"]}
        moving = Moving(**{**vars(base), **ends})
        made = actions.propose_move(moving=moving, form_key=typed["form_key"], by=user)
        return place_of_proposal(made)

    return answer(request, form, page, propose)


def _givers(allocation: Allocation) -> dict[str, str]:
    return {one.category: f"{money(one.left)} is left." for one in categories_of(allocation)}


@money_page
def hand_back_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose to hand what is left of an allocation back to the funder."""
    allocation, user = allocation_for(slug), reader(request)
    can_propose_moves(user).or_refuse_page(allocation)
    form = HandBackForm(request.POST or None, givers=_givers(allocation))
    left = vars(allocation)["left"]
    page = MoneyPage(
        f"Hand back money of {allocation.reference}",
        place_of(allocation),
        to_allocation(allocation),
        label="Propose it",
        caption=allocation.purpose,
        lead=f"{money(left)} is left. What is handed back to {allocation.funder} lowers the limit"
        f" for good. {BY_TWO}",
        done=PROPOSED,
    )

    def propose(form: HandBackForm) -> str:
        typed = form.cleaned_data
        base = form.moving(allocation)
        category = category_chosen(typed.get("giver_category", ""))
        moving = Moving(**{**vars(base), "giver_category": category})
        made = actions.propose_move(moving=moving, form_key=typed["form_key"], by=user)
        return place_of_proposal(made)

    return answer(request, form, page, propose)


@money_page
def hand_back_undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Propose to put right what was handed back of an allocation by mistake."""
    allocation, user = allocation_for(slug), reader(request)
    can_propose_moves(user).or_refuse_page(allocation)
    form = HandBackUndoneForm(request.POST or None, takers=_givers(allocation))
    page = MoneyPage(
        f"Correct what was handed back of {allocation.reference}",
        place_of(allocation),
        to_allocation(allocation),
        label="Propose it",
        caption=allocation.purpose,
        lead=f"{money(vars(allocation)['handed_back'])} was handed back. What was so by mistake is"
        f" left to spend again, and the limit rises by it. {BY_TWO}",
        done=PROPOSED,
    )

    def propose(form: HandBackUndoneForm) -> str:
        typed = form.cleaned_data
        category = category_chosen(typed.get("taker_category", ""))
        told = {"taker_category": category, "corrects": True}
        moving = Moving(**{**vars(form.moving(allocation)), **told})
        made = actions.propose_move(moving=moving, form_key=typed["form_key"], by=user)
        return place_of_proposal(made)

    return answer(request, form, page, propose)
