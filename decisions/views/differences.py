"""Changes between two versions of a paper, as a person reads them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from audit.words import day, money
from decisions.models import Change, LinkKind, Part, RecommendationKind
from decisions.models.recommendations import Direction, FigureRole
from decisions.models.share_changes import YEAR_OF
from decisions.wording.word_changes import Stretch, word_changes

KINDS: dict[str, str] = dict(RecommendationKind.choices)
DAYS = {"start of the period", "end of the period"}
NAMES = ("text", "heading", "title", "words", "name", "ground", "board", "kind")


@dataclass(frozen=True)
class Difference:
    """One change in words; all are empty where it lies in Part 2 and is not to be shown.

    `stretches` hold both sides word by word, where there are two.
    """

    where: str
    what: str
    old: str = ""
    new: str = ""
    is_restricted: bool = False
    stretches: list[Stretch] = field(default_factory=list)


@dataclass(frozen=True)
class SumChange:
    """A sum before and now, in words; empty where there was or is none."""

    where: str
    old: str = ""
    new: str = ""
    is_restricted: bool = False


def differences(changes: Iterable[Change], *, with_part_2: bool = False) -> list[Difference]:
    """Return changes as a page may show them to anyone who may see Part 1.

    With `with_part_2`, as it may to those who may read that, once their reading is recorded.
    """
    return [_difference(change, with_part_2=with_part_2) for change in changes]


def sum_changes(changes: Iterable[Change], *, with_part_2: bool = False) -> list[SumChange]:
    """Return what became of each sum, those of Part 2 as `differences` does."""
    found = []
    for change in changes:
        pairs = zip_longest(_sums_of(change, change.old), _sums_of(change, change.new))
        for old, new in pairs:
            if old == new:
                continue
            if change.part == Part.PART_2 and not with_part_2:
                found.append(SumChange(change.where, is_restricted=True))
                break
            found.append(SumChange(change.where, old or "", new or ""))
    return found


def _sums_of(change: Change, side: Any) -> list[str]:
    if change.what == "figures":
        return [_sum(row) for row in side]
    if change.what.startswith(YEAR_OF):
        return [f"{side} ({change.what})"] if side else []
    is_recommendation = isinstance(side, dict) and "figures" in side
    return [_sum(row) for row in side["figures"]] if is_recommendation else []


def _difference(change: Change, *, with_part_2: bool) -> Difference:
    if change.part == Part.PART_2 and not with_part_2:
        return Difference(change.where, change.what, is_restricted=True)
    old, new = (in_words(change.what, side) for side in (change.old, change.new))
    stretches = word_changes(old, new) if old and new else []
    return Difference(change.where, change.what, old, new, stretches=stretches)


def in_words(what: str, value: Any) -> str:
    """Return one side of a change: a text, sums, a kind, a day, a paragraph, or nothing."""
    if isinstance(value, list):
        return "; ".join(_sum(row) if "amount" in row else _row(row) for row in value)
    if isinstance(value, dict):
        return _row(value)
    if value in (None, "", True):
        return "yes" if value is True else ""
    if what == "kind":
        return KINDS[value]
    if what == "part":
        return Part(value).label
    return day(date.fromisoformat(value)) if what in DAYS else str(value)


def _row(row: dict[str, Any]) -> str:
    """Return a row of the paper by its first words, and what it says with them."""
    if "has_part_2" in row:
        return _publication(row)
    if "reference" in row:
        return f"{LinkKind(row['kind']).label} {row['reference']}"
    named = str(next((row[key] for key in NAMES if row.get(key)), ""))
    said = [row.get("reason"), row.get("outcome")]
    said += [_day(row[key]) for key in ("consented_on", "held_on") if row.get(key)]
    return ", ".join(str(words) for words in (named, *said) if words)


def _publication(row: dict[str, Any]) -> str:
    put_off = f"put off until {_day(row['until'])}: {row['reason']}" if row["deferred"] else ""
    part_2 = "with Part 2" if row["has_part_2"] else "without Part 2"
    return "; ".join(words for words in (put_off, part_2) if words)


def _day(value: str) -> str:
    return day(date.fromisoformat(value))


def _sum(figure: dict[str, Any]) -> str:
    role, direction = figure["role"], figure["direction"]
    shown = "" if role == FigureRole.SUM_DECIDED else f" {FigureRole(role).label.lower()}"
    way = f" ({Direction(direction).label.lower()})" if direction else ""
    return f"{'up to ' if figure['up_to'] else ''}{money(Decimal(figure['amount']))}{shown}{way}"
