"""Revoking a decision: the reason, then a fresh second factor for exactly that.

Two steps on one address, as in deciding: the second shows what will be revoked, carries it in
hidden fields, and asks for the second factor, which is bound to its digest.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from audit.refusals import Refused
from decisions.actions.publication import REVOKE, revocation_digest, revoke
from decisions.forms.steps import RevokeForm
from decisions.models import Decision
from decisions.permissions import can_revoke
from decisions.views.access import decision_for, reader
from decisions.views.answering import FormPage, in_turn, made_already
from decisions.views.kept import offer
from decisions.views.overtaken import carried_as_shown, second_factor

LEAD = "The decision is no longer in force. Its record and its document stay, marked revoked."
WARNING = "A decision that is revoked cannot be brought back."
CHANGED = (
    "The decision changed since you opened this page. Nothing is revoked. Read it again, then "
    "enter a new code."
)


@login_required
def decision_revoke(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask why, show what will be revoked, and revoke it with a fresh second factor."""
    with in_turn(request):
        return _revoke(request, slug)


def _revoke(request: HttpRequest, slug: str) -> HttpResponse:
    decision, user = decision_for(request, slug), reader(request)
    allowed = can_revoke(user, decision)
    if done := made_already(request, decision):
        return redirect("decision_detail", done.slug)
    allowed.or_refuse_page(decision)
    form = RevokeForm(request.POST or None, decision=decision)
    step = request.POST.get("step", "review")
    if not form.is_valid() or step == "change":
        return _ask(request, decision, form)
    typed = form.cleaned_data
    digest = revocation_digest(
        decision=decision, reason=typed["reason"], in_favour_of=typed["in_favour_of"]
    )
    factor, is_overtaken = second_factor(request, REVOKE, digest)
    if factor.is_bound and factor.is_valid():
        try:
            revoke(decision=decision, proof=factor.proof, by=user, **typed)
        except Refused as refusal:
            factor.add_error(None, str(refusal))
        else:
            messages.success(request, "Revoked.")
            return redirect("decision_detail", decision.slug)
    context = {
        "decision": decision,
        "typed": typed,
        "form": factor,
        "offer": factor.offer,
        "warning": WARNING,
        "notice": CHANGED if is_overtaken else "",
        "carried": carried_as_shown(request, digest),
    }
    return render(request, "decisions/decision_revoke.html", context)


def _ask(request: HttpRequest, decision: Decision, form: RevokeForm) -> HttpResponse:
    page = FormPage(
        f"Revoke: {decision.reference}",
        decision,
        label="Continue",
        back=reverse("decision_detail", args=[decision.slug]),
        lead=LEAD,
        warning=WARNING,
    )
    context = {"form": form, "page": page, "decision": decision}
    context["kept"] = offer(request, form, {})
    return render(request, page.template, context)
