"""What changed between two versions in a sum's recipients, and in its table by financial year.

Each change is told by itself, year by year and recipient by recipient, so that one in Part 2 hides
none in Part 1.
"""

from collections.abc import Iterator
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from audit.words import money

Content = dict[str, Any]
Told = tuple[str, str | None, str | None, int]
"""What changed, in words that are open; both sides, which may not be; the part they lie in."""

YEAR_OF = "sum "


def shares_changed(old: Content, new: Content) -> Iterator[Told]:
    """Yield what changed in the shares of one recommendation, between two contents of it."""
    yield from _recipients(old.get("recipients", []), new.get("recipients", []))
    for n, figures in enumerate(zip_longest(old["figures"], new["figures"]), start=1):
        was, now = (_by_year(each or {}) for each in figures)
        for year in sorted({*was, *now}):
            if was.get(year) != now.get(year):
                yield f"{YEAR_OF}{n} in {year}", was.get(year), now.get(year), 1


def _by_year(figure: Content) -> dict[str, str]:
    return {row["year"]: money(Decimal(row["amount"])) for row in figure.get("years", [])}


def _recipients(old: list[Content], new: list[Content]) -> Iterator[Told]:
    was, now = ({row["name"]: row for row in rows} for rows in (old, new))
    for name in dict.fromkeys([*was, *now]):
        before, after = was.get(name), now.get(name)
        if before != after:
            part = max(row["part"] for row in (before, after) if row)
            yield "recipient", _in_words(before), _in_words(after), part


def _in_words(row: Content | None) -> str | None:
    if row is None:
        return None
    amount = money(Decimal(row["amount"])) if row["amount"] else ""
    part = f"Part 2 under {row['exemption']}" if row["part"] == 2 else ""
    return ", ".join(words for words in (row["name"], amount, part) if words)
