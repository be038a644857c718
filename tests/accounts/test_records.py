"""What the database itself refuses, whatever the code above it does."""

from collections.abc import Callable

import pytest
from django.db import Error, connection, transaction

from accounts.models import AdviceKind, DelegatedAct, User
from audit.acts import SYSTEM, acting
from decisions.models import Recommendation
from tests.factories.people import SCHEME, a_delegation, a_governance_officer, a_paragraph

HOLDING = (
    "INSERT INTO accounts_roleholding (user_id, role, advice_kind, valid_from, valid_to)"
    " VALUES ({user}, '{role}', '{kind}', '2020-01-01', {to})"
)
DELEGATION = (
    "INSERT INTO accounts_delegation (holder_id, paragraph_id, scheme_title, scheme_dated,"
    ' scheme_paragraph, acts, "limit", cap, cap_per, valid_from, proposed_at, proposed_by_id,'
    " approved_at, approved_by_id, declined_reason)"
    " VALUES ({holder}, {paragraph}, {title}, '2016-10-01', '4.8', {acts}, {limit}, {cap},"
    " {cap_per}, '2016-10-01', now(), {by}, {approved_at}, {approved_by}, '')"
)


@pytest.fixture
def refused(db: None) -> Callable[[str], str]:
    """Return a function that runs SQL inside an act and gives the database's refusal, or ""."""

    def attempt(sql: str) -> str:
        try:
            with acting(by=SYSTEM, name="attempt"), transaction.atomic():
                connection.cursor().execute(sql)
        except Error as error:
            return str(error)
        return ""

    return attempt


@pytest.mark.parametrize(
    ("role", "kind", "to", "constraint"),
    [
        ("originating_officer", "", "NULL", "roleholding_one_live_per_role"),
        ("auditor", "", "'2019-12-31'", "roleholding_period_ends_after_it_starts"),
        ("adviser", "", "NULL", "roleholding_adviser_iff_advice_kind"),
        ("auditor", "legal", "NULL", "roleholding_adviser_iff_advice_kind"),
        ("mayor", "", "NULL", "roleholding_role_known"),
    ],
)
def test_a_holding_that_cannot_be(
    officer: User, refused: Callable[[str], str], role: str, kind: str, to: str, constraint: str
) -> None:
    assert constraint in refused(HOLDING.format(user=officer.pk, role=role, kind=kind, to=to))


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"limit": "'NaN'"}, "delegation_limit_above_nought"),
        ({"limit": "0"}, "delegation_limit_above_nought"),
        ({"cap": "0", "cap_per": "'year'"}, "delegation_cap_above_nought"),
        ({"cap": "5"}, "delegation_cap_and_its_time"),
        ({"acts": "'{}'"}, "delegation_acts_known"),
        ({"acts": "'{anything}'"}, "delegation_acts_of_its_paragraph"),
        ({"title": "'Another scheme'"}, "delegation_prints_its_paragraph"),
        ({"paragraph": "NULL"}, "delegation_is_proposed_under_a_paragraph"),
        ({"approved_at": "now()"}, "delegation_approved_at_and_by"),
        ({"approved_at": "now()", "approved_by": "{by}"}, "delegation_approved_by_another"),
        ({"approved_at": "now()", "approved_by": "{holder}"}, "not_approved_by_its_holder"),
    ],
)
def test_a_delegation_that_cannot_be(
    officer: User, refused: Callable[[str], str], wrong: dict[str, str], constraint: str
) -> None:
    facts = {
        "holder": str(officer.pk),
        "by": str(a_governance_officer().pk),
        "paragraph": str(a_paragraph().pk),
        "title": f"'{SCHEME}'",
        "acts": "'{award}'",
        "limit": "1",
        "cap": "NULL",
        "cap_per": "''",
        "approved_at": "NULL",
        "approved_by": "NULL",
    }
    facts |= {name: _filled(value, facts) for name, value in wrong.items()}
    assert constraint in refused(DELEGATION.format(**facts))


def _filled(value: str, facts: dict[str, str]) -> str:
    """Return a value with the person that it names, if any."""
    return facts.get(value.strip("{}"), value)


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        ("UPDATE accounts_delegation SET cap = 5, cap_per = 'life'", "delegation_kept"),
        ("UPDATE accounts_delegation SET holder_id = approved_by_id", "delegation_kept"),
        (
            "UPDATE accounts_delegation SET approved_at = NULL, approved_by_id = NULL",
            "delegation_kept",
        ),
        ("UPDATE accounts_schemeversion SET valid_from = '2015-01-01'", "schemeversion_kept"),
        ('UPDATE accounts_schemeparagraph SET "limit" = 1', "schemeparagraph_kept"),
        ("DELETE FROM accounts_schemeparagraph", "schemeparagraph_kept"),
        ("DELETE FROM accounts_delegation", "delegation_never_deleted"),
    ],
)
def test_what_was_approved_stays_as_it_was(
    officer: User, refused: Callable[[str], str], sql: str, constraint: str
) -> None:
    a_delegation(officer)
    assert constraint in refused(sql)


def test_an_address_in_capitals(officer: User, refused: Callable[[str], str]) -> None:
    sql = f"UPDATE accounts_user SET email = upper(email) WHERE id = {officer.pk}"
    assert "user_email_lower_case" in refused(sql)


def test_a_person_is_not_changed_without_an_entry(officer: User) -> None:
    with pytest.raises(Error, match="without an entry"), transaction.atomic():
        User.objects.filter(pk=officer.pk).update(name="Slipped in")
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("table", ["historicaluser", "stepup", "stepupuse", "delegationuse"])
def test_it_is_append_only(refused: Callable[[str], str], table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgrelid = %s::regclass"
            " AND tgname = 'audit_append_only'",
            [f"accounts_{table}"],
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.parametrize(
    "table",
    ["django_session", "usersessions_usersession", "account_emailconfirmation", "register_cache"],
)
def test_what_is_no_part_of_the_register_lies_apart(db: None, table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT schemaname FROM pg_tables WHERE tablename = %s", [table])
        assert cursor.fetchall() == [("transient",)]


def test_a_delegation_can_cover_every_kind_of_recommendation() -> None:
    kinds = Recommendation._meta.get_field("kind").choices
    assert {value for value, _label in kinds or []} == set(DelegatedAct.values)


def test_advisers_can_be_had_for_every_kind_of_advice() -> None:
    assert AdviceKind.values == ["financial", "legal", "commercial", "data_protection", "equality"]
