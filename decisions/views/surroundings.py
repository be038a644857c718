"""What stands around the paper's words, and moving and removing any part of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from decisions.actions import linking, recommendations, sections, supporting, surroundings
from decisions.forms.paper import (
    ChangeExemptionForm,
    ConsultationForm,
    ExemptionForm,
)
from decisions.forms.steps import StepForm
from decisions.models import Decision, Paragraph, Recommendation
from decisions.nesting import Way
from decisions.views.access import of_decision, reader
from decisions.views.answering import FormPage, act_and_return, answer
from decisions.views.conflict import Edited
from decisions.views.drafting import edit_page, note_reading_of, paper_for
from decisions.views.paragraphs import undo


@login_required
def exemption_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Claim an exemption for Part 2."""
    decision, user = paper_for(request, slug), reader(request)
    form = ExemptionForm(request.POST or None)
    page = FormPage("Claim an exemption", decision, back=edit_page(decision), done="Claimed.")

    def add(typed: dict[str, Any]) -> None:
        surroundings.add_exemption(decision=decision, by=user, **typed)

    return answer(request, form, page, add)


@login_required
def exemption_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change an exemption's ground, its public reason, or the day of its review."""
    decision, user = paper_for(request, slug), reader(request)
    exemption = of_decision(decision.exemptions, pk)
    shown = {name: getattr(exemption, name) for name in ("ground", "reason", "review_on")}
    form = ChangeExemptionForm(request.POST or None, initial=shown)
    page = FormPage(
        "Change an exemption",
        decision,
        back=edit_page(decision),
        done="Saved.",
        edits=Edited(exemption),
    )

    def change(typed: dict[str, Any]) -> None:
        words = {name: typed[name] for name in shown}
        surroundings.edit_exemption(exemption=exemption, by=user, **words)

    return answer(request, form, page, change)


@login_required
def consultation_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Record that a board was consulted."""
    decision, user = paper_for(request, slug), reader(request)
    form = ConsultationForm(request.POST or None)
    page = FormPage("Record a consultation", decision, back=edit_page(decision), done="Recorded.")

    def add(typed: dict[str, Any]) -> None:
        surroundings.record_consultation(decision=decision, by=user, **typed)

    return answer(request, form, page, add)


@dataclass(frozen=True)
class Item:
    """A kind of thing in a paper: where it is found, its name as an argument, how it goes."""

    rows: Callable[[Decision], QuerySet[Any]]
    name: str
    remove: Callable[..., object]
    move: Callable[..., object] | None = None


ITEMS = {
    "sections": Item(
        lambda paper: paper.sections.all(),
        "section",
        sections.remove_section,
        sections.move_section,
    ),
    "paragraphs": Item(
        lambda paper: Paragraph.objects.filter(section__decision=paper),
        "paragraph",
        sections.remove_paragraph,
        sections.move_paragraph,
    ),
    "recommendations": Item(
        lambda paper: paper.recommendations.all(),
        "recommendation",
        recommendations.remove_recommendation,
        recommendations.move_recommendation,
    ),
    "exemptions": Item(
        lambda paper: paper.exemptions.all(), "exemption", surroundings.remove_exemption
    ),
    "papers": Item(
        lambda paper: paper.supporting_papers.all(),
        "paper",
        supporting.remove_supporting_paper,
        supporting.move_supporting_paper,
    ),
    "links": Item(lambda paper: paper.links.all(), "link", linking.remove_link),
}


@require_POST
@login_required
def item_move(request: HttpRequest, slug: str, items: str, pk: int) -> HttpResponse:
    """Move a section, paragraph or recommendation up or down; a recommendation in and out too."""
    decision, user = paper_for(request, slug), reader(request)
    item = ITEMS[items]
    row = of_decision(item.rows(decision), pk)
    way = next((way for way in Way if way in request.POST), Way.DOWN)
    move = item.move
    assert move is not None  # noqa: S101  (the address names only what can be moved)
    return act_and_return(
        request,
        edit_page(decision),
        lambda: move(**{item.name: row}, **_there(row, way), by=user),
        "Moved.",
    )


def _there(row: Any, way: Way) -> dict[str, Any]:
    """Return how the act is told where to: a place in a list, or a way in an outline."""
    if isinstance(row, Recommendation):
        return {"way": way}
    return {"position": row.position + (-1 if way == Way.UP else 1)}


@login_required
def item_remove(request: HttpRequest, slug: str, items: str, pk: int) -> HttpResponse:
    """Ask, then remove a part of the paper; history keeps it."""
    decision, user = paper_for(request, slug), reader(request)
    item = ITEMS[items]
    row = of_decision(item.rows(decision), pk)
    note_reading_of(request, decision, row)
    page = FormPage(
        f"Remove {item.name} {getattr(row, 'number', '') or row}",
        decision,
        label="Remove",
        back=edit_page(decision),
        lead="It goes from the paper. What it said stays in the history.",
        done=undo(decision, items, row.pk),
        is_grave=True,
    )

    def remove(typed: dict[str, Any]) -> None:
        item.remove(**{item.name: row}, by=user)

    return answer(request, StepForm(request.POST or None), page, remove)
