"""The sums of a recommendation by financial year, as a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import zip_longest

from audit.words import money
from decisions.models import Content

Shares = Sequence[tuple[str, Decimal]]
Column = tuple[str, Mapping[str, str], str]
"""The head of a column, what stands in it by year, and the whole."""


@dataclass(frozen=True)
class YearTable:
    """A row for each year, and a column for each sum that has years; a year's cell may be empty.

    A sum that was amended has a column for what was asked, and one for what was decided.
    """

    heads: list[str]
    rows: list[tuple[str, list[str]]]
    totals: list[str]
    is_decided: bool = False


def year_table(figures: Sequence[Content], decided: Sequence[Shares] = ()) -> YearTable | None:
    """Return the table of a recommendation's figures; None where none has years.

    `decided` has for each figure the years of what was decided, where they are not as asked.
    """
    columns = [
        column
        for figure, years in zip_longest(figures, decided, fillvalue=())
        if isinstance(figure, dict) and figure.get("years")
        for column in _columns(figure, years)
    ]
    if not columns:
        return None
    is_one = len(columns) == 1
    years = sorted({year for _, by_year, _ in columns for year in by_year})
    return YearTable(
        heads=["Sum"] if is_one else [head for head, _, _ in columns],
        rows=[(year, [by_year.get(year, "") for _, by_year, _ in columns]) for year in years],
        totals=[total for _, _, total in columns],
        is_decided=any(decided),
    )


def _columns(figure: Content, decided: Shares) -> Iterator[Column]:
    asked, whole = {row["year"]: _money(row["amount"]) for row in figure["years"]}, figure["amount"]
    if not decided:
        yield f"Of {_money(whole)}", asked, _money(whole)
        return
    total = money(sum((amount for _, amount in decided), Decimal()))
    yield f"Asked, of {_money(whole)}", asked, _money(whole)
    yield f"Decided, of {total}", {year: money(amount) for year, amount in decided}, total


def _money(amount: str) -> str:
    return money(Decimal(amount))
