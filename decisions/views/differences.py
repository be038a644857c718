"""Changes between two versions of a paper, as a person reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from audit.words import money
from decisions.models import Change, RecommendationKind

KINDS = dict(RecommendationKind.choices)


@dataclass(frozen=True)
class Difference:
    """One change in words; both sides are empty where the change lies in Part 2."""

    where: str
    what: str
    old: str = ""
    new: str = ""
    is_restricted: bool = False


def differences(changes: Iterable[Change]) -> list[Difference]:
    """Return changes as a page may show them to anyone who may see Part 1."""
    return [_difference(change) for change in changes]


def _difference(change: Change) -> Difference:
    if change.part == 2:
        return Difference(change.where, change.what, is_restricted=True)
    return Difference(change.where, change.what, in_words(change.old), in_words(change.new))


def in_words(value: Any) -> str:
    """Return one side of a change: a text, sums, a kind, a paragraph, or nothing."""
    if isinstance(value, list):
        return "; ".join(_sum(row) if "amount" in row else in_words(row) for row in value)
    if isinstance(value, dict):
        named = (value.get(key) for key in ("text", "heading", "title", "words"))
        return str(next((words for words in named if words), ""))
    return str(KINDS.get(value, "" if value is None else value))


def _sum(figure: dict[str, Any]) -> str:
    return f"{'up to ' if figure['up_to'] else ''}{money(Decimal(figure['amount']))}"
