"""An imported paper as one JSON object, as `docs/importing.md` lists it."""

from datetime import date
from typing import Any

from decisions.imported_paper import ImportedPaper, ImportedRecommendation


def paper_as_json(paper: ImportedPaper, file: str) -> dict[str, Any]:
    """The keys of the format, in its order; money as decimal strings, dates as ISO dates."""
    return {
        "file": file,
        "reference": paper.reference,
        "title": paper.title,
        "date_signed": _day(paper.date_signed),
        "date_published": _day(paper.date_published),
        "decided_by": paper.decided_by,
        "executive_summary": paper.executive_summary,
        "asked": paper.asked,
        "recommendations": [_recommendation(each) for each in paper.recommendations],
        "sections": [
            {
                "number": section.number,
                "heading": section.heading,
                "paragraphs": [
                    {"number": each.number, "text": each.text} for each in section.paragraphs
                ],
            }
            for section in paper.sections
        ],
        "exemptions": list(paper.exemptions),
        "warnings": [{"code": each.code, "message": each.message} for each in paper.warnings],
    }


def _recommendation(each: ImportedRecommendation) -> dict[str, Any]:
    return {
        "number": each.number,
        "parent": each.parent,
        "text": each.text,
        "kind": each.kind.value,
        "figures": [
            {"amount": f"{figure.amount:.2f}", "up_to": figure.up_to, "text": figure.text}
            for figure in each.figures
        ],
        "funded_from": each.funded_from,
        "period_start": _day(each.period_start),
        "period_end": _day(each.period_end),
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None
