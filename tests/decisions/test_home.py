"""Home: each person's own work comes first."""

import pytest

from accounts.models import Role
from tests.factories import papers
from tests.factories.people import a_governance_officer, a_person
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


def home(role: Role) -> str:
    answer = client_of(a_person(role.value, role)).get("/")
    return " ".join(answer.content.decode().split())


def test_an_auditor_sees_the_latest_acts() -> None:
    papers.submitted()
    page = home(Role.AUDITOR)
    assert "Officer submitted PCD 726 for advice" in page
    assert "Verify it now" in page


def test_an_administrator_is_led_to_people() -> None:
    assert "You keep the people of the register" in home(Role.ADMINISTRATOR)


def test_a_finance_officer_is_told_that_nothing_waits() -> None:
    assert "Nothing waits on you" in home(Role.FINANCE_OFFICER)


def test_the_governance_officer_sees_the_next_number() -> None:
    papers.a_series()
    page = client_of(a_governance_officer()).get("/").content.decode()
    assert "The next number of PCD</a>: 726" in page
