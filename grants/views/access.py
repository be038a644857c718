"""Who reaches the money pages, and finding what a page is about."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header

from accounts.models import User
from decisions.models import FormPost
from grants.models import (
    Allocation,
    ApprovalLimit,
    Award,
    BidEnd,
    Claim,
    ExpenditureStatement,
    MonthClosing,
    Plan,
    Proposal,
    Reconciliation,
    Reservation,
    SapCode,
    SapExport,
    SapMatch,
    SpendingImport,
    SpendingLine,
    Variation,
    Waiver,
)
from grants.permissions import can_view_grants
from grants.views.crumbs import (
    place_of,
    place_of_award,
    place_of_claim,
    place_of_expenditure,
    place_of_import,
    place_of_line,
    place_of_match,
    place_of_money,
    place_of_month,
    place_of_months_of,
    place_of_proposal,
    place_of_reconciling,
    place_of_reservation,
    place_of_statement,
    place_of_waiver,
)

SENT_BEFORE = (
    "This form was sent before, and this is what it recorded: nothing was recorded a second time. "
    "To record another item, open the form again."
)

PLACES: dict[str, tuple[type[Model], Callable[[Any], str]]] = {
    "grants.allocation": (Allocation, place_of),
    "grants.spendingline": (SpendingLine, place_of_line),
    "grants.award": (Award, lambda award: place_of_award(award.figure_id)),
    "grants.spendingimport": (SpendingImport, place_of_import),
    "grants.sapcode": (SapCode, lambda _code: reverse("sap_codes")),
    "grants.claim": (Claim, place_of_claim),
    "grants.expenditurestatement": (ExpenditureStatement, place_of_expenditure),
    "grants.monthclosing": (MonthClosing, lambda closing: place_of_month(closing.month)),
    "grants.plan": (Plan, lambda plan: place_of_months_of(plan.allocation)),
    "grants.proposal": (Proposal, place_of_proposal),
    "grants.reservation": (Reservation, place_of_reservation),
    "grants.waiver": (Waiver, place_of_waiver),
    "grants.approvallimit": (ApprovalLimit, lambda _limit: reverse("approval_limit")),
    "grants.sapexport": (SapExport, lambda export: place_of_reconciling(export.month)),
    "grants.sapmatch": (SapMatch, place_of_match),
    "grants.reconciliation": (Reconciliation, place_of_statement),
    "grants.bidend": (BidEnd, lambda end: place_of_money(end.outcome.recommendation)),
    "grants.variation": (
        Variation,
        lambda variation: place_of_money(variation.varying.outcome.recommendation),
    ),
}

View = Callable[..., HttpResponseBase]


def money_page(view: View) -> View:
    """Open a page to those who may see the money; tell others why not."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        can_view_grants(reader(request)).or_refuse_page()
        made = made_already(request) if request.method == "POST" else None
        if made is None:
            return view(request, *args, **kwargs)
        messages.info(request, SENT_BEFORE)
        return redirect(made)

    return login_required(guarded)


def made_already(request: HttpRequest) -> str | None:
    """Return where what this very form made is shown, when the form is sent once more.

    A button pressed twice, or a page gone back to: by now the act may be refused, but it is done,
    and nobody did anything wrong.
    """
    try:
        key = UUID(request.POST.get("form_key", ""))
    except ValueError:
        return None
    if line := SpendingLine.objects.filter(key=key).first():
        return place_of_line(line)
    post = FormPost.objects.filter(key=key, made__in=PLACES).first()
    if post is None:
        return None
    model, place = PLACES[post.made]
    row = model._default_manager.filter(pk=post.made_id).first()
    return place(row) if row else None


def reader(request: HttpRequest) -> User:
    """Return the person signed in; only for pages that require sign-in."""
    return cast("User", request.user)


def allocation_for(slug: str) -> Allocation:
    """Return the allocation of a slug ("pcd-726-2") with its balances; 404 when there is none."""
    found = Allocation.objects.with_parties().with_balances().with_slug(slug).first()
    if found is None:
        raise Http404
    return found


def line_for(pk: int) -> SpendingLine:
    """Return a spending line; 404 when there is none."""
    return get_object_or_404(SpendingLine.objects.with_parties(), pk=pk)


def saved(data: bytes, file_name: str) -> HttpResponse:
    """Return a kept file to be saved, never opened in the page."""
    name = content_disposition_header(as_attachment=True, filename=file_name)
    headers = {"Content-Disposition": name or "attachment", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type="application/octet-stream", headers=headers)
