"""Codes from an app: right by the standard, and each accepted once."""

import pytest

from accounts import second_factor, vault
from accounts.events import FACTOR_USED
from accounts.models import User
from accounts.second_factor import code_at, next_code, spend_code
from audit.acts import acting
from tests.factories.sign_in import SECRET, code, give_app

RFC_6238_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def spent(user: User, given: str) -> bool:
    """Say whether a code is accepted, in an act of its own."""
    with acting(by=user, name="try") as act:
        found = spend_code(user, given)
        if found:
            act.record(FACTOR_USED, subject=user, data={"factor": "an app"})
    return found is not None


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(seconds: int, expected: str) -> None:
    assert code_at(RFC_6238_SECRET, seconds // 30) == expected


def test_the_present_code_is_accepted(officer: User) -> None:
    assert spent(give_app(officer), code())


def test_a_code_with_a_space_is_accepted(officer: User) -> None:
    assert spent(give_app(officer), f"{code()[:3]} {code()[3:]}")


def test_a_code_is_accepted_once(officer: User) -> None:
    given = code()
    assert (spent(give_app(officer), given), spent(officer, given)) == (True, False)


def test_an_older_code_is_not_accepted_after_a_newer_one(officer: User) -> None:
    older, newer = code(), code(1)
    assert (spent(give_app(officer), newer), spent(officer, older)) == (True, False)


@pytest.mark.parametrize("given", ["", "000", "abcdef", "１２３４５６"])
def test_what_is_no_code_is_not_accepted(officer: User, given: str) -> None:
    assert not spent(give_app(officer), given)


def test_an_old_code_is_not_accepted(officer: User) -> None:
    assert not spent(give_app(officer), code(-3))


def test_somebody_without_an_app_has_no_code(officer: User) -> None:
    assert (spent(officer, code()), next_code(officer)) == (False, "")


def test_the_code_shown_next_is_one_that_is_accepted(officer: User) -> None:
    give_app(officer)
    assert spent(officer, next_code(officer))
    assert spent(officer, next_code(officer))


def test_the_secret_is_not_in_the_database_in_clear(officer: User) -> None:
    app = second_factor.app_of(give_app(officer))
    assert app is not None
    assert SECRET not in str(app.data)


def test_what_the_vault_closes_it_opens_again() -> None:
    assert vault.open_again(vault.close("secret words")) == "secret words"
