"""Home: each person's own work comes first."""

from html import unescape

import pytest

from accounts.models import Role
from decisions.models import Revision
from decisions.views.rooms import ROOMS
from tests.factories import afterwards, papers
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_governance_officer,
    a_person,
    a_proposal,
    an_officer,
)
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


def home(*roles: Role, kind: str = "") -> str:
    answer = client_of(a_person("somebody", *roles, kind=kind)).get("/")
    return " ".join(unescape(answer.content.decode()).split())


def test_an_auditor_sees_the_latest_acts() -> None:
    papers.submitted()
    page = home(Role.AUDITOR)
    assert "Officer submitted PCD 726 for advice" in page
    assert "Verify it now" in page


@pytest.mark.parametrize("role", Role)
def test_who_has_nothing_waiting_is_told_what_the_office_is_for(role: Role) -> None:
    page = home(role, kind="legal" if role == Role.ADVISER else "")
    assert "No paper waits on you" in page
    assert ROOMS[role].purpose in page


def test_who_holds_no_role_is_told_so() -> None:
    assert "You hold no role today" in home()


def test_an_auditor_is_led_to_verifying_and_checking() -> None:
    page = home(Role.AUDITOR)
    assert 'href="/audit/verify/">Verify that nothing was altered' in page
    assert 'href="/check/">Check a signed document' in page


def test_an_administrator_is_led_to_people() -> None:
    assert 'href="/people/">People and roles' in home(Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("role", "is_shown"), [(Role.ADMINISTRATOR, False), (Role.FINANCE_OFFICER, True)]
)
def test_decisions_are_in_the_menu_of_those_who_may_see_them(role: Role, is_shown: bool) -> None:
    assert ('href="/decisions/"' in home(role)) is is_shown


def test_a_draft_stands_on_its_officers_home_once() -> None:
    draft = papers.a_draft()
    page = client_of(an_officer()).get("/").content.decode()
    assert page.count(f'href="/decisions/{draft.slug}/"') == 1


def test_a_paper_with_others_stands_on_its_officers_home_too() -> None:
    decision = papers.submitted()
    page = client_of(an_officer()).get("/").content.decode()
    assert "Waiting for others" in page
    assert f'href="/decisions/{decision.slug}/"' in page


def test_the_governance_officer_sees_the_next_number() -> None:
    papers.a_series()
    page = client_of(a_governance_officer()).get("/").content.decode()
    assert "The next number of PCD</a>: 726" in page


def test_a_proposed_delegation_stands_on_the_chief_executives_home() -> None:
    proposed = a_proposal(an_officer())
    page = client_of(a_chief_executive()).get("/").content.decode()
    assert f'href="/authority/delegations/{proposed.pk}/">Delegation to Officer' in page


def test_a_correction_to_confirm_stands_on_the_decision_makers_home() -> None:
    decision = papers.signed()
    revision = afterwards.proposed(decision)
    place = f'href="/decisions/{decision.slug}/revisions/{revision.n}/"'
    assert place in client_of(a_decision_maker()).get("/").content.decode()
    assert place not in client_of(an_officer()).get("/").content.decode()
    assert list(Revision.objects.awaiting(a_decision_maker())) == [revision]
    assert not Revision.objects.awaiting(a_governance_officer()).exists()


def test_the_box_is_found_while_papers_wait() -> None:
    papers.endorsed()
    page = client_of(a_decision_maker()).get("/").content.decode()
    assert "Waiting on you" in page
    assert 'href="/box/"' in page
