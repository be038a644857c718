"""The period that a recommendation's words give: inclusive dates."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from decisions.importers import dates
from decisions.importers.doubts import Code, Doubts
from decisions.wording.years import YEARS, financial_years

_TO = r"(?:\s*(?:–|—|-)\s*|\s+(?:to|until|till|through|up to|ending(?: on)?)\s+)"
_FIRST = rf"(?P<first>{dates.DATE})"
_LAST = rf"(?:the\s+(?:end\s+of\s+)?)?(?P<last>{dates.DATE})"
_RANGES = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b{_FIRST}{_TO}{_LAST}",
        rf"\bbetween\s+{_FIRST}\s+and\s+{_LAST}",
    )
)
_LENGTHS = {
    word: n
    for n, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"), start=1
    )
}
_LENGTH = re.compile(
    rf"\b(?P<n>[0-9]{{1,2}}|{'|'.join(_LENGTHS)})[\s-](?P<unit>months?|years?)\b[^.£]{{0,40}}?"
    rf"\b(?:from|starting(?: on)?|commencing(?: on)?|beginning(?: on)?)\s+(?P<start>{dates.DATE})",
    re.I,
)
_FROM = re.compile(
    rf"\b(?:from|starting(?: on)?|commencing(?: on)?|beginning(?: on)?|with effect from)\s+"
    rf"(?:the\s+)?(?P<date>{dates.DATE})",
    re.I,
)
_UNTIL = re.compile(
    rf"\b(?:until|till|up to(?: and including)?|ending(?: on)?|to|by)\s+(?:the\s+(?:end\s+of\s+)?)?"
    rf"(?P<date>{dates.DATE})",
    re.I,
)
_INTO_YEAR = re.compile(
    rf"\bcarr(?:y|ied|ying)\b[^.;]{{0,200}}?\bfrom\s+{YEARS.pattern}\s+(?:in)?to\s+"
    rf"(?P<into>{YEARS.pattern})",
    re.I,
)
"""Money carried forward from one year into another is for the second."""


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both inclusive; None where the words do not say."""

    start: date | None = None
    end: date | None = None


def period_of(text: str, about: str, doubts: Doubts) -> Period:
    """The period in a recommendation's words; `about` names it in warnings."""
    for read in (_from_ranges, _from_length, _from_years, _from_one_end):
        period = read(text, about, doubts)
        if period is not None:
            return period
    return Period()


def _from_ranges(text: str, about: str, doubts: Doubts) -> Period | None:
    spans = [match for pattern in _RANGES for match in pattern.finditer(text)]
    spans.sort(key=lambda match: match.start())
    periods = dict.fromkeys(
        period for match in spans if (period := _range(match, about, doubts)) is not None
    )
    if len(periods) > 1:
        doubts.add(Code.PERIODS_SEVERAL, about)
    return next(iter(periods), None)


def _range(match: re.Match[str], about: str, doubts: Doubts) -> Period | None:
    first, last = dates.printed(match["first"]), dates.printed(match["last"])
    end = last.on(last_day=True) if last else None
    start = first.on(year=end.year) if first and end else None
    if first is None or last is None or start is None or end is None:
        doubts.add(Code.DATE_UNREADABLE, f"{about}: {match[0]}")
        return None
    if first.year is None and start > end:
        start = first.on(year=end.year - 1) or start
    if start > end:
        doubts.add(Code.PERIOD_BACKWARDS, f"{about}: {match[0]}")
        return None
    if None in (first.day, first.year, last.day):
        doubts.add(Code.PERIOD_INFERRED, f"{about}: {match[0]}")
    return Period(start, end)


def _from_length(text: str, about: str, doubts: Doubts) -> Period | None:
    match = _LENGTH.search(text)
    first = dates.printed(match["start"]) if match else None
    start = first.on() if first else None
    if match is None or start is None:
        return None
    number = _LENGTHS.get(match["n"].lower()) or int(match["n"])
    months = number * (12 if match["unit"].lower().startswith("year") else 1)
    doubts.add(Code.PERIOD_INFERRED, f"{about}: {match[0]}")
    return Period(start, _months_later(start, months))


def _months_later(start: date, months: int) -> date:
    """The last day of so many months from `start` (1 April, 12 months: 31 March)."""
    index = start.year * 12 + start.month - 1 + months
    after = dates.PrintedDate(min(start.day, 28), index % 12 + 1, index // 12).on()
    return (after or start) + timedelta(days=start.day - min(start.day, 28) - 1)


def _from_years(text: str, about: str, doubts: Doubts) -> Period | None:
    years = sorted(financial_years(text))
    if not years:
        return None
    into = _INTO_YEAR.search(text)
    if into is not None:
        years = list(financial_years(into["into"]))
    first, last = years[0][0], max(end for _, end in years)
    doubts.add(Code.PERIOD_FROM_FINANCIAL_YEAR, about)
    joined = {year for start, end in years for year in range(start, end)}
    if len(joined) != last - first:
        doubts.add(Code.PERIODS_SEVERAL, about)
        first, last = years[0]
    return Period(date(first, 4, 1), date(last, 3, 31))


def _from_one_end(text: str, about: str, doubts: Doubts) -> Period | None:
    begins, ends = _full(_FROM.search(text)), _full(_UNTIL.search(text))
    start = begins.on() if begins else None
    end = ends.on(last_day=True) if ends else None
    if start is None and end is None:
        return None
    if start and end and start > end:
        doubts.add(Code.PERIOD_BACKWARDS, about)
        return None
    if start is None or end is None:
        doubts.add(Code.PERIOD_OPEN, about)
    if any(each and each.day is None for each in (begins, ends)):
        doubts.add(Code.PERIOD_INFERRED, about)
    return Period(start, end)


def _full(match: re.Match[str] | None) -> dates.PrintedDate | None:
    return dates.printed(match["date"]) if match else None
