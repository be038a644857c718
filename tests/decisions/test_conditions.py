"""Conditions: discharged once, with evidence; due and overdue ones are listed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection

from accounts.models import User
from accounts.refusals import NotPermitted
from audit import clock
from audit.acts import acting
from audit.refusals import Refused
from audit.verify import verify
from decisions.documents.files import brought_file_failures, file_store
from decisions.models import Condition, ConditionDischarge, conditions_page
from tests.factories import afterwards, grants, papers
from tests.factories.lasting import settle
from tests.factories.people import a_chief_executive, a_governance_officer, an_adviser, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _decided(lasting: None) -> None:
    """A decision with a condition that an adviser is to meet, overdue since yesterday."""
    yesterday = clock.today() - timedelta(days=1)
    afterwards.with_condition(owner=an_adviser(), due_on=yesterday)


def condition() -> Condition:
    return Condition.objects.get()


def discharge(by: User | None = None, **more: Any) -> None:
    afterwards.discharge(condition(), by, **{"met_on": clock.today(), **more})


@pytest.mark.parametrize("who", [an_adviser, a_governance_officer, grants.a_finance_officer])
def test_its_owner_finance_or_governance_discharges_it(who: Any) -> None:
    discharge(who())
    settle()
    assert ConditionDischarge.objects.get().discharged_by == who()


@pytest.mark.parametrize("who", [an_officer, a_chief_executive])
def test_nobody_else_discharges_it(who: Any) -> None:
    with pytest.raises(NotPermitted):
        discharge(who())


def test_it_is_discharged_once() -> None:
    discharge()
    with pytest.raises(NotPermitted, match="already"):
        discharge()


def test_a_form_sent_twice_discharges_once() -> None:
    key = papers.a_key()
    discharge(form_key=key)
    discharge(form_key=key)
    assert ConditionDischarge.objects.count() == 1


@pytest.mark.parametrize("days", [-1, 1])
def test_dec_61_it_is_met_after_the_decision_and_no_later_than_today(days: int) -> None:
    with pytest.raises(Refused) as refused:
        discharge(met_on=clock.today() + timedelta(days=days))
    assert refused.value.code == "DEC-61"


def test_it_needs_words() -> None:
    with pytest.raises(Refused) as refused:
        discharge(note=" ")
    assert refused.value.code == "DEC-15"


def listed(standing: str = "", **more: Any) -> int:
    return len(conditions_page(standing=standing, **more))


def test_an_overdue_one_is_listed_until_it_is_discharged() -> None:
    assert (listed(), listed("overdue"), listed("due"), listed("discharged")) == (1, 1, 0, 0)
    discharge()
    assert (listed(), listed("overdue"), listed("due"), listed("discharged")) == (0, 0, 0, 1)


def test_each_owner_finds_their_own() -> None:
    assert (listed(owner=an_adviser()), listed(owner=an_officer())) == (1, 0)


def test_the_list_goes_on_after_the_last_one_shown() -> None:
    one = condition()
    assert (listed(after=str(one.pk)), listed(after="0"), listed(after="x_y")) == (0, 1, 1)


def test_the_list_goes_on_by_the_day_and_not_by_the_number() -> None:
    first = condition()
    afterwards.with_condition(papers.endorsed(papers.a_draft("Another")))
    undated = Condition.objects.get(due_on=None)
    assert [one.pk for one in conditions_page(after=str(first.pk))] == [undated.pk]


def test_evidence_that_is_lost_is_found_out() -> None:
    discharge()
    path = file_store()._path(ConditionDischarge.objects.get().sha256)
    kept = path.read_bytes()
    path.write_bytes(b"other")
    assert [failure.kind for failure in brought_file_failures()] == ["file-missing-or-changed"]
    path.write_bytes(kept)


def test_the_chain_and_its_rows_hold_after_a_discharge() -> None:
    discharge()
    settle()
    assert not verify().failures


def test_a_condition_without_a_day_comes_last() -> None:
    afterwards.with_condition(papers.endorsed(papers.a_draft("Another")))
    assert [one.due_on for one in conditions_page()] == [condition_due(), None]


def condition_due() -> date | None:
    return Condition.objects.exclude(due_on=None).get().due_on


def test_the_database_takes_no_discharge_in_the_act_that_sets_the_condition() -> None:
    sql = """
        INSERT INTO decisions_conditiondischarge (condition_id, note, met_on, file_name,
            content_type, size, sha256, discharged_at, discharged_by_id, role, act)
        SELECT id, 'x', now(), '', '', 1, repeat('a', 64), now(), %s, '', act
        FROM decisions_condition
    """
    with (
        pytest.raises(DatabaseError) as refused,
        acting(by=an_officer(), name="test"),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, [an_officer().pk])
    cause: Any = refused.value.__cause__
    assert cause.diag.constraint_name in {
        "conditiondischarge_after_its_decision",
        "audit_act_is_its_own",
    }
