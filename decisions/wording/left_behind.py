"""Sums that advice names and the paper has no more, since it was changed."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from audit.words import money
from decisions.wording.money import Sum, sums_in

PENNY = Decimal("0.01")


def left_behind(words: str, then: dict[str, Any], now: dict[str, Any]) -> Iterator[str]:
    """Say of each sum that words name whether it stood in the paper then, and does not now.

    `then` and `now` are contents of the paper; the sums that are new in it are named beside it.
    """
    before, after = list(_sums(then)), list(_sums(now))
    added: dict[Decimal, str] = {}
    for each in after:
        if not _stands(each, before):
            added.setdefault(each.amount, each.text)
    said = " and ".join(added.values())
    instead = f"; it now has {said}" if said else ""
    named = {one.amount: one for one in reversed(list(sums_in(words)))}
    for each in reversed(named.values()):
        if _stands(each, before) and not _stands(each, after):
            yield f"The advice names {each.text}, which the paper has no more{instead}."


def _sums(content: Any) -> Iterator[Sum]:
    """Yield the sums of a content, wherever they stand; each taken as it is, to the penny."""
    if isinstance(content, dict):
        for name, value in content.items():
            if name == "amount" and value:
                amount = Decimal(value)
                yield Sum(amount, money(amount), 0, 0, PENNY)
            else:
                yield from _sums(value)
    elif isinstance(content, list):
        for each in content:
            yield from _sums(each)
    elif isinstance(content, str):
        yield from (replace(each, step=PENNY) for each in sums_in(content))


def _stands(found: Sum, among: list[Sum]) -> bool:
    return any(found.agrees_with(each) for each in among)
