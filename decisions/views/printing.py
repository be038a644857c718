"""Drafts on paper: the paper as it stands, marked as a draft on every page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from audit import clock
from audit.refusals import Refused
from decisions.actions.contents import issuer
from decisions.documents.draft import print_draft
from decisions.documents.paper import Paper
from decisions.models import Content, Decision, latest_version, read_content
from decisions.views import cards
from decisions.views.access import decision_for, reader, record_reading
from decisions.workflow import OPEN, Status

PRINTED = (*OPEN, Status.AWAITING_DECISION)


@never_cache
@login_required
def decision_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Print Part 1 of a paper that is not decided yet."""
    decision = _undecided(request, slug)
    return _printed(request, decision, cards.content_of(decision), restricted=False)


@never_cache
@login_required
def decision_restricted_draft(request: HttpRequest, slug: str) -> HttpResponse:
    """Print the whole paper for those who may read Part 2; the reading is recorded first."""
    decision = _undecided(request, slug)
    content = cards.content_of(decision)
    if not content["publication"]["has_part_2"]:
        raise Http404
    record_reading(decision, reader(request))
    return _printed(request, decision, content, restricted=True)


def is_printed(decision: Decision) -> bool:
    """Return whether a paper is one that is printed as a draft."""
    return decision.status in PRINTED


def _undecided(request: HttpRequest, slug: str) -> Decision:
    decision = decision_for(request, slug)
    if not is_printed(decision):
        raise Http404
    return decision


def _printed(
    request: HttpRequest, decision: Decision, content: Content, *, restricted: bool
) -> HttpResponse:
    try:
        pdf = print_draft(
            Paper.read(content),
            issuer(),
            version=_version(decision, content),
            at=clock.now(),
            by=reader(request).name,
            restricted=restricted,
            on_paper=decision.is_signed_on_paper,
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("decision_detail", decision.slug)
    name = f"{decision.slug}-draft{'-restricted' if restricted else ''}.pdf"
    headers = {
        "Content-Disposition": f'inline; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _version(decision: Decision, content: Content) -> str:
    """Return which version a content is, in words."""
    latest = latest_version(decision)
    if latest is None:
        return "not submitted"
    is_it = read_content(latest) == content
    return f"version {latest.n}" if is_it else f"changed since version {latest.n}"
