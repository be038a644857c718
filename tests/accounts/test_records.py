"""What the database itself refuses, whatever the code above it does."""

from collections.abc import Callable

import pytest
from django.db import Error, connection, transaction

from accounts.models import AdviceKind, DelegatedAct, User
from audit.acts import SYSTEM, acting
from decisions.models import Recommendation

HOLDING = (
    "INSERT INTO accounts_roleholding (user_id, role, advice_kind, valid_from, valid_to)"
    " VALUES ({user}, '{role}', '{kind}', '2020-01-01', {to})"
)
DELEGATION = (
    "INSERT INTO accounts_delegation (holder_id, scheme_title, scheme_dated, scheme_paragraph,"
    " acts, \"limit\", valid_from) VALUES ({user}, 'S', '2016-10-01', '4.8', {acts}, {limit},"
    " '2016-10-01')"
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
    ("acts", "limit", "constraint"),
    [
        ("'{award}'", "'NaN'", "delegation_limit_above_nought"),
        ("'{award}'", "0", "delegation_limit_above_nought"),
        ("'{}'", "1", "delegation_acts_known"),
        ("'{anything}'", "1", "delegation_acts_known"),
    ],
)
def test_a_delegation_that_cannot_be(
    officer: User, refused: Callable[[str], str], acts: str, limit: str, constraint: str
) -> None:
    assert constraint in refused(DELEGATION.format(user=officer.pk, acts=acts, limit=limit))


def test_an_address_in_capitals(officer: User, refused: Callable[[str], str]) -> None:
    sql = f"UPDATE accounts_user SET email = upper(email) WHERE id = {officer.pk}"
    assert "user_email_lower_case" in refused(sql)


def test_a_person_is_not_changed_without_an_entry(officer: User) -> None:
    with pytest.raises(Error, match="without an entry"), transaction.atomic():
        User.objects.filter(pk=officer.pk).update(name="Slipped in")
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("table", ["historicaluser", "stepup", "stepupuse"])
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
