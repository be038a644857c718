"""The sums of a recommendation by financial year, as a table."""

from dataclasses import dataclass
from decimal import Decimal

from audit.words import money
from decisions.models import Content


@dataclass(frozen=True)
class YearTable:
    """A row for each year, and a column for each sum that has years; a year's cell may be empty."""

    heads: list[str]
    rows: list[tuple[str, list[str]]]
    totals: list[str]


def year_table(figures: list[Content]) -> YearTable | None:
    """Return the table of a recommendation's figures; None where none has years."""
    divided = [figure for figure in figures if figure.get("years")]
    if not divided:
        return None
    sums = [{row["year"]: _money(row["amount"]) for row in one["years"]} for one in divided]
    years = sorted({year for one in sums for year in one})
    totals = [_money(figure["amount"]) for figure in divided]
    return YearTable(
        heads=["Sum"] if len(divided) == 1 else [f"Of {total}" for total in totals],
        rows=[(year, [one.get(year, "") for one in sums]) for year in years],
        totals=totals,
    )


def _money(amount: str) -> str:
    return money(Decimal(amount))
