"""What the database refuses an insider: money in a false name, rows that no page can show."""

import pytest
from django.db import connection

from audit import clock
from grants.models import Account, Allocation
from tests.audit.test_tampering import columns_of
from tests.factories import grants
from tests.grants import insider
from tests.grants.insider import Attack, Ground, attempt, line, move, named

pytestmark = pytest.mark.django_db


def another(ground: Ground, **columns: object) -> None:
    """Allocate £10 more as the first allocation is, but for these columns."""
    row = Allocation.objects.get(pk=ground.place.pk)
    row.pk, row.n, row.limit = None, 9, "10.00"
    for name, value in columns.items():
        setattr(row, name, value)
    Allocation.objects.bulk_create([row])
    purse = [Account(role=one, allocation=row, figure=row.figure) for one in ("available", "used")]
    made = Account.objects.bulk_create(purse)
    move("allocation", ground.account("authority"), made[0].pk, "10.00")


def test_an_honest_allocation_is_let_through(ground: Ground) -> None:
    assert attempt(lambda: another(ground)) == ""


def test_a_sum_opens_out_of_the_funder_that_its_paper_names(ground: Ground) -> None:
    """Nobody else's money: another funder's totals would show what they never gave."""
    owner = grants.an_organisation("Ministry of Justice")

    def write() -> None:
        figure = ground.figure("4")
        rows = [Account(role="outside", funder=owner), Account(role="authority", figure_id=figure)]
        outside, authority = Account.objects.bulk_create(rows)
        move("opening", outside.pk, authority.pk, "100.00", opens=figure)

    assert attempt(write) == "move_opens_from_its_funder"


ALLOCATIONS: list[tuple[str, Attack, str]] = [
    (
        "of another funder's money",
        lambda g: another(g, funder=g.place.budget_holder),
        "allocation_of_its_funder",
    ),
    (
        "drawn from where it was not",
        lambda g: another(g, funded_from=g.foreign),
        "allocation_funded_from_its_source",
    ),
    ("numbered out of all pages", lambda g: another(g, n=100_000), "allocation_has_an_address"),
    ("with a key below nought", lambda g: another(g, pk=-7), "allocation_has_an_address"),
]


@named(*ALLOCATIONS)
def test_no_allocation_says_what_is_not_so(ground: Ground, attack: Attack, by: str) -> None:
    assert attempt(lambda: attack(ground)) == by


# ---------------------------------------------------------------- lines


def spend(ground: Ground, amount: str = "1.00", **columns: object) -> int:
    """Spend out of the first allocation, with a line as told."""
    made = move("spend", ground.account("available"), ground.account("used"), amount)
    return line(ground.place, ground.account("used"), made, amount, **columns)


LINES: list[tuple[str, Attack, str]] = [
    ("with a key below nought", lambda g: spend(g, pk=-5), "spendingline_has_an_address"),
    (
        "that passes off a fortune as VAT",
        lambda g: spend(g, vat="1000000.00", gross="1000001.00", why_so="It is."),
        "spendingline_recovers_no_more_than_vat",
    ),
]


@named(*LINES)
def test_no_line_is_hidden(ground: Ground, attack: Attack, by: str) -> None:
    assert attempt(lambda: attack(ground)) == by


def test_what_was_reversed_is_not_raised_again(ground: Ground) -> None:
    """Nothing may be put aside on a commitment that no longer stands."""

    def write() -> None:
        account, available = ground.order.account_id, ground.account("available")
        made = move("reversal", account, available, "400.00", reverses=ground.order.move_id)
        ties = {"stage": "commitment", "reverses": ground.order}
        line(ground.place, account, made, "400.00", **ties)
        move("commitment", available, account, "5.00")

    assert attempt(write) == "move_has_its_line"


