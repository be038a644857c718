"""What the database refuses an insider: spending lines, allocations, ways of writing, sessions."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from audit import clock
from audit.verify import verify
from grants.models import Account, Allocation, Entry, Move, SpendingLine
from tests.audit.test_tampering import columns_of
from tests.factories import grants, papers
from tests.grants import insider
from tests.grants.insider import Ground, attempt, bare_move, entry, line, move

pytestmark = pytest.mark.django_db

Attack = Callable[[Ground], object]
INSUFFICIENT_PRIVILEGE = "42501"


def named(*attacks: tuple[str, Attack, str]) -> pytest.MarkDecorator:
    """Give a test each attack with the constraint that refuses it, under its name."""
    ids = [name for name, *_ in attacks]
    return pytest.mark.parametrize(("attack", "by"), [one[1:] for one in attacks], ids=ids)


def spend(ground: Ground, amount: str = "1.00", **columns: Any) -> int:
    """Spend out of the first allocation, with a line as told."""
    made = move("spend", ground.account("available"), ground.account("used"))
    return line(ground.place, ground.account("used"), made, amount, **columns)


def from_order(ground: Ground, **columns: Any) -> int:
    """Pay £1 out of the commitment, with a line as told."""
    made = move("spend", ground.order.account_id, ground.account("used"))
    return line(ground.place, ground.account("used"), made, **columns)


def reversal(ground: Ground, of: SpendingLine, **columns: Any) -> int:
    """Reverse what was paid, with a line as told."""
    source, target = ground.account("used"), ground.account("available")
    made = move("reversal", source, target, "100.00", reverses=ground.paid.move_id)
    return line(ground.place, source, made, "100.00", reverses=of, **columns)


def twice(ground: Ground) -> None:
    """Write two lines for one move."""
    spend(ground)
    made = SpendingLine.objects.order_by("-id")[0].move_id
    line(ground.place, ground.account("used"), made)


def yesterday() -> date:
    return clock.today() - timedelta(days=1)


def test_an_honest_line_is_let_through(ground: Ground) -> None:
    assert attempt(lambda: spend(ground)) == ""
    assert attempt(lambda: from_order(ground, draws_on=ground.order)) == ""
    assert attempt(lambda: reversal(ground, ground.paid)) == ""


LINES: list[tuple[str, Attack, str]] = [
    ("of more than moved", lambda g: spend(g, "2.00"), "spendingline_sum_of_its_entry"),
    ("of less than moved", lambda g: spend(g, "0.99"), "spendingline_sum_of_its_entry"),
    ("of a part of a penny", lambda g: spend(g, "0.004"), "spendingline_amount_above_nought"),
    (
        "whose sums do not add up",
        lambda g: spend(g, gross="2.00"),
        "spendingline_vat_adds_up",
    ),
    (
        "that counts nothing",
        lambda g: spend(g, net="0.00", gross="0.00"),
        "spendingline_counts_net_and_lost_vat",
    ),
    ("twice for one move", twice, "grants_spendingline_move_id_key"),
    (
        "after the period",
        lambda g: spend(g, received_on=g.place.period_end + timedelta(days=1)),
        "spendingline_within_the_period",
    ),
    (
        "before the period",
        lambda g: spend(g, received_on=yesterday()),
        "spendingline_within_the_period",
    ),
    (
        "that draws on a commitment it did not come from",
        lambda g: spend(g, draws_on=g.order),
        "spendingline_draws_on_what_it_came_from",
    ),
    (
        "that does not draw on the commitment it came from",
        from_order,
        "spendingline_draws_on_what_it_came_from",
    ),
    (
        "that covers what still waits",
        lambda g: spend(g, covers=g.waiting),
        "spendingline_covers_what_waited",
    ),
    (
        "that covers what never waited",
        lambda g: spend(g, covers=g.paid),
        "spendingline_covers_what_waited",
    ),
    (
        "of another stage",
        lambda g: spend(g, stage="accrual"),
        "spendingline_stage_and_account",
    ),
    (
        "that reverses a line of another sum",
        lambda g: reversal(g, g.order),
        "spendingline_reverses_once",
    ),
    (
        "that reverses on another day",
        lambda g: reversal(g, g.paid, received_on=clock.today() + timedelta(days=1)),
        "spendingline_reverses_on_its_day",
    ),
    (
        "in another's allocation",
        lambda g: line(
            g.second,
            g.account("used"),
            move("spend", g.account("available"), g.account("used")),
        ),
        "spendingline_account_of_its_allocation",
    ),
    (
        "in no allocation",
        lambda g: line(
            None, g.account("used"), move("spend", g.account("available"), g.account("used"))
        ),
        "spendingline_stage_and_account",
    ),
]


@named(*LINES)
def test_no_line_is_slipped_in(ground: Ground, attack: Attack, by: str) -> None:
    assert attempt(lambda: attack(ground)) == by


def test_no_line_is_from_before_the_signature(ground: Ground) -> None:
    early = grants.an_allocation("10.00", decision=ground.decision, period_start=grants.days_ago(9))

    def write() -> None:
        used = ground.account("used", early)
        made = move("spend", ground.account("available", early), used)
        line(early, used, made, received_on=yesterday())

    assert attempt(write) == "spendingline_not_before_the_signature"


def test_no_line_is_from_before_its_own_sitting(ground: Ground) -> None:
    later = clock.now() + timedelta(days=3)
    with clock.at(later):
        papers.decide(ground.decision, r7="approved")
        place = grants.an_allocation(
            "10.00", decision=ground.decision, number="7", period_start=grants.days_ago(3)
        )

    def write() -> None:
        used = ground.account("used", place)
        line(place, used, move("spend", ground.account("available", place), used))

    assert attempt(write) == "spendingline_not_before_the_signature"


@pytest.mark.parametrize("days", [(-1, 30), (0, 31)])
def test_no_allocation_runs_longer_than_its_recommendation(
    ground: Ground, days: tuple[int, int]
) -> None:
    place = Allocation.objects.get(pk=ground.foreign.pk)
    place.pk, place.n = None, 9
    place.period_start, place.period_end = (clock.today() + timedelta(days=one) for one in days)
    assert attempt(lambda: Allocation.objects.bulk_create([place])) == (
        "allocation_within_recommended"
    )


# ---------------------------------------------------------------- everything in one statement

WITH_LINE_FIRST = """
    WITH made AS (
        INSERT INTO grants_move (id, cause, source_id, source_role, target_id, target_role, amount,
                                 reason, moved_at)
        VALUES (900001, 'spend', %(available)s, 'available', %(used)s, 'used', 1, '', now())
    ), sides AS (
        INSERT INTO grants_entry (account_id, n, move_id, amount, before, after, outside)
        SELECT a.id, coalesce(e.n, 0) + 1, 900001, a.amount, coalesce(e.after, 0),
               coalesce(e.after, 0) + a.amount, false
        FROM (VALUES (%(available)s, -1), (%(used)s, 1)) a (id, amount)
        LEFT JOIN LATERAL (SELECT n, after FROM grants_entry WHERE account_id = a.id
                           ORDER BY n DESC LIMIT 1) e ON true
    )
    INSERT INTO grants_spendingline (allocation_id, stage, account_id, account_role, move_id,
        amount, net, vat, gross, is_vat_recovered, received_on, payee, purpose, category,
        cost_centre, subjective_code, invoice_number, po_number, evidence_sha256, evidence_name,
        evidence_type, why_awaiting, draws_on_id, recorded_at, recorded_by_id)
    SELECT allocation_id, stage, account_id, account_role, 900001, 1, 1, 0, 1, true, %(on)s, payee,
        purpose, category, '', '', '', '', '', '', '', '', %(draws_on)s, recorded_at, recorded_by_id
    FROM grants_spendingline WHERE id = %(like)s
