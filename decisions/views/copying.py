"""Beginning a paper from any decision that one may read, as from a template."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from decisions.actions import copy_paper
from decisions.forms.copying import CopyForm
from decisions.permissions import can_copy, can_read_part_2
from decisions.views import cards
from decisions.views.access import decision_for, reader
from decisions.views.answering import FormPage, answer
from decisions.views.drafting import edit_page


@login_required
def decision_copy(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask, then begin the draft and go on to write it."""
    decision, user = decision_for(request, slug), reader(request)
    can_copy(user, decision).or_refuse_page(decision)
    has_part_2 = cards.content_of(decision)["publication"]["has_part_2"]
    form = CopyForm(
        request.POST or None,
        initial={"series": decision.series},
        offers_part_2=bool(has_part_2 and can_read_part_2(user, decision)),
    )
    page = FormPage(
        f"Begin a paper from {decision.reference}",
        decision,
        label="Begin the paper",
        back=reverse("decision_detail", args=[decision.slug]),
        lead="A new draft of yours gets its title, summary, recommendations and sections. Its sums "
        "and dates come too, and “Before you submit” asks you to check them. Its links, supporting "
        "papers, consultations, advice, outcomes and signatures stay behind.",
        done="Begun. Check its sums and dates before you submit it.",
    )

    def begin(typed: dict[str, Any]) -> str:
        return edit_page(copy_paper(decision=decision, by=user, **typed))

    return answer(request, form, page, begin)
