"""Sections and paragraphs of a paper that is being written."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from decisions.actions.sections import (
    add_paragraph,
    add_section,
    edit_paragraph,
    edit_section,
)
from decisions.forms import paper as forms
from decisions.forms.grid import is_being_laid
from decisions.models import Paragraph, ParagraphForm
from decisions.views.access import Row, of_decision, reader
from decisions.views.answering import FormPage, answer
from decisions.views.conflict import Edited
from decisions.views.drafting import edit_page, note_reading_of, paper_for

NEW_FORMS = {
    ParagraphForm.TEXT: forms.NewParagraphForm,
    ParagraphForm.LIST: forms.NewListForm,
    ParagraphForm.TABLE: forms.NewTableForm,
}
FORMS = {
    ParagraphForm.TEXT: forms.ParagraphForm,
    ParagraphForm.LIST: forms.ListForm,
    ParagraphForm.TABLE: forms.TableForm,
}


def _form_asked(request: HttpRequest) -> ParagraphForm:
    """Which form of paragraph the address asks for: text, unless it says otherwise."""
    asked = request.GET.get("form", "")
    return ParagraphForm(asked) if asked in ParagraphForm.values else ParagraphForm.TEXT


def _before(request: HttpRequest, rows: "QuerySet[Row]") -> Row | None:
    """Return the row before which the address asks to add; None for the end."""
    asked = request.GET.get("before", "")
    return of_decision(rows, int(asked)) if asked.isascii() and asked.isdecimal() else None


@login_required
def section_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a section at the end, or before another."""
    decision, user = paper_for(request, slug), reader(request)
    form = forms.NewSectionForm(request.POST or None, decision=decision)
    page = FormPage("Add a section", decision, back=edit_page(decision), done="Section added.")

    before = _before(request, decision.sections.all())

    def add(typed: dict[str, Any]) -> None:
        add_section(decision=decision, before=before, by=user, **typed)

    return answer(request, form, page, add)


@login_required
def section_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a section's heading or part."""
    decision, user = paper_for(request, slug), reader(request)
    section = of_decision(decision.sections, pk)
    note_reading_of(request, decision, section)
    shown = {"heading": section.heading, "part": section.part, "exemption": section.exemption_id}
    form = forms.SectionForm(request.POST or None, decision=decision, initial=shown)
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
    """Add a paragraph, list or table at the end of a section, or before another."""
    decision, user = paper_for(request, slug), reader(request)
    row = of_decision(decision.sections, section)
    note_reading_of(request, decision, row)
    kind = _form_asked(request)
    form = NEW_FORMS[kind](request.POST or None, decision=decision)
    title = f"Add a {kind.label.lower()} to section {row}"
    page = FormPage(title, decision, back=edit_page(decision), done=f"{kind.label} added.")

    before = _before(request, row.paragraphs.all())

    def add(typed: dict[str, Any]) -> None:
        add_paragraph(section=row, form=kind, before=before, by=user, **typed)

    return answer(request, form, page, add, is_ready=not is_being_laid(request.POST))


@login_required
def paragraph_edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Change a paragraph's words or part."""
    decision, user = paper_for(request, slug), reader(request)
    paragraph = of_decision(Paragraph.objects.filter(section__decision=decision), pk)
    note_reading_of(request, decision, paragraph)
    shown = {
        "text": paragraph.text,
        "part": paragraph.part,
        "exemption": paragraph.exemption_id,
    }
    kind = ParagraphForm(paragraph.form)
    form = FORMS[kind](request.POST or None, decision=decision, initial=shown)
    page = FormPage(
        str(paragraph),
        decision,
        back=edit_page(decision),
        done=f"{kind.label} saved.",
        edits=Edited(paragraph),
    )

    def change(typed: dict[str, Any]) -> None:
        edit_paragraph(paragraph=paragraph, by=user, **{name: typed[name] for name in shown})

    return answer(request, form, page, change, is_ready=not is_being_laid(request.POST))