"""


@pytest.mark.parametrize("draws_on", [True, False])
def test_no_line_is_written_before_its_move(ground: Ground, draws_on: bool) -> None:
    """A statement that writes several tables at once shows its triggers only a part of them."""

    def write() -> None:
        values: dict[str, Any] = {
            "available": ground.account("available"),
            "used": ground.account("used"),
            "on": clock.today(),
            "draws_on": ground.order.pk if draws_on else None,
            "like": ground.paid.pk,
        }
        with connection.cursor() as cursor:
            cursor.execute(WITH_LINE_FIRST, values)

    assert attempt(write) == "spendingline_lies_where_it_came"


WITH_ALLOCATION_LAST = """
    WITH place AS (
        INSERT INTO grants_allocation (id, decision_id, n, figure_id, "limit", purpose, funder_id,
            budget_holder_id, period_start, period_end, charge, allocated_at, allocated_by_id)
        SELECT 900001, decision_id, 9, figure_id, 10, purpose, funder_id, budget_holder_id,
            '1999-01-01', '1999-01-02', charge, allocated_at, allocated_by_id
        FROM grants_allocation WHERE id = %(place)s
    ), purse AS (
        INSERT INTO grants_account (id, role, figure_id, allocation_id)
        SELECT a.id, a.role, figure_id, 900001
        FROM grants_allocation p, (VALUES (900001, 'available'), (900002, 'used')) a (id, role)
        WHERE p.id = %(place)s
    ), made AS (
        INSERT INTO grants_move (id, cause, source_id, source_role, target_id, target_role, amount,
                                 reason, moved_at)
        VALUES (900001, 'allocation', %(authority)s, 'authority', 900001, 'available', 10, '',
                now()),
               (900002, 'spend', 900001, 'available', 900002, 'used', 10, '', now())
    ), sides AS (
        INSERT INTO grants_entry (account_id, n, move_id, amount, before, after, outside)
        SELECT account_id, n + 1, 900001, -10, after, after - 10, false FROM grants_entry
        WHERE account_id = %(authority)s AND n = (
            SELECT max(n) FROM grants_entry WHERE account_id = %(authority)s)
        UNION ALL VALUES (900001, 1, 900001, 10, 0, 10, false),
                         (900001, 2, 900002, -10, 10, 0, false),
                         (900002, 1, 900002, 10, 0, 10, false)
    )
    INSERT INTO grants_spendingline (allocation_id, stage, account_id, account_role, move_id,
        amount, net, vat, gross, is_vat_recovered, received_on, payee, purpose, category,
        cost_centre, subjective_code, invoice_number, po_number, evidence_sha256, evidence_name,
        evidence_type, why_awaiting, recorded_at, recorded_by_id)
    SELECT 900001, stage, 900002, 'used', 900002, 10, 10, 0, 10, true, now(), payee,
        purpose, category, '', '', '', '', '', '', '', '', recorded_at, recorded_by_id
    FROM grants_spendingline WHERE id = %(like)s
