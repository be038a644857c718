"""Signing in: a password and a code, a passkey, and what happens when they are wrong."""

import pytest

from tests.browser.conftest import Seat
from tests.browser.steps import (
    Desk,
    able_to_sign_in,
    fill,
    follow,
    go,
    press,
    reads,
    review,
    sign_in,
)
from tests.factories import papers
from tests.factories.people import a_decision_maker, an_officer
from tests.factories.sign_in import PASSWORD

pytestmark = pytest.mark.usefixtures("site")


def test_signing_in_with_password_and_code(stranger: Desk) -> None:
    sign_in(stranger, able_to_sign_in(an_officer()))
    reads(stranger, "No paper waits on you")


def test_a_wrong_code_says_what_to_do(stranger: Desk) -> None:
    officer = able_to_sign_in(an_officer())
    go(stranger, "/account/sign-in/")
    fill(stranger, login=officer.email, password=PASSWORD)
    press(stranger, "Continue")
    fill(stranger, code="000000")
    press(stranger, "Sign in")
    reads(stranger, "The code is wrong or was used already")


def test_a_passkey_is_added_and_signs_in(seat: Seat) -> None:
    desk = seat()
    officer = able_to_sign_in(an_officer())
    give_authenticator(desk)
    sign_in(desk, officer)
    follow(desk, "Your account")
    go(desk, "/account/passkeys/add/")
    fill(desk, name="Office laptop")
    press(desk, "Add the passkey")
    go(desk, "/account/")
    reads(desk, "Office laptop")
    press(desk, "Sign out")
    go(desk, "/account/sign-in/")
    fill(desk, login=officer.email, password=PASSWORD)
    press(desk, "Continue")
    press(desk, "Use a passkey instead")
    reads(desk, "What needs you")


def test_a_passkey_signs_a_decision(seat: Seat) -> None:
    decision, maker = papers.endorsed(), able_to_sign_in(a_decision_maker())
    desk = seat()
    give_authenticator(desk)
    sign_in(desk, maker)
    go(desk, "/account/passkeys/add/")
    fill(desk, name="Security key")
    press(desk, "Add the passkey")
    review(desk, decision)
    press(desk, "Sign with a passkey")
    reads(desk, "Decision signed")


def give_authenticator(desk: Desk) -> None:
    """Give a browser an authenticator that is always there and always says yes."""
    session = desk.page.context.new_cdp_session(desk.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
