"""Sections and paragraphs of a paper that is being written."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from decisions.actions.sections import (
    add_paragraph,
    add_section,
    edit_paragraph,
    edit_section,
)
from decisions.forms.paper import (
    NewParagraphForm,
    NewSectionForm,
    ParagraphForm,
    SectionForm,
)
from decisions.models import Paragraph, paper_content
from decisions.views.access import of_decision, reader
from decisions.views.answering import FormPage, answer
from decisions.views.conflict import Edited
from decisions.views.drafting import edit_page, note_reading, paper_for


@login_required
def section_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a section at the end."""
    decision, user = paper_for(request, slug), reader(request)
    form = NewSectionForm(request.POST or None, decision=decision)
    page = FormPage("Add a section", decision, back=edit_page(decision), done="Section added.")

    def add(typed: dict[str, Any]) -> None:
        add_section(decision=decision, by=user, **typed)

    return answer(request, form, page, add)


@login_required
def section_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a section's heading or part."""
    decision, user = paper_for(request, slug), reader(request)
    section = of_decision(decision.sections, pk)
    shown = {"heading": section.heading, "part": section.part, "exemption": section.exemption_id}
    form = SectionForm(request.POST or None, decision=decision, initial=shown)
    title = f"Section {section.number or section.position}"
    page = FormPage(
        title,
        decision,
        back=edit_page(decision),
        done="Section saved.",
        edits=Edited(section),
    )

    def change(typed: dict[str, Any]) -> None:
        edit_section(section=section, by=user, **{name: typed[name] for name in shown})

    return answer(request, form, page, change)


@login_required
def paragraph_new(request: HttpRequest, slug: str, section: int) -> HttpResponse:
    """Add a paragraph at the end of a section."""
    decision, user = paper_for(request, slug), reader(request)
    row = of_decision(decision.sections, section)
    form = NewParagraphForm(request.POST or None, decision=decision)
    title = f"Add a paragraph to section {row}"
    page = FormPage(title, decision, back=edit_page(decision), done="Paragraph added.")

    def add(typed: dict[str, Any]) -> None:
        add_paragraph(section=row, by=user, **typed)

    return answer(request, form, page, add)


@login_required
def paragraph_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a paragraph's words or part."""
    decision, user = paper_for(request, slug), reader(request)
    paragraph = of_decision(Paragraph.objects.filter(section__decision=decision), pk)
    if paragraph.is_restricted and request.method == "GET":
        note_reading(decision, user, content=paper_content(decision))
    shown = {
        "text": paragraph.text,
        "part": paragraph.part,
        "exemption": paragraph.exemption_id,
    }
    form = ParagraphForm(request.POST or None, decision=decision, initial=shown)
    page = FormPage(
        str(paragraph),
        decision,
        back=edit_page(decision),
        done="Paragraph saved.",
        edits=Edited(paragraph),
    )

    def change(typed: dict[str, Any]) -> None:
        edit_paragraph(paragraph=paragraph, by=user, **{name: typed[name] for name in shown})

    return answer(request, form, page, change)
