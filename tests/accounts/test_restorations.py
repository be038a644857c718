"""A lost second factor: one person asks, another confirms, and neither is whose factor it was."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.db import Error, transaction
from django.urls import reverse

from accounts.actions import (
    ask_restoration,
    confirm_restoration,
    decline_restoration,
    grant_role,
    invite_user,
)
from accounts.invitations import invitation_path
from accounts.models import FactorRestoration, Role, User
from accounts.refusals import AccountRefused, NotPermitted
from accounts.second_factor import has_second_factor
from audit import clock
from audit.acts import SYSTEM, acting
from tests.factories.people import a_person
from tests.factories.sign_in import client_of, give_app, give_password

SEEN = "Seen in person with their pass."


@pytest.fixture
def asked(officer: User, administrator: User) -> FactorRestoration:
    return ask_restoration(user=give_app(officer), reason=SEEN, by=administrator)


@pytest.fixture
def second(db: None) -> User:
    return a_person("second_administrator", Role.ADMINISTRATOR)


def test_asking_removes_nothing(asked: FactorRestoration) -> None:
    assert has_second_factor(asked.user)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.GOVERNANCE_OFFICER])
def test_another_person_confirms_and_has_the_link(asked: FactorRestoration, role: Role) -> None:
    token = confirm_restoration(restoration=asked, by=a_person("another", role))
    assert not has_second_factor(User.objects.get(pk=asked.user_id))
    page = client_of(a_person("reader")).get(invitation_path(asked.user, token))
    assert page.status_code == 200


def test_sessions_end_with_the_old_factors(
    officer: User, administrator: User, second: User
) -> None:
    client = client_of(give_password(officer))
    asked = ask_restoration(user=officer, reason=SEEN, by=administrator)
    confirm_restoration(restoration=asked, by=second)
    assert client.get(reverse("account_home")).status_code == 302


def test_it_stands_on_the_home_page_of_who_may_confirm_it(
    asked: FactorRestoration, administrator: User, second: User
) -> None:
    place = f'href="{reverse("restoration_confirm", args=[asked.pk])}"'
    assert place in client_of(second).get("/").content.decode()
    assert place not in client_of(administrator).get("/").content.decode()


def test_whoever_asked_does_not_confirm(asked: FactorRestoration, administrator: User) -> None:
    with pytest.raises(NotPermitted, match="Whoever asked does not confirm"):
        confirm_restoration(restoration=asked, by=administrator)


def test_nobody_confirms_their_own(administrator: User, second: User) -> None:
    asked = ask_restoration(user=give_app(second), reason=SEEN, by=administrator)
    with pytest.raises(NotPermitted, match="their own"):
        confirm_restoration(restoration=asked, by=second)


def test_nobody_asks_for_their_own(administrator: User) -> None:
    with pytest.raises(NotPermitted, match="your own account"):
        ask_restoration(user=give_app(administrator), reason=SEEN, by=administrator)


def test_an_auditor_does_not_confirm(asked: FactorRestoration) -> None:
    with pytest.raises(NotPermitted, match="Only an administrator or governance officer"):
        confirm_restoration(restoration=asked, by=a_person("auditor", Role.AUDITOR))


def test_how_they_were_known_is_said(officer: User, administrator: User) -> None:
    with pytest.raises(AccountRefused, match="how you made sure"):
        ask_restoration(user=give_app(officer), reason=" ", by=administrator)


def test_it_is_confirmed_within_three_days(
    officer: User, administrator: User, second: User
) -> None:
    with clock.at(clock.now() - timedelta(days=4)):
        asked = ask_restoration(user=give_app(officer), reason=SEEN, by=administrator)
    with pytest.raises(NotPermitted, match="more than three days ago"):
        confirm_restoration(restoration=asked, by=second)
    assert ask_restoration(user=officer, reason=SEEN, by=administrator).is_open


def test_one_turned_down_is_not_confirmed(asked: FactorRestoration, second: User) -> None:
    declined = decline_restoration(restoration=asked, by=second)
    with pytest.raises(NotPermitted, match="answered already"):
        confirm_restoration(restoration=declined, by=second)


def test_one_person_makes_no_link_afterwards(
    asked: FactorRestoration, administrator: User, second: User
) -> None:
    confirm_restoration(restoration=asked, by=second)
    with pytest.raises(AccountRefused, match="one person alone does not let them in"):
        invite_user(user=asked.user, by=administrator)


def test_a_link_that_was_not_used_can_be_asked_for_again(
    asked: FactorRestoration, administrator: User, second: User
) -> None:
    confirm_restoration(restoration=asked, by=second)
    assert ask_restoration(user=asked.user, reason=SEEN, by=administrator).is_open


def test_the_database_keeps_a_last_factor(officer: User) -> None:
    give_app(officer)
    with (
        pytest.raises(Error, match="once two people have confirmed"),
        acting(by=SYSTEM, name="attempt"),
        transaction.atomic(),
    ):
        Authenticator.objects.filter(user_id=officer.pk).delete()


@pytest.mark.parametrize(
    ("who", "constraint"),
    [
        (lambda one: one.user_id, "factorrestoration_confirmed_by_a_third"),
        (lambda one: one.asked_by_id, "factorrestoration_confirmed_by_a_third"),
    ],
)
def test_the_database_knows_three_people(
    asked: FactorRestoration, who: Callable[[FactorRestoration], int], constraint: str
) -> None:
    asked.confirmed_at, asked.confirmed_by_id = clock.now(), who(asked)
    with (
        pytest.raises(Error, match=constraint),
        acting(by=SYSTEM, name="attempt"),
        transaction.atomic(),
    ):
        asked.save()


def test_the_person_who_confirms_is_shown_the_link_once(
    asked: FactorRestoration, second: User
) -> None:
    client = client_of(second)
    about = client.get(reverse("person_detail", args=[asked.user_id])).content.decode()
    assert "Administrator asked on" in about
    page = client.post(reverse("restoration_confirm", args=[asked.pk]))
    assert "/account/invitation/" in page.content.decode()


def test_a_governance_officer_of_two_offices_is_one_person(
    officer: User, administrator: User
) -> None:
    grant_role(user=administrator, role=Role.GOVERNANCE_OFFICER, by=SYSTEM)
    both = User.objects.get(pk=administrator.pk)
    asked = ask_restoration(user=give_app(officer), reason=SEEN, by=both)
    with pytest.raises(NotPermitted, match="Whoever asked"):
        confirm_restoration(restoration=asked, by=both)
