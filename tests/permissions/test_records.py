"""Every table of the register, drawn from the catalogue: reached by acts, and by nothing else."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from pytest_django.plugin import DjangoDbBlocker

from accounts.actions import ask_restoration, hand_over_person
from accounts.demonstration import prove
from accounts.models import Role
from audit import clock
from audit.actions import rotate_key
from audit.acts import SYSTEM
from decisions import actions
from decisions.actions import OutcomeWords
from decisions.actions.series import StageWords, set_series
from decisions.models import Condition, Series
from grants.actions import apply_variation, end_bid
from grants.actions.reconciling import withdraw_export
from grants.models import SapMatch
from tests.factories import (
    afterwards,
    approvals,
    as_shown,
    claims,
    expenditure,
    grants,
    imports,
    months,
    papers,
    reconciling,
)
from tests.factories.lasting import settle, undone
from tests.factories.people import (
    SINCE,
    a_decision_maker,
    a_governance_officer,
    a_person,
    an_officer,
)
from tests.factories.reconciling import a_posting
from tests.permissions import cast, restricted

pytestmark = pytest.mark.django_db

# Kept by the sign-in library for what this register has switched off, or has no server for.
UNUSED = {
    "public.account_emailaddress",
    "public.socialaccount_socialaccount",
    "public.socialaccount_socialapp",
    "public.socialaccount_socialtoken",
}
DENIED = "42501"


@pytest.fixture(scope="module", autouse=True)
def _world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let people do everything that leaves a record, once."""
    with django_db_blocker.unblock(), undone():
        cast.clients(cast.everybody())
        draft = papers.with_part_2(papers.a_draft())
        actions.add_section(
            decision=draft, heading="More", form_key=papers.a_key(), by=draft.originating_officer
        )
        actions.record_consultation(
            decision=draft,
            board="Oversight Board",
            held_on=SINCE,
            outcome="Supported.",
            by=draft.originating_officer,
        )
        actions.add_link(
            decision=draft, kind="continues", to_reference="PCD 1", by=draft.originating_officer
        )
        papers.a_requirement()
        _pass_numbers_over()
        _let_another_office_advise()
        _sign_from_the_box()
        _approve_less()
        ask_restoration(user=an_officer(), reason="Seen.", by=a_person("admin"))
        _hand_over()
        restricted.a_restricted_decision()
        paper = afterwards.signed_on_paper()
        afterwards.discharge(Condition.objects.get(outcome__approval__decision=paper))
        afterwards.corrected(paper)
        grants.a_line(allocation=grants.an_allocation(), withheld={"payee": "FOIA 2000 s40"})
        grants.a_plan(grants.an_allocation())
        _import_lines()
        _state_expenditure()
        _answer_and_vary()
        approvals.ended(approvals.a_waiver(grants.an_allocation()))
        approvals.a_limit()
        approvals.answered(approvals.reserved())
        _close_and_reopen()
        _claim()
        _reconcile()
        rotate_key(reason="A year has passed", is_lost=False, by=SYSTEM)
        settle()
        yield


def _import_lines() -> None:
    """Leave an import of many rows with one set aside, and what a SAP code means."""
    place = grants.an_allocation()
    rows = [imports.a_row(place, "1.00", purpose=f"Course {n}") for n in range(100)]
    rows.append(imports.a_row(place, payee=""))
    imports.approve(imports.set_aside(imports.staged(imports.HEADINGS + "".join(rows))))
    imports.approve(imports.answer(imports.alike(place), is_same=True))
    imports.claimed_before(place, "1.00")
    imports.a_sap_code("421000", category="software")


def _answer_and_vary() -> None:
    """Leave a letter with a claim date, the end of a bid, and a sum that was varied."""
    by = grants.a_finance_officer()
    decision = grants.a_mixed_decision()
    grants.an_award("1000.00", decision=decision, claim_dates=[clock.today()])
    bid = grants.figure_of(decision, "3").outcome
    end_bid(outcome=bid, result="lost", told_on=clock.today(), form_key=papers.a_key(), by=by)
    varying = grants.a_varying_decision(decision, "1300000.00")
    figures = {"varying": grants.figure_of(varying), "varied": grants.figure_of(decision)}
    apply_variation(**figures, form_key=papers.a_key(), by=by)


def _claim() -> None:
    """Leave a claim of which a line was carried forward."""
    place = grants.an_allocation()
    lines = [grants.a_line("3.00", allocation=place) for _ in range(2)]
    with months.next_months_second_day():
        claim = claims.submitted(claims.drawn_up(place.decision))
        claims.answered(claim, carried=[lines[0].pk])