"""


def test_no_line_is_written_before_its_allocation(ground: Ground) -> None:
    values: dict[str, Any] = {
        "place": ground.place.pk,
        "authority": ground.account("authority"),
        "like": ground.paid.pk,
    }

    def write() -> None:
        with connection.cursor() as cursor:
            cursor.execute(WITH_ALLOCATION_LAST, values)

    assert attempt(write) in {
        "move_between_known_accounts",
        "spendingline_lies_where_it_came",
        "spendingline_within_the_period",
    }


# ---------------------------------------------------------------- what is posted is kept

MAY_CHANGE = {
    "grants_spendingline": {
        "purpose",
        "po_number",
        "evidence_sha256",
        "evidence_name",
        "evidence_type",
    },
    "grants_allocation": {"purpose", "recipient_id", "budget_holder_id", "beneficiary_id"},
}


@pytest.mark.parametrize("table", MAY_CHANGE)
def test_no_other_column_of_a_posted_row_changes(ground: Ground, table: str) -> None:
    """Every column that the catalogue has, but those that may be amended."""
    let_through = [
        column.name
        for column in columns_of(table)
        if column.name not in MAY_CHANGE[table]
        and not attempt(
            lambda column=column: insider.run(  # type: ignore[misc]
                f"UPDATE {table} SET {column.name} = {column.changed}"
            )
        )
    ]
    assert let_through == []


@pytest.mark.parametrize("table", MAY_CHANGE)
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_no_posted_row_is_removed(ground: Ground, table: str, verb: str) -> None:
    allowed = {
        f"{table.removeprefix('grants_')}_never_deleted",
        "audit_refuse_truncate",
        INSUFFICIENT_PRIVILEGE,
    }
    assert attempt(lambda: insider.run(verb.format(table))) in allowed


GROWING = ["account", "move", "entry", "historicalallocation", "historicalspendingline"]


@pytest.mark.parametrize("table", GROWING)
@pytest.mark.parametrize(
    "verb",
    [
        "UPDATE {} SET act = act",
        "DELETE FROM {}",
        "TRUNCATE {} CASCADE",
        "LOCK TABLE {} IN EXCLUSIVE MODE",
        "ALTER TABLE {} DISABLE TRIGGER ALL",
        "DROP TABLE {} CASCADE",
        "MERGE INTO {} t USING (SELECT 1) s ON true WHEN MATCHED THEN DELETE",
    ],
)
def test_no_table_that_only_grows_is_touched(ground: Ground, table: str, verb: str) -> None:
    sql = verb.format(f"grants_{table}")
    assert attempt(lambda: insider.run(sql)) == INSUFFICIENT_PRIVILEGE


@pytest.mark.parametrize("table", GROWING)
@pytest.mark.parametrize(
    "verb", ["UPDATE {} SET act = act", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_not_even_its_owner_changes_what_only_grows(
    ground: Ground, execute: Callable[..., None], table: str, verb: str
) -> None:
    with pytest.raises(DatabaseError, match=r"append-only|may not be emptied|pending trigger"):
        execute(verb.format(f"grants_{table}"))


# ---------------------------------------------------------------- ways of writing


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


def in_bulk(ground: Ground, amount: str) -> None:
    """Vire with bulk_create."""
    giver, taker = (ground.account("available", one) for one in (ground.place, ground.second))
    made = bare_move("virement", giver, taker, amount)
    rows = [
        Entry(account_id=account, move_id=made, outside=False, **last_of(account, side, amount))
        for account, side in ((giver, -1), (taker, 1))
    ]
    Entry.objects.bulk_create(rows)


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
        move("virement", giver, taker)
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


@pytest.mark.parametrize("column", ["received_on", "paid_on", "recorded_at", "net", "vat", "gross"])
def test_no_line_holds_what_is_no_day_or_sum(ground: Ground, column: str) -> None:
    """Every column of an honest line, but with one value that no calendar or purse has."""
    value = "'NaN'" if column in {"net", "vat", "gross"} else "'infinity'"

    def write() -> None:
        used = ground.account("used")
        made = move("spend", ground.account("available"), used, "100.00")
        columns = {c.name: c.name for c in columns_of("grants_spendingline") if c.name != "id"}
        columns |= {"move_id": str(made), "key": "gen_random_uuid()", column: value}
        insider.run(
            f"INSERT INTO grants_spendingline ({', '.join(columns)})"
            f" SELECT {', '.join(columns.values())} FROM grants_spendingline WHERE id = %s",
            ground.paid.pk,
        )

    assert attempt(write).startswith("spendingline_")
