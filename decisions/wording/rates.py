"""Sums by the year: "£90,000 a year for two years" is £180,000.

A rate of anything else (each, per person, a month) says nothing of its whole.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from decisions.wording.money import Sum, sums_in
from decisions.wording.years import financial_years

_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_COUNT = rf"(?P<count>{'|'.join(_COUNTS)}|[1-9]|10)"
_NEXT = r"(?:(?:the|a|all|next|first|following|coming|further|period|of|up to)\s+){0,4}"
_ANNUAL = re.compile(
    r",?\s*(?:(?:per|a|each|every|in each|for each)\s+(?:financial\s+)?(?:years?|annum)\b"
    r"|annually\b|p\.?a\b\.?|/\s?year\b|in each of\b|for each of\b)",
    re.I,
)
_EACH_OF = re.compile(r"each of\s*$", re.I)
_OTHER_RATE = re.compile(
    r",?\s*(?:each\b(?! of| (?:financial )?year)|(?:per|an?|every)\s+(?!year|annum|financial)"
    r"(?:month|quarter|week|day|hour|case|person|place|officer|borough|project|grant|head)\b)",
    re.I,
)
_YEARS_AFTER = re.compile(
    rf"[\s,(]*(?:(?:for|over|in|during|across)\s+)?{_NEXT}{_COUNT}[\s-]+(?:financial\s+)?years?\b",
    re.I,
)
_RUN_OF_YEARS = re.compile(
    r"[\s,(]*(?:(?:for|over|in|from)\s+)?(?P<years>20[0-9]{2}\s?[/–-].{0,80})", re.I
)
_YEARS_BEFORE = re.compile(
    rf"\b(?:for|over|during)\s+{_NEXT}{_COUNT}[\s-]+years?,?\s+(?:(?:at|being|of)\s+)?"
    r"(?:up to\s+)?$",
    re.I,
)  # fmt: skip
_AFTER = 160


@dataclass(frozen=True, slots=True)
class Rate:
    """A sum that is paid again and again: so many times, where its words say how often."""

    sum: Sum
    times: int | None
    text: str
    is_annual: bool = False

    @property
    def whole(self) -> Decimal | None:
        """What it comes to (pounds), where its words say that."""
        return self.sum.amount * self.times if self.times else None


def rates_in(text: str) -> Iterator[Rate]:
    """Every printed sum that is a rate, in order."""
    for found in sums_in(text):
        after = text[found.end : found.end + _AFTER]
        if _OTHER_RATE.match(after):
            yield Rate(found, None, found.text)
        elif annual := _ANNUAL.match(after):
            times, length = _times(annual[0], after[annual.end() :], text[: found.start])
            end = found.end + annual.end() + length
            yield Rate(found, times, _said(text[found.start : end]), is_annual=True)


def _times(annual: str, after: str, before: str) -> tuple[int | None, int]:
    """Return how many years the words say, and how far on they say so."""
    if found := _YEARS_AFTER.match(after):
        return _number(found["count"]), found.end()
    run = _RUN_OF_YEARS.match(after)
    years = list(financial_years(run["years"].partition("£")[0])) if run else []
    if run and years:
        listed = {first for first, last in years if last == first + 1}
        spans = any(last > first + 1 for first, last in years) or _is_run(run["years"])
        count = max(last for _, last in years) - min(first for first, _ in years)
        return (count if spans else len(listed)), 0
    if not _EACH_OF.search(annual) and (found := _YEARS_BEFORE.search(before)):
        return _number(found["count"]), 0
    return None, 0


def _said(words: str) -> str:
    said = " ".join(words.split())
    return f"{said})" if said.count("(") > said.count(")") else said


def _is_run(words: str) -> bool:
    return re.match(r"20[0-9]{2}\s?[/–-]\s?[0-9]{2,4}\s+(?:to|until)\s", words) is not None


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _COUNTS.index(word.lower()) + 1
