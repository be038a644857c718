"""The people of the demonstration."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts import demonstration
from accounts.models import AdviceKind, Role, User
from accounts.second_factor import has_second_factor
from audit.models import LedgerEntry
from tests.factories.people import a_register


@pytest.fixture
def people(db: None) -> dict[str, User]:
    a_register()
    return demonstration.create_people()


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("demo_people", *arguments, stdout=out)
    return out.getvalue()


def test_every_role_has_somebody(people: dict[str, User]) -> None:
    assert {fact["role"] for fact in json.loads(printed("--json"))} == set(Role.values)


def test_every_kind_of_advice_has_an_adviser(people: dict[str, User]) -> None:
    for kind in AdviceKind:
        assert people[f"{kind.value}_adviser"].has_role(Role.ADVISER, advice_kind=kind)


def test_they_can_sign_in_with_what_is_printed(people: dict[str, User]) -> None:
    for fact in json.loads(printed("--json")):
        person = User.objects.get(email=fact["email"])
        assert has_second_factor(person)
    assert person.check_password(fact["password"])


def test_making_them_again_makes_nobody(people: dict[str, User]) -> None:
    before = LedgerEntry.objects.count()
    assert demonstration.create_people() == people
    assert LedgerEntry.objects.count() == before


def test_the_deputy_decides_as_a_deputy(people: dict[str, User]) -> None:
    assert people["deputy"].delegations.get().deputy_for == people["decision_maker"]


def test_nobody_is_printed_before_they_are_there(db: None) -> None:
    assert json.loads(printed("--json")) == []


def test_the_password_is_printed_for_people(people: dict[str, User]) -> None:
    assert demonstration.password() in printed()


def test_a_live_register_has_none_of_them(settings: Any, db: None) -> None:
    settings.REGISTER_MODE = "live"
    with pytest.raises(RuntimeError):
        demonstration.create_people()
    with pytest.raises(CommandError):
        printed("--json")


def test_another_installation_has_other_secrets(settings: Any) -> None:
    here = demonstration.totp_secret("a@b.example"), demonstration.password()
    settings.SECRET_KEY = "another secret key of another installation, long enough"
    assert here != (demonstration.totp_secret("a@b.example"), demonstration.password())
