"""Sums that are reckoned from others: so many times one, a share, several together, a remainder."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, islice, permutations

from decisions.wording.money import Sum

MOST_TIMES, MOST_ADDED, MOST_READ = 12, 8, 40
"""A sum is sought among so many times another, and among totals of so many that stand together."""

_PERCENT = re.compile(r"\b([0-9]{1,3}(?:\.[0-9]{1,2})?)\s?(?:%|per ?cent\b)", re.I)
_MOST_PERCENTS = 6
_PENNY = Decimal("0.01")


class Reckoned:
    """What can be reckoned from the sums decided, and from all that recommendations print."""

    def __init__(self, decided: Sequence[Sum], printed: Sequence[Sum]) -> None:
        self._printed = list(dict.fromkeys(each.amount for each in printed))[:MOST_READ]
        self._decided = list(dict.fromkeys(each.amount for each in decided))[:MOST_ADDED]
        self._amounts = frozenset(self._reckoned())

    def explains(self, found: Sum, sentence: str) -> bool:
        """Whether a sum is one of these, rounded as it is printed."""
        amounts = [*self._amounts, *self._by_percent(sentence)]
        return any(
            found.agrees_with(Sum(each, "", 0, 0, _PENNY))
            for each in amounts
            if abs(each - found.amount) <= found.step
        )

    def _reckoned(self) -> Iterator[Decimal]:
        for amount in self._printed:
            for times in range(2, MOST_TIMES + 1):
                yield amount * times
                yield amount / times
        for start, end in combinations(range(len(self._decided) + 1), 2):
            yield sum(self._decided[start:end], Decimal())
        yield from (one - other for one, other in permutations(self._decided, 2) if one > other)

    def _by_percent(self, sentence: str) -> Iterator[Decimal]:
        shares = [Decimal(found[1]) / 100 for found in _PERCENT.finditer(sentence)]
        for share in islice(shares, _MOST_PERCENTS):
            for amount in self._printed:
                yield from (amount * share, amount * (1 + share), amount * (1 - share))
