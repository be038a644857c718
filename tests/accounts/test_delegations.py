"""Delegations: recorded by governance officers, and what they cover."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.actions import (
    Paragraph,
    approve_delegation,
    decline_delegation,
    end_delegation,
    end_scheme,
    grant_role,
    propose_delegation,
    propose_scheme,
)
from accounts.models import Delegation, Role, SchemeVersion, User
from accounts.powers import can_exercise
from accounts.refusals import AccountRefused, NotPermitted
from audit import clock
from audit.acts import SYSTEM
from tests.factories.people import (
    SINCE,
    a_chief_executive,
    a_decision_maker,
    a_delegation,
    a_governance_officer,
    a_paragraph,
    a_person,
    a_proposal,
)

TODAY = date(2019, 11, 1)


@pytest.fixture
def maker(db: None) -> User:
    return a_decision_maker(limit=Decimal(500_000), acts=["accept", "award"])


@pytest.fixture
def delegation(maker: User) -> Delegation:
    return maker.delegations.get()


@pytest.fixture
def auditor(db: None) -> User:
    return a_person("auditor", Role.AUDITOR)


def test_the_authority_reads_as_the_scheme_does(delegation: Delegation) -> None:
    assert delegation.authority == (
        "paragraph 4.8 of the Scheme of Delegation and Consent of 1 October 2016"
    )


def test_a_deputy_is_named_as_one(maker: User, officer: User) -> None:
    deputy = a_delegation(officer, deputy_for=maker)
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


def test_only_a_governance_officer_proposes_one(administrator: User, officer: User) -> None:
    with pytest.raises(NotPermitted, match="Only a governance officer may propose"):
        propose_delegation(holder=officer, paragraph=a_paragraph(), by=administrator)


def test_it_does_not_count_before_it_is_approved(officer: User) -> None:
    proposal = a_proposal(officer)
    answer = can_exercise(officer, proposal, kind="award", amount=None, on=TODAY)
    assert answer.reason == "This delegation is not in force on 1 November 2019."
    assert not Delegation.objects.held_by(officer).in_force(TODAY).exists()


def test_it_counts_once_another_person_approved_it(officer: User) -> None:
    approved = approve_delegation(delegation=a_proposal(officer), by=a_chief_executive())
    assert can_exercise(officer, approved, kind="award", amount=None, on=TODAY)


def test_only_the_chief_executive_approves_one(officer: User, auditor: User) -> None:
    with pytest.raises(NotPermitted, match="Only the chief executive may approve this"):
        approve_delegation(delegation=a_proposal(officer), by=auditor)


def test_nobody_approves_what_they_proposed(officer: User) -> None:
    both = a_governance_officer()
    grant_role(user=both, role=Role.CHIEF_EXECUTIVE, by=SYSTEM)
    with pytest.raises(NotPermitted, match="Nobody approves what they proposed"):
        approve_delegation(delegation=a_proposal(officer), by=both)


def test_nobody_approves_a_delegation_to_themselves(db: None) -> None:
    chief = a_chief_executive()
    with pytest.raises(NotPermitted, match="to themselves"):
        approve_delegation(delegation=a_proposal(chief), by=chief)


def test_a_decision_maker_approves_the_chief_executives(maker: User) -> None:
    approved = approve_delegation(delegation=a_proposal(a_chief_executive()), by=maker)
    assert approved.is_in_force(TODAY)


def test_one_turned_down_never_counts(officer: User) -> None:
    declined = decline_delegation(
        delegation=a_proposal(officer), reason="Not hers to take.", by=a_chief_executive()
    )
    with pytest.raises(NotPermitted, match="already"):
        approve_delegation(delegation=declined, by=a_chief_executive())


def test_it_ends_with_its_version_of_the_scheme(maker: User, governance: User) -> None:
    end_scheme(version=SchemeVersion.objects.get(), valid_to=date(2019, 10, 31), by=governance)
    assert not Delegation.objects.held_by(maker).in_force(TODAY).exists()


def test_it_is_for_the_office_of_its_paragraph(officer: User, governance: User) -> None:
    version = propose_scheme(
        title="Another",
        dated=SINCE,
        paragraphs=[Paragraph("1", ["award"], office=Role.DECISION_MAKER)],
        by=governance,
    )
    with pytest.raises(AccountRefused, match="for the decision maker, and Officer is not one"):
        propose_delegation(holder=officer, paragraph=version.paragraphs.get(), by=governance)


def test_it_gives_no_more_than_its_paragraph(officer: User, governance: User) -> None:
    version = propose_scheme(
        title="Another",
        dated=SINCE,
        paragraphs=[Paragraph("1", ["award"], limit=Decimal(50_000))],
        by=governance,
    )
    paragraph = version.paragraphs.get()
    with pytest.raises(AccountRefused, match="does not give as much"):
        propose_delegation(
            holder=officer, paragraph=paragraph, limit=Decimal(50_001), by=governance
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
