"""Rules on where the money of recommendations comes from."""

from decisions.models import Decision, Recommendation
from decisions.rules.book import When, hold
from decisions.rules.facts import Facts
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
