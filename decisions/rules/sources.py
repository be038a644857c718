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
    sources = {row.number: row.source for row in facts.recommendations}
    for row in facts.recommendations:
        above = rows.get(row.parent or "")
        if above is None or not row.total() or above.source in (None, row.number):
            continue
        is_said = row.own_money and row.source is None
        if is_said or row.source in (above.number, above.source) or _is_unsaid(row, rows, sources):
            continue
        yield (
            row.place,
            (
                f"recommendation {above.number}, which it lies under, draws on recommendation"
                f" {above.source}; it draws on neither of them."
            ),
        )


@finds("DEC-108", When.SUBMISSION)
def counts_twice(facts: Facts) -> Found:
    """A sum decided under one that decides a sum too is drawn out of it, or is money of its own."""
    rows = {row.number: row for row in facts.recommendations}
    sources = {row.number: row.source for row in facts.recommendations}
    found: dict[tuple[str, int], list[Asked]] = {}
    for row in facts.recommendations:
        above = _nearest_with_sum(row, rows)
        if above is not None and _is_unsaid(row, rows, sources):
            found.setdefault((above.number, max(row.part, above.part)), []).append(row)
    for (number, part), (first, *others) in found.items():
        alike = f"; so does that of {listed([each.number for each in others])}" if others else ""
        yield (
            first.place,
            f"its {money(first.total())} counts beside the {money(rows[number].total())} of"
            f" recommendation {number}, which it lies under{alike}. Say on it that its money is"
            f" drawn from recommendation {number}, or that it is money of its own.",
            part,
        )


def _is_unsaid(row: Asked, rows: Mapping[str, Asked], sources: Mapping[str, str | None]) -> bool:
    """Whether a sum lies under another and says neither that it is part of it, nor its own."""
    above = _nearest_with_sum(row, rows)
    if above is None or not row.total() or row.own_money:
        return False
    return above.number not in _drawn_on(row.number, sources)


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
