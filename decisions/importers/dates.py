"""Dates as decision pages print them."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name[:3].lower(): n for name, n in _MONTHS.items()} | {"sept": 9}
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:[0-9]{1,2})(?:\s?(?:st|nd|rd|th))?"

DATE = (
    rf"(?:{_DAY}\s+(?:of\s+)?{_MONTH},?\s+[0-9]{{4}}"
    rf"|{_MONTH}\s+{_DAY},?\s+[0-9]{{4}}"
    rf"|{_DAY}\s+(?:of\s+)?{_MONTH}"
    rf"|{_MONTH}\s+[0-9]{{4}}"
    r"|[0-9]{1,2}[/.][0-9]{1,2}[/.](?:[0-9]{4}|[0-9]{2})|[0-9]{4}-[0-9]{2}-[0-9]{2})"
)
"""A pattern (for re.I) of one printed date; a day or a year may be left out."""

_SHAPES = tuple(
    re.compile(rf"^{shape}$", re.I)
    for shape in (
        rf"(?P<d>[0-9]{{1,2}})(?:\s?(?:st|nd|rd|th))?\s+(?:of\s+)?(?P<m>{_MONTH}),?(?:\s+(?P<y>[0-9]{{4}}))?",
        rf"(?P<m>{_MONTH})\s+(?P<d>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>[0-9]{{4}})",
        rf"(?P<m>{_MONTH})(?P<d>)\s+(?P<y>[0-9]{{4}})",
        r"(?P<d>[0-9]{1,2})[/.](?P<m>[0-9]{1,2})[/.](?P<y>[0-9]{4}|[0-9]{2})",
        r"(?P<y>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})",
    )
)
_ANY = re.compile(rf"\b{DATE}", re.I)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A printed date; `day` or `year` is None where the page leaves it out."""

    day: int | None
    month: int
    year: int | None

    def on(self, *, year: int | None = None, last_day: bool = False) -> date | None:
        """The date, with a missing year or day supplied; None if there is no such day."""
        the_year = self.year or year
        if the_year is None or not 1900 <= the_year <= 2200 or not 1 <= self.month <= 12:
            return None
        length = calendar.monthrange(the_year, self.month)[1]
        day = self.day or (length if last_day else 1)
        return date(the_year, self.month, day) if day <= length else None


def printed(text: str) -> PrintedDate | None:
    """Read one printed date; None for anything else. Numbers are day/month/year."""
    for shape in _SHAPES:
        match = shape.match(text.strip())
        if match is not None:
            return PrintedDate(
                int(match["d"]) if match["d"] else None,
                _month(match["m"]),
                _year(match["y"]),
            )
    return None


def _month(text: str) -> int:
    name = text.lower().rstrip(".")
    return int(name) if name.isdigit() else _MONTHS[name]


def _year(text: str | None) -> int | None:
    if not text:
        return None
    return 2000 + int(text) if len(text) == 2 else int(text)


def full_date(text: str) -> date | None:
    """The one full date in a short text such as "Monday 28 October 2019", else None."""
    match = _ANY.search(text)
    found = printed(match[0]) if match else None
    return found.on() if found and found.day and found.year else None
