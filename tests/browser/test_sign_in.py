"""Signing in: a password and a code, a passkey, and what happens when they are wrong."""

import pytest

from tests.browser.conftest import Seat
from tests.browser.steps import (
    Desk,
    able_to_sign_in,
    code_of,
    fill,
    follow,
    go,
    press,
    reads,
    sign_in,
)
from tests.factories.people import an_officer
from tests.factories.sign_in import PASSWORD

pytestmark = pytest.mark.usefixtures("site")


def test_signing_in_with_password_and_code(stranger: Desk) -> None:
    sign_in(stranger, able_to_sign_in(an_officer()))
    reads(stranger, "Nothing waits on you")


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
    desk.page.locator("a[href='/account/passkeys/add/']").click()
    desk.look()
    fill(desk, code=code_of(officer))
    press(desk, "Confirm")
    fill(desk, name="Office laptop")
    press(desk, "Add the passkey")
    reads(desk, "Office laptop")
    press(desk, "Sign out")


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
