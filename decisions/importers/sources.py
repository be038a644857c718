"""Where a recommendation's money comes from: another recommendation of the same paper."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from decisions.imported_paper import ImportedRecommendation
from decisions.importers.doubts import Code, Doubts
from decisions.sources import followed, is_drawn_out_of_itself
from decisions.wording.money import Sum

_NUMBER = r"\(?(?P<number>[0-9]{1,2}(?:\.[0-9]{1,2}|\s?\(?[a-z]\)?(?![a-z]))?|[a-z](?=\)))\)?"
_NAMED = re.compile(
    r"\b(?:fund\w*|met|meet|financ\w*|drawn|paid|cover\w*|sourc\w*|spen[dt]\w*|cost\w*|resourc\w*"
    r"|expenditure|£)[^.\n]{0,200}?"
    r"\b(?:from|by|out of|within|using|utilising|via|through|against)\b"
    rf"(?:[^.\n]|\.(?=[0-9])){{0,160}}?\b(?:recommendations?|rec\.?)\s+{_NUMBER}",
    re.I,
)
_OUT_OF = re.compile(
    r"\b(?:out of|from|of (?:the|this|that) (?:[\w’'-]+ ){0,3}?"
    r"(?:grant|fund(?:s|ing)?|money|allocation|award|sum|amount|budget))\b"
    r"(?:[^.\n]|\.(?=[0-9])){0,100}?"
    rf"\b(?:recommendations?|rec\.?)\s+{_NUMBER}",
    re.I,
)
_OF_THE = re.compile(
    r"£(?:[^.\n]|\.(?=[0-9])){0,60}?\bof (?:the|its|their)\b(?:[^.\n]|\.(?=[0-9])){0,100}?"
    rf"\b(?:recommendations?|rec\.?)\s+{_NUMBER}",
    re.I,
)
_SEVERAL = re.compile(r"\brecommendations\s+\(?[0-9]", re.I)


@dataclass(frozen=True, slots=True)
class WithSources:
    """A recommendation and the sums in its words that name where its money comes from."""

    recommendation: ImportedRecommendation
    sources: tuple[Sum, ...]


def with_sources(read: Sequence[WithSources], doubts: Doubts) -> tuple[ImportedRecommendation, ...]:
    """Fill `funded_from` by the number named, else by a sum that just one other decides.

    What a lead-in draws on, the recommendations nested under it draw on, unless they say otherwise.
    """
    papers = [each.recommendation for each in read]
    found: dict[str, str | None] = {}
    for each in read:
        paper = each.recommendation
        above = found.get(paper.parent) if paper.parent else None
        found[paper.number] = followed(_source(each, papers, doubts), above, paper.number)
        if is_drawn_out_of_itself(paper.number, found):
            doubts.add(Code.FUNDED_FROM_UNKNOWN, f"Recommendation {paper.number}: in a ring")
            found[paper.number] = None
    return tuple(replace(paper, funded_from=found[paper.number]) for paper in papers)


def _source(
    each: WithSources, papers: Sequence[ImportedRecommendation], doubts: Doubts
) -> str | None:
    about = f"Recommendation {each.recommendation.number}"
    text = each.recommendation.text
    match = _NAMED.search(text) or _OUT_OF.search(text) or _OF_THE.search(text)
    if match is not None:
        number = re.sub(r"[\s()]", "", match["number"])
        known = {paper.number for paper in papers} - {each.recommendation.number}
        if number not in known or _SEVERAL.search(text, match.start()):
            doubts.add(Code.FUNDED_FROM_UNKNOWN, f"{about}: {match[0][-60:]}")
        return number if number in known else None
    return _source_by_sum(each, papers, about, doubts)


def _source_by_sum(
    each: WithSources, papers: Sequence[ImportedRecommendation], about: str, doubts: Doubts
) -> str | None:
    for found in each.sources:
        deciding = [
            paper.number
            for paper in papers
            if paper.number != each.recommendation.number
            and any(figure.amount == found.amount for figure in paper.figures)
        ]
        if len(deciding) == 1:
            doubts.add(Code.FUNDED_FROM_INFERRED, f"{about}: {found.text}")
            return deciding[0]
        doubts.add(Code.SUM_LEFT_OUT, f"{about}: {found.text} names a source.")
    return None
