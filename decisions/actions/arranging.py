"""The order of a paper's recommendations, what lies under what, and the numbers that follow."""

from collections.abc import Mapping
from itertools import count

from decisions.actions.edits import change
from decisions.models import Decision, Recommendation
from decisions.nesting import in_outline, is_under, number_under, numbers_in
from decisions.refusals import DecisionRefused

Outline = Mapping[int, int | None]


def outline_of(decision: Decision) -> dict[int, int | None]:
    """Return the recommendations of a paper, by id and in order, each with what it lies under."""
    return dict(decision.recommendations.values_list("pk", "parent_id"))


def arrange(decision: Decision, outline: Outline, *, anew: bool = True) -> None:
    """Bring the recommendations into the order of an outline, and number them `anew` by it."""
    rows = {row.pk: row for row in decision.recommendations.all()}
    numbers = numbers_in(outline)
    for position, (pk, above) in enumerate(in_outline(outline).items(), start=1):
        values = {"position": position, "parent": rows[above] if above else None}
        change(rows[pk], values | ({"number": numbers[pk]} if anew else {}))


def next_number(decision: Decision, parent: Recommendation | None) -> str:
    """Return the next free number: 1, 2, 3 at the top, 2a, 2b under 2."""
    used = set(decision.recommendations.values_list("number", flat=True))
    depth = 1 if parent is None else 2 + (parent.parent_id is not None)
    over = parent.number if parent else ""
    wanted = (number_under(over, depth, n) for n in count(1))
    return next(number for number in wanted if number not in used)


def hold_nesting(recommendation: Recommendation, parent: Recommendation | None) -> None:
    """Refuse a recommendation that would lie under itself, by way of others or not."""
    if parent and is_under(outline_of(parent.decision), parent.pk, recommendation.pk):
        raise DecisionRefused(
            f"{parent} is {recommendation} itself, or lies under it.",
            clears="Choose another one for it to lie under.",
        )
