"""Sections and paragraphs of a paper that is open to edits."""

from typing import Any
from uuid import UUID

from accounts.models import User
from audit.acts import Act, action
from decisions.actions.edits import (
    change,
    close_paper,
    made_before,
    moved,
    next_position,
    of_paper,
    open_paper,
    present,
    remember,
)
from decisions.models import Decision, Exemption, Paragraph, ParagraphForm, Part, Section


def place(part: int, exemption: Exemption | None) -> dict[str, Any]:
    """Return the values of part and exemption, the exemption only with Part 2."""
    return {"part": part, "exemption": exemption if part == Part.PART_2 else None}


def lay_section(
    decision: Decision,
    *,
    heading: str = "",
    number: str | None = None,
    part: int = Part.PART_1,
    exemption: Exemption | None = None,
) -> Section:
    """Add a section at the end, within an edit; without a number it gets the next one."""
    of_paper(decision, exemption)
    position = next_position(decision.sections.all())
    return Section.objects.create(
        decision=decision,
        position=position,
        number=str(position) if number is None else number,
        heading=heading,
        **place(part, exemption),
    )


def lay_paragraph(
    section: Section,
    *,
    text: str,
    form: str = ParagraphForm.TEXT,
    number: str | None = None,
    part: int = Part.PART_1,
    exemption: Exemption | None = None,
) -> Paragraph:
    """Add a paragraph at the end of a section, within an edit; lists and tables bear no number."""
    position = next_position(section.paragraphs.all())
    if number is None:
        counted = section.paragraphs.filter(form=ParagraphForm.TEXT).count() + 1
        number = _number(section, counted) if form == ParagraphForm.TEXT else ""
    return Paragraph.objects.create(
        section=section,
        position=position,
        number=number,
        text=text,
        form=form,
        **place(part, exemption),
    )


def renumber(decision: Decision, sections: list[Section]) -> None:
    """Number sections in this order, and their paragraphs."""
    for position, section in enumerate(sections, start=1):
        change(section, {"position": position, "number": str(position)})
        renumber_paragraphs(section, list(section.paragraphs.all()))


def renumber_paragraphs(section: Section, paragraphs: list[Paragraph]) -> None:
    """Number the paragraphs of a section in this order; lists and tables bear no number."""
    counted = 0
    for position, paragraph in enumerate(paragraphs, start=1):
        is_text = paragraph.form == ParagraphForm.TEXT
        counted += is_text
        number = _number(section, counted) if is_text else ""
        change(paragraph, {"position": position, "number": number})


def _number(section: Section, counted: int) -> str:
    return f"{section.number}.{counted}" if section.number else str(counted)


def name_of(paragraph: Paragraph) -> str:
    """What a paragraph is called in the audit trail, without its words."""
    if paragraph.number:
        return f"paragraph {paragraph.number}"
    return f"{paragraph.form} in section {paragraph.section.number}".strip()


def open_at(section: Section, by: User) -> tuple[Decision, Section]:
    """Return a section as it stands, with its paper open to edits by that person."""
    decision = open_paper(section.decision, by)
    return decision, present(decision.sections.filter(pk=section.pk).first())


def open_in(paragraph: Paragraph, by: User) -> tuple[Decision, Paragraph]:
    """Return a paragraph as it stands, with its paper open to edits by that person."""
    decision, section = open_at(paragraph.section, by)
    return decision, present(section.paragraphs.filter(pk=paragraph.pk).first())


@action
def add_section(
    act: Act,
    *,
    decision: Decision,
    heading: str,
    part: int = Part.PART_1,
    exemption: Exemption | None = None,
    before: Section | None = None,
    form_key: UUID | None = None,
    by: User,
) -> Section:
    """Add a section at the end of the paper, or before another; then the paper is numbered anew."""
    decision = open_paper(decision, by)
    if made := made_before(form_key, Section, of=decision):
        return made
    of_paper(decision, before)
    section = lay_section(decision, heading=heading, part=part, exemption=exemption)
    if before is not None:
        renumber(decision, moved(list(decision.sections.all()), section, before.position))
    close_paper(act, decision, f"section {section.number} added")
    return remember(form_key, section)


@action
def edit_section(
    act: Act,
    *,
    section: Section,
    heading: str,
    part: int = Part.PART_1,
    exemption: Exemption | None = None,
    by: User,
) -> Section:
    """Change a section's heading or part."""
    decision, section = open_at(section, by)
    of_paper(decision, exemption)
    if change(section, {"heading": heading, **place(part, exemption)}):
        close_paper(act, decision, f"section {section.number}")
    return section


@action
def move_section(act: Act, *, section: Section, position: int, by: User) -> Section:
    """Move a section to a position (from 1); the paper is numbered anew."""
    decision, section = open_at(section, by)
    old = section.number
    renumber(decision, moved(list(decision.sections.all()), section, position))
    close_paper(act, decision, f"section {old} moved")
    return section


@action
def remove_section(act: Act, *, section: Section, by: User) -> None:
    """Remove a section with its paragraphs; history keeps them."""
    decision, section = open_at(section, by)
    number = section.number
    for paragraph in section.paragraphs.all():
        paragraph.delete()
    section.delete()
    renumber(decision, list(decision.sections.all()))
    close_paper(act, decision, f"section {number} removed")


@action
def add_paragraph(
    act: Act,
    *,
    section: Section,
    text: str,
    form: str = ParagraphForm.TEXT,
    part: int = Part.PART_1,
    exemption: Exemption | None = None,
    before: Paragraph | None = None,
    form_key: UUID | None = None,
    by: User,
) -> Paragraph:
    """Add a paragraph at the end of a section, or before another; then it is numbered anew."""
    decision, section = open_at(section, by)
    if made := made_before(form_key, Paragraph):
        return made
    of_paper(decision, exemption)
    paragraph = lay_paragraph(section, text=text, form=form, part=part, exemption=exemption)
    if before is not None:
        before = present(section.paragraphs.filter(pk=before.pk).first())
        rows = list(section.paragraphs.all())
        renumber_paragraphs(section, moved(rows, paragraph, before.position))
    close_paper(act, decision, f"{name_of(paragraph)} added")
    return remember(form_key, paragraph)


@action
def edit_paragraph(
    act: Act,
    *,
    paragraph: Paragraph,
    text: str,
    part: int = Part.PART_1,
    exemption: Exemption | None = None,
    by: User,
) -> Paragraph:
    """Change a paragraph's words or part."""
    decision, paragraph = open_in(paragraph, by)
    of_paper(decision, exemption)
    if change(paragraph, {"text": text, **place(part, exemption)}):
        close_paper(act, decision, name_of(paragraph))
    return paragraph


@action
def move_paragraph(act: Act, *, paragraph: Paragraph, position: int, by: User) -> Paragraph:
    """Move a paragraph within its section to a position (from 1)."""
    decision, paragraph = open_in(paragraph, by)
    section, name = paragraph.section, name_of(paragraph)
    renumber_paragraphs(section, moved(list(section.paragraphs.all()), paragraph, position))
    close_paper(act, decision, f"{name} moved")
    return paragraph


@action
def remove_paragraph(act: Act, *, paragraph: Paragraph, by: User) -> None:
    """Remove a paragraph; history keeps it."""
    decision, paragraph = open_in(paragraph, by)
    section, name = paragraph.section, name_of(paragraph)
    paragraph.delete()
    renumber_paragraphs(section, list(section.paragraphs.all()))
    close_paper(act, decision, f"{name} removed")
