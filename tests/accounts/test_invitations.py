"""The link with which a person sets a password: once, and only the newest."""

from django.test import Client
from django.urls import reverse

from accounts.actions import invite_user
from accounts.invitations import invitation_path
from accounts.models import User
from audit.models import LedgerEntry
from tests.factories.sign_in import PASSWORD, give_password

NEW = {"name": "Officer", "password": "a-brand-new-password", "again": "a-brand-new-password"}


def link(user: User, administrator: User) -> str:
    return invitation_path(user, invite_user(user=user, by=administrator))


def test_it_sets_a_password(client: Client, officer: User, administrator: User) -> None:
    client.post(link(officer, administrator), NEW)
    assert User.objects.get(pk=officer.pk).check_password(NEW["password"])


def test_who_comes_first_says_their_own_name(
    client: Client, officer: User, administrator: User
) -> None:
    client.post(link(officer, administrator), NEW | {"name": "Sam  Rivers"})
    assert User.objects.get(pk=officer.pk).name == "Sam Rivers"


def test_saying_it_is_on_the_ledger(client: Client, officer: User, administrator: User) -> None:
    client.post(link(officer, administrator), NEW | {"name": "Sam Rivers"})
    renamed = LedgerEntry.objects.filter(event="accounts.user.renamed").get()
    assert "Sam Rivers" in renamed.payload.payload


def test_a_later_link_changes_no_name(client: Client, officer: User, administrator: User) -> None:
    client.post(link(give_password(officer), administrator), NEW | {"name": "Sam Rivers"})
    assert User.objects.get(pk=officer.pk).name == officer.name


def test_no_name_is_refused(client: Client, officer: User, administrator: User) -> None:
    answer = client.post(link(officer, administrator), NEW | {"name": " "})
    assert "There is a problem" in answer.content.decode()


def test_it_works_once(client: Client, officer: User, administrator: User) -> None:
    address = link(officer, administrator)
    client.post(address, NEW)
    assert client.post(address, NEW).status_code == 410


def test_a_newer_one_replaces_it(client: Client, officer: User, administrator: User) -> None:
    older = link(officer, administrator)
    link(officer, administrator)
    assert client.get(older).status_code == 410


def test_making_one_stops_the_password(officer: User, administrator: User) -> None:
    give_password(officer)
    link(officer, administrator)
    assert not User.objects.get(pk=officer.pk).check_password(PASSWORD)


def test_another_persons_does_not_fit(client: Client, officer: User, administrator: User) -> None:
    token = invite_user(user=officer, by=administrator)
    assert client.get(invitation_path(administrator, token)).status_code == 410


def test_a_made_up_one_does_not_work(client: Client, db: None) -> None:
    address = reverse("account_invitation", kwargs={"uid": "!!", "token": "x"})
    assert client.get(address).status_code == 410


def test_both_passwords_must_be_the_same(
    client: Client, officer: User, administrator: User
) -> None:
    answer = client.post(link(officer, administrator), NEW | {"again": "another-password"})
    assert "The two passwords differ" in answer.content.decode()


def test_a_short_password_is_refused(client: Client, officer: User, administrator: User) -> None:
    answer = client.post(link(officer, administrator), {"password": "short", "again": "short"})
    assert "at least 12 characters" in answer.content.decode()


def test_setting_it_is_on_the_ledger(client: Client, officer: User, administrator: User) -> None:
    client.post(link(officer, administrator), NEW)
    assert LedgerEntry.objects.order_by("-seq")[0].event == "accounts.password.set"
