"""The pages before a paper goes on: everything the rules found, and answering a warning."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from decisions.actions.answering import answer_warnings
from decisions.forms.answers import AnswerForm
from decisions.models import Decision, Part, RuleAnswer, paper_content
from decisions.permissions import can_edit
from decisions.rules import Looked, look
from decisions.views.access import decision_for, reader
from decisions.views.answering import FormPage, answer, made_already
from decisions.views.checks import before
from decisions.views.conflict import Edited
from decisions.views.drafting import note_reading, paper_for

GONE = (
    "What you answered was put right, or changed, while you were writing. Your answer is not "
    "saved; its words are kept here."
)


@login_required
def decision_before(request: HttpRequest, slug: str) -> HttpResponse:
    """Show everything that the rules found, and what of it is answered."""
    decision = paper_for(request, slug)
    note_reading(decision, reader(request), content=paper_content(decision))
    looked = look(decision)
    context = {
        "decision": decision,
        "before": before(decision, looked, with_part_2=True),
        "earlier": _earlier(decision, looked),
    }
    return render(request, "decisions/decision_before.html", context)


def _earlier(decision: Decision, looked: Looked) -> list[RuleAnswer]:
    """Return the answers that stand no longer: their finding changed, or was answered anew."""
    standing = {row.pk for row in looked.answers.values()}
    rows = decision.rule_answers.select_related("answered_by").order_by("-id")
    return [row for row in rows if row.pk not in standing]


def _gone(request: HttpRequest) -> HttpResponse:
    """Lead to the words of an answer to what was put right, or changed, meanwhile."""
    messages.warning(request, GONE)
    return redirect("working_text_list")


@login_required
def warning_answer(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Answer one warning in words; what was found may have changed, or be put right, by now."""
    decision, user = decision_for(request, slug), reader(request)
    can_edit(user, decision).or_refuse_page(decision)
    looked, back = look(decision), reverse("decision_before", args=[decision.slug])
    if made_already(request, decision):
        return redirect(back)
    finding = next((each for each in looked.warnings if each.key == key), None)
    if finding is None:
        return redirect(back) if request.method == "GET" else _gone(request)
    if finding.part == Part.PART_2 and request.method == "GET":
        note_reading(decision, user, content=paper_content(decision))
    given = looked.answers.get(finding.digest)
    shown = {"words": given.words if given else "", "finding": finding.digest}
    form = AnswerForm(request.POST or None, initial=shown)
    page = FormPage(
        "Answer a warning",
        decision,
        label="Save the answer",
        back=back,
        lead=finding.text,
        done="Answered.",
        context={"rule": finding.rule, "part": finding.part},
        template="decisions/warning_answer.html",
        edits=Edited(given) if given else None,
    )

    def keep(typed: dict[str, Any]) -> None:
        said = {finding.digest: typed["words"]}
        answer_warnings(decision=decision, answers=said, form_key=typed["form_key"], by=user)

    return answer(request, form, page, keep)
