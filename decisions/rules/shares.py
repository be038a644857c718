"""Rules on what a sum is divided into: among recipients, and among financial years."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from audit.words import money, period
from decisions.models import year_name
from decisions.rules.book import When
from decisions.rules.facts import Facts
from decisions.rules.findings import Found, finds
from decisions.rules.paper import year_of


@finds("DEC-70")
def gives_more_or_less(facts: Facts) -> Found:
    """What the recipients of a recommendation receive comes to its sum."""
    for row in facts.recommendations:
        said = [each for each in row.recipients if each.amount is not None]
        together = sum((each.amount for each in said if each.amount), Decimal())
        is_whole = bool(said) and len(said) == len(row.recipients)
        whole = row.total()
        if whole and (together > whole or (is_whole and together < whole)):
            words = f"its recipients’ sums come to {money(together)}, its sum to {money(whole)}."
            yield row.place, words, max(each.part for each in said)


@finds("DEC-71", When.SUBMISSION)
def divides_otherwise(facts: Facts) -> Found:
    """A table by financial year comes to its sum, and its years lie within the period."""
    for row in facts.recommendations:
        for each in row.sums:
            if not adds_up(each.amount, each.years):
                together = money(sum((amount for _, amount in each.years), Decimal()))
                yield row.place, f"its years come to {together}, its sum to {money(each.amount)}."
            years = [year for year, _ in each.years]
            when = period(row.period_start, row.period_end)
            for year in years_outside(years, row.period_start, row.period_end):
                yield row.place, f"{year_name(year)} lies outside its period ({when})."


def adds_up(amount: Decimal, years: Iterable[tuple[int, Decimal]]) -> bool:
    """Whether a sum (pounds) has no table by year, or one that comes to it."""
    sums = [each for _, each in years]
    return not sums or sum(sums) == amount


def years_outside(years: Iterable[int], first: date | None, last: date | None) -> list[int]:
    """Return those of the years that have no day in a period (inclusive dates)."""
    return [
        year
        for year in years
        if (first and year < year_of(first)) or (last and year > year_of(last))
    ]
