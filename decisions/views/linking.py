"""Linking a paper to another decision: find it, say what it is to this one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from decisions.actions.linking import add_link
from decisions.forms.linking import FindForm, LinkForm
from decisions.models import Decision, DecisionQuerySet
from decisions.search import best
from decisions.views.access import reader
from decisions.views.answering import FormPage, answer
from decisions.views.drafting import edit_page, paper_for

MOST_FOUND = 10


@login_required
def link_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Link the paper to another decision, held here or only named."""
    decision, user = paper_for(request, slug), reader(request)
    others = Decision.objects.visible_to(user).filter(number__isnull=False)
    among = others.exclude(pk=decision.pk).select_related("series")
    find = FindForm(request.GET)
    words = find.cleaned_data["q"].strip() if find.is_valid() else ""
    found = found_by(among, words)
    form = LinkForm(request.POST or None, among=among, found=found)
    page = FormPage(
        "Link to a decision",
        decision,
        label="Link",
        back=edit_page(decision),
        done="Linked.",
        template="decisions/link_new.html",
        context={"find": find, "words": words, "found": found},
    )

    def add(typed: dict[str, Any]) -> None:
        reference = typed["reference"]
        other = typed["to"] or among.with_slug(_slug(reference)).first()
        add_link(
            decision=decision,
            kind=typed["kind"],
            to_decision=other,
            to_reference="" if other else reference,
            by=user,
        )

    return answer(request, form, page, add)


def found_by(among: DecisionQuerySet, words: str) -> list[Decision]:
    """Return the decision that bears a reference, then the best matches for words, at most ten."""
    if not words:
        return []
    named = list(among.with_slug(_slug(words))[:1])
    others = best(among, words).exclude(pk__in=[row.pk for row in named])
    return [*named, *others[: MOST_FOUND - len(named)]]


def _slug(reference: str) -> str:
    return "-".join(reference.lower().replace("-", " ").split())
