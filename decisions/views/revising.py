"""Corrections and releases: proposed on one page, confirmed by somebody else on another."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from audit.refusals import Refused
from decisions.actions import (
    CONFIRM,
    Spot,
    becoming_public,
    confirm_revision,
    decline_revision,
    propose_correction,
    propose_release,
    releasable,
    revision_digest,
    spots_of,
    words_released,
)
from decisions.forms.afterwards import CorrectionForm, PlacesForm, ReleaseForm
from decisions.forms.steps import ReasonForm, StepForm
from decisions.models import Decision, Part, Revision
from decisions.permissions import can_read_part_2
from decisions.permissions_afterwards import (
    can_answer_revision,
    can_correct,
    can_decline_revision,
    can_release,
)
from decisions.views.access import decision_for, reader, record_reading
from decisions.views.answering import FormPage, answer, in_turn, made_already
from decisions.views.overtaken import carried_as_shown, second_factor
from decisions.wording.word_changes import word_changes

CORRECT = (
    "A correction puts right a slip of the pen: a misspelt or doubled word, a comma, a capital. It "
    "changes no sum, no date, no outcome and no party, and nothing beside a number; a new decision "
    "that varies or supersedes this one does. Somebody with the power to decide confirms it. The "
    "signed document stays, and a new one says what changed."
)
RELEASE = (
    "What is released goes into Part 1, for anyone to read once the decision is published. Another "
    "person confirms it. The restricted document stays as it is."
)


@login_required
def decision_correct(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose what needs correcting, then put other words in its place."""
    decision, user = decision_for(request, slug), reader(request)
    allowed = can_correct(user, decision)
    if done := made_already(request, decision):
        return redirect("decision_detail", done.slug)
    allowed.or_refuse_page(decision)
    spots = _readable(decision, request)
    wanted = request.POST.getlist("place") or request.GET.getlist("place")
    chosen = [spot for spot in spots if spot.key in wanted]
    back = reverse("decision_detail", args=[decision.slug])
    title = f"Correct {decision.reference}"
    if not chosen:
        form = PlacesForm(request.GET if "go" in request.GET else None, spots=spots)
        page = FormPage(title, decision, label="Continue", back=back, lead=CORRECT)
        context = {"form": form, "page": page, "decision": decision}
        return render(request, "decisions/revision_places.html", context)

    def propose(typed: dict[str, Any]) -> str:
        revision = propose_correction(
            decision=decision,
            words=words.changed_words(),
            reason=typed["reason"],
            withholds=typed["withholds"],
            form_key=typed["form_key"],
            by=user,
        )
        return _place(revision)

    is_down = decision.date_published is not None and not decision.is_published
    words = CorrectionForm(request.POST or None, spots=chosen, initial={"withholds": is_down})
    page = FormPage(
        title,
        decision,
        label="Propose the correction",
        back=back,
        lead=CORRECT,
        done="Proposed. It waits for somebody with the power to decide.",
        template="decisions/revision_form.html",
        context={"chosen": chosen},
    )
    return answer(request, words, page, propose)


def _readable(decision: Decision, request: HttpRequest) -> list[Spot]:
    """Return the places that the reader may see; where any lies in Part 2, that is a reading."""
    spots = spots_of(decision)
    user = reader(request)
    if not any(spot.part == Part.PART_2 for spot in spots):
        return spots
    if not can_read_part_2(user, decision):
        return [spot for spot in spots if spot.part == Part.PART_1]
    record_reading(decision, user)
    return spots


