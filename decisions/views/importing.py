"""The page *Import a decision*: read a public page, correct what was understood, keep it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts.models import User
from audit.refusals import Refused
from decisions.actions.importing import (
    Imported,
    create_draft_from_import,
    decision_with,
    record_published,
)
from decisions.forms.deciding import hush
from decisions.forms.importing import (
    DRAFT,
    LONGEST_PASTE,
    PUBLISHED,
    TOO_LONG,
    Correction,
    SourceForm,
)
from decisions.imported_paper import ImportedPaper, Received
from decisions.importers.doubts import one_by_code
from decisions.importers.omissions import omitted
from decisions.importers.package import is_zip
from decisions.importers.reader import read_text, text_of
from decisions.importers.source import UnreadableSourceError
from decisions.importers.word import received_from_docx, received_from_markup
from decisions.permissions import can_draft, can_view
from decisions.permissions_afterwards import can_record_published
from decisions.views.access import reader
from decisions.views.kept import asked_for, fill, offer_page


@login_required
def decision_import(request: HttpRequest) -> HttpResponse:
    """Show the form for the source, then what was understood beside it, then keep it."""
    user = reader(request)
    can_record_published(user).or_refuse_page()
    if request.method == "POST" and "keep" in request.POST:
        return _keep(request, user)
    is_sent = request.method == "POST"
    form = SourceForm(request.POST, request.FILES) if is_sent else SourceForm()
    received = _received(form) if form.is_valid() else None
    if received is not None:
        return _review(request, user, received)
    if (kept := asked_for(request)) and "source" in kept.fields:
        return _again(request, user, kept.fields)
    context = {"form": form, "kept": offer_page(request)}
    if kept:
        fill(form, kept.fields)
    return render(request, "decisions/import.html", context)


def _again(request: HttpRequest, user: User, typed: QueryDict) -> HttpResponse:
    """Show a review as it was left, unsaved."""
    correction = Correction(data=typed, choices=_choices(user))
    for each in correction.parts:
        hush(each)
    return _review(request, user, _source(typed), correction)


def _source(typed: QueryDict) -> Received:
    """Return what a review was made of, which its form carries."""
    return Received(typed.get("source", ""), tuple(typed.get("left_out", "").splitlines()))


def _choices(user: User) -> list[str]:
    """How this person may keep a paper; a draft first where both are allowed."""
    return [DRAFT, PUBLISHED] if can_draft(user) else [PUBLISHED]


def _received(form: SourceForm) -> Received | None:
    """What to read; None when the file cannot be read, which the form then says."""
    file = form.cleaned_data["file"]
    if file is None:
        return _pasted(form.cleaned_data["text"], form.cleaned_data["markup"])
    try:
        data = file.read()
        received = received_from_docx(data) if is_zip(data) else Received(text_of(data))
    except UnreadableSourceError as problem:
        form.add_error("file", str(problem))
        return None
    if len(received.text) > LONGEST_PASTE:
        form.add_error("file", TOO_LONG)
        return None
    return received


def _pasted(text: str, markup: str) -> Received:
    """What was pasted, with its numbers and tables where the clipboard gave them."""
    received = received_from_markup(markup) if markup else Received("")
    return received if 0 < len(received.text) <= LONGEST_PASTE else Received(text)


def _review(
    request: HttpRequest, user: User, received: Received, correction: Correction | None = None
) -> HttpResponse:
    """Show the source and what was understood side by side."""
    source = received.text
    paper = read_text(source)
    correction = correction or Correction(choices=_choices(user), paper=paper, received=received)
    held = decision_with(paper.reference)
    context = {
        "source": source,
        "warnings": one_by_code(paper.warnings, is_draft=_is_draft(user, paper)),
        "left_out": [*omitted(source, paper), *received.left_out],
        "correction": correction,
        "form": correction.paper,
        "held": held if held and can_view(user, held) else None,
        "kept": offer_page(request),
    }
    return render(request, "decisions/import_review.html", context)


def _is_draft(user: User, paper: ImportedPaper) -> bool:
    """Whether a paper is most likely kept as a draft: it says nothing of having been decided."""
    decided = paper.date_signed or paper.date_published or paper.decided_by
    return _choices(user)[0] == DRAFT and not decided


def _keep(request: HttpRequest, user: User) -> HttpResponse:
    """Keep the paper as corrected, or show it again with what is wrong."""
    correction = Correction(data=request.POST, choices=_choices(user))
    if correction.is_valid():
        try:
            return _kept(request, correction, user)
        except Refused as refusal:
            correction.paper.add_error(None, str(refusal))
    return _review(request, user, _source(request.POST), correction)


def _kept(request: HttpRequest, correction: Correction, user: User) -> HttpResponse:
    typed = correction.paper.cleaned_data
    act = create_draft_from_import if typed["kept_as"] == DRAFT else record_published
    imported = act(paper=correction.corrected(), form_key=typed["form_key"], by=user)
    _tell(request, imported)
    name = "decision_edit" if imported.is_new and typed["kept_as"] == DRAFT else "decision_detail"
    return redirect(name, imported.decision.slug)


def _tell(request: HttpRequest, imported: Imported) -> None:
    reference = imported.decision.reference
    if not imported.is_new:
        messages.info(request, f"{reference} is in the register already. Nothing was made anew.")
    elif imported.decision.is_from_elsewhere:
        messages.success(request, f"{reference} was recorded as published elsewhere.")
    else:
        messages.success(request, f"{reference} was imported as a draft.")
