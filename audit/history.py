"""Edits of records, kept row by row: the ledger records acts, history records edits."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault
from django.utils import timezone
from simple_history.models import HistoricalRecords

from audit.fields import ActField


class ActStamped(models.Model):
    """Base of every history table: each row carries the act that wrote it."""

    act = ActField()

    class Meta:
        abstract = True


class RowCopies(HistoricalRecords):  # type: ignore[misc]
    """History whose rows the database copies from the record itself, in one statement.

    What is kept is so what is stored, whatever the instance in memory holds.
    """

    def create_historical_record(
        self, instance: models.Model, history_type: str, using: str | None = None
    ) -> None:
        """Copy the record as it stands; one that was deleted is kept as it was in memory."""
        if history_type == "-":
            super().create_historical_record(instance, history_type, using)
            return
        when = getattr(instance, "_history_date", None) or timezone.now()
        with connection.cursor() as cursor:
            cursor.execute(_copying(type(instance)), [when, history_type, instance.pk])


def _kept_columns(model: type[models.Model]) -> tuple[str, str]:
    """Return a model's history table, and the columns that it copies, as SQL names them."""
    history = getattr(model, model._meta.simple_history_manager_attribute).model  # type: ignore[attr-defined]
    own = {f.column for f in model._meta.concrete_fields}
    kept = [f for f in history._meta.concrete_fields if f.column in own and not f.generated]
    return connection.ops.quote_name(history._meta.db_table), _columns(kept)


def _columns(fields: list[Any]) -> str:
    return ", ".join(connection.ops.quote_name(f.column) for f in fields)


@cache
def _copying(model: type[models.Model]) -> str:
    """Return the SQL that copies a record into its history: a moment, a type, the record's key."""
    quote = connection.ops.quote_name
    history, columns = _kept_columns(model)
    return f"""
        INSERT INTO {history} ({columns}, history_date, history_type)
        SELECT {columns}, %s, %s FROM {quote(model._meta.db_table)}
        WHERE {quote(model._meta.pk.attname)} = %s
    """  # noqa: S608 names of our own models


@cache
def _inserting(model: type[models.Model], left_out: frozenset[str]) -> tuple[str, list[Any], Any]:
    """Return SQL that inserts a record and its first history row, its fields, and what it returns.

    That is `left_out`, the fields that the database fills: keys, generated columns, its defaults.
    """
    history, columns = _kept_columns(model)
    given = [f for f in model._meta.concrete_fields if f.name not in left_out]
    made = [f for f in model._meta.concrete_fields if f.name in left_out]
    sql = f"""
        WITH made AS (
            INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({_columns(given)})
            VALUES ({", ".join("%s" for _ in given)}) RETURNING *),
        kept AS (
            INSERT INTO {history} ({columns}, history_date, history_type)
            SELECT {columns}, %s, '+' FROM made)
        SELECT {_columns(made)} FROM made
    """  # noqa: S608 names of our own models
    return sql, given, made


def insert(row: models.Model) -> None:
    """Write a new record and its first history row in one statement; no signals are sent."""
    left_out = frozenset(
        f.name
        for f in row._meta.concrete_fields
        if f.generated or f.primary_key or isinstance(getattr(row, f.attname), DatabaseDefault)
    )
    sql, given, made = _inserting(type(row), left_out)
    values = [f.get_db_prep_save(f.pre_save(row, True), connection) for f in given]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, timezone.now()])
        for field, value in zip(made, cursor.fetchone(), strict=True):
            setattr(row, field.attname, value)
    row._state.adding, row._state.db = False, connection.alias


def keep_first(rows: models.QuerySet[Any]) -> None:
    """Write the first history row of many new records that SQL of an act wrote."""
    history, columns = _kept_columns(rows.model)
    chosen, values = rows.order_by().values("pk").query.sql_with_params()
    quote = connection.ops.quote_name
    sql = f"""
        INSERT INTO {history} ({columns}, history_date, history_type)
        SELECT {columns}, %s, '+' FROM {quote(rows.model._meta.db_table)}
        WHERE {quote(rows.model._meta.pk.attname)} IN ({chosen})
    """  # noqa: S608 names of our own models
    with connection.cursor() as cursor:
        cursor.execute(sql, [timezone.now(), *values])


def _nobody(_row: models.Model) -> None:
    """Who edited is the act's business: the entry with the row's act names the person."""


def _forget(_row: models.Model, _user: object) -> None:
    """Keep no second record of who edited."""


def kept_history(*, inherit: bool = False, excluded: Sequence[str] = ()) -> Any:
    """Return the history of a model; ``excluded`` fields (a password's hash) are not kept in it."""
    return RowCopies(
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
