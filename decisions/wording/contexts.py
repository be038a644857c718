"""What a sentence is about, where it is not about what a paper asks for.

Other limits (thresholds, the scheme of delegation), another year, decision, time or place, and
what would be otherwise.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from decisions.wording.money import Sum
from decisions.wording.years import years_in

_ELSEWHERE = re.compile(
    r"\bscheme of (?:delegation|consent)|\bcontract regulations|\bfinancial regulations"
    r"|\bthresholds?\b|\bcomparable\b|\bsimilar (?:programmes?|projects?|schemes?|contracts?)\b"
    r"|\b(?:bids|tenders|quotations)\s+(?:\w+\s+){0,3}(?:ranged|ranging|received)\b"
    r"|\blast (?:financial )?year\b|\bthe (?:previous|pilot|year before)\b|\bpreviously\b"
    r"|\bin (?:prior|earlier|past) years\b|\bformerly\b|\bon average\b"
    r"|\bworth (?:about|some|around)\b|\bwithout\b[^.]{0,60}\bwould\b"
    r"|\bwould (?:otherwise|leave|be left)\b|\bif\b[^.]{0,80}\bwould\b"
    r"|\bwould\b[^.]{0,80}\bif\b|\bshould the\b",
    re.I,
)
_DECISION = re.compile(r"\b(?:PCD|DMPCD|CEOD)[\s-]?[0-9]", re.I)
_OWN = re.compile(r"\bthis (?:paper|decision|request|report)\b", re.I)
_CALENDAR = re.compile(
    r"\b(?:in|since|during|by|until)\s+(?:(?:early|late|mid|spring|summer|autumn|winter|January"
    r"|February|March|April|May|June|July|August|September|October|November|December)[\s-]+)?"
    r"(?P<year>20[0-9]{2})\b(?!\s?[/–-]\s?[0-9])",
    re.I,
)
_YEAR = re.compile(r"\b20[0-9]{2}\b")
_FROM = re.compile(r"\bfrom\s+(?:up to\s+)?$", re.I)
_TO = re.compile(r"\s+to\b", re.I)


@dataclass(frozen=True, slots=True)
class About:
    """The years that a paper is about: financial ones, and the calendar years it asks for."""

    financial: frozenset[tuple[int, int]]
    calendar: frozenset[int]

    @classmethod
    def of(cls, recommendations: Sequence[str], summary: str) -> "About":
        """Return what recommendations, and the summary, name of years."""
        asked = set().union(*map(years_in, recommendations))
        calendar = {int(year) for text in recommendations for year in _YEAR.findall(text)}
        calendar |= {year for both in asked for year in both}
        return cls(frozenset(asked | years_in(summary)), frozenset(calendar))

    def leaves_out(self, sentence: str) -> bool:
        """Whether a sentence is about something else."""
        named = years_in(sentence)
        other_year = bool(self.financial and named) and not named & self.financial
        other_decision = _DECISION.search(sentence) and not _OWN.search(sentence)
        return bool(
            other_year
            or other_decision
            or self._is_of_another_time(sentence)
            or _ELSEWHERE.search(sentence)
        )

    def _is_of_another_time(self, sentence: str) -> bool:
        named = {int(found["year"]) for found in _CALENDAR.finditer(sentence)}
        if not named or not self.calendar:
            return False
        return not any(min(self.calendar) <= year <= max(self.calendar) for year in named)


def is_old_value(text: str, found: Sum) -> bool:
    """Whether a sum is what another became: the first of "from £525,000 to £550,000"."""
    before = text[max(0, found.start - 40) : found.start]
    return bool(_FROM.search(before) and _TO.match(text, found.end))
