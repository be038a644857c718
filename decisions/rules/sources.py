"""Rules on where the money of recommendations comes from."""

from collections.abc import Mapping

from audit.words import listed, money
from decisions.models import Decision, Recommendation
from decisions.rules.book import When, hold
from decisions.rules.facts import Asked, Facts
from decisions.rules.findings import Found, finds
from decisions.sources import is_drawn_out_of_itself


@finds("DEC-75", When.SUBMISSION)
def is_drawn_in_a_ring(facts: Facts) -> Found:
    """No recommendation’s money is drawn out of itself, by way of others: there would be none."""
    sources = {row.number: row.source for row in facts.recommendations}
    for row in facts.recommendations:
        if is_drawn_out_of_itself(row.number, sources):
            yield row.place, "its money is drawn, by way of others, out of itself."


@finds("DEC-76")
def draws_apart(facts: Facts) -> Found:
    """What lies under a recommendation draws on it, or on what that one draws on."""
    rows = {row.number: row for row in facts.recommendations}
    for row in facts.recommendations:
        above = rows.get(row.parent or "")
        if above is None or not row.total() or above.source in (None, row.number):
            continue
        if row.source not in (above.number, above.source):
            yield (
                row.place,
                (
                    f"recommendation {above.number}, which it lies under, draws on recommendation"
                    f" {above.source}; it draws on neither of them."
                ),
            )


@finds("DEC-108")
def counts_twice(facts: Facts) -> Found:
    """A sum decided under one that decides a sum too is drawn out of it, or is money of its own."""
    rows = {row.number: row for row in facts.recommendations}
    sources = {row.number: row.source for row in facts.recommendations}
    found: dict[tuple[str, int], list[Asked]] = {}
    for row in facts.recommendations:
        above = _nearest_with_sum(row, rows)
        if above is None or not row.total() or _is_asked_already(row, above):
            continue
        if above.number not in _drawn_on(row.number, sources):
            found.setdefault((above.number, max(row.part, above.part)), []).append(row)
    for (number, part), (first, *others) in found.items():
        alike = f"; so does that of {listed([each.number for each in others])}" if others else ""
        yield (
            first.place,
            f"its {money(first.total())} counts beside the {money(rows[number].total())} of"
            f" recommendation {number}, which it lies under{alike}. Say that it is drawn from"
            f" recommendation {number}, or answer that it is money of its own.",
            part,
        )


def _nearest_with_sum(row: Asked, rows: Mapping[str, Asked]) -> Asked | None:
    """Return the nearest above a recommendation that has a sum decided."""
    above, seen = rows.get(row.parent or ""), {row.number}
    while above is not None and not above.total() and above.number not in seen:
        seen.add(above.number)
        above = rows.get(above.parent or "")
    return above if above is not None and above.number not in seen else None


def _drawn_on(number: str, sources: Mapping[str, str | None]) -> set[str]:
    """Return what a recommendation draws on, by way of others or not."""
    seen: set[str] = set()
    source = sources.get(number)
    while source is not None and source not in seen:
        seen.add(source)
        source = sources.get(source)
    return seen


def _is_asked_already(row: Asked, above: Asked) -> bool:
    """Whether DEC-76 asks where the money of the one below comes from."""
    is_right_under = row.parent == above.number and above.source not in (None, row.number)
    return is_right_under and row.source not in (above.number, above.source)


def makes_ring(row: Recommendation, source: Recommendation) -> bool:
    """Say whether a recommendation's money would come out of itself if drawn from `source`."""
    rows = Recommendation.objects.filter(decision_id=row.decision_id)
    sources: dict[int, int | None] = dict(rows.values_list("pk", "funded_from_id"))
    return is_drawn_out_of_itself(row.pk, sources | {row.pk: source.pk})


def hold_no_ring(decision: Decision) -> None:
    """Refuse (DEC-75) a paper in which money is drawn out of itself."""
    sources: dict[int, int | None] = dict(
        decision.recommendations.values_list("pk", "funded_from_id")
    )
    hold("DEC-75", holds=not any(is_drawn_out_of_itself(one, sources) for one in sources))
