"""The people pages and the account page: who reaches them, and what they say and do."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Role, SchemeVersion, User
from accounts.models.delegations import financial_year
from audit import clock
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_delegation,
    a_paragraph,
    a_person,
    a_proposal,
)
from tests.factories.sign_in import client_of

OPEN = {
    "people_list": {Role.ADMINISTRATOR, Role.GOVERNANCE_OFFICER, Role.AUDITOR},
    "person_new": {Role.ADMINISTRATOR},
    "person_detail": {Role.ADMINISTRATOR, Role.GOVERNANCE_OFFICER, Role.AUDITOR},
    "person_rename": {Role.ADMINISTRATOR},
    "person_invite": {Role.ADMINISTRATOR},
    "person_restore": {Role.ADMINISTRATOR},
    "person_hand_over": {Role.ADMINISTRATOR},
    "person_close": {Role.ADMINISTRATOR},
    "person_reopen": {Role.ADMINISTRATOR},
    "role_grant": {Role.ADMINISTRATOR},
    "role_end": {Role.ADMINISTRATOR},
    "delegation_grant": {Role.GOVERNANCE_OFFICER},
    "delegation_end": {Role.GOVERNANCE_OFFICER},
    "delegation_detail": {Role.ADMINISTRATOR, Role.GOVERNANCE_OFFICER, Role.AUDITOR},
    "scheme_list": {Role.ADMINISTRATOR, Role.GOVERNANCE_OFFICER, Role.AUDITOR},
    "scheme_detail": {Role.ADMINISTRATOR, Role.GOVERNANCE_OFFICER, Role.AUDITOR},
    "scheme_new": {Role.GOVERNANCE_OFFICER},
    "account_home": set(Role),
    "account_change_password": set(),
    "usersessions_list": set(Role),
}
WITHOUT_KEY = {
    "people_list",
    "person_new",
    "account_home",
    "account_change_password",
    "scheme_list",
    "scheme_new",
}


@pytest.fixture
def person(db: None) -> User:
    return a_decision_maker()


def address(name: str, person: User) -> str:
    if name in WITHOUT_KEY | {"usersessions_list"}:
        return reverse(name)
    delegation = person.delegations.get()
    keys = {
        "role_end": person.holdings.get().pk,
        "delegation_end": delegation.pk,
        "delegation_detail": delegation.pk,
        "scheme_detail": a_paragraph().version_id,
    }
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
    assert "Only an administrator, governance officer or auditor" in answer.content.decode()


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


def test_a_governance_officer_proposes_a_delegation(governance: User, officer: User) -> None:
    fields = {"paragraph": a_paragraph().pk, "acts": ["bid", "accept"], "limit": "50,000"}
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


def test_the_account_page_shows_a_deputy_the_caps_over_what_they_may_decide(person: User) -> None:
    principal, cap = a_person("principal", Role.DECISION_MAKER), Decimal(900_000)
    a_delegation(principal, cap=cap, cap_per="year")
    a_delegation(person, deputy_for=principal, cap=Decimal(100_000), cap_per="life")
    page = client_of(person).get(reverse("account_home")).content.decode()
    year = financial_year(clock.today())
    assert "Cap of £100,000, as long as it lasts: £0 used, £100,000 left" in page
    assert f"cap of £900,000, each financial year: £0 used in {year}, £900,000 left" in page


def test_the_list_of_people_asks_the_database_little(
    administrator: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        a_person(f"person_{number}", Role.AUDITOR)
    client = client_of(administrator)
    with django_assert_max_num_queries(9):
        client.get(reverse("people_list"))


def test_who_approves_a_delegation_reads_its_limit_and_days(officer: User) -> None:
    proposal = a_proposal(officer, limit=Decimal(50_000))
    address = reverse("delegation_approve", args=[proposal.pk])
    page = client_of(a_chief_executive()).get(address).content.decode()
    assert "up to £50,000 each time, no cap together" in page


def test_the_chief_executive_approves_on_the_page(officer: User) -> None:
    proposal = a_proposal(officer)
    client_of(a_chief_executive()).post(reverse("delegation_approve", args=[proposal.pk]))
    assert officer.delegations.get().is_in_force(clock.today())


def test_the_page_of_a_delegation_says_what_is_left(governance: User, officer: User) -> None:
    capped = a_delegation(officer, cap=Decimal(250_000), cap_per="life")
    page = client_of(governance).get(reverse("delegation_detail", args=[capped.pk]))
    assert "£250,000, as long as it lasts" in page.content.decode()


def test_a_scheme_is_entered_page_by_page(governance: User) -> None:
    client = client_of(governance)
    dated = {"dated_day": "1", "dated_month": "5", "dated_year": "2016"}
    page = client.post(reverse("scheme_new"), {"title": "Scheme of Consent", **dated})
    version = SchemeVersion.objects.get()
    assert page.headers["Location"] == reverse("scheme_detail", args=[version.pk])
    fields = {"number": "4.8", "acts": ["bid"], "words": "Bids.", "office": "decision_maker"}
    client.post(reverse("scheme_paragraph_new", args=[version.pk]), fields)
    assert version.paragraphs.get().words == "Bids."


def test_the_list_of_delegations_asks_the_database_little(
    governance: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(4):
        a_delegation(a_person(f"maker_{number}", Role.DECISION_MAKER))
    client = client_of(governance)
    with django_assert_max_num_queries(12):
        client.get(reverse("scheme_list"))
