"""What the database refuses an insider: spending lines, allocations, ways of writing, sessions."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection

from audit import clock
from grants.models import Allocation, SpendingLine
from tests.audit.test_tampering import columns_of
from tests.factories import grants, papers
from tests.grants import insider
from tests.grants.insider import Attack, Ground, attempt, line, move, named

pytestmark = pytest.mark.django_db

INSUFFICIENT_PRIVILEGE = "42501"


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
    ("twice for one move", twice, "spendingline_of_its_move"),
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


@pytest.mark.parametrize("days", [(-1, 0), (0, 1)])
def test_no_allocation_of_a_drawn_sum_runs_longer_than_its_source(days: tuple[int, int]) -> None:
    year = date(2030, 4, 1), date(2031, 3, 31)
    terms: dict[str, Any] = {"number": "3", "period_start": year[0], "period_end": year[1]}
    place = grants.an_allocation(
        "1.00", decision=papers.signed(grants.a_paper_of_a_year()), **terms
    )
    place.pk, place.n = None, 9
    place.period_start, place.period_end = (
        end + timedelta(days=one) for end, one in zip(year, days, strict=True)
    )
    assert attempt(lambda: Allocation.objects.bulk_create([place])) == (
        "allocation_within_recommended"
    )


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
        INSERT INTO grants_account (id, role, category, figure_id, allocation_id)
        SELECT a.id, a.role, '', figure_id, 900001
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
