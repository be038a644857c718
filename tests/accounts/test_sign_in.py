"""Signing in: password, then a code; closed to strangers; all of it on the ledger."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions import deactivate_user
from accounts.models import User
from accounts.second_factor import code_at, counter_now
from audit.models import LedgerEntry
from tests.accounts.passkey import HOST, Passkey
from tests.factories.people import a_person
from tests.factories.sign_in import PASSWORD, client_of, code, give_app, give_password


@pytest.fixture
def person(officer: User) -> User:
    return give_password(give_app(officer))


def send_password(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def send_code(client: Client, given: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": given})


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def events_about(user: User) -> list[str]:
    entries = LedgerEntry.objects.filter(subject_reference=user.email).order_by("-seq")
    return [entry.event for entry in entries]


def test_the_password_alone_does_not_sign_in(client: Client, person: User) -> None:
    send_password(client, person.email)
    assert not is_signed_in(client)


def test_who_began_as_somebody_else_can_begin_again(client: Client, person: User) -> None:
    send_password(client, person.email)
    assert "Sign in as somebody else" in client.get(reverse("mfa_authenticate")).content.decode()
    client.post(reverse("account_logout"))
    assert "E-mail address" in client.get(reverse("account_login")).content.decode()


def test_password_and_code_sign_in(client: Client, person: User) -> None:
    send_password(client, person.email.upper())
    send_code(client, code())
    assert is_signed_in(client)


def test_signing_in_is_on_the_ledger(client: Client, person: User) -> None:
    send_password(client, person.email)
    send_code(client, code())
    assert set(events_about(person)[:2]) == {"accounts.session.started", "accounts.factor.used"}


def test_signing_out_is_on_the_ledger(person: User) -> None:
    client_of(person).post(reverse("account_logout"))
    assert events_about(person)[0] == "accounts.session.ended"


def test_a_code_signs_in_once(client: Client, person: User) -> None:
    given = code()
    send_password(client, person.email)
    send_code(client, given)
    again = Client()
    send_password(again, person.email)
    answer = send_code(again, given)
    assert "wrong or was used already" in answer.content.decode()
    assert not is_signed_in(again)


def test_a_wrong_password_is_on_the_ledger(client: Client, person: User) -> None:
    send_password(client, person.email, "not the password")
    assert events_about(person)[0] == "accounts.sign_in.failed"


def test_a_wrong_code_is_on_the_ledger(client: Client, person: User) -> None:
    send_password(client, person.email)
    send_code(client, "000000")
    assert events_about(person)[0] == "accounts.sign_in.failed"


def test_of_a_stranger_nothing_is_kept(client: Client, person: User) -> None:
    before = LedgerEntry.objects.count()
    send_password(client, "stranger@elsewhere.example")
    assert LedgerEntry.objects.count() == before


def test_a_stranger_and_a_wrong_password_read_the_same(client: Client, person: User) -> None:
    found = [
        re.findall("The e-mail address or the password is wrong", answer.content.decode())
        for answer in (
            send_password(client, "stranger@elsewhere.example"),
            send_password(client, person.email, "not the password"),
        )
    ]
    assert found[0] == found[1] != []


def test_five_wrong_passwords_lock_the_account(client: Client, person: User) -> None:
    for _ in range(5):
        send_password(client, person.email, "not the password")
    answer = send_password(client, person.email)
    assert "Too many attempts were wrong" in answer.content.decode()
    assert events_about(person)[0] == "accounts.sign_in.locked"


def test_a_lock_is_on_the_ledger_once(client: Client, person: User) -> None:
    for _ in range(8):
        send_password(client, person.email, "not the password")
    assert events_about(person).count("accounts.sign_in.locked") == 1


def test_five_wrong_codes_lock_the_account(client: Client, person: User) -> None:
    send_password(client, person.email)
    for _ in range(5):
        send_code(client, "000000")
    send_code(client, code())
    assert not is_signed_in(client)


def test_a_closed_account_does_not_sign_in(
    client: Client, person: User, administrator: User
) -> None:
    deactivate_user(user=person, reason="Left", by=administrator)
    assert send_password(client, person.email).headers["Location"] == reverse("account_inactive")


def test_closing_an_account_ends_its_sessions(person: User, administrator: User) -> None:
    client = client_of(person)
    deactivate_user(user=person, reason="Left", by=administrator)
    assert client.get(reverse("account_home")).status_code == 302


def test_who_has_no_second_factor_is_led_to_setting_one_up(client: Client, db: None) -> None:
    person = give_password(a_person("newcomer"))
    send_password(client, person.email)
    assert client.get(reverse("account_home")).headers["Location"] == reverse("account_set_up")


def test_the_first_app_is_added_without_another_question(client: Client, db: None) -> None:
    person = give_password(a_person("newcomer"))
    send_password(client, person.email)
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200


def test_a_recovery_code_signs_in_once(client: Client, db: None) -> None:
    person = give_password(a_person("newcomer"))
    send_password(client, person.email)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_at(secret, counter_now())})
    recovery = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
    tries = []
    for again in (Client(), Client()):
        send_password(again, person.email)
        send_code(again, recovery)
        tries.append(is_signed_in(again))
    assert tries == [True, False]


def test_adding_an_app_is_on_the_ledger(client: Client, db: None) -> None:
    person = give_password(a_person("newcomer"))
    send_password(client, person.email)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_at(secret, counter_now())})
    assert events_about(person)[:2] == ["accounts.factor.added", "accounts.factor.added"]


@pytest.fixture
def passkey(person: User) -> Passkey:
    made = Passkey()
    made.give_to(person)
    return made


def asked(client: Client) -> str:
    page = client.get(reverse("mfa_authenticate"))
    return json.dumps(page.context["js_data"]["request_options"])


def send_passkey(client: Client, answer: object) -> Any:
    return client.post(reverse("mfa_authenticate"), {"credential": json.dumps(answer)})


def test_a_passkey_signs_in(person: User, passkey: Passkey) -> None:
    client = Client(headers={"host": HOST})
    send_password(client, person.email)
    send_passkey(client, passkey.answer(asked(client)))
    assert is_signed_in(client)


@pytest.mark.parametrize("answer", [None, {}, {"id": 1}, [], "x"])
def test_what_is_no_passkeys_answer_does_not_sign_in(
    client: Client, person: User, passkey: Passkey, answer: object
) -> None:
    send_password(client, person.email)
    asked(client)
    assert send_passkey(client, answer).status_code == 200
    assert not is_signed_in(client)


def test_a_wrong_passkey_is_on_the_ledger(person: User, passkey: Passkey) -> None:
    client = Client(headers={"host": HOST})
    send_password(client, person.email)
    send_passkey(client, Passkey().answer(asked(client)))
    assert events_about(person)[0] == "accounts.sign_in.failed"


def test_the_only_second_factor_cannot_be_removed(person: User) -> None:
    client = client_of(person)
    send_confirmation(client)
    answer = client.post(reverse("mfa_deactivate_totp"))
    assert "your only second factor" in answer.content.decode()


def send_confirmation(client: Client) -> Any:
    return client.post(reverse("mfa_reauthenticate"), {"code": code()})


def test_factors_change_only_after_a_fresh_one(person: User) -> None:
    answer = client_of(person).get(reverse("mfa_add_webauthn"))
    assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate"))


def test_a_password_does_not_stand_in_for_the_second_factor(person: User) -> None:
    answer = client_of(person).post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert answer.headers["Location"].startswith(reverse("mfa_reauthenticate"))


def test_a_changed_password_is_on_the_ledger(person: User) -> None:
    new = "another-long-password"
    fields = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client_of(person).post(reverse("account_change_password"), fields)
    assert events_about(person)[0] == "accounts.password.changed"


@pytest.mark.parametrize("address", ["/account/sign-up/", "/account/signup/", "/accounts/signup/"])
def test_nobody_signs_up(client: Client, db: None, address: str) -> None:
    assert client.get(address).status_code == 404
