"""Signing several prepared decisions with one second factor, each in an act of its own."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.forms import StepUpForm
from accounts.models import Role, User
from accounts.permissions import held
from audit.refusals import Refused
from decisions.actions.batches import (
    SIGN_BATCH,
    batch_digest,
    confirm_batch,
    give_up_prepared,
    prepared_facts,
)
from decisions.actions.deciding import decide
from decisions.actions.reading import open_part_2
from decisions.forms.boxes import BatchForm
from decisions.models import Batch, FormPost, PreparedDecision
from decisions.views.access import of_decision, reader
from decisions.views.answering import act_and_return, carried, in_turn
from decisions.views.before_deciding import has_restricted_row
from decisions.views.overtaken import signed_first
from decisions.views.sheet import shown

CHANGED = (
    "Something in this batch has changed since you read it. Read it again below, then enter a "
    "new code."
)


@login_required
def batch_sign(request: HttpRequest) -> HttpResponse:
    """Choose what to sign and name the batch; read all of it; sign it with one second factor."""
    user = reader(request)
    held(user, Role.DECISION_MAKER, Role.CHIEF_EXECUTIVE).or_refuse_page()
    with in_turn(request):
        return _sign(request, user)


def _sign(request: HttpRequest, user: User) -> HttpResponse:
    own = PreparedDecision.objects.filter(person=user).select_related("decision__series")
    form = BatchForm(request.POST or None, prepared=own)
    if done := _confirmed(form, user):
        return redirect("batch_signed", done.pk)
    step = request.POST.get("step", "")
    if step not in {"review", "sign"} or not form.is_valid():
        return render(request, "decisions/batch_choose.html", {"form": form, "own": own})
    chosen, name = list(form.cleaned_data["prepared"]), form.cleaned_data["name"]
    try:
        digest = batch_digest(name=name, prepared=chosen)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return render(request, "decisions/batch_choose.html", {"form": form, "own": own})
    for each in chosen:
        if has_restricted_row(each.decision):
            open_part_2(decision=each.decision, by=user)
    is_same = request.POST.get("shown") == digest
    data = request.POST if step == "sign" and is_same else None
    factor = StepUpForm(data, request=request, act_name=SIGN_BATCH, digest=digest)
    if factor.is_bound and factor.is_valid():
        try:
            key = form.cleaned_data["form_key"]
            batch = confirm_batch(
                name=name, prepared=chosen, proof=factor.proof, form_key=key, by=user
            )
        except Refused as refusal:
            factor.add_error(None, str(refusal))
        else:
            return _sign_each(request, batch, chosen)
    notice = CHANGED if step == "sign" and not is_same else ""
    context = {
        "name": name,
        "rows": [(each.decision, shown(prepared_facts(each))) for each in chosen],
        "form": factor,
        "offer": factor.offer,
        "notice": notice,
        "carried": [*(each for each in carried(request) if each[0] != "shown"), ("shown", digest)],
    }
    return render(request, "decisions/batch_review.html", context)


def _confirmed(form: BatchForm, user: User) -> Batch | None:
    """Return the batch that this very form confirmed before, when it is sent once more."""
    form.is_valid()
    key = form.cleaned_data.get("form_key") if form.is_bound else None
    post = key and FormPost.objects.filter(key=key, made="decisions.batch").first()
    return Batch.objects.filter(pk=post.made_id, person=user).first() if post else None


def _sign_each(
    request: HttpRequest, batch: Batch, chosen: Sequence[PreparedDecision]
) -> HttpResponse:
    """Sign each paper in its own act; one that is refused leaves the others as they are."""
    user = reader(request)
    items = {item.decision_id: item for item in batch.items.all()}
    refused: dict[str, str] = {}
    for each in chosen:
        try:
            decide(**prepared_facts(each), item=items[each.decision_id], by=user)
        except Refused as refusal:
            refused[each.decision.reference] = signed_first(each.decision) or str(refusal)
    request.session["batch_refused"] = refused
    return redirect("batch_signed", batch.pk)


@login_required
def batch_signed(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what of a batch was signed, with the documents, and what was not and why."""
    user = reader(request)
    batch = of_decision(Batch.objects.filter(person=user), pk)
    refused = request.session.get("batch_refused", {})
    rows: list[dict[str, Any]] = []
    for item in batch.items.select_related("decision__series", "use__approval"):
        use = getattr(item, "use", None)
        document = use.approval.documents.public().first() if use else None
        why = "" if use else refused.get(item.decision.reference, "It was not signed.")
        rows.append({"decision": item.decision, "document": document, "why_not": why})
    return render(request, "decisions/batch_signed.html", {"batch": batch, "rows": rows})


@login_required
def prepared_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Give up a prepared decision of one's own."""
    user = reader(request)
    prepared = of_decision(PreparedDecision.objects.filter(person=user), pk)
    if request.method != "POST":
        return redirect("box")
    done = f"The decision prepared on {prepared.decision.reference} is given up."
    return act_and_return(
        request, "/box/", lambda: give_up_prepared(prepared=prepared, by=user), done
    )
