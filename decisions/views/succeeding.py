"""Beginning a decision that varies or supersedes a signed one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from decisions.actions import begin_successor
from decisions.forms.steps import StepForm
from decisions.models import LinkKind
from decisions.permissions_afterwards import can_succeed
from decisions.views.access import decision_for, reader
from decisions.views.answering import FormPage, answer, made_already

LEADS = {
    LinkKind.VARIES: "A new draft of yours is linked to this decision and carries its title, "
    "funder and recommendations, without their sums. This decision stands; both show that it "
    "is varied once the new one is signed.",
    LinkKind.SUPERSEDES: "A new draft of yours is linked to this decision and carries its title, "
    "funder and recommendations, without their sums. Once the new one is signed this one is "
    "superseded, and no new money can move under it.",
}


@login_required
def decision_succeed(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Ask, then begin the draft and go on to write it."""
    decision, user = decision_for(request, slug), reader(request)
    allowed = can_succeed(user, decision)
    if done := made_already(request):
        return redirect("decision_edit", done.slug)
    allowed.or_refuse_page(decision)
    verb = {LinkKind.VARIES: "vary", LinkKind.SUPERSEDES: "supersede"}[LinkKind(kind)]
    page = FormPage(
        f"{verb.capitalize()} {decision.reference}",
        decision,
        label="Begin the draft",
        back=reverse("decision_detail", args=[decision.slug]),
        lead=LEADS[LinkKind(kind)],
        done="Begun.",
    )

    def begin(typed: dict[str, Any]) -> str:
        new = begin_successor(decision=decision, kind=kind, by=user, **typed)
        return reverse("decision_edit", args=[new.slug])

    return answer(request, StepForm(request.POST or None), page, begin)
