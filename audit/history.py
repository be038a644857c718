"""Edits of records, kept row by row: the ledger records acts, history records edits."""

from collections.abc import Sequence
from typing import Any

from django.db import models
from simple_history.models import HistoricalRecords

from audit.fields import ActField


class ActStamped(models.Model):
    """Base of every history table: each row carries the act that wrote it."""

    act = ActField()

    class Meta:
        abstract = True


def _nobody(_row: models.Model) -> None:
    """Who edited is the act's business: the entry with the row's act names the person."""


def _forget(_row: models.Model, _user: object) -> None:
    """Keep no second record of who edited."""


def kept_history(*, inherit: bool = False, excluded: Sequence[str] = ()) -> Any:
    """Return the history of a model; ``excluded`` fields (a password's hash) are not kept in it."""
    return HistoricalRecords(
        inherit=inherit,
        excluded_fields=list(excluded),
        bases=[ActStamped],
        history_id_field=models.BigAutoField(primary_key=True),
        history_change_reason_field=models.TextField(null=True),
        history_user_id_field=models.BigIntegerField(null=True),
        history_user_getter=_nobody,
        history_user_setter=_forget,
    )


class TrackedModel(models.Model):
    """Base of every editable record: each save leaves a row in ``historical…`` with its act.

    History tables are append-only in the database and refuse rows written outside an act.
    ``queryset.update()`` and ``bulk_create`` write no history: actions save rows one by one.
    """

    history: Any = kept_history(inherit=True)

    class Meta:
        abstract = True