def _state_expenditure() -> None:
    """Leave a statement of expenditure that was certified."""
    place = grants.an_allocation(decision=grants.a_funded_decision())
    with expenditure.once_the_year_is_over() as year:
        expenditure.certified(expenditure.prepared(place, year))


def _close_and_reopen() -> None:
    """Leave a month that was closed with an exception, and reopened by two people."""
    grants.a_waiting_line()
    with months.next_months_second_day():
        months.answered(months.propose_reopening(months.close()))


def _reconcile() -> None:
    """Leave an export that was withdrawn, a match undone, and a statement that was agreed."""
    wrong = reconciling.load(a_posting("1", "1.00"), month=months.a_month_ago())
    withdraw_export(
        export=wrong, reason="Wrong.", form_key=papers.a_key(), by=grants.a_finance_officer()
    )
    export = reconciling.load(
        a_posting("2", "1.00", invoice="A"),
        a_posting("3", "-1.00", invoice="A"),
        month=months.a_month_ago(),
    )
    reconciling.undo(SapMatch.objects.latest("pk"))
    reconciling.explain(items=tuple(export.items.values_list("pk", flat=True)))
    reconciling.agree(reconciling.prepare())


def _pass_numbers_over() -> None:
    actions.set_next_number(
        series=Series.objects.get(), number=900, reason="Used on paper.", by=a_governance_officer()
    )


def _let_another_office_advise() -> None:
    series = Series.objects.get()
    set_series(
        series=series,
        decision_maker_role=series.decision_maker_role,
        decision_maker_title=series.decision_maker_title,
        decision_maker=None,
        stages=[StageWords("Chief executive")],
        required_advice=series.required_advice,
        advice_givers=[("financial", Role.CHIEF_FINANCE_OFFICER)],
        publish_within=1,
        remind_after=3,
        by=a_governance_officer(),
    )


def _approve_less() -> None:
    """Leave a smaller sum than was asked for, with what its recipients and years have of it."""
    draft = papers.with_shares(papers.with_part_2(papers.a_draft("Less")))
    row = papers.endorsed(draft).recommendations.get()
    figure, half = row.figures.get(), Decimal(100_000)
    less = OutcomeWords(
        row,
        "approved_as_amended",
        figures={figure.pk: 2 * half},
        recipients=dict.fromkeys(row.recipients.values_list("pk", flat=True), half),
        years=dict.fromkeys(figure.years.values_list("pk", flat=True), half),
    )
    papers.decide(papers.again(row.decision), outcomes=[less])


def _sign_from_the_box() -> None:
    """Leave a box with a note, a batch of which one paper is signed, and somebody stood aside."""
    maker = a_decision_maker()
    boxed = [papers.endorsed(papers.a_draft(title)) for title in ("Signed", "Left")]
    actions.note_in_box(
        decision=boxed[1], note="Read it.", by=a_person("private", Role.PRIVATE_OFFICE)
    )
    prepared = [
        as_shown.prepare_decision(
            decision=each, outcomes=papers.outcomes_of(each), interests="None.", by=maker
        )
        for each in boxed
    ]
    digest = actions.batch_digest(name="Box", prepared=prepared)
    proof = prove(by=maker, act_name=actions.SIGN_BATCH, digest=digest)
    batch = actions.confirm_batch(name="Box", prepared=prepared, proof=proof, by=maker)
    facts = actions.prepared_facts(prepared[0])
    actions.decide(**facts, item=batch.items.get(position=1), by=maker)
    other = a_person("deputy", Role.DECISION_MAKER)
    actions.stand_aside(decision=boxed[1], words="A cousin.", by=other)


def _hand_over() -> None:
    """Let somebody leave, with a paper that another takes over."""
    leaver = an_officer("leaver")
    papers.a_draft("A paper left behind", by=leaver)
    hand_over_person(
        user=leaver,
        last_day=clock.today(),
        reason="Left.",
        successors={},
        work={"papers": an_officer()},
        by=a_person("admin"),
    )


