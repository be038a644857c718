"""Pages of the money: what each office sees, and what is done on them without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from grants.models import Allocation, SpendingLine
from tests.factories import grants, papers
from tests.factories.people import a_person
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db
Read = Callable[..., str]


@pytest.fixture
def officer(db: None) -> Client:
    """Return the browser of a finance officer."""
    return client_of(grants.a_finance_officer())


@pytest.fixture
def auditor(db: None) -> Client:
    """Return the browser of an auditor."""
    return client_of(a_person("auditor", Role.AUDITOR))


def read(client: Client, name: str, *args: Any, **query: Any) -> str:
    """Return what a page shows."""
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_home_offers_to_allocate_what_was_decided(officer: Client) -> None:
    grants.a_funded_decision()
    page = read(officer, "grants_home")
    assert "PCD 726 recommendation 1" in page
    assert "?figure=" in page


def test_home_is_for_reading_to_other_offices(auditor: Client) -> None:
    grants.a_funded_decision()
    page = read(auditor, "grants_home")
    assert "Only a finance officer may record spending" in page
    assert "?figure=" not in page


def every_page(allocation: Allocation, line: SpendingLine) -> list[str]:
    slug, pk = [allocation.slug], [line.pk]
    return [
        reverse("grants_home"),
        reverse("allocation_list"),
        reverse("allocation_new"),
        f"{reverse('allocation_new')}?figure={allocation.figure_id}",
        reverse("allocation_detail", args=slug),
        reverse("allocation_amend", args=slug),
        reverse("line_new", args=slug),
        reverse("line_detail", args=pk),
        reverse("line_why", args=pk),
        reverse("line_amend", args=pk),
        reverse("line_convert", args=pk),
        reverse("line_release", args=pk),
        reverse("line_reverse", args=pk),
        reverse("awaiting_list"),
        reverse("awaiting_new"),
        reverse("decision_detail", args=[allocation.decision.slug]),
        reverse("home"),
    ]


def test_every_page_opens(officer: Client) -> None:
    allocation = grants.an_allocation()
    line = grants.a_line(allocation=allocation, stage="commitment")
    grants.a_waiting_line()
    answers = {place: officer.get(place).status_code for place in every_page(allocation, line)}
    assert set(answers.values()) == {200}, answers
