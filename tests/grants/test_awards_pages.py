"""The pages of awards, bids, variations and limits, as a finance officer uses them."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from decisions.models import Decision
from grants.models import Allocation
from tests.factories import grants
from tests.factories.sign_in import client_of
from tests.permissions.test_grants_pages import the_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    return client_of(grants.a_finance_officer())


def letter(**typed: str) -> dict[str, Any]:
    """Return what is typed of a letter that is accepted today."""
    days = ("dated", "period_start", "period_end", "accepted_on")
    dates = {name: number for each in days for name, number in the_day(each).items()}
    words = {
        "reference": "HO 7",
        "amount": "1,000,000",
        "accepted_by": "CFO",
        "needs_consent": "no",
    }
    return {**dates, **words, "form_key": str(uuid4()), **typed}


def send(officer: Client, decision: Decision, **typed: str) -> Any:
    address = reverse("award_new", args=[grants.figure_of(decision).pk])
    return officer.post(address, letter(**typed), follow=True)


def test_a_letter_that_awards_less_shows_what_binds(officer: Client, decided: Decision) -> None:
    page = send(officer, decided).content.decode()
    assert "<strong>£1,000,000</strong>" in page


def test_a_letter_that_awards_more_says_what_would_take_it_up(
    officer: Client, decided: Decision
) -> None:
    page = send(officer, decided, amount="1,500,000").content.decode()
    assert "To take it up, vary the decision" in page


def test_claim_dates_are_read_as_they_are_typed(officer: Client, decided: Decision) -> None:
    page = send(officer, decided, claim_dates="15/7/2030\n15 October 2030").content.decode()
    assert "15 July 2030<br>15 October 2030" in page


def test_a_claim_date_that_is_none_is_named(officer: Client, decided: Decision) -> None:
    page = send(officer, decided, claim_dates="mid July").content.decode()
    assert "“mid July” is not a date" in page


def test_a_grant_without_a_letter_is_listed_as_at_risk(officer: Client, decided: Decision) -> None:
    page = officer.get(reverse("award_list")).content.decode()
    assert "At risk" in page


def test_spending_without_a_letter_is_shown_as_at_risk(
    officer: Client, allocation: Allocation
) -> None:
    grants.a_line("70.00", allocation=allocation)
    page = officer.get(reverse("allocation_detail", args=[allocation.slug])).content.decode()
    assert "£70 was received before the letter was accepted" in page


def test_a_limit_is_lowered_by_what_was_typed(officer: Client, allocation: Allocation) -> None:
    typed = {"way": "lower", "amount": "400", "reason": "Less is needed.", "form_key": str(uuid4())}
    address = reverse("limit_change", args=[allocation.slug])
    page = officer.post(address, typed, follow=True).content.decode()
    assert "£1,000.00 allocated, −£400.00 by which it was changed" in page


def test_a_decision_that_varies_leads_to_what_it_changed(
    officer: Client, decided: Decision
) -> None:
    varying = grants.a_varying_decision(decided, "1300000.00")
    address = reverse("variation_apply", args=[grants.figure_of(varying).pk])
    typed = {"varied": grants.figure_of(decided).pk, "form_key": str(uuid4())}
    page = officer.post(address, typed, follow=True).content.decode()
    assert "from £1,200,000 to £1,300,000" in page


def test_a_bid_that_was_won_shows_what_it_brought(officer: Client, mixed: Decision) -> None:
    address = reverse("bid_end", args=[grants.figure_of(mixed, "3").outcome_id])
    typed = {"result": "in_part", "amount": "60", "form_key": str(uuid4()), **the_day("told_on")}
    page = officer.post(address, typed, follow=True).content.decode()
    assert "won in part, £60" in page


def test_a_bid_that_was_won_needs_its_sum(officer: Client, mixed: Decision) -> None:
    address = reverse("bid_end", args=[grants.figure_of(mixed, "3").outcome_id])
    typed = {"result": "won", "form_key": str(uuid4()), **the_day("told_on")}
    assert "Enter the sum that was won" in officer.post(address, typed).content.decode()
