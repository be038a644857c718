"""Which lines of the register are which postings of SAP: the rules, tried in their order.

A rule pairs only what leaves no choice; what it could pair in two ways is left to a person.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from audit.words import day, money
from grants.models import MatchRule

MOST_DAYS = 10
_ENDINGS = {"ltd", "limited", "plc", "llp", "the"}


@lru_cache(maxsize=10_000)
def plain(payee: str) -> str:
    """Return a payee as payees are compared: letters and figures, without the form of company."""
    words = re.sub(r"[^a-z0-9]+", " ", payee.lower()).split()
    return " ".join(word for word in words if word not in _ENDINGS)


@dataclass(frozen=True)
class Side:
    """A line or a posting, as the rules look at it; `amount` (pounds) below nought takes back.

    `dates` are those of receipt and payment, or of posting; `reverses` the line taken back.
    """

    key: int
    reference: str
    amount: Decimal
    sap_document: str
    sap_item: str
    payee: str
    invoice: str
    dates: tuple[date, ...]
    reverses: int | None = None


@dataclass(frozen=True)
class Found:
    """Lines and postings that are the same, by a rule, and why in words."""

    rule: str
    why: str
    lines: tuple[Side, ...]
    items: tuple[Side, ...]


def find(lines: Iterable[Side], items: Iterable[Side]) -> list[Found]:
    """Return all that the rules match, each line and posting at most once."""
    left = {one.key: one for one in lines}
    right = {one.key: one for one in items}
    found: list[Found] = []
    for rule in RULES:
        for match in rule(list(left.values()), list(right.values())):
            if all(one.key in left for one in match.lines) and all(
                one.key in right for one in match.items
            ):
                found.append(match)
                for one in match.lines:
                    del left[one.key]
                for one in match.items:
                    del right[one.key]
    return found


Rule = Callable[[list[Side], list[Side]], Iterator[Found]]


def _grouped(
    sides: Iterable[Side], key: Callable[[Side], Hashable | None]
) -> dict[Hashable, list[Side]]:
    found: dict[Hashable, list[Side]] = defaultdict(list)
    for one in sides:
        if (group := key(one)) is not None:
            found[group].append(one)
    return found


def _pairs(
    lines: list[Side], items: list[Side], key: Callable[[Side], Hashable | None]
) -> Iterator[tuple[Side, Side]]:
    """Yield a line and a posting of the same key, where there is just one of each."""
    others = _grouped(items, key)
    for group, ours in _grouped(lines, key).items():
        theirs = others.get(group, [])
        if len(ours) == len(theirs) == 1:
            yield ours[0], theirs[0]


def _by_item(lines: list[Side], items: list[Side]) -> Iterator[Found]:
    def key(one: Side) -> Hashable | None:
        return (one.sap_document, one.sap_item, one.amount) if one.sap_document else None

    for line, item in _pairs(lines, items, key):
        why = f"{line.reference} has {item.reference}, and both are {money(item.amount)}."
        yield Found(MatchRule.ITEM, why, (line,), (item,))


def _by_document(lines: list[Side], items: list[Side]) -> Iterator[Found]:
    def key(one: Side) -> Hashable | None:
        return one.sap_document or None

    others = _grouped(items, key)
    for document, ours in _grouped(lines, key).items():
        theirs = others.get(document, [])
        total = sum((one.amount for one in ours), Decimal(0))
        if theirs and total == sum((one.amount for one in theirs), Decimal(0)):
            why = (
                f"All {len(ours)} of the register and all {len(theirs)} of SAP with document "
                f"{document} come to {money(total)}."
            )
            yield Found(MatchRule.DOCUMENT, why, tuple(ours), tuple(theirs))


def _by_invoice(lines: list[Side], items: list[Side]) -> Iterator[Found]:
    def key(one: Side) -> Hashable | None:
        return (one.invoice.casefold(), one.amount) if one.invoice else None

    for line, item in _pairs(lines, items, key):
        why = f"Both have invoice {item.invoice} and {money(item.amount)}, and no others have."
        yield Found(MatchRule.INVOICE, why, (line,), (item,))


def _by_payee(lines: list[Side], items: list[Side]) -> Iterator[Found]:
    def key(one: Side) -> Hashable | None:
        return (plain(one.payee), one.amount) if plain(one.payee) and one.dates else None

    others = _grouped(items, key)
    for group, ours in _grouped(lines, key).items():
        near = [
            (line, item)
            for line in ours
            for item in others.get(group, [])
            if _apart(line, item) <= MOST_DAYS and not _differ(line, item)
        ]
        for line, item in near:
            if sum(line is one or item is other for one, other in near) == 1:
                apart = _apart(line, item)
                why = (
                    f"Both are {money(item.amount)} to the same payee, {apart} day"
                    f"{'' if apart == 1 else 's'} apart (SAP: {day(item.dates[0])}), and no others."
                )
                yield Found(MatchRule.NEAR, why, (line,), (item,))


def _apart(line: Side, item: Side) -> int:
    return min((abs((one - other).days) for one in line.dates for other in item.dates), default=999)


def _differ(line: Side, item: Side) -> bool:
    """Whether both have an invoice or SAP number, and not the same."""
    return any(
        bool(one and other) and one.casefold() != other.casefold()
        for one, other in (
            (line.invoice, item.invoice),
            (line.sap_document, item.sap_document),
        )
    )


def _taken_back(lines: list[Side], _items: list[Side]) -> Iterator[Found]:
    by_key = {one.key: one for one in lines}
    for one in lines:
        first = by_key.get(one.reverses or 0)
        if first is not None and first.amount == -one.amount:
            why = f"{one.reference} takes back {first.reference}; SAP has neither."
            yield Found(MatchRule.TAKEN_BACK, why, (first, one), ())


def _cancelled(_lines: list[Side], items: list[Side]) -> Iterator[Found]:
    def key(one: Side) -> Hashable | None:
        words = (plain(one.payee), one.invoice.casefold(), abs(one.amount))
        return words if one.invoice else None

    for group in _grouped(items, key).values():
        if len(group) == 2 and group[0].amount == -group[1].amount:
            why = f"{group[0].reference} and {group[1].reference} cancel each other in SAP."
            yield Found(MatchRule.CANCELLED, why, (), tuple(group))


RULES: tuple[Rule, ...] = (
    _by_item, _by_document, _by_invoice, _by_payee, _taken_back, _cancelled,
)  # fmt: skip
