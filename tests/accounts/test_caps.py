"""Capped delegations: each use is counted, and what goes beyond the cap is refused."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.actions import use_delegation
from accounts.events import STEP_UP_VERIFIED
from accounts.models import Delegation, DelegationUse, Role, User
from accounts.models.delegations import financial_year
from accounts.powers import can_exercise
from accounts.refusals import AccountRefused
from audit import clock
from audit.acts import acting
from tests.factories.people import a_delegation, a_person, a_proposal

CAP = Decimal(100_000)


@pytest.fixture
def delegation(officer: User) -> Delegation:
    return a_delegation(officer, cap=CAP, cap_per="year")


def use(delegation: Delegation, amount: int, n: int = 1) -> DelegationUse:
    """Use a delegation in an act, about a person that stands for an approval."""
    about = User(pk=900 + n, email=f"approval-{n}", name="An approval")
    with acting(by=delegation.holder, name="try") as act:
        made = use_delegation(
            delegation=delegation,
            about=about,
            acts=["award"],
            amount=Decimal(amount),
            is_restricted=False,
        )
        act.record(STEP_UP_VERIFIED, subject=delegation.holder)
    return made


def left(delegation: Delegation) -> Decimal | None:
    return delegation.left(clock.today())


def test_a_use_leaves_less(delegation: Delegation) -> None:
    use(delegation, 60_000)
    assert left(delegation) == 40_000


def test_uses_are_added_up(delegation: Delegation) -> None:
    use(delegation, 60_000)
    second = use(delegation, 40_000, n=2)
    assert (second.n, second.before, second.after) == (2, Decimal(60_000), CAP)


def test_what_goes_beyond_the_cap_is_refused(delegation: Delegation) -> None:
    use(delegation, 60_000)
    with pytest.raises(AccountRefused, match="over what is left"):
        use(delegation, 40_001, n=2)
    assert delegation.uses.count() == 1


def test_the_answer_beforehand_says_so_too(delegation: Delegation) -> None:
    use(delegation, 60_000)
    today, amount = clock.today(), Decimal(40_001)
    answer = can_exercise(delegation.holder, delegation, kind="award", amount=amount, on=today)
    assert answer.reason == "The sum is over what is left of the delegation's cap."


@pytest.fixture
def deputised(delegation: Delegation) -> Delegation:
    """Return what a deputy of the holder of the capped delegation has: no cap of their own."""
    deputy = a_person("deputy", Role.DECISION_MAKER)
    return a_delegation(deputy, deputy_for=delegation.holder)


def test_what_a_deputy_uses_leaves_less_to_their_principal(
    delegation: Delegation, deputised: Delegation
) -> None:
    use(deputised, 60_000)
    assert left(delegation) == 40_000
    assert deputised.used(clock.today()) == 60_000


def test_a_deputy_goes_no_further_than_what_their_principal_left(
    delegation: Delegation, deputised: Delegation
) -> None:
    use(delegation, 60_000)
    with pytest.raises(AccountRefused, match="left of the cap of whom you deputise for"):
        use(deputised, 40_001, n=2)
    assert left(delegation) == 40_000


def test_the_database_counts_what_a_deputy_uses_for_their_principal(deputised: Delegation) -> None:
    with (
        pytest.raises(DatabaseError, match="delegationuse_counts_for_its_principal"),
        acting(by=deputised.holder, name="try"),
    ):
        DelegationUse.objects.create(
            delegation=deputised,
            stretch="life",
            n=1,
            amount=Decimal(10),
            before=Decimal(),
            after=Decimal(10),
            acts=["award"],
            used_on=clock.today(),
            about_label="an.approval",
            about_id="1",
            reference="PCD 1",
            is_restricted=False,
        )
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_use_without_a_cap_is_counted_all_the_same(officer: User) -> None:
    free = a_delegation(officer)
    use(free, 5_000_000)
    assert left(free) is None
    assert free.used(clock.today()) == 5_000_000


def test_a_cap_of_each_year_begins_anew_in_april() -> None:
    assert [financial_year(date(2019, 3, 31)), financial_year(date(2019, 4, 1))] == [
        "2018/19",
        "2019/20",
    ]
    assert financial_year(date(2099, 12, 1)) == "2099/00"


WRONG: dict[str, dict[str, object]] = {
    "delegationuse_against_its_cap": {"cap": Decimal(10**9)},
    "delegationuse_within_the_cap": {"amount": CAP + 1, "after": CAP + 1},
    "delegationuse_adds_up": {"after": Decimal(1)},
    "delegationuse_follows_the_last": {"n": 3},
    "delegationuse_continues_the_last": {"n": 2, "previous_n": 1},
    "delegationuse_while_in_force": {"used_on": date(2001, 1, 1), "stretch": "2000/01"},
    "delegationuse_for_its_acts": {"acts": ["anything"]},
}


@pytest.mark.parametrize("constraint", WRONG)
def test_the_database_refuses_a_use_that_cannot_be(delegation: Delegation, constraint: str) -> None:
    today = clock.today()
    facts: dict[str, object] = {
        "stretch": financial_year(today),
        "n": 1,
        "amount": Decimal(10),
        "before": Decimal(),
        "after": Decimal(10),
        "cap": CAP,
        "acts": ["award"],
        "used_on": today,
        "about_label": "an.approval",
        "about_id": "1",
        "reference": "PCD 1",
        "is_restricted": False,
    }
    with (
        pytest.raises(DatabaseError, match=constraint),
        acting(by=delegation.holder, name="try"),
        transaction.atomic(),
    ):
        DelegationUse.objects.create(delegation=delegation, **(facts | WRONG[constraint]))


def test_a_delegation_that_is_not_approved_is_not_used(officer: User) -> None:
    with pytest.raises(DatabaseError, match="delegationuse_of_an_approved_one"):
        use(a_proposal(officer), 10)


def test_no_use_goes_beyond_the_limit_of_one_decision(officer: User) -> None:
    with pytest.raises(DatabaseError, match="delegationuse_within_the_limit"):
        use(a_delegation(officer, limit=Decimal(50)), 51)
