"""Keeping a paper that was read from a public page: as a draft, or as published elsewhere."""

import re
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
from decisions.imported_paper import ImportedPaper, ImportedRecommendation, problems_of
from decisions.models import Decision, Recommendation, Series
from decisions.permissions import can_draft, can_record_published
from decisions.refusals import DecisionRefused
from decisions.workflow import Source

_REFERENCE = re.compile(r"^(?P<code>[A-Z]{2,12}) (?P<number>[0-9]{1,9})$")


@dataclass(frozen=True)
class Imported:
    """The decision that an import made, or the one that bore its reference already."""

    decision: Decision
    is_new: bool


def decision_with(reference: str | None) -> Decision | None:
    """Return the decision that bears a reference, if the register has it."""
    match = _REFERENCE.match(reference or "")
    if match is None:
        return None
    held = Decision.objects.with_parties()
    return held.filter(series__code=match["code"], number=int(match["number"])).first()


@action
def create_draft_from_import(
    act: Act, *, paper: ImportedPaper, form_key: UUID | None = None, by: User
) -> Imported:
    """Make a draft of a paper that was read; `by` is its originating officer.

    It keeps its printed number if that is free. A reference that the register has already opens
    that decision, and nothing is written. Raises DecisionRefused when the paper cannot be kept.
    """
    can_draft(by).or_refuse()
    series, number = _place(paper)
    if found := _held(series, number, form_key):
        return found
    decision = begin(act, series=series, officer=by, number=number, words=_words(paper))
    _lay(decision, paper)
    search.reindex(decision)
    return Imported(remember(form_key, decision), is_new=True)


@action
def record_published(
    act: Act, *, paper: ImportedPaper, form_key: UUID | None = None, by: User
) -> Imported:
    """Record a paper as published elsewhere: not approved here, never signed, opening no money.

    A reference that the register has already opens that decision, and nothing is written.
    """
    role = can_record_published(by).or_refuse().role
    series, number = _place(paper)
    if found := _held(series, number, form_key):
        return found
    words = _words(paper) | {
        "decided_by_text": paper.decided_by or "",
        "date_signed": paper.date_signed,
        "date_published": paper.date_published,
    }
    source = Source.ELSEWHERE
    decision = begin(act, series=series, officer=by, number=number, source=source, words=words)
    _lay(decision, paper)
    make_version(decision)
    take(act, decision, "record_published", event=events.DECISION_RECORDED, by=by, role=role)
    return Imported(remember(form_key, decision), is_new=True)


def _place(paper: ImportedPaper) -> tuple[Series, int | None]:
    """The series and the printed number, the series locked; the first series without one."""
    if problems := problems_of(paper):
        raise DecisionRefused(" ".join(problems), clears="Correct the paper, then save it.")
    match = _REFERENCE.match(paper.reference or "")
    if paper.reference and match is None:
        raise DecisionRefused(
            f"{paper.reference} is not a reference of a series that this register numbers.",
            clears="Leave the reference out to be given the next number.",
        )
    wanted = Series.objects.select_for_update().order_by("pk")
    series = wanted.filter(code=match["code"]).first() if match else wanted.first()
    if series is None:
        code = match["code"] if match else "decisions"
        raise DecisionRefused(
            f"This register has no series {code}.",
            clears="A series is started with the register.",
        )
    return series, int(match["number"]) if match else None


def _held(series: Series, number: int | None, key: UUID | None) -> Imported | None:
    """What the same form made before, or the decision that has the number."""
    if before := made_before(key, Decision):
        return Imported(before, is_new=True)
    found = None if number is None else series.decisions.filter(number=number).first()
    return None if found is None else Imported(found, is_new=False)


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
            lay_paragraph(row, text=paragraph.text, number=paragraph.number)


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
