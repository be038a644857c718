"""Adding up the sums of recommendations: only sums decided count, neither parts nor totals."""

from collections.abc import Iterable
from decimal import Decimal

from decisions.models.recommendations import Figure, FigureRole, Recommendation


def sum_decided(sums: Iterable[tuple[Figure, Decimal]]) -> Decimal:
    """Return the total (pounds) of the sums decided, components and totals left out."""
    return sum((s for row, s in sums if row.role == FigureRole.SUM_DECIDED), Decimal())


def sum_held(sums: Iterable[tuple[Figure, Decimal]]) -> Decimal:
    """Return the total (pounds) of the sums decided, or where there is none the largest figure."""
    rows = list(sums)
    if any(row.role == FigureRole.SUM_DECIDED for row, _ in rows):
        return sum_decided(rows)
    return max((amount for _, amount in rows), default=Decimal())


def asked(recommendation: Recommendation) -> Decimal:
    """Return the sum (pounds) that a recommendation asks for."""
    return sum_decided((row, row.amount) for row in recommendation.figures.all())
