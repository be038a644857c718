"""Constraints that several tables share, each written once."""

from collections.abc import Sequence

from django.db import models
from django.db.models import F, Q

MOST = 10**12  # pounds; a numeric NaN passes every other check in PostgreSQL


def at_and_by(table: str, name: str, *, needs: Sequence[str] = ()) -> models.CheckConstraint:
    """Return the constraint that `<name>_at` and `<name>_by` are both there or both missing.

    Text columns named in `needs` are filled exactly when the pair is.
    """
    there = Q(**{f"{name}_at__isnull": False, f"{name}_by__isnull": False})
    missing = Q(**{f"{name}_at__isnull": True, f"{name}_by__isnull": True})
    for column in needs:
        there &= ~Q(**{column: ""})
        missing &= Q(**{column: ""})
    return models.CheckConstraint(condition=there | missing, name=f"{table}_{name}_at_and_by")


def period(table: str, start: str, end: str) -> models.CheckConstraint:
    """Return the constraint that a period (inclusive dates) does not end before it starts."""
    return models.CheckConstraint(
        condition=Q(**{f"{start}__isnull": True})
        | Q(**{f"{end}__isnull": True})
        | Q(**{f"{end}__gte": F(start)}),
        name=f"{table}_period_ends_after_it_starts",
    )


def positive_sum(table: str, column: str = "amount") -> models.CheckConstraint:
    """Return the constraint that a sum in pounds is above nought and below a million million."""
    return models.CheckConstraint(
        condition=Q(**{f"{column}__gt": 0, f"{column}__lt": MOST}),
        name=f"{table}_{column}_above_nought",
    )


def one_of(
    table: str, column: str, choices: Sequence[str] | Sequence[int]
) -> models.CheckConstraint:
    """Return the constraint that a column holds one of the choices."""
    return models.CheckConstraint(
        condition=Q(**{f"{column}__in": list(choices)}), name=f"{table}_{column}_known"
    )


def filled(table: str, column: str) -> models.CheckConstraint:
    """Return the constraint that a text column is not empty."""
    return models.CheckConstraint(condition=~Q(**{column: ""}), name=f"{table}_{column}_filled")


def in_order(table: str, *, of: str) -> models.UniqueConstraint:
    """Return the constraint that rows of one parent have each a position of their own.

    Held at commit, so that rows can change places.
    """
    return models.UniqueConstraint(
        fields=[of, "position"],
        name=f"{table}_position_once",
        deferrable=models.Deferrable.DEFERRED,
    )


def parted(table: str) -> list[models.BaseConstraint]:
    """Return the constraints of a row that lies in part 1 or, with an exemption, in part 2."""
    return [
        one_of(table, "part", [1, 2]),
        models.CheckConstraint(
            condition=Q(part=1, exemption__isnull=True) | Q(part=2, exemption__isnull=False),
            name=f"{table}_part_2_has_exemption",
        ),
    ]
