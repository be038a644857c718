"""Starting a live register, and a link when no administrator can make one."""

from io import StringIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts.models import Role, User
from accounts.second_factor import has_second_factor
from audit.models import LedgerEntry, Register
from decisions.models import Series
from tests.factories.sign_in import give_app

TWO = ("First@example.org", "second@example.org")


@pytest.fixture
def live(settings: Any, db: None) -> None:
    settings.REGISTER_MODE = "live"
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('register.mode', 'live', true)")


def start(
    body: str = "Office of examples",
    series: str = "PCD",
    number: int = 1900,
    administrators: tuple[str, ...] = TWO,
) -> str:
    out = StringIO()
    given = ["--body", body, "--series", series, "--next-number", str(number)]
    for address in administrators:
        given += ["--administrator", address]
    call_command("start_register", *given, stdout=out)
    return out.getvalue()


def links(printed: str) -> list[str]:
    return [urlsplit(word).path for word in printed.split() if "/account/invitation/" in word]


def test_it_makes_a_live_register(live: None) -> None:
    start()
    assert (Register.objects.get().mode, Register.objects.get().body) == (
        "live",
        "Office of examples",
    )


def test_nothing_in_it_is_a_demonstration(live: None) -> None:
    start()
    assert not LedgerEntry.objects.filter(demonstration=True).exists()
    assert not User.objects.filter(email__endswith="demonstration.example").exists()


def test_the_series_gives_the_number_asked_for(live: None) -> None:
    start()
    assert Series.objects.get(code="PCD").next_number == 1900


def test_the_administrators_are_there(live: None) -> None:
    start()
    found = User.objects.holding(Role.ADMINISTRATOR).values_list("email", flat=True)
    assert set(found) == {"first@example.org", "second@example.org"}


def test_a_name_is_made_of_the_address_or_given(live: None) -> None:
    start(administrators=("jo.field@example.org", "Sam Rivers <sr@example.org>", "a@example.org"))
    names = User.objects.holding(Role.ADMINISTRATOR).values_list("name", flat=True)
    assert set(names) == {"Jo Field", "Sam Rivers", "a@example.org"}


def test_their_links_open(live: None) -> None:
    found = links(start())
    assert [Client().get(path).status_code for path in found] == [200, 200]


def test_it_starts_once(live: None) -> None:
    start()
    with pytest.raises(CommandError, match="started already"):
        start()


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"administrators": ("one@example.org", "ONE@example.org")}, "two administrators"),
        ({"administrators": ("one@example.org", "nobody")}, "not an e-mail address"),
        ({"series": "pcd"}, "capital letters"),
        ({"number": 0}, "a number from 1"),
        ({"body": " "}, "name of the body"),
    ],
)
def test_it_says_what_is_wrong_and_starts_nothing(
    live: None, changed: dict[str, Any], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        start(**changed)
    assert not Register.objects.exists()


def test_a_demonstration_is_not_started_so(db: None) -> None:
    with pytest.raises(CommandError, match="REGISTER_MODE=live"):
        start()


def test_a_link_can_be_made_without_an_administrator(officer: User) -> None:
    out = StringIO()
    call_command("sign_in_link", officer.email.upper(), stdout=out)
    assert Client().get(links(out.getvalue())[0]).status_code == 200


def test_a_lost_second_factor_is_only_asked_for(officer: User, administrator: User) -> None:
    give_app(officer)
    out = StringIO()
    asker = administrator.email
    call_command("sign_in_link", officer.email, lost="Seen", asked_by=asker, stdout=out)
    assert has_second_factor(officer)
    assert (officer.restorations.get().asked_by, links(out.getvalue())) == (administrator, [])


def test_somebody_has_to_ask_for_it(officer: User) -> None:
    with pytest.raises(CommandError, match="which administrator asks"):
        call_command("sign_in_link", give_app(officer).email, lost="Seen", stdout=StringIO())


def test_nobody_by_that_address_gets_none(officer: User) -> None:
    with pytest.raises(CommandError, match="Nobody has the address"):
        call_command("sign_in_link", "stranger@elsewhere.example")
