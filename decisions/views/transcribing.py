"""Decisions signed on paper: begun, transcribed from the scan, confirmed beside it."""

from typing import Any

from csp.decorators import csp_replace, csp_update
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from accounts.models import User
from audit.refusals import Refused
from decisions.actions import (
    CONFIRM_TRANSCRIPTION,
    SignedWords,
    begin_paper_record,
    confirm_transcription,
    latest_transcription,
    transcribe,
    transcribed_outcomes,
    transcription_digest,
)
from decisions.actions.outcomes import to_decide
from decisions.documents.files import file_store
from decisions.forms.afterwards import PaperRecordForm, TranscriptionForm, kept
from decisions.forms.deciding import OutcomeForm, hush
from decisions.forms.steps import StepForm
from decisions.models import Decision, Part, Transcription
from decisions.permissions import can_read_part_2
from decisions.permissions_afterwards import (
    can_confirm_transcription,
    can_record_paper,
    can_return_transcription,
    can_transcribe,
)
from decisions.views import cards
from decisions.views.access import decision_for, reader, record_reading
from decisions.views.answering import FormPage, answer, in_turn, made_already
from decisions.views.before_deciding import has_restricted_row
from decisions.views.kept import asked_for
from decisions.views.overtaken import carried_as_shown, second_factor
from decisions.views.sheet import (
    ADD,
    REMOVE,
    outcome_typed,
    outcomes_shown,
    with_other_conditions,
)

BEGIN = (
    "For a decision that was signed outside this register, on paper. Put its words together as "
    "those of any paper, then transcribe what was signed from the scan. Another person confirms it."
)
SIGNED = {"reference", "signed_on", "decided_by", "authority", "scan_part", "delegation"}
SIGNED |= {"interests", "words"}
OWN_FRAMES = {"frame-src": ["'self'"]}


@login_required
def paper_record_new(request: HttpRequest) -> HttpResponse:
    """Begin the record of a decision that was signed on paper."""
    user = reader(request)
    can_record_paper(user).or_refuse_page()
    if done := made_already(request):
        return redirect("decision_edit", done.slug)
    page = FormPage("Record a decision signed on paper", label="Begin", lead=BEGIN)

    def begin(typed: dict[str, Any]) -> str:
        return reverse("decision_edit", args=[begin_paper_record(by=user, **typed).slug])

    return answer(request, PaperRecordForm(request.POST or None), page, begin)