# A line and its reversal in one statement: its triggers see neither of them, nor the move.
TOGETHER = """
    WITH back AS (
        INSERT INTO grants_move (id, cause, source_id, source_role, target_id, target_role, amount,
                                 reverses_id, reason, moved_at)
        VALUES (900001, 'reversal', %(used)s, 'used', %(available)s, 'available', 100,
                %(reverses)s, '', now())
    ), sides AS (
        INSERT INTO grants_entry (account_id, n, move_id, amount, before, after, outside)
        SELECT account_id, n + 1, 900001, side.amount, after, after + side.amount, false
        FROM (VALUES (%(used)s, -100), (%(available)s, 100)) side (account, amount)
        JOIN grants_entry e ON e.account_id = side.account AND e.n = (
            SELECT max(n) FROM grants_entry WHERE account_id = side.account)
    )
    INSERT INTO grants_spendingline (id, reverses_id, move_id, allocation_id, stage, account_id,
        account_role, amount, net, vat, gross, is_vat_recovered, received_on, payee, purpose,
        category, cost_centre, subjective_code, invoice_number, po_number, evidence_sha256,
        evidence_name, evidence_type, why_awaiting, recorded_at, recorded_by_id)
    SELECT made.*, allocation_id, stage, account_id, account_role, amount, net, vat, gross,
        is_vat_recovered, received_on, payee, purpose, category, '', '', '', '', '', '', '', '',
        recorded_at, recorded_by_id
    FROM grants_spendingline,
         (VALUES (900001, NULL, %(spent)s), (900002, 900001, 900001)) made (id, reverses, move)
    WHERE grants_spendingline.id = %(reversed)s
"""


def test_no_line_is_reversed_by_taking_back_another(ground: Ground) -> None:
    def write() -> None:
        used, available = ground.account("used"), ground.account("available")
        values = {
            "used": used,
            "available": available,
            "reverses": ground.paid.move_id,
            "reversed": ground.paid.pk,
            "spent": move("spend", available, used, "100.00"),
        }
        with connection.cursor() as cursor:
            cursor.execute(TOGETHER, values)

    assert attempt(write) == "spendingline_reverses_once"


# ---------------------------------------------------------------- days


def copied(table: str, **changed: str) -> None:
    """Write the newest row of a table once more, but for some columns (SQL)."""
    key = "history_id" if "historical" in table else "id"
    columns = {one.name: one.name for one in columns_of(table) if one.name != key}
    if "act" in columns:
        columns["act"] = "audit.current_act()"
    columns |= changed
    insider.run(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())}"
        f" FROM {table} ORDER BY {key} DESC LIMIT 1"
    )


def a_line_with(ground: Ground, column: str, day: str) -> None:
    """Write a line like the newest, of a move of its own, but for a day."""
    waiting, outside = ground.account("awaiting"), ground.account("outside")
    made = move("awaiting", outside, waiting, "50.00")
    copied(
        "grants_spendingline", key="gen_random_uuid()", move_id=str(made), **{column: f"'{day}'"}
    )


@pytest.mark.parametrize("day", ["20000-01-01", "0300-01-01 BC", "infinity"])
@pytest.mark.parametrize("column", ["received_on", "paid_on", "recorded_at"])
def test_no_line_is_of_a_day_that_no_page_can_show(ground: Ground, column: str, day: str) -> None:
    refused = attempt(lambda: a_line_with(ground, column, day))
    assert refused == f"spendingline_{column}_finite"


DATED = [
    ("grants_historicalspendingline", "received_on"),
    ("grants_historicalspendingline", "history_date"),
    ("grants_historicalallocation", "allocated_at"),
    ("grants_move", "moved_at"),
    ("grants_allocation", "allocated_at"),
]


@pytest.mark.parametrize(("table", "column"), DATED)
def test_no_row_is_of_a_day_that_no_page_can_show(ground: Ground, table: str, column: str) -> None:
    others = {"n": "n + 50"} if table == "grants_allocation" else {}
    refused = attempt(lambda: copied(table, **others, **{column: "'20000-01-01'"}))
    assert refused == f"{table.removeprefix('grants_')}_{column}_finite"


def test_a_line_like_another_is_let_through(ground: Ground) -> None:
    assert attempt(lambda: a_line_with(ground, "paid_on", str(clock.today()))) == ""
