"""Queues: what goes before others, and what waits for publication and until when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from audit import clock
from decisions.actions.urgency import end_urgency, mark_urgent
from decisions.forms.steps import ReasonForm, StepForm
from decisions.models import Decision
from decisions.permissions import can_mark_urgent
from decisions.views.access import decision_for, inside_only, reader
from decisions.views.answering import FormPage, answer

MOST = 200


@login_required
def decision_urgent(request: HttpRequest, slug: str) -> HttpResponse:
    """Put a paper before others for a reason, or let it wait its turn again."""
    decision, user = decision_for(request, slug), reader(request)
    can_mark_urgent(user, decision).or_refuse_page(decision)
    detail = reverse("decision_detail", args=[decision.slug])
    if decision.is_urgent:
        page = FormPage(
            f"Let {decision.reference} wait its turn",
            decision,
            label="Let it wait its turn",
            back=detail,
            lead=f"It goes before others now: {decision.urgent_reason}",
            done="It waits its turn again.",
        )

        def act(_typed: dict[str, Any]) -> None:
            end_urgency(decision=decision, by=user)

        return answer(request, StepForm(request.POST or None), page, act)
    page = FormPage(
        f"Mark {decision.reference} as urgent",
        decision,
        label="Mark as urgent",
        back=detail,
        lead="It goes before others in every queue. Every check is made all the same.",
        done="Marked as urgent.",
    )

    def mark(typed: dict[str, Any]) -> None:
        mark_urgent(decision=decision, reason=typed["reason"], by=user)

    return answer(request, ReasonForm(request.POST or None), page, mark)


@dataclass(frozen=True)
class Publication:
    """What is signed and not published yet, and by when it is to be.

    `signed` is the day of the signature; of one that is published, that of the further one.
    """

    decision: Decision
    due: date
    signed: date

    @property
    def is_overdue(self) -> bool:
        """Whether its day has passed."""
        return self.due < clock.today()


def awaiting_publication() -> list[Publication]:
    """Return what is signed here and not published, the earliest due first."""
    waits = Decision.objects.awaiting_publication().with_parties().order_by("date_signed")
    rows = [
        Publication(row, row.publication_due, _signed(row))
        for row in waits[:MOST]
        if row.publication_due
    ]
    return sorted(rows, key=lambda row: row.due)


def _signed(decision: Decision) -> date:
    further = decision.unpublished_since
    return localdate(further) if further else decision.date_signed or clock.today()


@login_required
def publication_list(request: HttpRequest) -> HttpResponse:
    """List what waits for publication: what is overdue first."""
    inside_only(request)
    rows = awaiting_publication()
    context = {
        "overdue": [row for row in rows if row.is_overdue],
        "waiting": [row for row in rows if not row.is_overdue],
    }
    return render(request, "decisions/publication_list.html", context)
