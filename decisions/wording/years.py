"""Financial years that a text names, such as 2019/20."""

import re
from collections.abc import Iterator

YEARS = re.compile(
    r"(?<![0-9£/,.-])(20[0-9]{2})\s?[/–-]\s?(20[0-9]{2}|[0-9]{2})(?![0-9]|[/.-][0-9])"
)
_SHORT_YEARS = re.compile(
    r"\b(?:FY\s?|financial years?\s)([0-9]{2})\s?[/–-]\s?([0-9]{2})(?![0-9]|[/.-][0-9])", re.I
)
_YEAR_TO_YEAR = re.compile(rf"({YEARS.pattern})\s*(?:to|until|–|-)\s*({YEARS.pattern})")


def years_in(text: str) -> set[tuple[int, int]]:
    """Financial years named in a text, as (first, last) calendar years."""
    return set(financial_years(text))


def financial_years(text: str) -> Iterator[tuple[int, int]]:
    """Yield each financial year that is named, or run of them, as (first, last)."""
    for match in YEARS.finditer(text):
        yield from _years(match[1], match[2])
    for match in _SHORT_YEARS.finditer(text):
        yield from _years(f"20{match[1]}", match[2])
    for match in _YEAR_TO_YEAR.finditer(text):
        yield from _years(match[2], match[6])


def _years(opens: str, closes: str) -> Iterator[tuple[int, int]]:
    """First and last calendar year, when they can be a financial year or a run of them."""
    first = int(opens)
    last = int(closes) if len(closes) == 4 else first // 100 * 100 + int(closes)
    if first < last <= first + 10:
        yield first, last