def tables(trigger: str) -> list[str]:
    """Return the tables that a trigger of the audit app stands on, from the catalogue."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.nspname || '.' || c.relname FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE t.tgname = %s ORDER BY 1",
            [trigger],
        )
        return [name for (name,) in cursor.fetchall() if name not in UNUSED]


def grows() -> list[str]:
    return tables("audit_append_only")


def guarded() -> list[str]:
    return tables("audit_note_touched")


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


CHANGED = {
    "text": "{0} || 'x'",
    "character varying": "{0} || 'x'",
    "bigint": "{0} + 1",
    "uuid": "gen_random_uuid()",
    "boolean": "NOT {0}",
    "date": "{0} + 1",
    "bytea": "{0} || '\\x00'",
}


def a_change(table: str) -> str:
    """Return an assignment that changes some column of a table, no part of its key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
            " AND NOT attname = ANY (audit.table_key(%s::regclass)) ORDER BY attnum",
            [table, table],
        )
        columns = [(name, CHANGED[kind]) for name, kind in cursor.fetchall() if kind in CHANGED]
    name, changed = columns[0]
    return f"{name} = {changed.format(name)}"


def refusal(attempt: Callable[[], object]) -> str:
    """Return the SQLSTATE that refuses an attempt, at once or at commit; "" when nothing does."""
    try:
        with transaction.atomic():
            attempt()
            settle()
            transaction.set_rollback(True)
    except DatabaseError as error:
        return str(getattr(error.__cause__, "sqlstate", "") or "?")
    return ""


def verbs(table: str) -> dict[str, str]:
    return {
        "update": f"UPDATE {table} SET {a_change(table)}",
        "delete": f"DELETE FROM {table}",
        "truncate": f"TRUNCATE {table} CASCADE",
    }


def test_every_table_holds_what_people_did() -> None:
    counted = {}
    for table in {*grows(), *guarded()}:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            counted[table] = cursor.fetchone()[0]
    assert [table for table, count in counted.items() if not count] == []


@pytest.mark.parametrize("verb", ["update", "delete", "truncate"])
def test_no_table_that_only_grows_is_changed_even_by_its_owner(verb: str) -> None:
    taken = [table for table in grows() if not refusal(partial(run, verbs(table)[verb]))]
    assert taken == []


@pytest.mark.parametrize("verb", ["update", "delete", "truncate"])
def test_the_application_has_no_right_to_change_what_only_grows(verb: str) -> None:
    run("SET ROLE register_app")
    answers = {table: refusal(partial(run, verbs(table)[verb])) for table in grows()}
    run("RESET ROLE")
    assert {table: answer for table, answer in answers.items() if answer != DENIED} == {}


@pytest.mark.parametrize("verb", ["update", "delete", "truncate"])
def test_nothing_of_the_register_changes_outside_an_act(verb: str) -> None:
    run("SET ROLE register_app")
    taken = [table for table in guarded() if not refusal(partial(run, verbs(table)[verb]))]
    run("RESET ROLE")
    assert taken == []


def own_models() -> list[type[models.Model]]:
    names = {table.partition(".")[2] for table in [*grows(), *guarded()]}
    return [model for model in apps.get_models() if model._meta.db_table in names]


def copied(model: type[models.Model]) -> list[Any]:
    rows: list[Any] = list(model._base_manager.all()[:2])
    for row in rows:
        row.pk = None
    return rows


TEXTS = (models.CharField, models.TextField)
NUMBERS = (models.BigIntegerField, models.ForeignKey)


def updated(model: type[models.Model]) -> int:
    """Change a column of every row that can simply be made longer or larger; else any."""
    fields = [one for one in model._meta.concrete_fields if not one.primary_key]
    field = next((one for one in fields if isinstance(one, (*TEXTS, *NUMBERS))), fields[-1])
    values: dict[str, Any] = {field.attname: F(field.attname)}
    if isinstance(field, TEXTS):
        values = {field.attname: Concat(F(field.attname), Value("x"))}
    elif isinstance(field, NUMBERS):
        values = {field.attname: F(field.attname) + 1}
    return model._base_manager.update(**values)


WAYS: dict[str, Callable[[type[models.Model]], object]] = {
    "bulk_create": lambda model: model._base_manager.bulk_create(copied(model)),
    "update": updated,
    "delete": lambda model: model._base_manager.all()._raw_delete("default"),
}


@pytest.mark.parametrize("way", WAYS)
def test_no_shortcut_of_the_orm_writes_outside_an_act(way: str) -> None:
    models_found = own_models()
    assert len(models_found) > 30
    taken = [m.__name__ for m in models_found if not refusal(partial(WAYS[way], m))]
    assert taken == []


def test_every_reference_protects_or_says_why_not() -> None:
    loose = {
        f"{model.__name__}.{field.name}"
        for model in own_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and model._meta.app_label in {"accounts", "decisions", "grants", "audit"}
        and not model.__name__.startswith("Historical")
        and field.remote_field.on_delete is not models.PROTECT
    }
    assert loose == set()
