"""Delegations: recorded by governance officers, and what they cover."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.actions import end_delegation, grant_delegation
from accounts.models import Delegation, User
from accounts.permissions import can_exercise
from accounts.refusals import AccountRefused, NotPermitted
from audit import clock
from tests.factories.people import SINCE, a_decision_maker, a_delegation

TODAY = date(2019, 11, 1)


@pytest.fixture
def maker(db: None) -> User:
    return a_decision_maker(limit=Decimal(500_000), acts=["accept", "award"])


@pytest.fixture
def delegation(maker: User) -> Delegation:
    return maker.delegations.get()


def test_the_authority_reads_as_the_scheme_does(delegation: Delegation) -> None:
    assert delegation.authority == (
        "paragraph 4.8 of the Scheme of Delegation and Consent of 1 October 2016"
    )


def test_a_deputy_is_named_as_one(maker: User, officer: User, governance: User) -> None:
    deputy = grant_delegation(
        holder=officer,
        scheme_title="Scheme",
        scheme_dated=SINCE,
        scheme_paragraph="4.8",
        acts=["accept"],
        deputy_for=maker,
        by=governance,
    )
    assert deputy.authority.endswith("as deputy for Decision maker")


def test_it_covers_a_sum_up_to_its_limit(maker: User, delegation: Delegation) -> None:
    assert can_exercise(maker, delegation, kind="award", amount=Decimal(500_000), on=TODAY)


def test_it_does_not_cover_a_sum_over_its_limit(maker: User, delegation: Delegation) -> None:
    answer = can_exercise(maker, delegation, kind="award", amount=Decimal("500000.01"), on=TODAY)
    assert answer.reason == "The sum is over the delegation's limit of £500,000."


def test_it_does_not_cover_another_kind_of_act(maker: User, delegation: Delegation) -> None:
    answer = can_exercise(maker, delegation, kind="bid", amount=None, on=TODAY)
    assert answer.reason == "This delegation does not cover “bid for grant”."


def test_it_does_not_cover_a_day_before_it(maker: User, delegation: Delegation) -> None:
    before = SINCE - timedelta(days=1)
    answer = can_exercise(maker, delegation, kind="award", amount=None, on=before)
    assert answer.reason == "This delegation is not in force on 30 September 2016."


def test_it_is_its_holders_alone(officer: User, delegation: Delegation) -> None:
    answer = can_exercise(officer, delegation, kind="award", amount=None, on=TODAY)
    assert answer.reason == "This delegation is another person's."


def test_an_ended_one_covers_nothing_today(
    maker: User, delegation: Delegation, governance: User
) -> None:
    ended = end_delegation(delegation=delegation, by=governance)
    assert not can_exercise(maker, ended, kind="award", amount=None, on=clock.today())


def test_only_a_governance_officer_records_one(administrator: User, officer: User) -> None:
    with pytest.raises(NotPermitted, match="Only a governance officer may record delegations"):
        grant_delegation(
            holder=officer,
            scheme_title="Scheme",
            scheme_dated=SINCE,
            scheme_paragraph="4.8",
            acts=["accept"],
            by=administrator,
        )


def test_nobody_delegates_to_themselves(governance: User) -> None:
    with pytest.raises(NotPermitted, match="Nobody delegates to themselves"):
        a_delegation(governance)


def test_a_limit_is_above_nought(officer: User) -> None:
    with pytest.raises(AccountRefused, match="above nought"):
        a_delegation(officer, limit=Decimal(0))


def test_those_in_force_that_cover_an_act_are_found(maker: User) -> None:
    found = Delegation.objects.held_by(maker).in_force(TODAY).covering("award")
    assert [one.scheme_paragraph for one in found] == ["4.8"]
