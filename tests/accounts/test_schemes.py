"""Versions of the scheme: proposed, filled, approved by another person, ended."""

from datetime import date

import pytest

from accounts.actions import (
    Paragraph,
    add_paragraph,
    approve_scheme,
    decline_scheme,
    end_scheme,
    propose_scheme,
    remove_paragraph,
)
from accounts.models import SchemeVersion, State, User
from accounts.proposals import delegations_awaiting
from accounts.refusals import AccountRefused, NotPermitted
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_proposal,
)
from tests.factories.sign_in import client_of

TITLE = "Scheme of Delegation and Consent"
DATED = date(2016, 5, 1)
BIDS = Paragraph("4.8", ["bid"], words="Bids for grant funding.")


@pytest.fixture
def version(governance: User) -> SchemeVersion:
    return propose_scheme(title=TITLE, dated=DATED, paragraphs=[BIDS], by=governance)


@pytest.fixture
def chief(db: None) -> User:
    return a_chief_executive()


def test_a_proposed_version_is_not_in_force(version: SchemeVersion) -> None:
    assert version.state == State.PROPOSED
    assert not SchemeVersion.objects.in_force(DATED).exists()


def test_an_approved_version_is_in_force_from_its_date(version: SchemeVersion, chief: User) -> None:
    approve_scheme(version=version, shown=version.digest, by=chief)
    assert SchemeVersion.objects.in_force(DATED).get().state == State.IN_FORCE


def test_whoever_keeps_the_scheme_does_not_approve_it(
    version: SchemeVersion, governance: User
) -> None:
    with pytest.raises(NotPermitted, match="Nobody approves what they proposed"):
        approve_scheme(version=version, shown=version.digest, by=governance)


def test_only_a_governance_officer_keeps_the_scheme(chief: User) -> None:
    with pytest.raises(NotPermitted, match="Only a governance officer"):
        propose_scheme(title=TITLE, dated=DATED, by=chief)


def test_one_version_of_a_date_is_kept(version: SchemeVersion, governance: User) -> None:
    with pytest.raises(AccountRefused, match="version of 1 May 2016 is kept already"):
        propose_scheme(title=TITLE, dated=DATED, by=governance)


def test_a_version_turned_down_can_be_proposed_anew(
    version: SchemeVersion, governance: User, chief: User
) -> None:
    decline_scheme(version=version, reason="Paragraph 5 is missing.", by=chief)
    assert propose_scheme(title=TITLE, dated=DATED, by=governance).is_open


def test_a_version_without_paragraphs_is_not_approved(governance: User, chief: User) -> None:
    empty = propose_scheme(title=TITLE, dated=DATED, by=governance)
    with pytest.raises(AccountRefused, match="no paragraphs"):
        approve_scheme(version=empty, shown=empty.digest, by=chief)
    assert delegations_awaiting(chief) == []


def test_a_paragraph_can_be_put_right_before_approval(
    version: SchemeVersion, governance: User
) -> None:
    remove_paragraph(paragraph=version.paragraphs.get(), by=governance)
    add_paragraph(version=version, paragraph=Paragraph("4.8", ["bid", "accept"]), by=governance)
    assert version.paragraphs.get().acts_in_words == "bid for grant, accept grant"


def test_no_paragraph_is_approved_that_was_not_shown(
    version: SchemeVersion, governance: User, chief: User
) -> None:
    client, page = client_of(chief), f"/authority/schemes/{version.pk}/approve/"
    shown = client.get(page).context["form"]["shown"].value()
    add_paragraph(version=version, paragraph=Paragraph("9", ["award"]), by=governance)
    answer = client.post(page, {"shown": shown})
    assert "The paragraphs changed since you opened this page" in answer.content.decode()
    with pytest.raises(AccountRefused, match="paragraphs changed"):
        approve_scheme(version=version, shown=shown, by=chief)
    again = answer.context["form"]["shown"].value()
    client.post(page, {"shown": again})
    assert SchemeVersion.objects.get().is_approved


def test_an_approved_versions_paragraphs_are_fixed(
    version: SchemeVersion, governance: User, chief: User
) -> None:
    approve_scheme(version=version, shown=version.digest, by=chief)
    with pytest.raises(AccountRefused, match="are fixed"):
        add_paragraph(version=version, paragraph=Paragraph("9", ["note"]), by=governance)


def test_an_ended_version_is_in_force_no_longer(
    version: SchemeVersion, governance: User, chief: User
) -> None:
    approve_scheme(version=version, shown=version.digest, by=chief)
    end_scheme(version=version, valid_to=date(2018, 3, 31), by=governance)
    assert SchemeVersion.objects.get().state == State.ENDED
    assert SchemeVersion.objects.in_force(date(2018, 3, 31)).exists()


def test_what_waits_for_approval_stands_before_the_chief_executive(
    version: SchemeVersion, chief: User, officer: User
) -> None:
    a_proposal(officer)
    assert [one.what for one in delegations_awaiting(chief)] == [
        f"{TITLE} of 1 May 2016",
        "Delegation to Officer under paragraph 4.8",
    ]


def test_a_delegation_to_the_chief_executive_stands_before_the_decision_maker(chief: User) -> None:
    maker = a_decision_maker()
    a_proposal(chief)
    assert delegations_awaiting(chief) == []
    assert len(delegations_awaiting(maker)) == 1
