"""One decision: its paper, what was decided, its documents, and how it came about."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from audit.models import LedgerEntry
from audit.story import tell
from decisions.documents.kept import document_store
from decisions.models import (
    Condition,
    Content,
    Decision,
    FormerPaper,
    Part,
    Revision,
    SignedDocument,
    Stage,
    StepTaken,
    Transcription,
    advice_standing,
    earlier_decisions,
    later_decisions,
)
from decisions.models.lineage import is_linked_in_public, programme_of
from decisions.permissions import (
    can_copy,
    can_hand_over,
    can_mark_urgent,
    can_read_part_2,
)
from decisions.permissions_afterwards import can_read_document
from decisions.views import cards
from decisions.views.access import (
    decision_for,
    is_inside,
    reader,
    record_reading,
    visible_decision,
)
from decisions.views.checks import before_of
from decisions.views.conditions import Row, rows_of
from decisions.views.papers import open_papers
from decisions.views.printing import is_printed
from decisions.views.publications import publications_of, taken_down
from decisions.workflow import Status

MOST_ENTRIES = 200


@login_required
def decision_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a decision to those inside: the paper, every act that is open and why others are not."""
    if not is_inside(request):
        return redirect("register_detail", slug)
    decision = decision_for(request, slug)
    user = reader(request)
    now, other = cards.buttons(user, decision)
    context = _context(decision) | {
        "taken_down": taken_down(decision),
        "documents": list(decision.documents.public().latest_first()),
        "earlier": earlier_decisions(decision, Decision.objects.visible_to(user)),
        "later": later_decisions(decision, Decision.objects.visible_to(user)),
        "revisions": _revisions(decision),
        "now": now,
        "other": other,
        "can_read_part_2": can_read_part_2(user, decision),
        "restricted_documents": decision.documents.restricted().latest_first(),
        "papers": decision.supporting_papers.filter(part=Part.PART_1),
        "former_papers": _former(decision).filter(part=Part.PART_1),
        "is_printed": is_printed(decision),
        "can_copy": can_copy(user, decision),
        "can_hand_over": can_hand_over(user, decision),
        "can_mark_urgent": can_mark_urgent(user, decision),
        "advice": [] if decision.is_signed_on_paper else advice_standing(decision),
        "before": before_of(user, decision),
        "timeline": cards.timeline(decision),
    }
    return render(request, "decisions/decision_detail.html", context)


@never_cache
def register_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a published decision to anyone."""
    published = Decision.objects.published().with_parties().with_slug(slug)
    decision = get_object_or_404(published)
    context = _context(decision, published_only=True)
    context |= {
        "is_public": True,
        "open_papers": open_papers(decision, context["content"]),
        "earlier": earlier_decisions(decision, Decision.objects.published()),
        "later": later_decisions(decision, Decision.objects.published()),
        "is_of_programme": is_linked_in_public(decision),
        "documents": list(decision.documents.open_to_anyone(decision).latest_first()),
        "publications": publications_of(decision),
        "revisions": [one for one in _revisions(decision) if _is_public(one)],
    }
    return render(request, "decisions/register_detail.html", context)


def _former(decision: Decision) -> "QuerySet[FormerPaper]":
    return decision.former_papers.select_related("retired_by")


def register_programme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show anyone the published decisions that follow one another, by their Part 1 alone."""
    published = Decision.objects.published().with_parties().with_slug(slug)
    programme = programme_of(get_object_or_404(published), published_only=True)
    context = {
        "programme": programme,
        "rows": [
            (
                each,
                cards.cards(each.decision, cards.part_1(each.decision), published_only=True),
            )
            for each in programme.members
        ],
    }
    return render(request, "decisions/register_programme.html", context)


def _revisions(decision: Decision) -> list[Revision]:
    if not decision.is_decided:
        return []
    rows = decision.revisions.select_related("answer").prefetch_related("items")
    return list(rows.order_by("-n"))


def _is_public(revision: Revision) -> bool:
    """Return whether anyone may know of a revision: confirmed, and not of Part 2 alone."""
    answer = getattr(revision, "answer", None)
    is_open = any(item.part == Part.PART_1 for item in revision.items.all())
    return bool(answer and answer.is_confirmed) and (is_open or not revision.is_correction)


def _context(decision: Decision, *, published_only: bool = False) -> dict[str, Any]:
    content = cards.part_1(decision)
    drawn = cards.cards(decision, content, published_only=published_only)
    unpublished = decision.steps.unpublished() if published_only else decision.steps.none()
    return {
        "decision": decision,
        "content": content,
        "cards": drawn,
        "figures": cards.figures_of(drawn),
        "facts": _facts(decision, content),
        "decided_by": decided_by(decision, unpublished),
        "conditions": _conditions(decision, content, unpublished),
        "paper_record": _paper_record(decision),
    }


