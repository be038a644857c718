"""Somebody who holds the application's database role, writes what they like and lists it all.

Each attempt is a transaction of its own, with an entry on the audit trail that lists every row it
touched, and ends with all that the database checks at commit.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection

from audit import clock
from audit.acts import acting
from decisions.models import Decision
from grants.actions.posting import POST
from grants.events import LINE_RECORDED
from grants.models import Account, Allocation, Entry, Move, SpendingLine
from tests.factories import grants


def attempt(write: Callable[[], object]) -> str:
    """Return the constraint (or SQLSTATE) that refuses what is written; "" when nothing does."""
    try:
        with acting(by=grants.a_finance_officer(), name="forged") as act, as_application():
            write()
            act.record(LINE_RECORDED)
            act.append_now()
            run("SET CONSTRAINTS ALL IMMEDIATE")
            run("SET CONSTRAINTS ALL DEFERRED")
    except (DatabaseError, psycopg.Error) as error:
        cause: Any = error.__cause__ or error
        return str(cause.diag.constraint_name or cause.sqlstate)
    return ""


@contextmanager
def as_application() -> Iterator[None]:
    """Work as the application's role until the transaction ends."""
    run("SET LOCAL ROLE register_app")
    yield
    run("RESET ROLE")


def run(sql: str, *values: Any) -> None:
    """Run a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(values) or None)


def move(
    cause: str,
    source: int,
    target: int,
    amount: str = "1.00",
    *,
    opens: int | None = None,
    reverses: int | None = None,
) -> int:
    """Write a move with both its entries, each after the last of its statement; return its id."""
    with connection.cursor() as cursor:
        cursor.execute(
            POST,
            {
                "cause": cause,
                "source": source,
                "target": target,
                "amount": amount,
                "opens": opens,
                "reverses": reverses,
                "reason": "",
                "at": clock.now(),
            },
        )
        return int(cursor.fetchall()[0][0])


def bare_move(cause: str, source: int, target: int, amount: str = "1.00", **roles: str) -> int:
    """Write a move without entries; return its id."""
    row = Move(
        cause=cause,
        source_id=source,
        source_role=roles.get("source_role", role_of(source)),
        target_id=target,
        target_role=roles.get("target_role", role_of(target)),
        amount=Decimal(amount),
        moved_at=clock.now(),
    )
    return Move.objects.bulk_create([row])[0].pk


def approved(move_id: int) -> int:
    """Write that one person proposed a virement as it was moved and another approved; return it."""
    run(
        "WITH proposed AS (INSERT INTO grants_proposal (kind, giver_id, giver_category, taker_id,"
        " taker_category, amount, consent_reference, reason, proposed_at, proposed_by_id)"
        " SELECT m.cause, s.allocation_id, s.category, t.allocation_id, t.category, m.amount, '',"
        " 'Needed there.', now(), %s FROM grants_move m JOIN grants_account s ON s.id = m.source_id"
        " JOIN grants_account t ON t.id = m.target_id WHERE m.id = %s RETURNING id)"
        " SELECT set_config('insider.proposal', id::text, true) FROM proposed",
        grants.a_finance_approver().pk,
        move_id,
    )
    run(
        "INSERT INTO grants_proposalanswer (proposal_id, proposed_by_id, outcome, words, move_id,"
        " answered_at, answered_by_id) SELECT p.id, p.proposed_by_id, 'approved', '', %s, now(), %s"
        " FROM grants_proposal p WHERE p.id = current_setting('insider.proposal')::bigint",
        move_id,
        grants.a_finance_officer().pk,
    )
    return move_id


def role_of(account: int) -> str:
    """Return the role of an account."""
    return str(Account.objects.values_list("role", flat=True).get(pk=account))


def entry(account: int, move_id: int, amount: str, **columns: Any) -> None:
    """Write one entry; after the last of its statement unless told otherwise."""
    found = Entry.objects.filter(account=account).order_by("-n").values_list("n", "after").first()
    n, before = found or (0, Decimal("0.00"))
    values = {"n": n + 1, "before": before, "after": Decimal(before) + Decimal(amount)}
    values |= {"outside": role_of(account) == "outside"} | columns
    run(
        "INSERT INTO grants_entry (account_id, move_id, amount, n, before, after, outside)"
        " VALUES (%s, %s, %s::numeric, %s, %s::numeric, %s::numeric, %s)",
        account,
        move_id,
        amount,
        *(values[name] for name in ("n", "before", "after", "outside")),
    )


def line(
    place: Allocation | None, account: int, move_id: int, amount: str = "1.00", **columns: Any
) -> int:
    """Write a line of an item of spend received today, and no history of it; return its id."""
    values = {
        "stage": "actual",
        "received_on": clock.today(),
        "payee": "Harbour Training Ltd",
        "purpose": "Nothing in particular",
        "category": "other",
        "net": Decimal(amount),
        "vat": Decimal("0.00"),
        "gross": Decimal(amount),
        "is_vat_recovered": True,
    }
    row = SpendingLine(
        **(values | columns),
        amount=Decimal(amount),
        allocation=place,
        account_id=account,
        account_role=role_of(account),
        move_id=move_id,
        recorded_at=clock.now(),
        recorded_by=grants.a_finance_officer(),
    )
    return SpendingLine.objects.bulk_create([row])[0].pk


@dataclass(frozen=True)
class Ground:
    """What the insider finds: two allocations of £1,000 under one sum, one of £100 under another.

    `place` has a commitment of £400 (`order`) and £100 paid (`paid`); £50 awaits authority.
    """

    decision: Decision
    place: Allocation
    second: Allocation
    foreign: Allocation
    order: SpendingLine
    paid: SpendingLine
    waiting: SpendingLine

    def account(self, role: str, place: Allocation | None = None) -> int:
        """Return an account: of the first allocation, unless told otherwise."""
        rows = Account.objects.filter(role=role)
        if role in ("outside", "awaiting"):
            return rows.get().pk
        if role == "authority":
            return rows.get(figure=(place or self.place).figure).pk
        return rows.get(allocation=place or self.place).pk

    def figure(self, number: str, position: int = 0) -> int:
        """Return a sum that was decided on a recommendation."""
        return grants.figures_of(self.decision, number)[position].pk


def a_ground(decision: Decision) -> Ground:
    """Make what the insider finds, under a mixed decision."""
    place, second = (grants.an_allocation("1000.00", decision=decision) for _ in range(2))
    foreign = grants.an_allocation(
        "100.00", decision=decision, number="5", period_end=clock.today()
    )
    return Ground(
        decision,
        place,
        second,
        foreign,
        grants.a_line("400.00", allocation=place, stage="commitment"),
        grants.a_line("100.00", allocation=place),
        grants.a_waiting_line("50.00"),
    )


Attack = Callable[[Ground], object]


def named(*attacks: tuple[str, Attack, str]) -> pytest.MarkDecorator:
    """Give a test each attack with the constraint that refuses it, under its name."""
    ids = [name for name, *_ in attacks]
    return pytest.mark.parametrize(("attack", "by"), [one[1:] for one in attacks], ids=ids)


def fresh(ground: Ground) -> int:
    """Return an account that has no entry: a new commitment's."""
    row = Account(role="committed", allocation=ground.place, figure=ground.place.figure)
    return Account.objects.bulk_create([row])[0].pk
