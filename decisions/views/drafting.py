"""Beginning a paper, and the words of it that stand by themselves."""

from itertools import pairwise
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.models import User
from decisions.actions.drafting import create_draft, edit_paper
from decisions.actions.reading import open_part_2
from decisions.actions.registry import add_organisation
from decisions.forms.paper import NewPaperForm, WordsForm
from decisions.models import Content, Decision, Organisation, paper_content
from decisions.permissions import can_draft, can_edit
from decisions.rules import look
from decisions.shapes import ParagraphForm, breaks_in
from decisions.views import cards
from decisions.views.access import decision_for, reader
from decisions.views.answering import FormPage, answer
from decisions.views.arranging import movable
from decisions.views.checks import Before, before
from decisions.views.conflict import Edited, is_restricted

LIKE = ("form", "part", "exemption")
"""What two paragraphs have in common that can be joined."""


def paper_for(request: HttpRequest, slug: str) -> Decision:
    """Return the paper that the reader may edit; 403 with the reason otherwise."""
    decision = decision_for(request, slug)
    can_edit(reader(request), decision).or_refuse_page(decision)
    return decision


def edit_page(decision: Decision) -> str:
    """Return the address of the page on which the paper is put together."""
    return reverse("decision_edit", args=[decision.slug])


def organisation(name: str, by: User) -> Organisation | None:
    """Return the organisation that was named, known or added now; None for an empty box."""
    return add_organisation(name=name, by=by) if name.strip() else None


def note_reading(decision: Decision, by: User, *, content: Content) -> None:
    """Record a reading of Part 2 before its words are shown, where there are any."""
    if content["publication"]["has_part_2"]:
        open_part_2(decision=decision, by=by)


def note_reading_of(request: HttpRequest, decision: Decision, row: Model) -> None:
    """Record a reading of Part 2 before a page shows a row of it; what is sent back is no more."""
    if request.method == "GET" and is_restricted(row):
        note_reading(decision, reader(request), content=paper_content(decision))


@login_required
def decision_new(request: HttpRequest) -> HttpResponse:
    """Begin a paper."""
    user = reader(request)
    can_draft(user).or_refuse_page()
    form = NewPaperForm(request.POST or None)
    page = FormPage(
        "New paper",
        label="Begin the paper",
        back=reverse("home"),
        template="decisions/decision_new.html",
    )

    def begin(typed: dict[str, Any]) -> str:
        return edit_page(create_draft(**typed, by=user))

    return answer(request, form, page, begin)


@login_required
def decision_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the whole paper with what can be added to it, changed, moved and removed."""
    decision = paper_for(request, slug)
    content = paper_content(decision)
    note_reading(decision, reader(request), content=content)
    _name_those_that_follow(content)
    context = {
        "decision": decision,
        "content": content,
        "is_in_order": _is_in_order(content),
        "cards": movable(cards.cards(decision, content)),
        "exemptions": decision.exemptions.all(),
        "papers": decision.supporting_papers.select_related("exemption"),
        "former_papers": decision.former_papers.select_related("retired_by"),
        "links": decision.links.select_related("to_decision__series"),
        "consultations": decision.consultations.all(),
        "before": None if decision.is_signed_on_paper else _before(decision),
    }
    return render(request, "decisions/decision_edit.html", context)


def _before(decision: Decision) -> Before:
    return before(decision, look(decision), with_part_2=True)


def _is_in_order(content: Content) -> bool:
    """Return whether sections are numbered 1, 2, 3 and their paragraphs 1.1, 1.2."""
    for n, section in enumerate(content["sections"], start=1):
        numbers = [row["number"] for row in section["paragraphs"] if "form" not in row]
        wanted = [f"{n}.{count}" for count in range(1, len(numbers) + 1)]
        if (section["number"], numbers) != (str(n), wanted):
            return False
    return True


def _name_those_that_follow(content: Content) -> None:
    """Tell each paragraph what it may be joined with, whether it splits, and what links call it.

    A list or table has no number of its own: it is called after the paragraph before it.
    """
    for section in content["sections"]:
        number = ""
        for paragraph in section["paragraphs"]:
            number = paragraph["number"] or number
            form = paragraph.get("form", ParagraphForm.TEXT)
            paragraph["splits"] = bool(breaks_in(form, paragraph["text"]))
            paragraph["called"] = paragraph["number"] or f"after {number or section['number']}"
        for paragraph, after in pairwise(section["paragraphs"]):
            if all(paragraph.get(key) == after.get(key) for key in LIKE):
                paragraph["following"] = after["id"]


@login_required
def decision_words(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the title, the summary and what is asked."""
    decision, user = paper_for(request, slug), reader(request)
    shown = {
        "title": decision.title,
        "executive_summary": decision.executive_summary,
        "asked": decision.asked,
        "funder": decision.funder.name if decision.funder else "",
        "advice_asked": decision.advice_asked,
        "head_of_unit": decision.head_of_unit,
        "head_of_unit_consented_on": decision.head_of_unit_consented_on,
        "authority_paragraph": decision.authority_paragraph,
        "retrospective_reason": decision.retrospective_reason,
    }
    form = WordsForm(request.POST or None, initial=shown)
    page = FormPage(
        "Title and summary",
        decision,
        back=edit_page(decision),
        done="Saved.",
        edits=Edited(decision),
    )

    def change(typed: dict[str, Any]) -> None:
        words = {name: typed[name] for name in shown} | {
            "funder": organisation(typed["funder"], user)
        }
        edit_paper(decision=decision, by=user, **words)

    return answer(request, form, page, change)
