"""Tables whose rows are never changed or taken away, whoever writes; and every table's guard."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from decisions.models import (
    Advice,
    Approval,
    Decision,
    Figure,
    PaperVersion,
    Paragraph,
    Recommendation,
    RecommendationOutcome,
    Section,
    StepTaken,
)
from tests.decisions.refusing import Execute, refused
from tests.factories import papers

pytestmark = pytest.mark.django_db

INSUFFICIENT_PRIVILEGE = "42501"

APPEND_ONLY = [
    "numbergap",
    "steptaken",
    "consultation",
    "paperversion",
    "advice",
    "approval",
    "recommendationoutcome",
    "outcomefigure",
    "outcomerecipient",
    "outcomeyear",
    "condition",
    "signeddocument",
    "formpost",
    "historicaldecision",
    "historicalsection",
    "historicalparagraph",
    "historicalrecommendation",
    "historicalfigure",
    "historicalexemption",
    "historicalsupportingpaper",
    "historicaldecisionlink",
    "historicalorganisation",
    "historicalseries",
    "historicalendorsingstage",
    "historicaladvicegiver",
    "historicalrequirement",
    "historicalrecipient",
    "historicalyearsum",
    "ruleanswer",
    "standingaside",
    "batch",
    "batchitem",
    "batchuse",
    "historicalboxplace",
    "historicalprepareddecision",
    "transcription",
    "revision",
    "reviseditem",
    "revisionanswer",
    "conditiondischarge",
    "formerpaper",
]


def test_just_these_tables_only_grow() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname = 'audit_append_only' AND c.relname LIKE 'decisions_%%'"
        )
        found = {name.removeprefix("decisions_") for (name,) in cursor.fetchall()}
    assert found == set(APPEND_ONLY)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_no_table_that_only_grows_is_emptied(table: str, execute: Execute) -> None:
    assert refused(execute, f"TRUNCATE decisions_{table} CASCADE")


GROWING = [PaperVersion, Advice, Approval, RecommendationOutcome, StepTaken, Decision.history.model]


@pytest.mark.parametrize("model", GROWING)
@pytest.mark.parametrize("way", ["update", "delete", "raw update", "raw delete"])
def test_no_row_that_only_grows_is_touched(
    model: type[models.Model], way: str, execute: Execute
) -> None:
    papers.signed()
    rows = model._default_manager.all()
    assert rows.exists()
    table = model._meta.db_table
    attempts: dict[str, Callable[[], object]] = {
        "update": lambda: rows.update(act="00000000-0000-0000-0000-000000000000"),
        "delete": lambda: rows._raw_delete(rows.db),
        "raw update": lambda: execute(f"UPDATE {table} SET id = id"),
        "raw delete": lambda: execute(f"DELETE FROM {table}"),
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        attempts[way]()


def test_every_table_of_the_app_is_guarded() -> None:
    tables = {model._meta.db_table for model in apps.get_app_config("decisions").get_models()}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname = 'audit_note_touched'"
        )
        guarded = {name for (name,) in cursor.fetchall()}
    derived = {"decisions_searchentry", "decisions_waitedon", "decisions_mail"}
    scratch = {"decisions_workingtext"}
    assert tables - guarded == derived | scratch


@pytest.mark.parametrize("model", [Section, Recommendation, Figure, Paragraph])
def test_bulk_writes_outside_an_act_are_refused(model: type[models.Model]) -> None:
    papers.a_draft()
    copies = list(model._default_manager.all())
    for copy in copies:
        copy.pk = None
        copy.position = copy.position + 50  # type: ignore[attr-defined]
        if isinstance(copy, Recommendation):
            copy.number = f"{copy.number}z"
    with pytest.raises(DatabaseError), transaction.atomic():
        model._default_manager.bulk_create(copies)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.usefixtures("as_application")
@pytest.mark.parametrize("table", APPEND_ONLY)
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_application_has_no_right_to_change_what_only_grows(
    table: str, verb: str, execute: Execute
) -> None:
    sql = verb.format(f"decisions_{table}")
    assert refused(execute, sql) == INSUFFICIENT_PRIVILEGE


@pytest.mark.usefixtures("as_application")
@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE decisions_paragraph DISABLE TRIGGER paragraph_frozen",
        "DROP TRIGGER decision_holds ON decisions_decision",
        "DROP FUNCTION decisions_refuse_frozen() CASCADE",
        "SET session_replication_role = replica",
    ],
)
def test_the_application_cannot_take_the_guards_away(sql: str, execute: Execute) -> None:
    assert refused(execute, sql) == INSUFFICIENT_PRIVILEGE
