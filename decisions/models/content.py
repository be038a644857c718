"""The content of a paper, format "paper/1": what advice covers, approvals sign, documents render.

Built from the rows as plain JSON values (sums as strings of pounds and pence, inclusive dates as
ISO 8601); `part_1_of` is the same without anything of Part 2. Format: docs/paper-format.md.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from decisions.models.decision import Decision
from decisions.models.paper import Exemption, Paragraph, Part, Section
from decisions.models.recommendations import Figure, Recommendation
from decisions.models.requirements import RuleAnswer
from decisions.models.shares import Recipient, YearSum
from decisions.shapes import ParagraphForm

FORMAT = "paper/1"

Content = dict[str, Any]
NAMED = Recipient.objects.select_related("organisation", "exemption")


def paper_content(decision: Decision) -> Content:
    """Return the whole paper as it stands in its rows, Part 2 included."""
    recommendations = decision.recommendations.select_related(
        "parent", "funded_from", "funder", "recipient"
    ).prefetch_related("figures__years", Prefetch("recipients", NAMED))
    content: Content = {
        "format": FORMAT,
        "series": decision.series.code,
        "reference": decision.reference,
        "title": decision.title,
        "asked": decision.asked,
        "executive_summary": decision.executive_summary,
        "recommendations": [_recommendation(row) for row in recommendations],
        "sections": [
            _section(row)
            for row in decision.sections.prefetch_related("paragraphs", "paragraphs__exemption")
        ],
        **_around(decision),
        **_consent(decision),
        **_declared(decision),
        **_answers(decision),
    }
    content["publication"] = {
        "deferred": decision.publication_deferred_until is not None,
        "until": _day(decision.publication_deferred_until),
        "reason": decision.publication_deferred_reason or None,
        "has_part_2": has_part_2(content),
    }
    return content


def _around(decision: Decision) -> Content:
    return {
        "exemptions": [_exemption(row) for row in decision.exemptions.all()],
        "supporting_papers": [
            {"title": row.title, "part": row.part, "sha256": row.sha256}
            for row in decision.supporting_papers.all()
        ],
        "consultations": [
            {"board": row.board, "held_on": row.held_on.isoformat(), "outcome": row.outcome}
            for row in decision.consultations.all()
        ],
        "links": [
            {"kind": row.kind, "reference": row.reference}
            for row in decision.links.select_related("to_decision__series")
        ],
    }


def _consent(decision: Decision) -> Content:
    """The head of unit's consent; no key where none is recorded."""
    if not decision.head_of_unit:
        return {}
    day = _day(decision.head_of_unit_consented_on)
    return {"head_of_unit": {"name": decision.head_of_unit, "consented_on": day}}


def _declared(decision: Decision) -> Content:
    """The authority relied on and retrospective spending; no key where nothing is said of it."""
    said = {
        "authority_paragraph": decision.authority_paragraph,
        "retrospective_reason": decision.retrospective_reason,
    }
    return {key: words for key, words in said.items() if words}


def _answers(decision: Decision) -> Content:
    """The latest answers to what is still doubted of the paper; no key where there are none."""
    if not decision.warnings:
        return {}
    rows = decision.rule_answers.filter(digest__in=decision.warnings).select_related("answered_by")
    latest = {row.digest: row for row in rows.order_by("id")}
    answers = [_answer(latest[digest]) for digest in decision.warnings if digest in latest]
    return {"answers": answers} if answers else {}


