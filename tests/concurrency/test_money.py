"""Money under many hands at once: exact, never over, refused in words; and what the guards do."""

from collections.abc import Callable
from contextlib import ExitStack
from decimal import Decimal
from functools import partial
from threading import Event
from uuid import UUID, uuid4

import pytest
from django.db import connection

from audit.verify import verify
from decisions.models import Decision, OutcomeFigure
from grants import actions
from grants.actions import posting
from grants.models import Account, Allocation, Move, SpendingLine
from grants.refusals import GrantRuleBroken
from tests.concurrency.races import Meeting, Outcome, at_once, function_source, without
from tests.factories import grants, papers
from tests.factories.people import a_decision_maker
from tests.grants import insider

pytestmark = pytest.mark.django_db(transaction=True)

NO_LOCK = """
    SELECT account, coalesce((SELECT e.after FROM grants_entry e WHERE e.account_id = account
                              ORDER BY e.n DESC LIMIT 1), 0)
    FROM (SELECT %s::bigint) no_lock, unnest(%s::bigint[]) account
"""


def spender(place: Allocation, net: str, key: UUID | None = None) -> Callable[[], object]:
    """Return the act of spending, everything it needs made beforehand."""
    return partial(
        actions.record_line,
        allocation=place,
        spend=grants.a_spend(net),
        form_key=key or uuid4(),
        by=grants.a_finance_officer(),
    )


def allocator(decision: Decision, limit: str) -> Callable[[], object]:
    """Return the act of allocating."""
    return partial(
        actions.make_allocation,
        figure=grants.figure_of(decision),
        terms=grants.terms(limit, funder=grants.an_organisation()),
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    )


def virer(giver: Allocation, taker: Allocation) -> Callable[[], object]:
    """Return the act of moving £10, as it was proposed before."""
    return partial(
        actions.answer_proposal,
        proposal=grants.proposed(giver, taker, "10.00"),
        outcome="approved",
        form_key=uuid4(),
        by=grants.a_finance_approver(),
    )


def codes(results: list[Outcome]) -> list[str]:
    """Return what each was refused by: a rule's code, or the kind of what was raised."""
    return [
        one.code if isinstance(one, GrantRuleBroken) else type(one).__name__
        for one in results
        if isinstance(one, Exception)
    ]


def paid(place: Allocation) -> Decimal:
    """Return what its lines say was paid."""
    return sum((line.amount for line in place.lines.all()), Decimal("0.00"))


def test_sixteen_spenders_spend_all_there_is_and_no_more() -> None:
    place = grants.an_allocation("100.00")
    results = at_once(*[spender(place, "10.00") for _ in range(16)])
    assert codes(results) == ["GRT-07"] * 6
    assert grants.balances_of(place) == {"paid": "100.00"}
    assert verify().ok


def test_without_the_lock_the_statement_still_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(posting, "LOCK", NO_LOCK)
    place = grants.an_allocation("100.00")
    results = at_once(*[spender(place, "10.00") for _ in range(16)])
    spent = sum(isinstance(one, SpendingLine) for one in results)
    assert set(codes(results)) <= {"GRT-07", "IntegrityError"}
    assert paid(place) == spent * 10 <= 100


def creditor(line: SpendingLine, net: str) -> Callable[[], object]:
    """Return the act of crediting a part of a line."""
    return partial(
        actions.credit_line,
        line=line,
        credit=actions.Credit(Decimal(net)),
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    )


@pytest.mark.parametrize("has_lock", [True, False], ids=["locked", "without the lock"])
def test_two_credits_at_once_are_of_no_more_than_their_line(
    monkeypatch: pytest.MonkeyPatch, has_lock: bool
) -> None:
    place = grants.an_allocation("1000.00")
    grants.a_line("100.00", allocation=place)
    line = grants.a_line("100.00", allocation=place)
    if not has_lock:
        monkeypatch.setattr(posting, "LOCK", NO_LOCK)
    results = at_once(*[creditor(line, "60.00") for _ in range(2)])
    assert set(codes(results)) <= {"GRT-49", "IntegrityError"}
    assert Decimal(grants.balances_of(place)["paid"]) >= 140


ENTRIES = "ALTER TABLE grants_entry"
# In the order in which they are taken away: the key that others rest on goes last.
CHAIN = {
    "entry_follows_the_last": "FOREIGN KEY (account_id, previous_n, before)"
    " REFERENCES grants_entry (account_id, n, after)",
    "entry_leaves_balance": "UNIQUE (account_id, n, after)",
    "entry_n_once": "UNIQUE (account_id, n)",
    "entry_not_below_nought": "CHECK (after >= 0 OR outside)",
}
TABLES = ("spendingline", "historicalspendingline", "entry", "move", "account", "allocation")
CLEAR = (
    "SET session_replication_role = replica;"
    f" TRUNCATE {', '.join(f'grants_{name}' for name in TABLES)} CASCADE;"
    " SET session_replication_role = DEFAULT"
)


def test_with_the_guards_off_the_ceiling_is_overspent(monkeypatch: pytest.MonkeyPatch) -> None:
    place = grants.an_allocation("100.00")
    meeting = Meeting(racers=4, patience=5.0)

    def read(*accounts: Account) -> dict[int, Decimal]:
        found = lock(*accounts)
        meeting.wait()
        return found

    lock = posting.lock
    monkeypatch.setattr(posting, "LOCK", NO_LOCK)
    monkeypatch.setattr(posting, "lock", read)
    with ExitStack() as off:
        for name, definition in CHAIN.items():
            back = f"{ENTRIES} ADD CONSTRAINT {name} {definition}"
            off.enter_context(without(f"{ENTRIES} DROP CONSTRAINT {name}", back))
        at_once(*[spender(place, "40.00") for _ in range(4)])
        overspent = paid(place)
        off.enter_context(without("SELECT 1", CLEAR))
    assert overspent == Decimal("160.00")


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_no_isolation_level_spends_more(level: str) -> None:
    place = grants.an_allocation("100.00")

    def isolated(act: Callable[[], object]) -> object:
        with connection.cursor() as cursor:
            cursor.execute(f"SET default_transaction_isolation = '{level}'")
        return act()

    results = at_once(*[partial(isolated, spender(place, "40.00")) for _ in range(4)])
    spent = sum(isinstance(one, SpendingLine) for one in results)
    assert paid(place) == spent * 40 <= 100
    assert Decimal(grants.balances_of(place)["left"]) == 100 - spent * 40


