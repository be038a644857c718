"""How the advice on a paper stands, and giving and confirming it."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.models import AdviceKind, User
from decisions.actions.advice import confirm_advice, give_advice
from decisions.forms.shown import ShownForm
from decisions.forms.steps import AdviceForm, ConfirmForm
from decisions.models import (
    Advice,
    AdviceStanding,
    Decision,
    Part,
    advice_standing,
    part_1_of,
    read_content,
)
from decisions.permissions import can_advise, can_read_part_2
from decisions.views.access import decision_for, reader, record_reading
from decisions.views.answering import FormPage, answer
from decisions.views.cards import answers_of, content_of, part_1
from decisions.views.differences import differences
from decisions.views.overtaken import changed_since
from decisions.wording.left_behind import left_behind


@login_required
def decision_advice(request: HttpRequest, slug: str) -> HttpResponse:
    """Show every kind of advice: given or not, by whom, on what, and what has changed since."""
    decision, user = decision_for(request, slug), reader(request)
    rows = [
        (row, differences(row.touching), can_advise(user, decision, row.kind))
        for row in advice_standing(decision)
    ]
    context = {"decision": decision, "rows": rows}
    return render(request, "decisions/decision_advice.html", context)


@login_required
def decision_advise(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    """Give advice of a kind, or confirm it where the paper has changed since."""
    decision, user = decision_for(request, slug), reader(request)
    if kind not in AdviceKind.values:
        raise Http404
    can_advise(user, decision, kind).or_refuse_page(decision)
    standing = next((row for row in advice_standing(decision) if row.kind == kind), None)
    if standing and standing.needs_confirming:
        return _confirm(request, decision, user, standing)
    return _give(request, decision, user, kind, standing)


def _give(
    request: HttpRequest,
    decision: Decision,
    user: User,
    kind: str,
    standing: AdviceStanding | None,
) -> HttpResponse:
    label = AdviceKind(kind).label
    has_part_2 = _has_part_2(decision)
    form = AdviceForm(request.POST or None, decision=decision, has_part_2=has_part_2)
    names = (f"{label} advice", "Give advice", f"{label} advice given.")
    page = _page(decision, *names, standing, form)

    def give(typed: dict[str, Any]) -> None:
        give_advice(decision=decision, kind=kind, by=user, **typed)

    return answer(request, form, page, give)


def _confirm(
    request: HttpRequest, decision: Decision, user: User, standing: AdviceStanding
) -> HttpResponse:
    given = standing.advice
    known: dict[str, Any] = {"words": given.words} if given else {}
    if given and given.part == Part.PART_2:
        reads = _reads_part_2(request, decision, user)
        known = (known if reads else {}) | {"part": Part.PART_2}
    has_part_2 = _has_part_2(decision)
    form = ConfirmForm(
        request.POST or None, initial=known, decision=decision, has_part_2=has_part_2
    )
    page = _page(
        decision,
        f"Confirm {standing.label.lower()} advice",
        "Confirm the advice",
        f"{standing.label} advice confirmed.",
        standing,
        form,
    )

    def confirm(typed: dict[str, Any]) -> None:
        confirm_advice(decision=decision, kind=standing.kind, by=user, **typed)

    return answer(request, form, page, confirm)


def _page(
    decision: Decision,
    title: str,
    label: str,
    done: str,
    standing: AdviceStanding | None,
    form: ShownForm,
) -> FormPage:
    changes = differences(standing.touching) if standing else []
    given = standing.advice if standing else None
    old = list(_left_behind(decision, given)) if given else []
    return FormPage(
        title,
        decision,
        label=label,
        back=reverse("decision_detail", args=[decision.slug]),
        done=done,
        template="decisions/decision_advise.html",
        context={
            "standing": standing,
            "changes": changes,
            "left_behind": old,
            "answers": answers_of(decision),
            "overtaken": changed_since(decision, form),
        },
    )


def _has_part_2(decision: Decision) -> bool:
    return bool(content_of(decision)["publication"]["has_part_2"])


def _reads_part_2(request: HttpRequest, decision: Decision, user: User) -> bool:
    """Return whether the words of Part 2 may be shown; that they are is recorded first."""
    if not can_read_part_2(user, decision):
        return False
    if request.method == "GET":
        record_reading(decision, user)
    return True


def _left_behind(decision: Decision, given: Advice) -> Iterator[str]:
    """Say which sums of Part 1 the advice names and the paper has no more."""
    then, now = part_1_of(read_content(given.version)), part_1(decision)
    return left_behind(given.open_words, then, now)
