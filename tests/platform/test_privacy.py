"""What a browser or a cache may keep of the register's pages."""

import pytest
from django.test import Client

from tests.factories.people import an_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/decisions/", "/register/", "/no-such-page/"])
def test_nothing_that_a_signed_in_person_sees_is_kept(address: str) -> None:
    assert client_of(an_officer()).get(address).headers["Cache-Control"] == "private, no-store"


def test_the_public_register_may_be_kept_by_the_public(client: Client) -> None:
    assert "Cache-Control" not in client.get("/register/").headers