@login_required
def decision_release(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose what leaves Part 2, and say on what ground."""
    decision, user = decision_for(request, slug), reader(request)
    allowed = can_release(user, decision)
    if done := made_already(request, decision):
        return redirect("decision_detail", done.slug)
    allowed.or_refuse_page(decision)
    spots = releasable(decision)
    if spots:
        record_reading(decision, user)
    form = ReleaseForm(request.POST or None, spots=spots, words=_words(decision, spots))
    page = FormPage(
        f"Release out of Part 2: {decision.reference}",
        decision,
        label="Propose the release",
        back=reverse("decision_detail", args=[decision.slug]),
        lead=RELEASE if spots else "Nothing of this decision lies in Part 2.",
        done="Proposed. It waits for another person.",
    )

    def propose(typed: dict[str, Any]) -> str:
        return _place(propose_release(decision=decision, by=user, **typed))

    return answer(request, form, page, propose)


def _words(decision: Decision, spots: list[Spot]) -> dict[str, str]:
    """Return for each place all the words that become public with it, the others with theirs."""
    return {
        spot.key: "Becomes public: "
        + "; ".join(
            one.words if one.where == spot.where else f"{one.where}: {one.words}"
            for one in becoming_public(decision, [spot.key])
        )
        for spot in spots
    }


def _place(revision: Revision) -> str:
    return reverse("revision_detail", args=[revision.decision.slug, revision.n])


def _revision(decision: Decision, n: int) -> Revision:
    rows = decision.revisions.select_related("proposed_by", "answer__answered_by")
    revision = get_object_or_404(rows, n=n)
    revision.decision = decision
    return revision


@login_required
def revision_detail(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """Show what a correction or a release changes; whoever may, confirms it here."""
    with in_turn(request):
        return _revision_detail(request, slug, n)


def _revision_detail(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    decision, user = decision_for(request, slug), reader(request)
    if done := made_already(request, decision):
        return redirect("decision_detail", done.slug)
    revision = _revision(decision, n)
    allowed = can_answer_revision(user, revision)
    items = _items(request, revision)
    form = key = None
    notice = ""
    digest = revision_digest(revision=revision)
    if allowed:
        key = StepForm(request.POST or None)
        form, notice = second_factor(request, CONFIRM, digest)
        if form.is_bound and key.is_valid() and form.is_valid():
            try:
                form_key = key.cleaned_data["form_key"]
                confirm_revision(revision=revision, proof=form.proof, form_key=form_key, by=user)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Confirmed. The new document is issued.")
                return redirect("decision_detail", decision.slug)
    context = {
        "decision": decision,
        "revision": revision,
        "items": items,
        "changed": _changed(revision, items),
        "allowed": allowed,
        "can_decline": can_decline_revision(user, revision),
        "form": form,
        "offer": form.offer if form else None,
        "notice": notice,
        "carried": [*_new_key(request, key), *carried_as_shown(request, digest)],
    }
    return render(request, "decisions/revision_detail.html", context)


def _new_key(request: HttpRequest, form: StepForm | None) -> list[tuple[str, str]]:
    return [] if form is None or request.POST else [("form_key", str(form["form_key"].value()))]


def _items(request: HttpRequest, revision: Revision) -> list[Any]:
    """Return the places with their words; those of Part 2 only to whoever may read it."""
    items = list(revision.items.all())
    if all(item.part == Part.PART_1 for item in items):
        return items
    user = reader(request)
    if can_read_part_2(user, revision.decision):
        record_reading(revision.decision, user)
        return items
    return [item for item in items if item.part == Part.PART_1]


def _changed(revision: Revision, items: list[Any]) -> list[tuple[Any, Any]]:
    """Return the places with what changes: word by word, or the very words a release opens."""
    if revision.is_correction:
        return [(item, word_changes(item.old, item.new)) for item in items]
    return list(_released(revision, items))


def _released(revision: Revision, items: list[Any]) -> list[tuple[Any, str]]:
    """Return what a release makes public, each with its very words."""
    if getattr(revision, "answer", None) is not None:
        return [(item, "") for item in items]
    words = words_released(revision)
    return [(item, words.get(f"{item.place}-{item.row}", "")) for item in items]


@login_required
def revision_decline(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """Decline a correction or a release, with a reason."""
    decision, user = decision_for(request, slug), reader(request)
    if done := made_already(request, decision):
        return redirect("decision_detail", done.slug)
    revision = _revision(decision, n)
    if getattr(revision, "answer", None) is not None:
        raise Http404
    can_decline_revision(user, revision).or_refuse_page(decision)
    page = FormPage(
        f"Decline: {revision.title}",
        decision,
        label="Decline",
        back=_place(revision),
        lead="Nothing changes. The reason is kept with the proposal.",
        done="Declined.",
        is_grave=True,
    )

    def decline(typed: dict[str, Any]) -> str:
        decline_revision(revision=revision, by=user, **typed)
        return reverse("decision_detail", args=[decision.slug])

    return answer(request, ReasonForm(request.POST or None), page, decline)
