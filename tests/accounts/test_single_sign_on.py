"""Single sign-on against a real OpenID Connect server: who comes in, how far, and what is kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from accounts import step_up
from accounts.actions import deactivate_user
from accounts.forms import StepUpForm
from accounts.models import User
from audit.models import LedgerEntry
from config.single_sign_on import single_sign_on
from tests.accounts.openid_server import CLIENT_ID, CLIENT_SECRET, OpenIDServer, serving
from tests.accounts.test_sign_in import events_about, is_signed_in, send_code, send_password
from tests.factories.sign_in import code, give_app, give_password, request_of


@pytest.fixture(scope="module")
def running() -> Iterator[OpenIDServer]:
    with serving() as server:
        yield server


@pytest.fixture
def server(running: OpenIDServer, settings: Any, tmp_path: Path, officer: User) -> OpenIDServer:
    """Return a server that vouches for the officer, with the register set up to ask it."""
    secret = tmp_path / "secret"
    secret.write_text(f"{CLIENT_SECRET}\n")
    settings.SOCIALACCOUNT_PROVIDERS = single_sign_on(
        server=running.address, name="City Hall", client_id=CLIENT_ID, secret_file=secret
    )
    settings.ROOT_URLCONF = "tests.accounts.addresses_with_single_sign_on"
    running.claims = {"sub": "u-1", "email": officer.email, "email_verified": True}
    running.audience = CLIENT_ID
    return running


def leave(client: Client, **asked: str) -> Any:
    """Press the button of the sign-in page."""
    return client.post(reverse("openid_connect_login"), asked)


def come(client: Client, **asked: str) -> Any:
    """Press it, sign in at the organisation, and come back; return what the register answers."""
    there = leave(client, **asked).context["address"]
    back = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    return client.get(back.removeprefix("http://testserver"))


def test_the_sign_in_page_names_the_organisation(client: Client, server: OpenIDServer) -> None:
    page = client.get(reverse("account_login")).content.decode()
    assert "Sign in with City Hall" in page


def test_no_form_is_redirected_to_the_organisation(client: Client, server: OpenIDServer) -> None:
    """Browsers would stop it: the security policy holds forms to the register's own address."""
    page = leave(client)
    assert page.status_code == 200
    assert page.headers["Refresh"].startswith(f"0; url={server.address}/authorize?")


def test_a_known_person_signs_in_with_the_factor_of_their_own(
    client: Client, server: OpenIDServer, officer: User
) -> None:
    give_app(officer)
    come(client)
    send_code(client, code())
    assert client.get(reverse("account_home")).status_code == 200


def test_the_address_counts_whatever_its_letters(client: Client, server: OpenIDServer) -> None:
    server.claims["email"] = server.claims["email"].upper()
    come(client)
    assert is_signed_in(client)


