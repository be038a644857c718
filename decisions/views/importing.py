"""The page *Import a decision*: read a public page, correct what was understood, keep it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts.models import User
from audit.refusals import Refused
from decisions.actions.importing import (
    Imported,
    create_draft_from_import,
    decision_with,
    record_published,
)
from decisions.forms.importing import DRAFT, PUBLISHED, Correction, SourceForm
from decisions.importers.reader import read_text, text_of
from decisions.importers.source import UnreadableSourceError
from decisions.permissions import can_draft, can_record_published, can_view
from decisions.views.access import reader


@login_required
def decision_import(request: HttpRequest) -> HttpResponse:
    """Show the form for the source, then what was understood beside it, then keep it."""
    user = reader(request)
    can_record_published(user).or_refuse_page()
    if request.method == "POST" and "keep" in request.POST:
        return _keep(request, user)
    is_sent = request.method == "POST"
    form = SourceForm(request.POST, request.FILES) if is_sent else SourceForm()
    source = _source(form) if form.is_valid() else None
    if source is not None:
        return _review(request, user, source)
    return render(request, "decisions/import.html", {"form": form})


def _choices(user: User) -> list[str]:
    """How this person may keep a paper; a draft first where both are allowed."""
    return [DRAFT, PUBLISHED] if can_draft(user) else [PUBLISHED]


def _source(form: SourceForm) -> str | None:
    """The text to read; None when the file is no text, which the form then says."""
    file = form.cleaned_data["file"]
    if file is None:
        return str(form.cleaned_data["text"])
    try:
        return text_of(file.read())
    except UnreadableSourceError as problem:
        form.add_error("file", str(problem))
        return None


def _review(
    request: HttpRequest, user: User, source: str, correction: Correction | None = None
) -> HttpResponse:
    """Show the source and what was understood side by side."""
    paper = read_text(source)
    correction = correction or Correction(choices=_choices(user), paper=paper, source=source)
    held = decision_with(paper.reference)
    context = {
        "source": source,
        "warnings": paper.warnings,
        "correction": correction,
        "form": correction.paper,
        "held": held if held and can_view(user, held) else None,
    }
    return render(request, "decisions/import_review.html", context)


def _keep(request: HttpRequest, user: User) -> HttpResponse:
    """Keep the paper as corrected, or show it again with what is wrong."""
    correction = Correction(data=request.POST, choices=_choices(user))
    if correction.is_valid():
        try:
            return _kept(request, correction, user)
        except Refused as refusal:
            correction.paper.add_error(None, str(refusal))
    return _review(request, user, request.POST.get("source", ""), correction)


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
