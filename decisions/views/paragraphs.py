"""Paragraphs split, joined and put elsewhere, and what was removed brought back."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from decisions.actions.paragraphs import (
    join_paragraph,
    place_paragraph,
    renumber_paper,
    restore_paragraph,
    restore_section,
    split_paragraph,
)
from decisions.forms.paper import PlaceForm, SplitForm
from decisions.forms.steps import StepForm
from decisions.models import Decision, Paragraph, Part, Section
from decisions.shapes import breaks_in, split_at
from decisions.views.access import of_decision, reader
from decisions.views.answering import FormPage, act_and_return, answer
from decisions.views.drafting import edit_page, note_reading_of, paper_for

SHOWN = 70
"""Characters of a sentence by which its place is chosen."""
TAKES_PART_2 = (
    "Its section lies in Part 2. Moved to another section, the paragraph stays in Part 2, under "
    "the same exemption, until you edit it."
)
RESTORING = {"sections": restore_section, "paragraphs": restore_paragraph}


def _paragraph(decision: Decision, pk: int) -> Paragraph:
    return of_decision(Paragraph.objects.filter(section__decision=decision), pk)


@login_required
def paragraph_split(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Split a paragraph between two of its sentences, or a list between two of its items."""
    decision, user = paper_for(request, slug), reader(request)
    paragraph = _paragraph(decision, pk)
    note_reading_of(request, decision, paragraph)
    form = SplitForm(
        request.POST or None, choices=_breaks(paragraph), initial={"text": paragraph.text}
    )
    page = FormPage(
        f"Split {str(paragraph).lower()}",
        decision,
        label="Split",
        back=edit_page(decision),
        lead="" if _breaks(paragraph) else "It is one sentence, or a table: nothing to split.",
        done="Split; the section is numbered anew.",
    )

    def split(typed: dict[str, Any]) -> None:
        split_paragraph(paragraph=paragraph, at=typed["at"], by=user)

    return answer(request, form, page, split)


def _breaks(paragraph: Paragraph) -> list[tuple[str, str]]:
    """Where it may be split, in the words on both sides."""
    found = []
    for at in breaks_in(paragraph.form, paragraph.text):
        before, after = split_at(paragraph.text, at)
        shown = f"after “…{before[-SHOWN:]}”, before “{after[:SHOWN]}…”"
        found.append((str(at), shown))
    return found


@require_POST
@login_required
def paragraph_join(request: HttpRequest, slug: str, pk: int, following: int) -> HttpResponse:
    """Join a paragraph with the one that follows it."""
    decision, user = paper_for(request, slug), reader(request)
    paragraph, after = _paragraph(decision, pk), _paragraph(decision, following)
    return act_and_return(
        request,
        edit_page(decision),
        lambda: join_paragraph(paragraph=paragraph, following=after, by=user),
        "Joined; the section is numbered anew.",
    )


@login_required
def paragraph_place(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Put a paragraph elsewhere in the paper."""
    decision, user = paper_for(request, slug), reader(request)
    paragraph = _paragraph(decision, pk)
    form = PlaceForm(request.POST or None, choices=_places(decision, paragraph))
    page = FormPage(
        f"Move {str(paragraph).lower()}",
        decision,
        label="Move",
        back=edit_page(decision),
        done="Moved; the paper is numbered anew.",
        lead=TAKES_PART_2 if paragraph.section.part == Part.PART_2 else "",
    )

    def put(typed: dict[str, Any]) -> None:
        section, _, before = typed["to"].partition("-")
        place_paragraph(
            paragraph=paragraph,
            section=of_decision(decision.sections, int(section)),
            before=_paragraph(decision, int(before)) if before else None,
            by=user,
        )

    return answer(request, form, page, put)


def _places(decision: Decision, paragraph: Paragraph) -> list[tuple[str, str]]:
    """Every place in the paper, by numbers and headings of sections in Part 1."""
    places = []
    for section in decision.sections.prefetch_related("paragraphs"):
        shown = f"section {section.number or section.position}"
        others = [other for other in section.paragraphs.all() if other.pk != paragraph.pk]
        places += [(f"{section.pk}-{one.pk}", f"{shown}, before {_named(one)}") for one in others]
        places.append((f"{section.pk}", f"{shown}, at its end"))
    return places


def _named(paragraph: Paragraph) -> str:
    return f"{paragraph.get_form_display().lower()} {paragraph.number}".strip()


def undo(decision: Decision, items: str, pk: int) -> SafeString | str:
    """Return the message after a removal, with the way to take it back where there is one."""
    if items not in RESTORING:
        return "Removed."
    address = reverse("item_restore", args=[decision.slug, items, pk])
    link = 'Removed. <a class="govuk-notification-banner__link" href="{}">Bring it back</a>'
    return format_html(link, address)


@require_POST
@login_required
def decision_renumber(request: HttpRequest, slug: str) -> HttpResponse:
    """Number the sections and paragraphs of a paper anew."""
    decision, user = paper_for(request, slug), reader(request)
    return act_and_return(
        request,
        edit_page(decision),
        lambda: renumber_paper(decision=decision, by=user),
        "The paper is numbered anew.",
    )


def _gone(decision: Decision, items: str, pk: int) -> bool:
    """Return whether such a row was ever removed from this paper."""
    sections = Section.history.filter(decision_id=decision.pk)
    rows = sections
    if items == "paragraphs":
        rows = Paragraph.history.filter(section_id__in=sections.values("id"))
    return bool(rows.filter(id=pk, history_type="-").exists())


@login_required
def item_restore(request: HttpRequest, slug: str, items: str, pk: int) -> HttpResponse:
    """Ask, then bring back a section or paragraph that was removed."""
    decision, user = paper_for(request, slug), reader(request)
    if not _gone(decision, items, pk):
        raise Http404
    page = FormPage(
        f"Bring the {items.removesuffix('s')} back",
        decision,
        label="Bring it back",
        back=edit_page(decision),
        lead="It stands again where it stood, with the words that it had.",
        done="It is back in the paper.",
    )

    def bring_back(_: dict[str, Any]) -> None:
        RESTORING[items](decision=decision, pk=pk, by=user)

    return answer(request, StepForm(request.POST or None), page, bring_back)