def _conditions(
    decision: Decision, content: Content, unpublished: "QuerySet[StepTaken]"
) -> list[Row]:
    """Return the conditions of what a content shows, with how they stand; of some signings none."""
    if not decision.is_decided:
        return []
    rows = Condition.objects.filter(
        outcome__approval__decision=decision,
        outcome__recommendation__in=[row["id"] for row in content["recommendations"]],
    ).exclude(outcome__approval__act__in=unpublished.values("act"))
    rows = rows.select_related("outcome__approval__decision__series", "owner", "discharge")
    return rows_of(list(rows.order_by("outcome__recommendation__position", "position")))


def _paper_record(decision: Decision) -> Transcription | None:
    """Return what was transcribed of a decision that was signed on paper.

    Once it is confirmed, that; while it awaits confirmation, what was transcribed last.
    """
    if not decision.is_signed_on_paper:
        return None
    rows = decision.transcriptions.select_related("approval").order_by("-n")
    if decision.status == Status.TRANSCRIBED:
        return rows.first()
    return rows.filter(approval__isnull=False).first()


def decided_by(decision: Decision, unpublished: "QuerySet[StepTaken]") -> str:
    """Return who decided last, by name and as printed, at a sitting that is not left out."""
    approvals = decision.approvals.filter(stage=Stage.DECISION).select_related(
        "approved_by", "transcription", "delegation__deputy_for"
    )
    approvals = approvals.exclude(act__in=unpublished.values("act"))
    approval = approvals.order_by("-id").first()
    if approval is None:
        return decision.decided_by_text
    deputy_for = approval.delegation.deputy_for if approval.delegation else None
    name = approval.by_name
    return f"{name}, as deputy for {deputy_for.name}" if deputy_for else name


def _facts(decision: Decision, content: Content) -> list[dict[str, Any]]:
    return [
        {"key": key, "value": value}
        for key, value in {
            "Reference": decision.reference,
            "Funder": decision.funder_name,
            "Recorded by" if decision.is_signed_on_paper else "Originating officer": (
                decision.originating_officer.name
            ),
            "Authority relied on": content.get("authority_paragraph"),
            "Retrospective or at-risk spending": content.get("retrospective_reason"),
        }.items()
        if value
    ]


@login_required
def decision_history(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every act on a decision, as the audit trail keeps it."""
    decision = decision_for(request, slug)
    entries = LedgerEntry.objects.all().about(decision).told()
    told = tell(entries.order_by("-seq")[:MOST_ENTRIES])
    context = {"decision": decision, "entries": told}
    return render(request, "decisions/decision_history.html", context)


@login_required
def decision_part_2(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the whole paper, Part 2 included, to those who may read it; the reading is recorded."""
    decision = decision_for(request, slug)
    content = cards.content_of(decision)
    if not content["publication"]["has_part_2"]:
        raise Http404
    record_reading(decision, reader(request))
    context = {
        "decision": decision,
        "content": content,
        "cards": cards.cards(decision, content),
        "restricted_documents": decision.documents.restricted().latest_first(),
        "papers": decision.supporting_papers.all(),
        "is_printed": is_printed(decision),
        "former_papers": _former(decision),
        "advice": decision.advice.filter(part=Part.PART_2).select_related("given_by"),
    }
    return render(request, "decisions/decision_part_2.html", context)


@never_cache
def decision_document(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """Send a signed document of Part 1 as it was issued.

    The public has none that was taken down or whose words were withheld since.
    """
    decision = visible_decision(request, slug)
    rows = decision.documents.public()
    if not is_inside(request):
        rows = decision.documents.open_to_anyone(decision)
    document = get_object_or_404(rows, n=n)
    if not can_read_document(request.user, document):
        raise Http404
    return _sent(document)


@never_cache
def decision_restricted_document(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """Send a restricted document to those who may read Part 2; the reading is recorded first.

    To everybody else, signed in or not, there is no such file.
    """
    decision = decision_for(request, slug)
    document = get_object_or_404(decision.documents.restricted(), n=n)
    record_reading(decision, reader(request), document)
    return _sent(document)


def _sent(document: SignedDocument) -> HttpResponse:
    headers = {
        "Content-Disposition": f'inline; filename="{document.file_name}"',
        "X-Content-Type-Options": "nosniff",
    }
    data = document_store().get(document.sha256)
    return HttpResponse(data, content_type="application/pdf", headers=headers)