def _answer(row: RuleAnswer) -> Content:
    return {
        "code": row.code,
        "finding": row.finding,
        "words": row.words,
        "part": row.part,
        "by": row.answered_by.name,
        "on": timezone.localdate(row.answered_at).isoformat(),
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _exemption(row: Exemption) -> Content:
    return {"ground": row.ground, "reason": row.reason}


def _figure(row: Figure) -> Content:
    return {
        "amount": f"{row.amount:.2f}",
        "up_to": row.up_to,
        "text": row.text,
        "role": row.role,
        "direction": row.direction,
        **_keyed("years", [_year(each) for each in row.years.all()]),
    }


def _keyed(key: str, rows: list[Content]) -> Content:
    """The rows under a key; no key where there are none."""
    return {key: rows} if rows else {}


def _year(row: YearSum) -> Content:
    return {"year": row.name, "amount": f"{row.amount:.2f}"}


def _recipient(row: Recipient) -> Content:
    return {
        "name": row.organisation.name,
        "amount": None if row.amount is None else f"{row.amount:.2f}",
        "part": row.part,
        "exemption": row.exemption.ground if row.exemption else None,
    }


def _recommendation(row: Recommendation) -> Content:
    return {
        "id": row.pk,
        "number": row.number,
        "parent": row.parent.number if row.parent else None,
        "kind": row.kind,
        "text": row.text,
        "part": row.part,
        "figures": [_figure(figure) for figure in row.figures.all()],
        "funder": row.funder.name if row.funder else None,
        "recipient": row.recipient.name if row.recipient else None,
        **_keyed("recipients", [_recipient(each) for each in row.recipients.all()]),
        "funded_from": row.funded_from.number if row.funded_from else None,
        **({"own_money": True} if row.own_money and not row.funded_from else {}),
        "period_start": _day(row.period_start),
        "period_end": _day(row.period_end),
    }


def _section(row: Section) -> Content:
    return {
        "id": row.pk,
        "number": row.number,
        "heading": row.heading,
        "part": row.part,
        "paragraphs": [_paragraph(paragraph) for paragraph in row.paragraphs.all()],
    }


def _paragraph(row: Paragraph) -> Content:
    return {
        "id": row.pk,
        "number": row.number,
        "text": row.text,
        "part": row.part,
        "exemption": row.exemption.ground if row.exemption else None,
        **({"form": row.form} if row.form != ParagraphForm.TEXT else {}),
    }


def has_part_2(content: Content) -> bool:
    """Answer whether anything of a paper lies in Part 2."""
    rows = [*content["recommendations"], *content["sections"], *content["supporting_papers"]]
    rows += [paragraph for section in content["sections"] for paragraph in section["paragraphs"]]
    rows += [each for row in content["recommendations"] for each in row.get("recipients", [])]
    return any(row["part"] == Part.PART_2 for row in rows)


def part_1_of(content: Content) -> Content:
    """Return the content with every Part 2 item removed and no trace of its words.

    A recommendation under one of Part 2 goes with it; a reference to one that went is None.
    """
    rows = content["recommendations"]
    hidden = hidden_numbers(rows)
    answers = _open(content.get("answers", []))
    others = {key: value for key, value in content.items() if key != "answers"}
    return {
        **others,
        **({"answers": answers} if answers else {}),
        "recommendations": [_unlinked(row, hidden) for row in rows if row["number"] not in hidden],
        "sections": [
            {**section, "paragraphs": _open(section["paragraphs"])}
            for section in _open(content["sections"])
        ],
        "supporting_papers": _open(content["supporting_papers"]),
    }


def _open(rows: Iterable[Content]) -> list[Content]:
    return [row for row in rows if row["part"] == Part.PART_1]


def hidden_numbers(rows: list[Content]) -> set[str]:
    """Return the numbers of the recommendations in Part 2, and of all that lie under them."""
    hidden = {row["number"] for row in rows if row["part"] == Part.PART_2}
    while found := {row["number"] for row in rows if row["parent"] in hidden} - hidden:
        hidden |= found
    return hidden


def _unlinked(row: Content, hidden: set[str]) -> Content:
    funded_from = row["funded_from"]
    others = {key: value for key, value in row.items() if key != "recipients"}
    return {
        **others,
        **_keyed("recipients", _open(row.get("recipients", []))),
        "funded_from": None if funded_from in hidden else funded_from,
    }
