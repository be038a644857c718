"""Verification of what a decision's row says of its way, and of the corrections that were made."""

from collections.abc import Iterator

from django.db import connection

from audit.findings import Failure
from decisions.models import (
    Decision,
    Outcome,
    RecommendationOutcome,
    RevisedItem,
    RevisionAnswer,
    RevisionKind,
    advice_needed,
)
from decisions.models.revisions import Place
from decisions.rules import slips
from decisions.wording.quantities import quantities
from decisions.workflow import SUBMITTED

TABLE = "public.decisions_decision"
AT_ODDS = """
    SELECT id, unnest(decisions_columns_at_odds(id)) FROM decisions_decision ORDER BY 1
"""


def standing_failures() -> Iterator[Failure]:
    """Find decisions whose row says something else than their steps, for verify_ledger.

    Its status, dates, deferral and what is left to decide are worked out again by the database, as
    at every commit (decisions/sql/0043); the advice that is missing is worked out here.
    """
    with connection.cursor() as cursor:
        cursor.execute(AT_ODDS)
        found: list[tuple[int, str]] = cursor.fetchall()
    for pk, column in found:
        yield _differs(pk, column)
    waiting = Decision.objects.filter(status__in=SUBMITTED).select_related("series")
    for decision in waiting.order_by("pk"):
        if decision.advice_needed != advice_needed(decision):
            yield _differs(decision.pk, "advice_needed")


def _differs(pk: int, column: str) -> Failure:
    detail = f"{TABLE} {pk}: its {column} is not what its steps and outcomes say."
    return Failure("decision-differs", detail, None, TABLE, str(pk))


def correction_failures() -> Iterator[Failure]:
    """Find corrections that were confirmed and are no slips of the pen (DEC-55, 56, 85 to 87)."""
    made = RevisedItem.objects.filter(
        revision__kind=RevisionKind.CORRECTION, revision__answer__is_confirmed=True
    )
    for item in made.select_related("revision__decision__series").order_by("pk"):
        broken = _broken(item)
        if broken:
            detail = f"{item.revision}, {item.where}: it breaks {', '.join(broken)}."
            yield Failure(
                "correction-unlawful", detail, None, "public.decisions_reviseditem", str(item.pk)
            )


def _broken(item: RevisedItem) -> list[str]:
    """Return the codes of the rules that a correction breaks."""
    is_recommendation = item.place == Place.RECOMMENDATION
    manner = slips.Manner(is_recommendation, item.revision.withholds)
    old, new = item.old, item.new
    holds = {
        "DEC-55": quantities(old) == quantities(new),
        "DEC-56": slips.senses(old) == slips.senses(new),
        "DEC-85": slips.is_slip(old, new, manner),
        "DEC-86": slips.same_cells(old, new),
        "DEC-87": not is_recommendation or _was_decided(item),
    }
    return [code for code, held in holds.items() if not held]


def _was_decided(item: RevisedItem) -> bool:
    """Answer whether a recommendation had its outcome when the correction of it was confirmed."""
    answer = RevisionAnswer.objects.get(revision=item.revision)
    made = RecommendationOutcome.objects.filter(
        recommendation=item.row, approval__approved_at__lte=answer.answered_at
    )
    return made.exclude(outcome=Outcome.DEFERRED).exists()
