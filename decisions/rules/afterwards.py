"""The rules that what happens after the signature holds to."""

import re
from collections.abc import Iterable
from datetime import date

from decisions.rules.book import When, rule

PROPOSER = "Whoever proposes it can put this right."
NEW_DECISION = "A new decision can vary or supersede this one."
TRANSCRIBER = "Whoever transcribes it can put this right."

# Whatever stands for a number, a sum, a share or a date, in figures or in words.
_UNITS = (
    "zero|nought|nil|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    "|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy"
    "|eighty|ninety|hundreds?|thousands?|millions?|billions?|dozen|half|quarter|double|twice"
    "|first|second|third|fourth|fifth|once"
)
_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
_QUANTITY = re.compile(
    rf"£|%|€|\$|\b(?:{_UNITS}|{_MONTHS}|pounds?|pence|per\s*cent|days?|weeks?|months?|quarters?"
    r"|years?|annum|annually|monthly|quarterly|weekly|up\s+to|mn?|bn|k)\b"
    r"|[0-9]+(?:[.,/:-][0-9]+)*\s*(?:mn?|bn|k)?\b|[0-9]+",
    re.I,
)
_NEGATION = re.compile(r"\b(?:not|no|never|none|neither|nor|without|except|unless|n[’']t)\b", re.I)


def quantities(text: str) -> list[str]:
    """Return everything in a text that stands for a number, a sum or a date, in order."""
    return [re.sub(r"[\s,]+", "", match[0]).lower() for match in _QUANTITY.finditer(text)]


@rule("DEC-55", When.AFTER, NEW_DECISION)
def keeps_quantities(old: str, new: str) -> bool:
    """A correction changes no sum, date, period or other number, in figures or in words."""
    return quantities(old) == quantities(new)


@rule("DEC-56", When.AFTER, NEW_DECISION)
def keeps_sense(old: str, new: str) -> bool:
    """A correction takes no “not” away and adds none: that changes what was decided."""
    return len(_NEGATION.findall(old)) == len(_NEGATION.findall(new))


@rule("DEC-57", When.AFTER, PROPOSER)
def replaces_words(pairs: Iterable[tuple[str, str]]) -> bool:
    """A correction replaces words that are there by others, and leaves none empty."""
    found = list(pairs)
    return bool(found) and all(old and new.strip() and old != new for old, new in found)


@rule("DEC-58", When.AFTER, PROPOSER)
def releases_something(count: int) -> bool:
    """A release names what leaves Part 2, and on what ground."""
    return count > 0


@rule("DEC-59", When.AFTER, "Confirm or decline that one first.")
def is_only_one(open_already: int) -> bool:
    """One correction or release of a decision is open at a time."""
    return not open_already


@rule("DEC-60", When.AFTER, PROPOSER)
def stands_as_proposed(*, is_same: bool) -> bool:
    """What is confirmed replaces the very words that were there when it was proposed."""
    return is_same


@rule("DEC-61", When.AFTER, "Enter the day on which the condition was met.")
def is_met_in_its_time(decided_on: date | None, met_on: date, today: date) -> bool:
    """A condition is met on a day from the decision on, and no later than today."""
    return (decided_on or met_on) <= met_on <= today


@rule("DEC-62", When.AFTER, TRANSCRIBER)
def was_signed_before(signed_on: date, today: date) -> bool:
    """What was signed on paper was signed no later than today."""
    return signed_on <= today


@rule("DEC-63", When.AFTER, TRANSCRIBER)
def names_its_authority(decided_by: str, authority: str) -> bool:
    """A decision signed on paper names who signed it and the authority then in force."""
    return bool(decided_by.strip() and authority.strip())
