"""The people pages and the account page: who reaches them, and what they say and do."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Role, User
from audit import clock
from tests.factories.people import a_decision_maker, a_person
from tests.factories.sign_in import client_of

OPEN = {
    "people_list": {Role.ADMINISTRATOR, Role.GOVERNANCE_OFFICER, Role.AUDITOR},
    "person_new": {Role.ADMINISTRATOR},
    "person_detail": {Role.ADMINISTRATOR, Role.GOVERNANCE_OFFICER, Role.AUDITOR},
    "person_rename": {Role.ADMINISTRATOR},
    "person_invite": {Role.ADMINISTRATOR},
    "person_reset": {Role.ADMINISTRATOR},
    "person_close": {Role.ADMINISTRATOR},
    "person_reopen": {Role.ADMINISTRATOR},
    "role_grant": {Role.ADMINISTRATOR},
    "role_end": {Role.ADMINISTRATOR},
    "delegation_grant": {Role.GOVERNANCE_OFFICER},
    "delegation_end": {Role.GOVERNANCE_OFFICER},
    "account_home": set(Role),
    "account_change_password": set(),
    "usersessions_list": set(Role),
}
WITHOUT_KEY = {"people_list", "person_new", "account_home", "account_change_password"}


@pytest.fixture
def person(db: None) -> User:
    return a_decision_maker()


def address(name: str, person: User) -> str:
    if name in WITHOUT_KEY | {"usersessions_list"}:
        return reverse(name)
    keys = {"role_end": person.holdings.get().pk, "delegation_end": person.delegations.get().pk}
    return reverse(name, args=[keys.get(name, person.pk)])


@pytest.mark.parametrize("name", [name for name in OPEN if OPEN[name]])
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.GOVERNANCE_OFFICER, Role.AUDITOR])
def test_a_page_opens_to_the_roles_that_need_it(person: User, name: str, role: Role) -> None:
    reader = a_person(f"reader_{role}", role)
    expected = 200 if role in OPEN[name] else 403
    assert client_of(reader).get(address(name, person)).status_code == expected


@pytest.mark.parametrize("role", [role for role in Role if role not in OPEN["people_list"]])
def test_others_are_told_why_they_may_not(person: User, role: Role) -> None:
    reader = a_person(f"reader_{role}", role, kind="legal")
    answer = client_of(reader).get(reverse("people_list"))
    assert "Only an administrator or governance officer or auditor" in answer.content.decode()


def test_a_stranger_is_led_to_signing_in(client: Any, person: User) -> None:
    answer = client.get(reverse("person_detail", args=[person.pk]))
    assert answer.headers["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize(
    "name", ["account_login", "account_reset_password", "account_logout", "account_inactive"]
)
def test_the_pages_around_signing_in_open_to_anyone(client: Any, db: None, name: str) -> None:
    assert client.get(reverse(name)).status_code in (200, 302)


def test_an_administrator_adds_a_person(administrator: User) -> None:
    fields = {"name": "New person", "email": "new@example.org"}
    client_of(administrator).post(reverse("person_new"), fields)
    assert User.objects.get(email="new@example.org").name == "New person"


def test_a_refusal_stands_on_the_page(administrator: User, person: User) -> None:
    fields = {"name": "Twin", "email": person.email}
    answer = client_of(administrator).post(reverse("person_new"), fields)
    assert "belongs to somebody already" in answer.content.decode()


def test_an_administrator_gives_a_role(administrator: User, officer: User) -> None:
    fields = {"role": "adviser", "advice_kind": "legal"}
    client_of(administrator).post(reverse("role_grant", args=[officer.pk]), fields)
    assert User.objects.get(pk=officer.pk).has_role(Role.ADVISER, advice_kind="legal")


def test_an_administrator_ends_a_role(administrator: User, officer: User) -> None:
    holding = officer.holdings.get()
    client_of(administrator).post(reverse("role_end", args=[holding.pk]))
    assert not User.objects.get(pk=officer.pk).has_role(Role.ORIGINATING_OFFICER)


def test_nobody_reaches_their_own_closing(administrator: User) -> None:
    client = client_of(administrator)
    assert client.get(reverse("person_close", args=[administrator.pk])).status_code == 403


@pytest.mark.parametrize(
    ("name", "fields", "is_active"),
    [("person_close", {"reason": "Left"}, False), ("person_close", {}, True)],
)
def test_an_administrator_closes_an_account(
    administrator: User, officer: User, name: str, fields: dict[str, str], is_active: bool
) -> None:
    client_of(administrator).post(reverse(name, args=[officer.pk]), fields)
    assert User.objects.get(pk=officer.pk).is_active is is_active


def test_a_link_is_shown_once_to_who_made_it(administrator: User, officer: User) -> None:
    client = client_of(administrator)
    answer = client.post(reverse("person_invite", args=[officer.pk]))
    assert "/account/invitation/" in answer.content.decode()


def test_a_governance_officer_records_a_delegation(governance: User, officer: User) -> None:
    fields = {
        "scheme_title": "Scheme of Delegation and Consent",
        "scheme_dated_day": "1",
        "scheme_dated_month": "10",
        "scheme_dated_year": "2016",
        "scheme_paragraph": "4.8",
        "acts": ["bid", "accept"],
        "limit": "50,000",
    }
    client_of(governance).post(reverse("delegation_grant", args=[officer.pk]), fields)
    assert (officer.delegations.get().limit, officer.delegations.get().acts) == (
        Decimal(50_000),
        ["bid", "accept"],
    )


def test_a_governance_officer_ends_a_delegation(governance: User, person: User) -> None:
    delegation = person.delegations.get()
    client_of(governance).post(reverse("delegation_end", args=[delegation.pk]))
    assert not person.delegations.get().is_in_force(clock.today())


def test_the_account_page_says_what_i_may_decide(person: User) -> None:
    page = client_of(person).get(reverse("account_home")).content.decode()
    assert "paragraph 4.8 of the Scheme of Delegation and Consent of 1 October 2016" in page


def test_the_list_of_people_asks_the_database_little(
    administrator: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        a_person(f"person_{number}", Role.AUDITOR)
    client = client_of(administrator)
    with django_assert_max_num_queries(9):
        client.get(reverse("people_list"))
