"""What was proposed, and its answer by another person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.permissions import Permission
from decisions.views.cards import ActButton
from grants import actions
from grants.forms.months import AnswerForm
from grants.models import Proposal
from grants.permissions import can_answer
from grants.search import entries_of
from grants.views.access import money_page, reader
from grants.views.answering import MoneyPage, answer
from grants.views.crumbs import place_about, place_of_proposal, to_money


@require_safe
@money_page
def proposal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was proposed, by whom and why, and what became of it."""
    proposal = get_object_or_404(Proposal.objects.with_parties(), pk=pk)
    user = reader(request)
    is_own = proposal.proposed_by_id == user.pk
    label = "Take it back" if is_own else "Answer it"
    url = reverse("proposal_answer", args=[pk])
    context = {
        "crumbs": [("Home", "/"), *to_money(), (proposal.reference, "")],
        "proposal": proposal,
        "about": place_about(proposal),
        "acts": [ActButton(label, url, can_answer(user, proposal), is_main=not is_own)],
        "seq": entries_of("grants_proposal", [pk]).get(pk),
        "can_audit": user.has_perm(Permission.VIEW_AUDIT_TRAIL),
    }
    return render(request, "grants/proposal_detail.html", context)


@money_page
def proposal_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve what another proposed, or turn it down; or take back one's own proposal."""
    proposal = get_object_or_404(Proposal.objects.with_parties(), pk=pk)
    user = reader(request)
    can_answer(user, proposal).or_refuse_page(proposal)
    is_own = proposal.proposed_by_id == user.pk
    form = AnswerForm(request.POST or None, proposal=proposal, is_own=is_own)
    page = MoneyPage(
        proposal.what,
        place_of_proposal(proposal),
        [*to_money(), (proposal.reference, place_of_proposal(proposal))],
        label="Answer",
        caption=f"{proposal.reference}, by {proposal.proposed_by.name}",
        lead=proposal.reason,
        done="Answered.",
    )

    def give(form: AnswerForm) -> str:
        actions.answer_proposal(proposal=proposal, by=user, **form.cleaned_data)
        return place_of_proposal(proposal)

    return answer(request, form, page, give)
