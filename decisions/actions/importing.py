"""Keeping a paper that was read from a public page: as a draft, or as published elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from accounts.models import User
from audit.acts import Act, action
from decisions import events, search
from decisions.actions.drafting import begin
from decisions.actions.edits import change, made_before, remember
from decisions.actions.recommendations import RecommendationWords, Sum, lay_recommendation
from decisions.actions.sections import lay_paragraph, lay_section
from decisions.actions.steps import take
from decisions.actions.surroundings import lay_exemption
from decisions.actions.versions import make_version
from decisions.imported_paper import (
    ImportedPaper,
    ImportedParagraph,
    ImportedRecommendation,
    problems_of,
)
from decisions.models import (
    Decision,
    ParagraphForm,
    Recommendation,
    Reference,
    ReferenceForm,
    Section,
    Series,
    forms_in,
    parse_reference,
)
from decisions.permissions import can_draft
from decisions.permissions_afterwards import can_record_published
from decisions.refusals import DecisionRefused
from decisions.workflow import Source


@dataclass(frozen=True)
class Imported:
    """The decision that an import made, or the one that bore its reference already."""

    decision: Decision
    is_new: bool


def decision_with(reference: str | None) -> Decision | None:
    """Return the decision that bears a reference, if the register has it."""
    found = parse_reference(reference or "")
    return Decision.objects.with_parties().filter(found.is_it).first() if found else None


@action
def create_draft_from_import(
    act: Act, *, paper: ImportedPaper, form_key: UUID | None = None, by: User
) -> Imported:
    """Make a draft of a paper that was read; `by` is its originating officer.

    It keeps its printed number if that is free. A reference that the register has already opens
    that decision, and nothing is written. Raises DecisionRefused when the paper cannot be kept.
    """
    can_draft(by).or_refuse()
    reference = _reference(paper)
    if reference and reference.year:
        raise DecisionRefused(
            f"{reference} is of a series that is numbered anew each year, elsewhere.",
            clears="Record it as published elsewhere, or leave the reference out.",
        )
    series = _series(reference)
    if found := _held(reference, form_key):
        return found
    number = reference.number if reference else None
    decision = begin(act, series=series, officer=by, number=number, words=_words(paper))
    _lay(decision, paper)
    search.reindex(decision)
    return Imported(remember(form_key, decision), is_new=True)


@action
def record_published(
    act: Act, *, paper: ImportedPaper, form_key: UUID | None = None, by: User
) -> Imported:
    """Record a paper as published elsewhere: not approved here, never signed, opening no money.

    A reference that the register has already opens that decision, and nothing is written. A series
    with years in its references, which is only ever recorded, is started by its first decision.
    """
    role = can_record_published(by).or_refuse().role
    reference = _reference(paper)
    series = _series(reference, act)
    if found := _held(reference, form_key):
        return found
    words = _words(paper) | {
        "decided_by_text": paper.decided_by or "",
        "date_signed": paper.date_signed,
        "date_published": paper.date_published,
        "year": reference.year if reference else None,
        "source": Source.ELSEWHERE,
    }
    number = reference.number if reference else None
    decision = begin(act, series=series, officer=by, number=number, words=words)
    _lay(decision, paper)
    make_version(decision)
    take(act, decision, "record_published", event=events.DECISION_RECORDED, by=by, role=role)
    return Imported(remember(form_key, decision), is_new=True)


def _reference(paper: ImportedPaper) -> Reference | None:
    """Return the printed reference taken apart, None where there is none; refuse what is wrong."""
    if problems := problems_of(paper):
        raise DecisionRefused(" ".join(problems), clears="Correct the paper, then save it.")
    reference = parse_reference(paper.reference or "")
    if paper.reference and reference is None:
        raise DecisionRefused(
            f"{paper.reference} is not a reference of a series that this register numbers.",
            clears="Leave the reference out to be given the next number.",
        )
    return reference


def _series(reference: Reference | None, starting: Act | None = None) -> Series:
    """Return the series of a reference, locked; the first series without one.

    Within the act `starting`, one that has years in its references is started if need be.
    """
    held = Series.objects.select_for_update().order_by("pk")
    if reference is None:
        found = held.numbered_here().first()
    else:
        found = held.filter(code=reference.code).first()
    if found is None and starting and reference and reference.year:
        return _started(starting, reference)
    if found is None:
        raise DecisionRefused(
            f"This register has no series {reference.code if reference else 'of decisions'}.",
            clears="A series is started with the register.",
        )
    if reference and found.reference_form != reference.form:
        form = ReferenceForm(found.reference_form).label
        raise DecisionRefused(
            f"{reference} is not written as references of {found.code} are: like {form}.",
            clears="Correct the reference, or leave it out.",
        )
    return found


def _started(act: Act, reference: Reference) -> Series:
    series = Series.objects.create(
        code=reference.code,
        title=f"{reference.code} decisions, recorded from elsewhere",
        reference_form=reference.form,
    )
    act.record(events.SERIES_STARTED, subject=series, data={"form": reference.form.label})
    return series


def _held(reference: Reference | None, key: UUID | None) -> Imported | None:
    """What the same form made before, or the decision that bears the reference."""
    if before := made_before(key, Decision):
        return Imported(before, is_new=True)
    found = Decision.objects.filter(reference.is_it).first() if reference else None
    return Imported(found, is_new=False) if found else None


def _words(paper: ImportedPaper) -> dict[str, Any]:
    return {
        "title": paper.title or "",
        "asked": paper.asked or "",
        "executive_summary": paper.executive_summary or "",
    }


def _lay(decision: Decision, paper: ImportedPaper) -> None:
    for ground in paper.exemptions:
        lay_exemption(decision, ground=ground)
    made: dict[str, Recommendation] = {}
    for each in paper.recommendations:
        made[each.number] = lay_recommendation(
            decision, _recommendation(each, made), number=each.number
        )
    for each in paper.recommendations:
        if each.funded_from is not None:
            change(made[each.number], {"funded_from": made[each.funded_from]})
    for section in paper.sections:
        row = lay_section(decision, heading=section.heading or "", number=section.number)
        for paragraph in section.paragraphs:
            _lay_paragraph(row, paragraph)


def _lay_paragraph(section: Section, paragraph: ImportedParagraph) -> None:
    """Lay a paragraph's words, and after them the lists and tables that stand in it."""
    number = paragraph.number
    for form, words in forms_in(paragraph.text):
        is_first_text = form == ParagraphForm.TEXT and bool(number)
        lay_paragraph(section, text=words, form=form, number=number if is_first_text else "")
        number = "" if is_first_text else number


def _recommendation(
    each: ImportedRecommendation, made: Mapping[str, Recommendation]
) -> RecommendationWords:
    return RecommendationWords(
        text=each.text,
        kind=each.kind.value,
        parent=made.get(each.parent or ""),
        figures=[Sum(figure.amount, figure.up_to, figure.text) for figure in each.figures],
        period_start=each.period_start,
        period_end=each.period_end,
    )
