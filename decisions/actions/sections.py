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
from decisions.models import Decision, Exemption, Paragraph, Part, Section


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
    number: str | None = None,
    part: int = Part.PART_1,
    exemption: Exemption | None = None,
) -> Paragraph:
    """Add a paragraph at the end of a section, within an edit."""
    position = next_position(section.paragraphs.all())
    own = f"{section.number}.{position}" if section.number else str(position)
    return Paragraph.objects.create(
        section=section,
        position=position,
        number=own if number is None else number,
        text=text,
        **place(part, exemption),
    )


def _renumber(decision: Decision, sections: list[Section]) -> None:
    for position, section in enumerate(sections, start=1):
        change(section, {"position": position, "number": str(position)})
        _renumber_paragraphs(section, list(section.paragraphs.all()))


def _renumber_paragraphs(section: Section, paragraphs: list[Paragraph]) -> None:
    for position, paragraph in enumerate(paragraphs, start=1):
        number = f"{section.number}.{position}" if section.number else str(position)
        change(paragraph, {"position": position, "number": number})


def _open_at(section: Section, by: User) -> tuple[Decision, Section]:
    decision = open_paper(section.decision, by)
    return decision, present(decision.sections.filter(pk=section.pk).first())


def _open_in(paragraph: Paragraph, by: User) -> tuple[Decision, Paragraph]:
    decision, section = _open_at(paragraph.section, by)
    return decision, present(section.paragraphs.filter(pk=paragraph.pk).first())


@action
def add_section(
    act: Act,
    *,
    decision: Decision,
    heading: str,
    part: int = Part.PART_1,
    exemption: Exemption | None = None,
    form_key: UUID | None = None,
    by: User,
) -> Section:
    """Add a section at the end of the paper."""
    decision = open_paper(decision, by)
    if before := made_before(form_key, Section):
        return before
    section = lay_section(decision, heading=heading, part=part, exemption=exemption)
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
    decision, section = _open_at(section, by)
    of_paper(decision, exemption)
    if change(section, {"heading": heading, **place(part, exemption)}):
        close_paper(act, decision, f"section {section.number}")
    return section


@action
def move_section(act: Act, *, section: Section, position: int, by: User) -> Section:
    """Move a section to a position (from 1); the paper is numbered anew."""
    decision, section = _open_at(section, by)
    old = section.number
    _renumber(decision, moved(list(decision.sections.all()), section, position))
    close_paper(act, decision, f"section {old} moved")
    return section


@action
def remove_section(act: Act, *, section: Section, by: User) -> None:
    """Remove a section with its paragraphs; history keeps them."""
    decision, section = _open_at(section, by)
    number = section.number
    for paragraph in section.paragraphs.all():
        paragraph.delete()
    section.delete()
    _renumber(decision, list(decision.sections.all()))
    close_paper(act, decision, f"section {number} removed")


@action
def add_paragraph(
    act: Act,
    *,
    section: Section,
    text: str,
    part: int = Part.PART_1,
    exemption: Exemption | None = None,
    form_key: UUID | None = None,
    by: User,
) -> Paragraph:
    """Add a paragraph at the end of a section."""
    decision, section = _open_at(section, by)
    if before := made_before(form_key, Paragraph):
        return before
    of_paper(decision, exemption)
    paragraph = lay_paragraph(section, text=text, part=part, exemption=exemption)
    close_paper(act, decision, f"paragraph {paragraph.number} added")
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
    decision, paragraph = _open_in(paragraph, by)
    of_paper(decision, exemption)
    if change(paragraph, {"text": text, **place(part, exemption)}):
        close_paper(act, decision, f"paragraph {paragraph.number}")
    return paragraph


@action
def move_paragraph(act: Act, *, paragraph: Paragraph, position: int, by: User) -> Paragraph:
    """Move a paragraph within its section to a position (from 1)."""
    decision, paragraph = _open_in(paragraph, by)
    section, old = paragraph.section, paragraph.number
    _renumber_paragraphs(section, moved(list(section.paragraphs.all()), paragraph, position))
    close_paper(act, decision, f"paragraph {old} moved")
    return paragraph


@action
def remove_paragraph(act: Act, *, paragraph: Paragraph, by: User) -> None:
    """Remove a paragraph; history keeps it."""
    decision, paragraph = _open_in(paragraph, by)
    section, number = paragraph.section, paragraph.number
    paragraph.delete()
    _renumber_paragraphs(section, list(section.paragraphs.all()))
    close_paper(act, decision, f"paragraph {number} removed")
