"""What somebody with the application's database role cannot give, approve, extend or rename."""

from collections.abc import Callable

import pytest

from accounts.actions import approve_delegation, propose_delegation
from accounts.models import Role
from audit.verify import verify
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_governance_officer,
    a_paragraph,
    a_person,
)
from tests.grants.insider import attempt, run

pytestmark = pytest.mark.django_db

COPY = """
    INSERT INTO accounts_delegation (holder_id, paragraph_id, scheme_title, scheme_dated,
        scheme_paragraph, acts, cap_per, valid_from, proposed_at, proposed_by_id, approved_at,
        approved_by_id, declined_reason)
    SELECT %s, paragraph_id, scheme_title, scheme_dated, scheme_paragraph, acts, '', valid_from,
        proposed_at, proposed_by_id, approved_at, approved_by_id, ''
    FROM accounts_delegation ORDER BY id LIMIT 1"""
APPROVE = "UPDATE accounts_delegation SET approved_at = now(), approved_by_id = %s WHERE id = %s"
GIVE = """
    INSERT INTO accounts_roleholding (user_id, role, advice_kind, valid_from)
    VALUES (%s, 'decision_maker', '', '2016-10-01')"""
GIVE_HISTORY = """
    INSERT INTO accounts_historicalroleholding (id, user_id, role, advice_kind, valid_from,
        history_date, history_type)
    SELECT id, user_id, role, advice_kind, valid_from, now(), '+'
    FROM accounts_roleholding ORDER BY id DESC LIMIT 1"""


def test_a_delegation_does_not_come_approved() -> None:
    a_decision_maker()
    mallory = a_person("mallory", Role.FINANCE_OFFICER)
    assert attempt(lambda: run(COPY, mallory.pk)) == "delegation_is_first_proposed"


def test_a_delegation_is_approved_by_the_office_that_approves_it() -> None:
    mallory = a_person("mallory", Role.FINANCE_OFFICER)
    proposed = propose_delegation(
        holder=mallory, paragraph=a_paragraph(), by=a_governance_officer()
    )
    other = a_person("accomplice", Role.FINANCE_OFFICER)
    by = attempt(lambda: run(APPROVE, other.pk, proposed.pk))
    approve_delegation(delegation=proposed, by=a_chief_executive())
    assert by == "delegation_approved_by_its_office"


@pytest.mark.parametrize(
    ("sql", "by"),
    [
        ("UPDATE accounts_roleholding SET user_id = %s", "roleholding_kept"),
        ("UPDATE accounts_roleholding SET valid_from = now() WHERE %s > 0", "roleholding_kept"),
        ("UPDATE accounts_roleholding SET succeeds_id = id WHERE %s > 0", "roleholding_kept"),
        ("DELETE FROM accounts_roleholding WHERE %s > 0", "roleholding_never_deleted"),
        ("UPDATE accounts_user SET email = 'x' || email WHERE %s > 0", "user_kept"),
        ("UPDATE accounts_delegation SET valid_to = '2099-01-01' WHERE %s > 0", ""),
    ],
    ids=["person", "first day", "succeeded", "deleted", "address", "ended"],
)
def test_what_was_given_stays(sql: str, by: str) -> None:
    a_decision_maker()
    mallory = a_person("mallory", Role.FINANCE_OFFICER)
    assert attempt(lambda: run(sql, mallory.pk)) == by


def forged(*statements: Callable[[], object]) -> list[str]:
    """Return what verification finds after a forgery that the database let through, by table."""
    assert attempt(lambda: [each() for each in statements]) == ""
    return [failure.table or "" for failure in verify().failures if failure.kind == "act-unfit"]


def test_an_office_given_by_an_act_of_another_kind_is_found() -> None:
    mallory = a_person("mallory", Role.FINANCE_OFFICER)
    found = forged(lambda: run(GIVE, mallory.pk), lambda: run(GIVE_HISTORY))
    assert found == ["public.accounts_roleholding"]


def test_a_password_set_by_an_act_of_another_kind_is_found() -> None:
    mallory = a_person("mallory", Role.FINANCE_OFFICER)
    set_it = "UPDATE accounts_user SET password = 'x' WHERE id = %s"
    assert forged(lambda: run(set_it, mallory.pk)) == ["public.accounts_user"]


def test_a_second_factor_proved_by_an_act_of_another_kind_is_found() -> None:
    maker = a_decision_maker()
    prove_it = """
        INSERT INTO accounts_stepup (user_id, act_name, digest, method, verified_at, evidence)
        VALUES (%s, 'decisions.decide', repeat('a', 64), 'totp', now(), '{}')"""
    assert forged(lambda: run(prove_it, maker.pk)) == ["public.accounts_stepup"]