def test_it_does_not_stand_in_for_the_second_factor(
    client: Client, server: OpenIDServer, officer: User
) -> None:
    give_app(officer)
    assert come(client).headers["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)


def test_who_has_no_second_factor_sets_one_up_first(client: Client, server: OpenIDServer) -> None:
    come(client)
    assert client.get(reverse("account_home")).headers["Location"] == reverse("account_set_up")


def test_it_confirms_no_decision(client: Client, server: OpenIDServer, officer: User) -> None:
    come(client)
    request = request_of(officer)
    request.session = client.session
    form = StepUpForm({}, request=request, act_name="decide", digest=step_up.digest_of("a paper"))
    assert not step_up.offer(request, act_name="decide", digest="").is_possible
    assert not form.is_valid()


def test_each_sign_in_is_on_the_ledger_in_the_persons_name(
    client: Client, server: OpenIDServer, officer: User
) -> None:
    come(client)
    entries = LedgerEntry.objects.told().filter(subject_reference=officer.email)[:2]
    assert [(entry.event, entry.actor_id) for entry in entries] == [
        ("accounts.session.started", str(officer.pk)),
        ("accounts.single_sign_on.used", str(officer.pk)),
    ]
    assert '"with":"single sign-on"' in entries[0].payload.payload


def test_an_unknown_address_is_told_so_and_gets_no_account(
    client: Client, server: OpenIDServer
) -> None:
    server.claims["email"] = "stranger@elsewhere.example"
    before = User.objects.count(), LedgerEntry.objects.count()
    page = come(client).content.decode()
    assert "You have no account here" in page
    assert not is_signed_in(client)
    assert (User.objects.count(), LedgerEntry.objects.count()) == before


def test_a_closed_account_stays_closed(
    client: Client, server: OpenIDServer, officer: User, administrator: User
) -> None:
    deactivate_user(user=officer, reason="Left.", by=administrator)
    answer = come(client)
    assert "This account is closed" in client.get(answer.headers["Location"]).content.decode()
    assert not is_signed_in(client)
    assert events_about(officer)[0] == "accounts.sign_in.failed"


def test_an_address_that_the_server_has_not_checked_is_refused(
    client: Client, server: OpenIDServer
) -> None:
    server.claims["email_verified"] = False
    assert "You are not signed in" in come(client).content.decode()
    assert not is_signed_in(client)


def test_a_server_that_says_nothing_of_checking_is_believed(
    client: Client, server: OpenIDServer
) -> None:
    del server.claims["email_verified"]
    come(client)
    assert is_signed_in(client)


@pytest.mark.parametrize("process", ["connect", "redirect"])
def test_it_signs_in_and_does_nothing_else(
    client: Client, server: OpenIDServer, process: str
) -> None:
    """Nobody ties somebody else's identity to their own account."""
    assert come(client, process=process).status_code == 401
    assert not is_signed_in(client)


def test_nothing_of_the_servers_is_kept_and_the_password_stays(
    client: Client, server: OpenIDServer, officer: User
) -> None:
    give_password(officer)
    come(client)
    assert not SocialAccount.objects.exists()
    again = Client()
    send_password(again, officer.email)
    assert is_signed_in(again)


def test_a_token_for_another_client_is_refused(client: Client, server: OpenIDServer) -> None:
    server.audience = "another-client"
    assert "You are not signed in" in come(client).content.decode()
    assert not is_signed_in(client)


def test_a_way_back_that_nobody_set_out_on_is_refused(client: Client, server: OpenIDServer) -> None:
    place = reverse("openid_connect_callback")
    assert client.get(f"{place}?code=x&state=y").status_code == 401


def test_who_cancels_there_is_told_so_here(client: Client, server: OpenIDServer) -> None:
    there = leave(client).context["address"]
    state = there.partition("state=")[2].partition("&")[0]
    place = reverse("openid_connect_callback")
    answer = client.get(f"{place}?error=access_denied&state={state}", follow=True)
    assert "Signing in was cancelled" in answer.content.decode()


@pytest.mark.parametrize("path", ["/nowhere", ":1"])
def test_a_server_that_cannot_be_used_is_said_to_be(
    client: Client, server: OpenIDServer, settings: Any, path: str
) -> None:
    (app,) = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
    base = server.address if path == "/nowhere" else "http://127.0.0.1"
    app["settings"]["server_url"] = base + path
    answer = leave(client)
    assert answer.status_code == 502
    assert "Your organisation’s sign-in did not work" in answer.content.decode()


def test_a_claim_without_who_it_is_is_no_sign_in(client: Client, server: OpenIDServer) -> None:
    del server.claims["sub"]
    assert come(client).status_code == 502
    assert not is_signed_in(client)


def test_the_button_is_the_only_way_there(client: Client, server: OpenIDServer) -> None:
    answer = client.get(reverse("openid_connect_login"))
    assert answer.headers["Location"] == reverse("account_login")


def test_without_a_server_there_is_no_single_sign_on(client: Client, db: None) -> None:
    assert single_sign_on(server="", name="", client_id="", secret_file=None) == {}
    assert "Sign in with" not in client.get(reverse("account_login")).content.decode()


def test_a_server_without_its_client_is_refused_with_words() -> None:
    with pytest.raises(ImproperlyConfigured, match="OIDC_CLIENT_SECRET_FILE are needed too"):
        single_sign_on(server="https://x.example", name="", client_id="", secret_file=None)
