"""Finding the decision that a page is about, for the reader who asks."""

from typing import TypeVar, cast

from django.db import models
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from accounts.permissions import Permission, may
from accounts.refusals import NotPermitted
from decisions.actions.reading import open_part_2
from decisions.models import Decision, SignedDocument

Row = TypeVar("Row", bound=models.Model)


def reader(request: HttpRequest) -> User:
    """Return the person signed in; only for views that require sign-in."""
    return cast("User", request.user)


def is_inside(request: HttpRequest) -> bool:
    """Return whether the reader holds an office here; others see what the public sees."""
    return bool(may(request.user, Permission.VIEW_DECISIONS))


def inside_only(request: HttpRequest) -> None:
    """404 to who holds no office here."""
    if not is_inside(request):
        raise Http404


def decision_for(request: HttpRequest, slug: str) -> Decision:
    """Return the decision of a slug that the reader works with; 404 otherwise, whatever the reason.

    Its pages hold advice and reasons that are never published, so they are for offices alone.
    """
    inside_only(request)
    return visible_decision(request, slug)


def visible_decision(request: HttpRequest, slug: str) -> Decision:
    """Return the decision of a slug whose Part 1 the reader may see; 404 otherwise."""
    rows = Decision.objects.with_names().visible_to(request.user)
    found = rows.with_slug(slug).first()
    if found is None and slug.startswith("draft-"):
        found = rows.once_draft(slug).first()
    if found is None:
        raise Http404
    return found


def record_reading(decision: Decision, by: User, document: SignedDocument | None = None) -> None:
    """Write down that Part 2 is read, before it is shown; 404 to those who may not.

    What is refused is on the ledger too; to its reader there is no such page.
    """
    try:
        open_part_2(decision=decision, document=document, by=by)
    except NotPermitted:
        raise Http404 from None


def of_decision(rows: "models.Manager[Row] | models.QuerySet[Row]", pk: int) -> Row:
    """Return one of the decision's rows; 404 when it belongs to another, or is gone."""
    return get_object_or_404(rows.all(), pk=pk)
