"""Signing in: a password and a code, a passkey, and what happens when they are wrong."""

import pytest

from tests.browser.steps import Desk, able_to_sign_in, fill, go, press, reads, sign_in
from tests.factories.people import a_decision_maker, an_officer
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