def test_two_allocations_at_once_share_one_authority() -> None:
    decision = grants.a_funded_decision()
    results = at_once(*[allocator(decision, "700000.00") for _ in range(2)])
    assert codes(results) == ["GRT-03"]
    assert Allocation.objects.count() == 1


def test_two_first_allocations_open_their_sum_once() -> None:
    decision = grants.a_funded_decision()
    results = at_once(*[allocator(decision, "1.00") for _ in range(4)])
    assert codes(results) == []
    assert Move.objects.filter(cause="opening").count() == 1


def test_virements_both_ways_wait_for_each_other_and_all_get_there() -> None:
    decision = grants.a_funded_decision()
    one, other = (grants.an_allocation("100.00", decision=decision) for _ in range(2))
    results = at_once(*both_ways(one, other, 8))
    assert codes(results) == []
    assert [grants.balances_of(place)["left"] for place in (one, other)] == ["100.00", "100.00"]


def both_ways(one: Allocation, other: Allocation, times: int) -> list[Callable[[], object]]:
    """Return as many virements one way as the other."""
    return [virer(*ends) for _ in range(times) for ends in ((one, other), (other, one))]


def test_allocating_and_spending_at_once_both_get_there() -> None:
    """They take the decision's row and the accounts in another order, and try again when stuck."""
    decision = grants.a_funded_decision(drawn="50.00")
    source = grants.an_allocation("100.00", decision=decision)
    draw = partial(
        actions.make_allocation,
        figure=grants.figure_of(decision, "2"),
        terms=grants.terms("50.00"),
        funded_from=source,
        form_key=uuid4(),
        by=grants.a_finance_officer(),
    )
    results = at_once(draw, *[spender(source, "10.00") for _ in range(5)])
    assert codes(results) == []
    assert grants.balances_of(source) == {"paid": "50.00", "passed_on": "50.00"}


def test_no_sum_is_slipped_under_an_old_outcome() -> None:
    """Nobody writes under the act of long ago, so nothing is decided that was not decided then."""
    decision = grants.a_funded_decision()
    figure = grants.figure_of(decision)
    as_replica = "SET session_replication_role = replica", "SET session_replication_role = DEFAULT"
    with without(*as_replica):
        insider.run("DELETE FROM decisions_outcomefigure WHERE id = %s", figure.pk)

    def write() -> None:
        insider.run("SELECT set_config('audit.act', %s, true)", str(figure.outcome.act))
        figure.pk = None
        OutcomeFigure.objects.bulk_create([figure])

    assert insider.attempt(write) == "audit_act_is_over"


@pytest.fixture
def revocation_in_between(monkeypatch: pytest.MonkeyPatch) -> Callable[[Allocation], list[Outcome]]:
    """Return a race: all rules of a spend hold, then the decision is revoked, then it is posted."""
    checked, revoked = Event(), Event()
    lock = posting.lock

    def read(*accounts: Account) -> dict[int, Decimal]:
        found = lock(*accounts)
        checked.set()
        revoked.wait(20.0)
        return found

    def revoke(decision: Decision) -> object:
        checked.wait(20.0)
        try:
            return papers.revoke(decision)
        finally:
            revoked.set()

    def run(place: Allocation) -> list[Outcome]:
        a_decision_maker()
        spend = spender(place, "10.00")
        monkeypatch.setattr(posting, "lock", read)
        return at_once(spend, partial(revoke, place.decision))

    return run


def test_a_spend_is_refused_when_a_revocation_comes_first(
    revocation_in_between: Callable[[Allocation], list[Outcome]],
) -> None:
    place = grants.an_allocation("100.00")
    assert codes(revocation_in_between(place)) == ["GRT-04"]
    assert grants.balances_of(place) == {"left": "100.00"}


ALWAYS = """
    CREATE OR REPLACE FUNCTION grants_in_force(decided bigint) RETURNS boolean
    LANGUAGE sql VOLATILE SET search_path = public, pg_temp AS 'SELECT true'
"""


def test_without_the_databases_look_the_spend_slips_past_the_revocation(
    revocation_in_between: Callable[[Allocation], list[Outcome]],
) -> None:
    place = grants.an_allocation("100.00")
    with without(ALWAYS, function_source("grants_in_force")):
        results = revocation_in_between(place)
    assert codes(results) == []
    assert paid(place) == Decimal("10.00")


def test_a_form_posted_eight_times_at_once_spends_once() -> None:
    place, key = grants.an_allocation("100.00"), uuid4()
    results = at_once(*[spender(place, "10.00", key) for _ in range(8)])
    assert len({one.pk for one in results if isinstance(one, SpendingLine)}) == 1
    assert codes(results) == []
    assert grants.balances_of(place) == {"left": "90.00", "paid": "10.00"}


def test_without_its_key_a_form_spends_as_often_as_it_is_posted() -> None:
    place = grants.an_allocation("100.00")
    at_once(*[spender(place, "10.00") for _ in range(8)])
    assert grants.balances_of(place)["paid"] == "80.00"
