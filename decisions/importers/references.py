"""References of decisions, in the many ways they are typed."""

import re
from dataclasses import dataclass

_SERIES = r"(?P<series>DMPCD|CEOD|PCD)"
_SEPARATOR = r"[\s:_.#–-]{0,4}"
_REFERENCE = re.compile(
    rf"(?<![A-Za-z0-9]){_SERIES}(?:\s+(?:no\.?|number))?{_SEPARATOR}"
    r"(?:(?P<year>20[0-9]{2})\s?[\s/_-]\s?(?P<in_year>[0-9]{1,4})"
    r"|(?P<number>[0-9]{1,5})(?:\s?[-/]\s?(?P<of_year>20[0-9]{2}))?)(?![0-9A-Za-z])",
    re.I,
)
_BEFORE = " [(“\"'#*"
_BETWEEN = " ])”\"':;,.–—-|"


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference: series in capitals, number as printed, and the year if it has one."""

    series: str
    number: str
    year: str | None = None
    year_first: bool = False

    @property
    def canonical(self) -> str:
        """One spelling of each: "PCD 726", "DMPCD 2016 12", "CEOD 03-2021"."""
        if self.year is None:
            return f"{self.series} {int(self.number)}"
        if self.year_first:
            return f"{self.series} {self.year} {self.number}"
        return f"{self.series} {self.number}-{self.year}"


def references_in(text: str) -> list[Reference]:
    """Every reference in a text, in order."""
    return [_reference(match) for match in _REFERENCE.finditer(text)]


def reference_at_start(text: str) -> tuple[Reference, str] | None:
    """A line that names the page: its reference (at its start or end) and the rest of it."""
    match = _REFERENCE.match(text, len(text) - len(text.lstrip(_BEFORE)))
    if match is not None:
        return _reference(match), text[match.end() :].lstrip(_BETWEEN).rstrip()
    found = list(_REFERENCE.finditer(text, max(0, len(text) - 80)))
    if found and not text[found[-1].end() :].strip(_BETWEEN):
        before = text[: found[-1].start()].rstrip(_BEFORE + _BETWEEN.replace(")", ""))
        return _reference(found[-1]), before.strip()
    return None


def _reference(match: re.Match[str]) -> Reference:
    series = match["series"].upper()
    if match["year"]:
        return Reference(series, match["in_year"], match["year"], year_first=True)
    return Reference(series, match["number"], match["of_year"])
