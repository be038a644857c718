"""The steps of a decision's way that need no more than a confirmation or a reason."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from decisions.actions import advice, endorsing, publication, transcribing
from decisions.forms.shown import ShownForm
from decisions.forms.steps import (
    DeferForm,
    EndorseForm,
    ReasonForm,
    StepForm,
)
from decisions.models import Decision
from decisions.turns import ANSWERS
from decisions.views.access import decision_for, reader
from decisions.views.answering import FormPage, answer, made_already
from decisions.views.cards import answers_of, step_for
from decisions.views.overtaken import changed_since


@dataclass(frozen=True)
class StepPage:
    """The page of one step: its form, its action, and what it tells before and after."""

    form: type[StepForm | ReasonForm | EndorseForm]
    act: Callable[..., object]
    lead: str
    warning: str = ""
    is_grave: bool = False


PAGES: dict[str, StepPage] = {
    "submit_for_advice": StepPage(
        StepForm,
        advice.submit_for_advice,
        "The paper gets its number, if it has none, and goes to the advisers. You can still "
        "change it: advice that a change touches will need confirming.",
    ),
    "send_to_chief_executive": StepPage(
        StepForm,
        advice.send_to_chief_executive,
        "All advice covers the paper as it stands. The chief executive can endorse it or return "
        "it to you.",
    ),
    "endorse": StepPage(
        EndorseForm,
        endorsing.endorse,
        "The paper goes to the decision maker as it stands now.",
        "Nobody can change the paper’s words once it is endorsed, unless it is returned to draft.",
    ),
    "return_to_draft": StepPage(
        ReasonForm,
        endorsing.return_to_draft,
        "The originating officer can change the paper and submit it again. It keeps its number "
        "and its advice.",
    ),
    "withdraw": StepPage(
        ReasonForm,
        endorsing.withdraw,
        "The paper goes no further. Its number stays used; a new paper can resubmit it. Where a "
        "number was misread from a signed paper, put it right first.",
        "A paper that is withdrawn cannot be brought back.",
        is_grave=True,
    ),
    "return_transcription": StepPage(
        ReasonForm,
        transcribing.return_transcription,
        "Whoever transcribed it can put it right and transcribe it anew.",
    ),
    "publish": StepPage(
        StepForm,
        publication.publish,
        "Anyone can then read Part 1 and the signed document in the public register.",
    ),
    "publish_further": StepPage(
        StepForm,
        publication.publish,
        "Anyone can then read what was decided further, and the signed document that says it. "
        "The rest is in the public register already.",
    ),
    "defer_publication": StepPage(
        DeferForm,
        publication.defer_publication,
        "A signed decision is published within one working day unless there is a reason to wait.",
    ),
    "take_down": StepPage(
        ReasonForm,
        publication.take_down,
        "The decision leaves the public register until it is published again. It stays in force.",
        is_grave=True,
    ),
}


WITHDRAWN_DRAFT = (
    "The draft goes no further. It has no number, so none is used up. It stays in the list of "
    "decisions as withdrawn, for those who can read it now; what is in it can begin another paper."
)


def _lead(name: str, decision: Decision) -> str:
    """Return what a step comes to; a draft without a number is withdrawn with less ado."""
    is_unnumbered = name == "withdraw" and decision.number is None
    return WITHDRAWN_DRAFT if is_unnumbered else PAGES[name].lead


@login_required
def decision_step(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Ask for what a step of the workflow needs, then take it."""
    decision, user = decision_for(request, slug), reader(request)
    allowed = ANSWERS[name](user, decision)
    if done := made_already(request, decision):
        return redirect("decision_detail", done.slug)
    allowed.or_refuse_page(decision)
    taken = step_for(name, decision)
    step = PAGES[taken.name]
    form = _form(step.form, request, decision)
    overtaken = changed_since(decision, form) if isinstance(form, ShownForm) else []
    page = FormPage(
        f"{taken.label}: {decision.reference}",
        decision,
        label=taken.label,
        back=reverse("decision_detail", args=[decision.slug]),
        lead=_lead(name, decision),
        warning=step.warning,
        is_grave=step.is_grave,
        done=f"{taken.done}.",
        context={
            "answers": answers_of(decision) if name == "endorse" else [],
            "overtaken": overtaken,
        },
    )

    def take(typed: dict[str, Any]) -> str:
        typed.pop("is_satisfied", None)
        step.act(decision=decision, by=user, **typed)
        return reverse("decision_detail", args=[Decision.objects.get(pk=decision.pk).slug])

    return answer(request, form, page, take)


def _form(
    kind: type[StepForm | ReasonForm | EndorseForm], request: HttpRequest, decision: Decision
) -> StepForm | ReasonForm | EndorseForm:
    data = request.POST or None
    return kind(data, decision=decision) if issubclass(kind, ShownForm) else kind(data)
