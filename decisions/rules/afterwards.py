"""The rules that what happens after the signature holds to."""

from collections.abc import Iterable
from datetime import date

from decisions.rules.book import When, rule
from decisions.rules.slips import Manner, is_slip, same_cells, senses
from decisions.wording.quantities import quantities

PROPOSER = "Whoever proposes it can put this right."
NEW_DECISION = "A new decision can vary or supersede this one."
TRANSCRIBER = "Whoever transcribes it can put this right."


@rule("DEC-55", When.AFTER, NEW_DECISION)
def keeps_quantities(old: str, new: str) -> bool:
    """A correction changes no sum, date, period or other number, in figures or in words."""
    return quantities(old) == quantities(new)


@rule("DEC-56", When.AFTER, NEW_DECISION)
def keeps_sense(old: str, new: str) -> bool:
    """A correction changes no “not”, no limit and no word that says what was decided."""
    return senses(old) == senses(new)


@rule("DEC-85", When.AFTER, NEW_DECISION)
def puts_slips_right(old: str, new: str, manner: Manner) -> bool:
    """A correction puts slips of the pen right: misspelt or doubled words, commas, capitals."""
    return is_slip(old, new, manner)


@rule("DEC-86", When.AFTER, NEW_DECISION)
def keeps_cells(old: str, new: str) -> bool:
    """A correction leaves lines and cells of a table where they are, and all with a number."""
    return same_cells(old, new)


@rule("DEC-87", When.AFTER, "It can be corrected once it is decided.")
def is_decided_already(*, is_decided: bool) -> bool:
    """What is not decided yet, because it was deferred, is not corrected."""
    return is_decided


@rule("DEC-57", When.AFTER, PROPOSER)
def replaces_words(pairs: Iterable[tuple[str, str]]) -> bool:
    """A correction replaces words that are there by others, and leaves none empty."""
    found = list(pairs)
    return bool(found) and all(old and new.strip() and old != new for old, new in found)


@rule("DEC-58", When.AFTER, PROPOSER)
def releases_something(count: int) -> bool:
    """A release names what leaves Part 2, and on what ground."""
    return count > 0


@rule("DEC-89", When.AFTER, "Decline it, and propose it again.")
def names_all_it_releases(*, is_named: bool) -> bool:
    """A release names everything that becomes public with it."""
    return is_named


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
