"""Paragraphs split, joined and put elsewhere, and what was removed brought back.

A paragraph keeps its id wherever it goes, so that what changed between two versions follows it.
"""

from typing import Any

from accounts.models import User
from audit.acts import Act, action
from decisions.actions.edits import change, close_paper, moved, next_position, open_paper, present
from decisions.actions.sections import (
    name_of,
    open_in,
    renumber,
    renumber_paragraphs,
)
from decisions.models import Decision, Exemption, Paragraph, ParagraphForm, Part, Section
from decisions.refusals import DecisionRefused
from decisions.shapes import joined, split_at

LONGEST = 20_000
"""Characters of a paragraph, as its form takes them."""


@action
def split_paragraph(act: Act, *, paragraph: Paragraph, at: int, by: User) -> Paragraph:
    """Split a paragraph before a character (from 0); return the new one, which follows it."""
    decision, paragraph = open_in(paragraph, by)
    first, second = split_at(paragraph.text, at)
    if paragraph.form == ParagraphForm.TABLE or not first or not second:
        raise DecisionRefused(
            "It cannot be split there.", clears="Choose a place between two of its sentences."
        )
    section, name = paragraph.section, name_of(paragraph)
    rows = list(section.paragraphs.all())
    change(paragraph, {"text": first})
    made = Paragraph.objects.create(
        section=section,
        position=next_position(section.paragraphs.all()),
        text=second,
        form=paragraph.form,
        part=paragraph.part,
        exemption=paragraph.exemption,
    )
    place = [row.pk for row in rows].index(paragraph.pk) + 2
    renumber_paragraphs(section, moved([*rows, made], made, place))
    close_paper(act, decision, f"{name} split")
    return made


@action
def join_paragraph(act: Act, *, paragraph: Paragraph, following: Paragraph, by: User) -> Paragraph:
    """Join a paragraph with the one that follows it, which goes; history keeps it."""
    decision, paragraph = open_in(paragraph, by)
    section, name = paragraph.section, name_of(paragraph)
    after = section.paragraphs.filter(position__gt=paragraph.position).first()
    following = present(after if after and after.pk == following.pk else None)
    _refuse_unlike(paragraph, following)
    text = joined(paragraph.form, paragraph.text, following.text)
    if len(text) > LONGEST:
        raise DecisionRefused(
            f"Together they have {len(text):,} characters; a paragraph holds {LONGEST:,}.",
            clears="Leave them as two paragraphs.",
        )
    following.delete()
    change(paragraph, {"text": text})
    renumber_paragraphs(section, list(section.paragraphs.all()))
    close_paper(act, decision, f"{name} joined with the next")
    return paragraph


def _refuse_unlike(one: Paragraph, other: Paragraph) -> None:
    if one.form != other.form:
        raise DecisionRefused(
            "A paragraph, a list and a table cannot be joined with one another.",
            clears="Copy the words from one to the other.",
        )
    if (one.part, one.exemption_id) != (other.part, other.exemption_id):
        raise DecisionRefused(
            "They lie in different parts, or rest on different exemptions.",
            clears="Put both in the same part first.",
        )


@action
def place_paragraph(
    act: Act, *, paragraph: Paragraph, section: Section, before: Paragraph | None, by: User
) -> Paragraph:
    """Put a paragraph before another one of any section of its paper, or at that section's end.

    Out of a section of Part 2 it takes that part and its exemption with it.
    """
    decision, paragraph = open_in(paragraph, by)
    section = present(decision.sections.filter(pk=section.pk).first())
    left, name = paragraph.section, name_of(paragraph)
    others = list(section.paragraphs.exclude(pk=paragraph.pk))
    place = len(others) + 1
    if before is not None:
        before = present(next((row for row in others if row.pk == before.pk), None))
        place = others.index(before) + 1
    if section.pk != left.pk:
        change(
            paragraph,
            {
                "section": section,
                "position": next_position(section.paragraphs.all()),
                **_part_taken(paragraph, left, section),
            },
        )
        renumber_paragraphs(left, list(left.paragraphs.all()))
    renumber_paragraphs(section, moved(others, paragraph, place))
    close_paper(act, decision, f"{name} moved to section {section.number}")
    return paragraph


def _part_taken(paragraph: Paragraph, left: Section, to: Section) -> dict[str, Any]:
    """Return the part that a paragraph takes with it: nothing of Part 2 is public by a move."""
    if left.part == Part.PART_2 and to.part == paragraph.part == Part.PART_1:
        return {"part": left.part, "exemption": left.exemption}
    return {}


@action
def renumber_paper(act: Act, *, decision: Decision, by: User) -> None:
    """Number the sections 1, 2, 3 and their paragraphs 1.1, 1.2, as they stand."""
    decision = open_paper(decision, by)
    renumber(decision, list(decision.sections.all()))
    close_paper(act, decision, "sections numbered anew")


@action
def restore_paragraph(act: Act, *, decision: Decision, pk: int, by: User) -> Paragraph:
    """Bring back a paragraph that was removed, as it was, where it stood."""
    decision = open_paper(decision, by)
    past = Paragraph.history.filter(id=pk, history_type="-").order_by("-history_id").first()
    section = past and decision.sections.filter(pk=past.section_id).first()
    if past is None or section is None or Paragraph.objects.filter(pk=pk).exists():
        raise _nothing_to_restore()
    paragraph = _again(past, section)
    place = past.position
    renumber_paragraphs(section, moved(list(section.paragraphs.all()), paragraph, place))
    close_paper(act, decision, f"{name_of(paragraph)} brought back")
    return paragraph


@action
def restore_section(act: Act, *, decision: Decision, pk: int, by: User) -> Section:
    """Bring back a section that was removed, with the paragraphs that went with it."""
    decision = open_paper(decision, by)
    gone = Section.history.filter(id=pk, decision_id=decision.pk, history_type="-")
    past = gone.order_by("-history_id").first()
    if past is None or Section.objects.filter(pk=pk).exists():
        raise _nothing_to_restore()
    section = Section.objects.create(
        pk=pk,
        decision=decision,
        position=next_position(decision.sections.all()),
        number=past.number,
        heading=past.heading,
        part=past.part,
        exemption=_exemption(past),
    )
    went = Paragraph.history.filter(section_id=pk, history_type="-", act=past.act)
    for each in went.order_by("position"):
        _again(each, section)
    renumber(decision, moved(list(decision.sections.all()), section, past.position))
    close_paper(act, decision, f"section {section.number} brought back")
    return section


def _again(past: Any, section: Section) -> Paragraph:
    """Lay a paragraph once more at the end of its section, as history keeps it."""
    return Paragraph.objects.create(
        pk=past.id,
        section=section,
        position=next_position(section.paragraphs.all()),
        number=past.number,
        text=past.text,
        form=past.form,
        part=past.part,
        exemption=_exemption(past),
    )


def _exemption(past: Any) -> Exemption | None:
    found = Exemption.objects.filter(pk=past.exemption_id).first()
    if past.exemption_id and found is None:
        raise DecisionRefused(
            "The exemption that it rested on has been removed.",
            clears="Claim the exemption again, and add the words anew.",
        )
    return found


def _nothing_to_restore() -> DecisionRefused:
    return DecisionRefused(
        "It is in the paper, or the section that held it is gone.",
        clears="Load the page again; bring a section back before its paragraphs.",
    )
