"""Two decisions under one capped delegation at once: the cap holds; and what the guards are for."""

from collections.abc import Callable
from contextlib import ExitStack
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from accounts.actions import delegations, use_delegation
from accounts.actions.delegations import last_use
from accounts.events import STEP_UP_VERIFIED
from accounts.models import Delegation, DelegationUse, User
from accounts.refusals import AccountRefused
from audit.acts import acting
from tests.concurrency.races import Meeting, Outcome, at_once, without
from tests.factories.people import a_decision_maker, a_delegation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def delegation() -> Delegation:
    """Return a delegation capped at £100,000."""
    return a_delegation(a_decision_maker(), cap=Decimal(100_000), cap_per="life")


@pytest.fixture
def race(delegation: Delegation, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Outcome]]:
    """Return a race of two uses of £60,000, which meet once each has seen what is left."""
    meeting = Meeting()

    def meet(delegation: Delegation, on: Any) -> DelegationUse | None:
        found = last_use(delegation, on)
        meeting.wait()
        return found

    monkeypatch.setattr(delegations, "last_use", meet)
    return lambda: at_once(*(use(delegation, n) for n in (1, 2)))


def use(delegation: Delegation, n: int) -> Callable[[], object]:
    """Return the act of using £60,000 of it."""
    holder = delegation.holder

    def act() -> object:
        about = User(pk=900 + n, email=f"approval-{n}", name="An approval")
        with acting(by=holder, name="try") as open_act:
            made = use_delegation(
                delegation=delegation,
                about=about,
                acts=["award"],
                amount=Decimal(60_000),
                is_restricted=False,
            )
            open_act.record(STEP_UP_VERIFIED, subject=holder)
        return made

    return act


def used() -> Decimal:
    return sum((one.amount for one in DelegationUse.objects.all()), Decimal())


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read delegations without their lock."""
    locking = QuerySet.select_for_update

    def reading(self: Any, *args: Any, **kwargs: Any) -> Any:
        return self.all() if self.model is Delegation else locking(self, *args, **kwargs)

    monkeypatch.setattr(QuerySet, "select_for_update", reading)


def test_one_of_two_uses_is_refused_in_words(race: Callable[[], list[Outcome]]) -> None:
    (refusal,) = [one for one in race() if isinstance(one, Exception)]
    assert isinstance(refusal, AccountRefused)
    assert used() == 60_000


def test_without_the_lock_the_statement_still_holds(
    race: Callable[[], list[Outcome]], unlocked: None
) -> None:
    (refusal,) = [one for one in race() if isinstance(one, Exception)]
    assert isinstance(refusal, IntegrityError)
    assert used() == 60_000


def test_with_the_guards_off_the_cap_is_overspent(
    race: Callable[[], list[Outcome]], unlocked: None
) -> None:
    with ExitStack() as off:
        for guard, back in GUARDS:
            off.enter_context(without(guard, back))
        race()
        both = used()
        off.enter_context(without("SELECT 1", CLEAR))
    assert both == 120_000


CLEAR = (
    "SET session_replication_role = replica; DELETE FROM accounts_delegationuse;"
    " SET session_replication_role = DEFAULT"
)
TABLE = "ALTER TABLE accounts_delegationuse"
PLACE = "(delegation_id, stretch, n)"
TOTAL = "(delegation_id, stretch, n, after)"
FOLLOWS = "(delegation_id, stretch, previous_n, before)"
GUARDS = [
    (
        f"{TABLE} DROP CONSTRAINT delegationuse_continues_the_last",
        f"{TABLE} ADD CONSTRAINT delegationuse_continues_the_last"
        f" FOREIGN KEY {FOLLOWS} REFERENCES accounts_delegationuse {TOTAL}",
    ),
    (
        f"{TABLE} DROP CONSTRAINT delegationuse_numbered_once",
        f"{TABLE} ADD CONSTRAINT delegationuse_numbered_once UNIQUE {PLACE}",
    ),
    (
        f"{TABLE} DROP CONSTRAINT delegationuse_n_and_total",
        f"{TABLE} ADD CONSTRAINT delegationuse_n_and_total UNIQUE {TOTAL}",
    ),
]
