"""Text that is not saved: kept while it is typed, listed, read again by its writer, discarded."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from audit.words import clock_time
from decisions.actions.working_text import (
    BUTTONS,
    CARRIED,
    NEVER,
    Kept,
    drop_text,
    holds_words,
    is_own_address,
    keep_text,
    texts_kept,
)
from decisions.models import Decision
from decisions.permissions import can_read_part_2
from decisions.views.access import is_inside, reader, record_reading
from decisions.views.cards import content_of
from decisions.views.kept import filled_in
from decisions.views.removed import Removed, put_anew, removed_from

NOT_WORDS = NEVER | BUTTONS | CARRIED | {"part", "exemption"}
PAGES = {
    "allocation_amend": "amend the allocation",
    "allocation_new": "allocate",
    "awaiting_new": "record as awaiting authority",
    "decision_advise": "advice",
    "decision_decide": "decision",
    "decision_import": "import a decision",
    "decision_new": "new paper",
    "decision_words": "title and summary",
    "line_amend": "amend a line",
    "line_new": "record spending",
    "warning_answer": "answer to a warning",
}


@require_POST
def working_text(request: HttpRequest) -> JsonResponse:
    """Keep what a script sends of a form while it is being filled in; say when, or why not."""
    if not isinstance(request.user, User):
        return JsonResponse({"why": "signed out"}, status=401)
    address = request.POST.get("address", "")
    fields = {name: values for name, values in request.POST.lists() if name != "address"}
    if _place(address) is None:
        return JsonResponse({"why": "no such page"}, status=400)
    kept = keep_text(address=address, fields=fields, by=request.user)
    if kept is None and not holds_words(fields):
        return JsonResponse({"at": ""})
    if kept is None:
        return JsonResponse({"why": "too long"}, status=413)
    return JsonResponse({"at": clock_time(kept.kept_at)})


@login_required
@require_POST
def working_text_discard(request: HttpRequest) -> HttpResponse:
    """Forget what is kept of a form, and go back to it."""
    address = request.POST.get("address", "")
    drop_text(address=address, by=reader(request))
    messages.success(request, "Discarded.")
    is_of_form = "list" not in request.POST and _place(address) is not None
    return redirect(address if is_of_form else reverse("working_text_list"))


@login_required
@require_safe
def working_text_list(request: HttpRequest) -> HttpResponse:
    """List the reader's own text that is not saved, by where it was typed."""
    rows = [
        {"kept": kept, "where": _where(kept), "use": filled_in(kept.address)}
        for kept in texts_kept(reader(request))
    ]
    return render(request, "decisions/working_text_list.html", {"rows": rows})


@login_required
@require_safe
def working_text_detail(request: HttpRequest, n: int) -> HttpResponse:
    """Show one text to its writer, to be copied where its form is gone.

    It may be restricted: it is shown while its writer may see the paper, and where that has a
    Part 2, as a recorded reading of it.
    """
    user = reader(request)
    kept = _own(user, n)
    removed = _open(request, kept, user)
    context = {"text": kept, "where": _where(kept), "words": _words(kept), "removed": removed}
    return render(request, "decisions/working_text_detail.html", context)


@login_required
@require_POST
def working_text_anew(request: HttpRequest, n: int) -> HttpResponse:
    """Carry text whose place was removed to the page that adds such a one anew."""
    user = reader(request)
    kept = _own(user, n)
    removed = _open(request, kept, user)
    if removed is None or not removed.anew:
        raise Http404
    put_anew(kept, removed, user)
    return redirect(filled_in(removed.anew))


def _own(user: User, n: int) -> Kept:
    kept = next((each for each in texts_kept(user) if each.number == n), None)
    if kept is None:
        raise Http404
    return kept


def _open(request: HttpRequest, kept: Kept, user: User) -> Removed | None:
    """Let the writer read a text, or answer 404; return what became of what it was written for."""
    match = _place(kept.address)
    slug = match.kwargs.get("slug", "") if match else ""
    if not slug or match is None or match.route.startswith("grants/"):
        return None
    rows = Decision.objects.visible_to(user)
    decision = rows.with_slug(slug).first() or rows.once_draft(slug).first()
    if decision is None or not is_inside(request):
        raise Http404
    if content_of(decision)["publication"]["has_part_2"]:
        if not can_read_part_2(user, decision):
            raise Http404
        record_reading(decision, user)
    return removed_from(decision, match)


def _place(address: str) -> ResolverMatch | None:
    """Return the page of the register that an address leads to; None for any other."""
    if not is_own_address(address):
        return None
    try:
        return resolve(urlsplit(address).path)
    except Resolver404:
        return None


def _where(kept: Kept) -> str:
    """Return what a text was written for: the page, and the paper or allocation it is about."""
    match = _place(kept.address)
    name = (match.url_name or "") if match else ""
    slug = str(match.kwargs.get("slug", "")) if match else ""
    own = PAGES.get(name) or name.removesuffix("_edit").removesuffix("_new").replace("_", " ")
    of = slug.replace("-", " ")
    of = of.capitalize() if of.startswith("draft") else of.upper()
    return f"{own.capitalize()}, {of}" if of else own.capitalize()


def _words(kept: Kept) -> list[tuple[str, str]]:
    """Return what was typed, by the names of the fields."""
    return [
        (name.rpartition("-")[2].replace("_", " ").capitalize(), value)
        for name, values in kept.fields.lists()
        for value in values
        if value.strip() and name not in NOT_WORDS and not name.endswith("_FORMS")
    ]
