"""Deciding: an outcome for each recommendation, then a fresh second factor for exactly that.

Two steps on one address. The first shows the paper and what stands in the way, takes the outcomes
and holds them against the rules; the second shows what will be signed, carries it in hidden
fields, and asks for the second factor, which is bound to its digest. What is reviewed can instead
be kept, to be signed with others in a batch.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts.forms import StepUpForm
from accounts.models import Role, User
from accounts.permissions import no
from audit.refusals import Refused
from decisions.actions.batches import prepare_decision
from decisions.actions.deciding import decide
from decisions.actions.interests import stand_aside
from decisions.actions.outcomes import ACT_NAME, amended, decision_digest
from decisions.actions.reading import open_part_2
from decisions.actions.succeeding import superseded_by_signing
from decisions.delegated import has_delegation
from decisions.forms.deciding import StandAsideForm, hush
from decisions.models import Decision, Stage, in_part_1
from decisions.permissions import (
    can_decide,
    can_look_to_decide,
    can_stand_aside,
)
from decisions.rules.holders import others_once_aside
from decisions.views.access import decision_for, reader
from decisions.views.answering import FormPage, answer, in_turn, made_already
from decisions.views.authority import authority_found, caps_of
from decisions.views.before_deciding import before_deciding, has_restricted_row
from decisions.views.effect import effect_of
from decisions.views.kept import offer_page
from decisions.views.overtaken import (
    CHANGED,
    carried_as_shown,
    changed_since,
    is_as_shown,
    second_factor,
    signed_first,
)
from decisions.views.sheet import Sheet, shown
from decisions.workflow import Status


@login_required
def decision_decide(request: HttpRequest, slug: str) -> HttpResponse:
    """Take the outcomes, show what will be signed, and sign it with a fresh second factor."""
    with in_turn(request):
        _refuse_the_late(request, slug)
        return _decide(request, slug)


def _refuse_the_late(request: HttpRequest, slug: str) -> None:
    """Say who signed first, to whoever holds the power and was about to use it."""
    if request.method != "POST":
        return
    decision, user = decision_for(request, slug), reader(request)
    if made_already(request, decision):
        return
    if has_delegation(user, decision) and (late := signed_first(decision)):
        no(late).or_refuse_page(decision)


def _decide(request: HttpRequest, slug: str) -> HttpResponse:
    decision, user = decision_for(request, slug), reader(request)
    if done := made_already(request, decision):
        return redirect("decision_signed", done.slug)
    can_look_to_decide(user, decision).or_refuse_page(decision)
    if request.method == "POST" and not can_decide(user, decision):
        return _refuse(request, decision)
    if has_restricted_row(decision):
        open_part_2(decision=decision, by=user)  # its sums stand in the form
    sheet = Sheet(request, decision, decision.prepared.filter(person=user).first())
    step = request.POST.get("step", "")
    if step == "review" and sheet.is_prejudiced:
        return _offer_to_stand_aside(request, sheet)
    if step not in {"review", "sign", "prepare"} or not sheet.holds(user):
        return _ask(request, sheet)
    digest = decision_digest(**sheet.facts())
    form, notice = second_factor(request, ACT_NAME, digest)
    if step == "prepare" and is_as_shown(request, digest):
        return _prepare(request, sheet, digest)
    if form.is_bound and form.is_valid():
        try:
            key = sheet.words.cleaned_data["form_key"]
            decide(**sheet.facts(), proof=form.proof, form_key=key, by=user)
        except Refused as refusal:
            form.add_error(None, signed_first(decision) or str(refusal))
        else:
            return redirect("decision_signed", decision.slug)
    notice = CHANGED if step == "prepare" else notice
    return _review(request, sheet, form, notice=notice, digest=digest)


def _refuse(request: HttpRequest, decision: Decision) -> HttpResponse:
    """Let the act refuse who may look but not decide, so that the attempt is on the ledger."""
    sheet = Sheet(request, decision)
    try:
        decide(decision=decision, outcomes=[], interests="", by=reader(request))
    except Refused as refusal:
        for form in sheet.forms:
            hush(form)
        sheet.words.add_error(None, str(refusal))
    return _ask(request, sheet)


def _ask(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    context = before_deciding(sheet.decision, reader(request))
    drawn = {card["id"]: card for card in context["cards"]}
    context |= {
        "form": sheet.words,
        "form_list": sheet.forms,
        "rows": [(form, drawn.get(form.recommendation.pk)) for form in sheet.outcomes],
        "kept": offer_page(request),
        "overtaken": changed_since(sheet.decision, sheet.words),
    }
    return render(request, "decisions/decision_decide.html", context)


def _review(
    request: HttpRequest, sheet: Sheet, form: StepUpForm, *, notice: str, digest: str
) -> HttpResponse:
    decision, facts, user = sheet.decision, sheet.facts(), reader(request)
    decided, earlier = amended(decision, facts["outcomes"])
    context = {
        "decision": decision,
        "form": form,
        "offer": form.offer,
        "facts": shown(facts),
        "supersedes": superseded_by_signing(decision, user),
        "effect": effect_of(
            decision,
            user,
            with_part_2=has_restricted_row(decision),
            outcomes=facts["outcomes"],
        ),
        "caps": caps_of(user, decided, authority_found(user, decided, earlier)[0]),
        "notice": notice,
        "carried": carried_as_shown(request, digest),
    }
    return render(request, "decisions/decision_review.html", context)


def _prepare(request: HttpRequest, sheet: Sheet, digest: str) -> HttpResponse:
    """Keep what was reviewed, to be signed in a batch."""
    try:
        prepare_decision(**sheet.facts(), shown=digest, by=reader(request))
    except Refused as refusal:
        sheet.words.add_error(None, str(refusal))
        return _ask(request, sheet)
    reference = sheet.decision.reference
    messages.success(request, f"{reference} is prepared. Nothing is signed yet: sign it here.")
    return redirect("box")


def _offer_to_stand_aside(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """Show the page to stand aside on, with the words of the interest that were typed."""
    words = request.POST.get("interests", "")
    form = StandAsideForm(initial={"words": words})
    return _stand_aside_page(request, sheet.decision, form)


@login_required
def decision_stand_aside(request: HttpRequest, slug: str) -> HttpResponse:
    """Stand aside from a paper because of a prejudicial interest, for good."""
    decision, user = decision_for(request, slug), reader(request)
    if done := made_already(request, decision):
        return redirect("decision_detail", done.slug)
    can_stand_aside(user, decision).or_refuse_page(decision)
    form = StandAsideForm(request.POST or None)
    return _stand_aside_page(request, decision, form)


def _stand_aside_page(
    request: HttpRequest, decision: Decision, form: StandAsideForm
) -> HttpResponse:
    user: User = reader(request)
    names = [each.name for each in others_once_aside(user, decision)]
    page = FormPage(
        f"Stand aside: {decision.reference}",
        decision,
        label="Stand aside",
        back=reverse("decision_detail", args=[decision.slug]),
        lead=f"The paper then waits for {' or '.join(names)}." if names else _who_helps(decision),
        warning="Whoever stands aside from a paper never approves it, now or later.",
        done=f"You stood aside from {decision.reference}.",
        is_grave=True,
        template="decisions/stand_aside.html",
    )

    def act(typed: dict[str, Any]) -> None:
        stand_aside(decision=decision, by=user, **typed)

    return answer(request, form, page, act)


def _who_helps(decision: Decision) -> str:
    """Say what it takes where nobody is left to endorse or decide a paper: no deputy."""
    stage = decision.with_stage
    if decision.status == Status.WITH_CHIEF_EXECUTIVE and stage:
        office = Role(stage.role).label.lower()
        return (
            "Nobody else can endorse it today, and no deputy of yours can. It then waits until an"
            f" administrator gives somebody else the role of {office} in their own right."
        )
    office = Role(decision.series.decision_maker_role).label.lower()
    return (
        "Nobody else can decide it today, and no deputy of yours can. It then waits until somebody"
        f" else holds the role of {office}, and a delegation, in their own right."
    )


@login_required
def decision_signed(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the decision is signed, with its document."""
    decision = decision_for(request, slug)
    if not decision.is_decided or decision.is_from_elsewhere:
        return redirect("decision_detail", decision.slug)
    last = decision.approvals.filter(stage=Stage.DECISION).order_by("-sitting").first()
    outcomes = last.outcomes.select_related("recommendation") if last else None
    context = {
        "decision": decision,
        "outcomes": outcomes and outcomes.filter(in_part_1("recommendation__")),
        "document": decision.documents.public().latest_first().first(),
    }
    return render(request, "decisions/decision_signed.html", context)
