"""Recommendations and their sums, in a paper that is being written."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from decisions.actions.recommendations import (
    RecommendationWords,
    Sum,
    add_recommendation,
    edit_recommendation,
)
from decisions.forms.recommendations import (
    FigureFormSet,
    NewRecommendationForm,
    RecommendationForm,
    sums_typed,
)
from decisions.models import Decision, Figure, Part, Recommendation, paper_content
from decisions.views.access import of_decision, reader
from decisions.views.answering import FormPage, answer
from decisions.views.conflict import Edited
from decisions.views.drafting import edit_page, note_reading, organisation, paper_for

TEMPLATE = "decisions/recommendation_form.html"
WORDS = (
    "text",
    "kind",
    "parent",
    "period_start",
    "period_end",
    "funded_from",
    "part",
    "exemption",
)


def _words(typed: dict[str, Any], sums: list[dict[str, Any]], by: User) -> RecommendationWords:
    return RecommendationWords(
        **{name: typed[name] for name in WORDS},
        funder=organisation(typed["funder"], by),
        recipient=organisation(typed["recipient"], by),
        figures=[Sum(row["amount"], row["up_to"], role=row["role"]) for row in sums],
    )


def _page(
    decision: Decision, title: str, figures: Any, done: str, edits: Edited | None = None
) -> FormPage:
    return FormPage(
        title,
        decision,
        back=edit_page(decision),
        done=done,
        template=TEMPLATE,
        edits=edits,
        context={"figures": figures},
    )


@login_required
def recommendation_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a recommendation at the end."""
    decision, user = paper_for(request, slug), reader(request)
    form = NewRecommendationForm(request.POST or None, decision=decision)
    figures = FigureFormSet(request.POST or None, prefix="figures")
    page = _page(decision, "Add a recommendation", figures, "Recommendation added.")

    def add(typed: dict[str, Any]) -> None:
        words = _words(typed, sums_typed(figures), user)
        add_recommendation(decision=decision, words=words, form_key=typed["form_key"], by=user)

    return answer(request, form, page, add, is_ready=figures.is_valid())


@login_required
def recommendation_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a recommendation and its sums."""
    decision, user = paper_for(request, slug), reader(request)
    row = of_decision(decision.recommendations, pk)
    if row.part == Part.PART_2 and request.method == "GET":
        note_reading(decision, user, content=paper_content(decision))
    figures = FigureFormSet(request.POST or None, prefix="figures", initial=_sums(row))
    form = RecommendationForm(
        request.POST or None, decision=decision, initial=_shown(row), beside=[figures]
    )
    edits = Edited(row, [Figure.history.filter(recommendation_id=row.pk)])
    page = _page(decision, str(row), figures, "Recommendation saved.", edits)

    def change(typed: dict[str, Any]) -> None:
        edit_recommendation(
            recommendation=row, words=_words(typed, sums_typed(figures), user), by=user
        )

    return answer(request, form, page, change, is_ready=figures.is_valid())


def _shown(row: Recommendation) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("number", *WORDS)} | {
        "parent": row.parent_id,
        "funded_from": row.funded_from_id,
        "exemption": row.exemption_id,
        "funder": row.funder.name if row.funder else "",
        "recipient": row.recipient.name if row.recipient else "",
    }


def _sums(row: Recommendation) -> list[dict[str, Any]]:
    return [dict(one) for one in row.figures.values("amount", "up_to", "role")]
