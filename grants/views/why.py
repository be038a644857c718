"""Why was this allowed? From a line of spending back to the words and signature behind it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import Permission
from audit.models import LedgerEntry
from audit.story import Told, tell
from decisions.models import Approval, Decision, OutcomeFigure, Recommendation, SignedDocument
from decisions.views import cards
from grants.models import Allocation, Move, SpendingLine
from grants.search import entries_of
from grants.views.access import line_for, money_page, reader
from grants.views.crumbs import to_line


@dataclass(frozen=True)
class Authority:
    """What a line rests on, from its allocation back to the signature."""

    allocation: Allocation
    figure: OutcomeFigure
    card: dict[str, Any] | None
    drawn_from: list[dict[str, Any]]
    decision: Decision
    approval: Approval
    document: SignedDocument | None
    current: SignedDocument | None


@require_safe
@money_page
def line_why(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the chain from a line to the signed document, and the acts on the audit trail."""
    line, user = line_for(pk), reader(request)
    found = authority(line.allocation) if line.allocation else None
    context = {
        "line": line,
        "crumbs": [("Home", "/"), *to_line(line), ("Why was this allowed?", "")],
        "authority": found,
        "entries": trail(line, found),
        "can_audit": user.has_perm(Permission.VIEW_AUDIT_TRAIL),
    }
    return render(request, "grants/line_why.html", context)


def authority(allocation: Allocation) -> Authority:
    """Return what an allocation rests on."""
    figure = OutcomeFigure.objects.select_related(
        "figure",
        "outcome__recommendation__funded_from",
        "outcome__approval__approved_by",
        "outcome__approval__transcription",
    ).get(pk=allocation.figure_id)
    decision = Decision.objects.with_parties().get(pk=allocation.decision_id)
    drawn = cards.cards(decision, cards.part_1(decision))
    by_id = {card["id"]: card for card in drawn}
    approval = figure.outcome.approval
    public = decision.documents.public()
    return Authority(
        allocation=allocation,
        figure=figure,
        card=by_id.get(figure.outcome.recommendation_id),
        drawn_from=[by_id[row.pk] for row in _sources(figure) if row.pk in by_id],
        decision=decision,
        approval=approval,
        document=public.filter(approval=approval).first(),
        current=public.latest_first().first(),
    )


def _sources(figure: OutcomeFigure) -> list[Recommendation]:
    """Return the recommendations that a sum was drawn out of, the nearest first."""
    found: list[Recommendation] = []
    move = _opening(figure)
    while move and move.source.figure:
        found.append(move.source.figure.outcome.recommendation)
        move = _opening(move.source.figure)
    return found


def _opening(figure: OutcomeFigure) -> Move | None:
    moves = Move.objects.filter(opens=figure)
    return moves.select_related("source__figure__outcome__recommendation").first()


def trail(line: SpendingLine, found: Authority | None) -> list[Told]:
    """Return the acts behind a line as the audit trail tells them: signature, allocation, line."""
    ties = [line.pk, line.draws_on_id, line.reverses_id, line.covers_id, line.credits_id]
    ties += [line.reversal.pk] if line.is_reversed else []
    seqs = list(entries_of("grants_spendingline", (pk for pk in ties if pk)).values())
    if found:
        seqs += entries_of("grants_allocation", [found.allocation.pk]).values()
        seqs += [found.document.ledger_seq] if found.document else []
    return tell(LedgerEntry.objects.told().filter(seq__in=seqs).order_by("seq"))
