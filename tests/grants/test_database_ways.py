"""What the database refuses an insider: ways of writing many rows at once, tricks of a session."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from audit.verify import verify
from grants.models import Account, Allocation, Entry, Move, SpendingLine
from tests.factories import grants
from tests.grants import insider
from tests.grants.insider import Ground, approved, attempt, bare_move, entry, line, move

pytestmark = pytest.mark.django_db

INSUFFICIENT_PRIVILEGE = "42501"


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Entry, {"after": 10**6}),
        (Move, {"amount": 1}),
        (Account, {"role": "outside"}),
        (Allocation, {"limit": 10**6}),
        (SpendingLine, {"amount": 1, "net": 1, "gross": 1}),
    ],
)
def test_update_of_many_rows_is_refused(ground: Ground, model: Any, values: dict[str, Any]) -> None:
    assert attempt(lambda: model.objects.update(**values)) in {
        INSUFFICIENT_PRIVILEGE,
        "allocation_terms_kept",
        "spendingline_posted_is_kept",
    }


def spend(ground: Ground) -> int:
    """Spend out of the first allocation, with its line."""
    made = move("spend", ground.account("available"), ground.account("used"))
    return line(ground.place, ground.account("used"), made)


def in_bulk(ground: Ground, amount: str) -> None:
    """Vire with bulk_create."""
    giver, taker = (ground.account("available", one) for one in (ground.place, ground.second))
    made = bare_move("virement", giver, taker, amount)
    rows = [
        Entry(account_id=account, move_id=made, outside=False, **last_of(account, side, amount))
        for account, side in ((giver, -1), (taker, 1))
    ]
    Entry.objects.bulk_create(rows)
    approved(made)


def last_of(account: int, side: int, amount: str) -> dict[str, Any]:
    """Return number and sums of the next entry of a statement."""
    last = Entry.objects.filter(account=account).order_by("-n")[0]
    sum_moved = side * type(last.after)(amount)
    return {
        "n": last.n + 1,
        "amount": sum_moved,
        "before": last.after,
        "after": last.after + sum_moved,
    }


def by_copy(ground: Ground, amount: str) -> None:
    """Vire with COPY."""
    giver, taker = (ground.account("available", one) for one in (ground.place, ground.second))
    made = bare_move("virement", giver, taker, amount)
    rows = [
        (account, made, False, *last_of(account, side, amount).values())
        for account, side in ((giver, -1), (taker, 1))
    ]
    sql = "COPY grants_entry (account_id, move_id, outside, n, amount, before, after) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(sql) as copy:
        for row in rows:
            copy.write_row(row)
    approved(made)


@pytest.mark.parametrize("write", [in_bulk, by_copy])
def test_a_proper_move_written_in_bulk_is_harmless(
    ground: Ground, write: Callable[[Ground, str], None]
) -> None:
    assert attempt(lambda: write(ground, "500.00")) == ""
    assert grants.balances_of(ground.second) == {"left": "1500.00"}


@pytest.mark.parametrize("write", [in_bulk, by_copy])
def test_nothing_written_in_bulk_passes_the_ceiling(
    ground: Ground, write: Callable[[Ground, str], None]
) -> None:
    assert attempt(lambda: write(ground, "500.01")) == "entry_not_below_nought"


def test_what_is_written_without_an_entry_does_not_commit(ground: Ground) -> None:
    def write() -> None:
        insider.run("SELECT set_config('audit.act', gen_random_uuid()::text, true)")
        giver, taker = (ground.account("available", one) for one in (ground.place, ground.second))
        approved(move("virement", giver, taker))
        insider.run("SET CONSTRAINTS ALL IMMEDIATE")

    with pytest.raises(DatabaseError, match="without an entry"), transaction.atomic():
        write()


def test_what_the_insider_wrote_is_seen_where_it_is_not_whole(ground: Ground) -> None:
    """A line without its history is let in, spends no more than it may, and is found."""
    attempt(lambda: spend(ground))
    key = str(SpendingLine.objects.order_by("-id")[0].pk)
    assert ("public.grants_spendingline", key) in {
        (failure.table, failure.key) for failure in verify().failures
    }


# ---------------------------------------------------------------- sessions


@pytest.mark.parametrize(
    "sql",
    [
        "SET session_replication_role = replica",
        "CREATE TEMPORARY TABLE grants_move (id int)",
        "CREATE FUNCTION pg_temp.coalesce(bool, bool) RETURNS bool LANGUAGE sql AS 'SELECT true'",
        "CREATE FUNCTION public.grants_in_force(int) RETURNS bool LANGUAGE sql AS 'SELECT true'",
        "CREATE SCHEMA mine",
        "ALTER TABLE grants_entry DROP CONSTRAINT entry_not_below_nought",
        "ALTER TABLE grants_move DISABLE TRIGGER move_holds",
        "DROP TRIGGER move_holds ON grants_move",
        "ALTER FUNCTION grants_in_force(bigint) SET search_path = mine",
        "CREATE TRIGGER mine BEFORE INSERT ON grants_entry EXECUTE FUNCTION audit.refuse_change()",
        "CREATE RULE mine AS ON INSERT TO grants_entry DO INSTEAD NOTHING",
        "CREATE OPERATOR public.= (LEFTARG = bool, RIGHTARG = int, FUNCTION = int4eq)",
        "UPDATE pg_trigger SET tgenabled = 'D'",
        "UPDATE pg_constraint SET convalidated = false",
        "COPY grants_entry TO PROGRAM 'cat'",
    ],
)
def test_the_guards_cannot_be_taken_away(ground: Ground, sql: str) -> None:
    assert attempt(lambda: insider.run(sql)) == INSUFFICIENT_PRIVILEGE


@pytest.mark.parametrize(
    "sql",
    [
        "SET LOCAL search_path = pg_catalog, audit, public",
        "SET LOCAL search_path = transient, public",
        "SET CONSTRAINTS ALL DEFERRED",
        "SET LOCAL check_function_bodies = off",
        "SET LOCAL row_security = off",
        "SET LOCAL datestyle = 'German'",
        "SET LOCAL transform_null_equals = on",
    ],
)
def test_no_setting_of_a_session_lifts_the_ceiling(ground: Ground, sql: str) -> None:
    def write() -> None:
        giver, taker = (ground.account("available", one) for one in (ground.place, ground.second))
        insider.run(sql)
        move("virement", giver, taker, "500.01")

    assert attempt(write) == "entry_not_below_nought"


@pytest.mark.parametrize("when", ["before", "after"])
def test_checking_early_lets_nothing_more_through(ground: Ground, when: str) -> None:
    """What is checked at commit is checked then, too, when it was checked before."""

    def write() -> None:
        insider.run("SET CONSTRAINTS move_has_its_line, move_allocates_once IMMEDIATE")
        if when == "after":
            insider.run("SET CONSTRAINTS ALL DEFERRED")
        move("spend", ground.account("available"), ground.account("used"))

    assert attempt(write) == "move_has_its_line"


def test_an_entry_that_is_late_does_not_complete_a_move(ground: Ground) -> None:
    """A move checked early without its entries is refused at once."""

    def write() -> None:
        giver, taker = (ground.account("available", one) for one in (ground.place, ground.second))
        insider.run("SET CONSTRAINTS ALL IMMEDIATE")
        made = bare_move("virement", giver, taker)
        entry(giver, made, "-1.00")
        entry(taker, made, "1.00")

    assert attempt(write) in {"move_left_its_source", "move_came_to_its_target"}