@login_required
def decision_transcribe(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what was signed: the scan, who, when, under what authority, and each outcome."""
    decision, user = decision_for(request, slug), reader(request)
    allowed = can_transcribe(user, decision)
    if done := made_already(request, decision):
        return redirect("decision_detail", done.slug)
    allowed.or_refuse_page(decision)
    if has_restricted_row(decision):
        record_reading(decision, user)
    data: QueryDict | None = request.POST if request.method == "POST" else None
    step = request.POST.get("step", "")
    if typed := asked_for(request):
        data = typed.fields
    is_adding = data is not None and step.startswith((ADD, REMOVE))
    if data is not None and is_adding:
        data = with_other_conditions(data, step)
    outcomes = [OutcomeForm(data, recommendation=row, on_paper=True) for row in to_decide(decision)]
    own = {"reference": _own(decision)}
    form = TranscriptionForm(None if typed else data, request.FILES or None, initial=own)
    page = FormPage(
        f"Transcribe: {decision.reference}",
        decision,
        label="Transcribe",
        back=reverse("decision_detail", args=[decision.slug]),
        done="Transcribed. It waits for another person to confirm it.",
        template="decisions/decision_transcribe.html",
        context={"outcomes": [(each, _card(decision, each)) for each in outcomes]},
    )

    def act(typed: dict[str, Any]) -> str:
        signed = {name: typed[name] for name in SIGNED}
        read = transcribe(
            decision=decision,
            signed=SignedWords(scan=kept(typed["file"]), **signed),
            outcomes=[outcome_typed(each) for each in outcomes],
            form_key=typed["form_key"],
            by=user,
        )
        return reverse("decision_transcription", args=[read.decision.slug])

    if is_adding or typed:
        hush(form)
        for each in outcomes:
            hush(each)
            hush(each.conditions)
    is_ready = not (is_adding or typed) and all([each.is_valid() for each in outcomes])  # noqa: C419 - all errors show
    return answer(request, form, page, act, is_ready=is_ready)


def _own(decision: Decision) -> str:
    return decision.reference if decision.number else f"{decision.series.code} "


def _card(decision: Decision, form: OutcomeForm) -> dict[str, Any]:
    drawn = cards.cards(decision, cards.content_of(decision))
    return next(card for card in drawn if card["id"] == form.recommendation.pk)


@csp_update(OWN_FRAMES)  # type: ignore[untyped-decorator]
@login_required
def decision_transcription(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was transcribed beside the scan; whoever may, confirms it here."""
    with in_turn(request):
        return _transcription(request, slug)


def _transcription(request: HttpRequest, slug: str) -> HttpResponse:
    decision, user = decision_for(request, slug), reader(request)
    read = _read(decision)
    if done := made_already(request, decision):
        return redirect("decision_detail", done.slug)
    may_see = _may_see_all(decision, read, user)
    allowed = can_confirm_transcription(user, decision)
    form = key = None
    notice = ""
    digest = transcription_digest(decision=decision)
    if allowed and may_see:
        key = StepForm(request.POST or None)
        form, notice = second_factor(request, CONFIRM_TRANSCRIPTION, digest)
        if form.is_bound and key.is_valid() and form.is_valid():
            try:
                form_key = key.cleaned_data["form_key"]
                confirm_transcription(
                    decision=decision, proof=form.proof, form_key=form_key, by=user
                )
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "Confirmed. The decision is in force.")
                return redirect("decision_detail", decision.slug)
    context = {
        "decision": decision,
        "read": read,
        "outcomes": _shown(read, may_see=may_see),
        "may_see": may_see,
        "allowed": allowed,
        "can_return": can_return_transcription(user, decision),
        "form": form,
        "offer": form.offer if form else None,
        "notice": notice,
        "carried": [*_new_key(request, key), *carried_as_shown(request, digest)],
    }
    return render(request, "decisions/decision_transcription.html", context)


def _new_key(request: HttpRequest, form: StepForm | None) -> list[tuple[str, str]]:
    return [] if form is None or request.POST else [("form_key", str(form["form_key"].value()))]


def _read(decision: Decision) -> Transcription:
    read = latest_transcription(decision)
    if read is None:
        raise Http404
    read.decision = decision
    return read


def _has_part_2(decision: Decision, read: Transcription) -> bool:
    content = cards.content_of(decision)
    return bool(content["publication"]["has_part_2"]) or read.scan_part == Part.PART_2


def _may_see_all(decision: Decision, read: Transcription, user: User) -> bool:
    """Return whether the reader sees Part 2 of it and the scan; that is a reading, recorded."""
    if not _has_part_2(decision, read):
        return True
    if not can_read_part_2(user, decision):
        return False
    record_reading(decision, user)
    return True


def _shown(read: Transcription, *, may_see: bool) -> list[dict[str, Any]]:
    outcomes = transcribed_outcomes(read)
    shown = outcomes_shown(
        read.decision, outcomes, {}, with_part_2=may_see, signed_on=read.signed_on
    )
    open_numbers = {row["number"] for row in cards.part_1(read.decision)["recommendations"]}
    return [row for row in shown if may_see or row["recommendation"].number in open_numbers]


@never_cache
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": ["'self'"]})  # type: ignore[untyped-decorator]
@login_required
def decision_scan(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the scan of a decision signed on paper; of a restricted one, a recorded reading."""
    decision = decision_for(request, slug)
    read = _read(decision)
    if read.scan_part == Part.PART_2:
        record_reading(decision, reader(request))
    return sent_scan(read)


@never_cache
def register_scan(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the scan of a published decision to anyone, where nothing on it is restricted."""
    published = Decision.objects.published().with_parties().with_slug(slug)
    read = _read(get_object_or_404(published))
    if read.scan_part != Part.PART_1:
        raise Http404
    return sent_scan(read)


def sent_scan(read: Transcription) -> HttpResponse:
    """Return the bytes of a scan, to be shown in the browser."""
    headers = {
        "Content-Disposition": f'inline; filename="{read.scan_name}"',
        "X-Content-Type-Options": "nosniff",
    }
    data = file_store().get(read.scan_sha256)
    return HttpResponse(data, content_type=read.scan_type, headers=headers)
