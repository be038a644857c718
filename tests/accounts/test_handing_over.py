"""A leaver: roles, papers and conditions go to others in one act, and the account is closed."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.actions import hand_over_person
from accounts.handover import now_with, taken_over_by, work_of
from accounts.models import Role, User
from accounts.refusals import AccountRefused, NotPermitted
from audit import clock
from audit.acts import SYSTEM
from audit.models import LedgerEntry
from audit.refusals import Refused
from decisions import actions
from decisions.actions import ConditionWords, OutcomeWords
from decisions.models import Condition, Decision
from decisions.models.conditions import conditions_page
from decisions.permissions_afterwards import can_discharge
from tests.factories import as_shown, papers
from tests.factories.people import a_decision_maker, a_person, an_officer
from tests.factories.sign_in import client_of


@pytest.fixture
def draft(officer: User) -> Decision:
    return papers.a_draft(by=officer)


@pytest.fixture
def other(db: None) -> User:
    return an_officer("other")


def leave(user: User, by: Any, **given: Any) -> User:
    facts: dict[str, Any] = {
        "last_day": clock.today(),
        "reason": "Retired.",
        "successors": {},
        "work": {},
    }
    return hand_over_person(user=user, by=by, **(facts | given))


def test_the_papers_go_to_another_officer(
    draft: Decision, officer: User, other: User, administrator: User
) -> None:
    leave(officer, administrator, work={"papers": other})
    assert papers.again(draft).originating_officer == other


def test_the_account_is_closed_at_the_end(officer: User, administrator: User) -> None:
    assert not leave(officer, administrator).is_active


def test_a_successor_holds_the_role_from_then_on(officer: User, administrator: User) -> None:
    holding = officer.holdings.get()
    successor = a_decision_maker()
    leave(officer, administrator, successors={holding.pk: successor})
    assert User.objects.get(pk=successor.pk).has_role(Role.ORIGINATING_OFFICER)
    assert successor.holdings.get(role=Role.ORIGINATING_OFFICER).succeeds == holding


def test_a_new_officer_takes_over_role_and_papers_at_once(
    draft: Decision, officer: User, administrator: User
) -> None:
    successor = a_decision_maker()
    follows = {officer.holdings.get().pk: successor}
    leave(officer, administrator, successors=follows, work={"papers": successor})
    assert papers.again(draft).originating_officer == successor


def test_the_roles_end_with_the_last_day(officer: User, administrator: User) -> None:
    last_day = clock.today() - timedelta(days=3)
    leave(officer, administrator, last_day=last_day)
    assert officer.holdings.get().valid_to == last_day


def test_the_delegations_end_with_it(administrator: User) -> None:
    maker = a_decision_maker()
    leave(maker, administrator)
    assert maker.delegations.get().valid_to == clock.today()


def test_nothing_moves_where_somebody_has_to_take_a_paper(
    draft: Decision, officer: User, administrator: User
) -> None:
    with pytest.raises(AccountRefused, match="has to take over: papers still open"):
        leave(officer, administrator)
    assert User.objects.get(pk=officer.pk).is_active


def test_the_last_day_is_not_ahead(officer: User, administrator: User) -> None:
    with pytest.raises(AccountRefused, match="still to come"):
        leave(officer, administrator, last_day=clock.today() + timedelta(days=1))


def test_nobody_hands_work_to_themselves(
    draft: Decision, officer: User, administrator: User
) -> None:
    with pytest.raises(AccountRefused, match="to themselves"):
        leave(officer, administrator, work={"papers": administrator})


def test_nobody_hands_themselves_over(administrator: User) -> None:
    with pytest.raises(NotPermitted, match="your own account"):
        leave(administrator, administrator)


def test_it_is_one_act(draft: Decision, officer: User, other: User, administrator: User) -> None:
    leave(officer, administrator, work={"papers": other})
    entries = LedgerEntry.objects.order_by("-seq")[:4]
    assert len({entry.act for entry in entries}) == 1
    assert {entry.event for entry in entries} == {
        "accounts.role.ended",
        "decisions.decision.handed_over",
        "accounts.user.handed_over",
        "accounts.user.deactivated",
    }


def test_conditions_to_meet_are_handed_over_too(
    officer: User, other: User, administrator: User
) -> None:
    decision = papers.endorsed()
    condition = ConditionWords("Report each quarter.", owner=officer)
    row = actions.undecided(decision)[0]
    papers.decide(decision, outcomes=[OutcomeWords(row, "approved", conditions=[condition])])
    kinds = {kind.name: items for kind, items in work_of(officer)}
    assert kinds == {"conditions": ["PCD 726"]}
    leave(officer, administrator, work={"conditions": other})
    assert now_with(officer, "conditions") == other
    assert taken_over_by(other, "conditions") == [other, officer]
    assert [one.text for one in conditions_page(owner=other)] == ["Report each quarter."]


def test_who_takes_a_condition_over_can_discharge_it(
    officer: User, other: User, administrator: User
) -> None:
    decision = papers.endorsed()
    row = actions.undecided(decision)[0]
    mine = ConditionWords("Report each quarter.", owner=officer)
    papers.decide(decision, outcomes=[OutcomeWords(row, "approved", conditions=[mine])])
    leave(officer, administrator, work={"conditions": other})
    condition = Condition.objects.get()
    assert can_discharge(other, condition)
    assert not can_discharge(an_officer("stranger"), condition)


def test_the_page_lists_everything_and_hands_it_over(
    draft: Decision, officer: User, other: User, administrator: User
) -> None:
    client, address = client_of(administrator), reverse("person_hand_over", args=[officer.pk])
    page = client.get(address).content.decode()
    assert f"Papers still open: {draft.reference}" in page
    assert "The role Originating officer ends" in page
    today = clock.today()
    day = {"last_day_day": today.day, "last_day_month": today.month, "last_day_year": today.year}
    client.post(address, {**day, "reason": "Retired.", "work_papers": other.pk})
    assert papers.again(draft).originating_officer == other
    assert not User.objects.get(pk=officer.pk).is_active


def test_a_leavers_paper_does_not_go_to_somebody_who_advised_on_it(
    draft: Decision, officer: User, administrator: User
) -> None:
    adviser = a_person("both", Role.ADVISER, Role.ORIGINATING_OFFICER, kind="legal")
    decision = papers.submitted(draft)
    as_shown.give_advice(decision=decision, kind="legal", words="Lawful.", by=adviser)
    page = client_of(administrator).get(reverse("person_hand_over", args=[officer.pk]))
    offered = page.context["form"].fields["work_papers"].queryset
    assert adviser not in offered
    with pytest.raises(Refused, match="whoever advised on a paper does not take it over"):
        leave(officer, administrator, work={"papers": adviser})
    assert papers.again(decision).originating_officer == officer


def test_papers_go_to_whoever_follows_in_the_role_unless_another_is_named(
    draft: Decision, officer: User, administrator: User
) -> None:
    client, address = client_of(administrator), reverse("person_hand_over", args=[officer.pk])
    successor, today = a_decision_maker(), clock.today()
    day = {"last_day_day": today.day, "last_day_month": today.month, "last_day_year": today.year}
    sent: dict[str, Any] = {**day, "reason": "Retired.", "work_papers": ""}
    page = client.post(address, sent).content.decode()
    assert "Choose who takes this over, or who follows in the role" in page
    client.post(address, {**sent, f"holding_{officer.holdings.get().pk}": successor.pk})
    assert papers.again(draft).originating_officer == successor


def test_a_closed_account_is_handed_over_once(officer: User, administrator: User) -> None:
    leave(officer, administrator)
    with pytest.raises(AccountRefused, match="closed already"):
        leave(officer, SYSTEM)
