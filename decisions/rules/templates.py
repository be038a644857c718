"""The rule on what was carried into a paper from the one that it was begun from."""

from collections.abc import Sequence
from datetime import date

from audit.words import listed, money, period
from decisions.rules.facts import Asked, Facts, Place
from decisions.rules.findings import Found, finds


@finds("DEC-73")
def carries_sums_and_dates(facts: Facts) -> Found:
    """Sums and dates that come from the paper that one was begun from are looked at anew.

    They are asked about once. What lies in Part 2 is compared with Part 2 alone, and asked about
    apart, so that nothing is given away.
    """
    for part in sorted({row.part for row in facts.recommendations}):
        rows = [row for row in facts.recommendations if row.part == part]
        template = [other for other in facts.template if other.part == part]
        amounts = [_amounts(other) for other in template]
        dates = [(other.period_start, other.period_end) for other in template]
        sums = [row for row in rows if row.sums and _amounts(row) in amounts]
        spans = [row for row in rows if _has_period(row) and _dates(row) in dates]
        if sums or spans:
            named = [row for row in rows if row in sums or row in spans]
            said = [*_said("sums", sums, named), *_said("period", spans, named)]
            plain = "is that" if len(named) == 1 and not sums else "are those"
            yield (
                _place(named),
                f"{' and '.join(said)} {plain} of the paper that it was begun from.",
            )


def _said(what: str, rows: Sequence[Asked], named: Sequence[Asked]) -> list[str]:
    """Return what is alike of recommendations, each by its number where there are several."""
    values = [_sums(row) if what == "sums" else period(*_dates(row)) for row in rows]
    if not rows or len(named) == 1:
        return [f"its {what} ({value})" for value in values]
    pairs = zip(rows, values, strict=True)
    several = "sums" if what == "sums" else "periods"
    return [f"the {several} of {listed([f'{row.number} ({value})' for row, value in pairs])}"]


def _place(named: Sequence[Asked]) -> Place:
    first = named[0].place
    if len(named) == 1:
        return first
    words = f"Recommendations {listed([row.number for row in named])}"
    return Place(words, first.page, first.pk, first.part)


def _has_period(row: Asked) -> bool:
    return any(_dates(row))


def _dates(row: Asked) -> tuple[date | None, date | None]:
    return row.period_start, row.period_end


def _sums(row: Asked) -> str:
    return ", ".join(money(each.amount) for each in row.sums)


def _amounts(row: Asked) -> list[tuple[str, object]]:
    return [(each.role, each.amount) for each in row.sums]
