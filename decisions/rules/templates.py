"""The rule on what was carried into a paper from the one that it was begun from."""

from audit.words import money, period
from decisions.rules.facts import Asked, Facts
from decisions.rules.findings import Found, finds


@finds("DEC-73")
def carries_sums_and_dates(facts: Facts) -> Found:
    """Sums and dates that come from the paper that one was begun from are looked at anew.

    What lies in Part 2 is compared with Part 2 alone, so that nothing is given away.
    """
    for row in facts.recommendations:
        alike = [other for other in facts.template if other.part == row.part]
        if row.sums and any(_amounts(other) == _amounts(row) for other in alike):
            sums = ", ".join(money(each.amount) for each in row.sums)
            yield row.place, f"its sums ({sums}) are those of the paper that it was begun from."
        dates = (row.period_start, row.period_end)
        if any(dates) and any((one.period_start, one.period_end) == dates for one in alike):
            said = period(*dates)
            yield row.place, f"its period ({said}) is that of the paper that it was begun from."


def _amounts(row: Asked) -> list[tuple[str, object]]:
    return [(each.role, each.amount) for each in row.sums]
