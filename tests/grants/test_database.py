"""What the database refuses an insider with the application's role: accounts, moves, statements."""

import pytest

from tests.factories import grants
from tests.grants import insider
from tests.grants.insider import (
    Attack,
    Ground,
    approved,
    attempt,
    bare_move,
    entry,
    fresh,
    move,
    named,
)

pytestmark = pytest.mark.django_db


def test_an_honest_move_is_let_through(ground: Ground) -> None:
    """The insider's tools themselves are refused nothing."""

    def virement() -> None:
        giver, taker = (ground.account("available", one) for one in (ground.place, ground.second))
        approved(move("virement", giver, taker, "10.00"))

    assert attempt(virement) == ""
    assert grants.balances_of(ground.second) == {"left": "1010.00"}


# ---------------------------------------------------------------- accounts


def account(**columns: object) -> None:
    columns = {"category": "", **columns}
    names = ", ".join(columns)
    places = ", ".join(["%s"] * len(columns))
    insider.run(f"INSERT INTO grants_account ({names}) VALUES ({places})", *columns.values())


ACCOUNTS: list[tuple[str, Attack, str]] = [
    (
        "one that may be overdrawn",
        lambda g: account(role="outside", allocation_id=g.place.pk, figure_id=g.place.figure_id),
        "account_stands_for_one_thing",
    ),
    (
        "one that says it may be overdrawn",
        lambda g: account(
            role="available",
            allocation_id=g.place.pk,
            figure_id=g.place.figure_id,
            outside=True,
        ),
        "428C9",
    ),
    (
        "of an unknown kind",
        lambda g: account(role="slush", allocation_id=g.place.pk, figure_id=g.place.figure_id),
        "account_role_known",
    ),
    (
        "of an allocation under another sum",
        lambda g: account(role="committed", allocation_id=g.place.pk, figure_id=g.figure("2")),
        "account_figure_of_its_allocation",
    ),
    (
        "a second authority",
        lambda g: account(role="authority", figure_id=g.place.figure_id),
        "account_once_per_figure",
    ),
    (
        "a second purse",
        lambda g: account(role="available", allocation_id=g.place.pk, figure_id=g.place.figure_id),
        "account_once_per_allocation",
    ),
    (
        "a second outside",
        lambda g: account(role="outside", funder_id=g.place.funder_id),
        "account_once_per_funder",
    ),
]


@named(*ACCOUNTS)
def test_no_account_is_slipped_in(ground: Ground, attack: Attack, by: str) -> None:
    assert attempt(lambda: attack(ground)) == by


# ---------------------------------------------------------------- statements

A_FORTUNE = {"n": 1, "before": "999999.00", "after": "1000000.00"}


def into(ground: Ground, target: int, **columns: object) -> None:
    """Commit £1 with a proper entry on one side, and one as told on the other."""
    made = bare_move("commitment", ground.account("available"), target)
    entry(ground.account("available"), made, "-1.00")
    entry(target, made, "1.00", **columns)


def out_of(ground: Ground, **columns: object) -> None:
    """Commit £1 with an entry as told where it comes from."""
    target = fresh(ground)
    made = bare_move("commitment", ground.account("available"), target)
    entry(target, made, "1.00")
    entry(ground.account("available"), made, "-1.00", **columns)


STATEMENTS: list[tuple[str, Attack, str]] = [
    (
        "from a fortune",
        lambda g: into(g, fresh(g), **A_FORTUNE),
        "entry_first_from_nought",
    ),
    (
        "after an entry that is not there",
        lambda g: into(g, fresh(g), n=2, before="999999.00", after="1000000.00"),
        "entry_follows_the_last",
    ),
    ("with a gap", lambda g: out_of(g, n=9), "entry_follows_the_last"),
    ("with a fork", lambda g: out_of(g, n=2), "entry_n_once"),
    ("from number nought", lambda g: into(g, fresh(g), n=0), "entry_n_from_one"),
    ("numbered below nought", lambda g: into(g, fresh(g), n=-1), "entry_n_from_one"),
    (
        "that does not add up",
        lambda g: out_of(g, after="500.00"),
        "entry_adds_up",
    ),
    (
        "from another balance than was left",
        lambda g: out_of(g, before="700.00", after="699.00"),
        "entry_follows_the_last",
    ),
    ("that may be overdrawn", lambda g: out_of(g, outside=True), "entry_outside_as_its_account"),
]


@named(*STATEMENTS)
def test_no_statement_is_bent(ground: Ground, attack: Attack, by: str) -> None:
    refused = attempt(lambda: attack(ground))
    assert refused in {by, "grants_entry_n_check"}


def test_an_entry_belongs_to_a_move(ground: Ground) -> None:
    refused = attempt(lambda: entry(ground.account("available"), 900_000, "1.00"))
    assert refused.startswith("grants_entry_move_id")


def test_a_move_has_no_third_entry(ground: Ground) -> None:
    refused = attempt(lambda: entry(ground.account("available"), ground.paid.move_id, "100.00"))
    assert refused == "entry_once_per_side"


@pytest.mark.parametrize("sides", [(), ("source",), ("target",)], ids=str)
def test_a_move_has_both_its_entries(ground: Ground, sides: tuple[str, ...]) -> None:
    def write() -> None:
        ends = {
            "source": ground.account("available"),
            "target": ground.account("available", ground.second),
        }
        made = bare_move("virement", ends["source"], ends["target"])
        for side in sides:
            entry(ends[side], made, "-1.00" if side == "source" else "1.00")

    assert attempt(write) in {"move_left_its_source", "move_came_to_its_target"}


def test_a_move_is_in_the_statements_it_names(ground: Ground) -> None:
    def write() -> None:
        giver, taker = (ground.account("available", one) for one in (ground.place, ground.second))
        made = bare_move("virement", giver, taker)
        entry(giver, made, "-1.00")
        entry(ground.account("used"), made, "1.00")

    assert attempt(write) == "move_came_to_its_target"


def test_what_comes_is_what_went(ground: Ground) -> None:
    def write() -> None:
        giver, taker = (ground.account("available", one) for one in (ground.place, ground.second))
        made = bare_move("virement", giver, taker)
        entry(giver, made, "-1.00")
        entry(taker, made, "2.00")

    assert attempt(write) == "move_came_to_its_target"


# ---------------------------------------------------------------- sums

NO_SUMS = {
    "NaN": "move_amount_above_nought",
    "Infinity": "22003",
    "-Infinity": "22003",
    "1000000000000": "22003",
    "999999999999.999": "22003",
    "0": "move_amount_above_nought",
    "0.004": "move_amount_above_nought",
    "-1": "move_amount_above_nought",
    "500.01": "entry_not_below_nought",
    "500.005": "entry_not_below_nought",
    "999999999999.99": "entry_not_below_nought",
}


@pytest.mark.parametrize("amount", NO_SUMS)
def test_no_move_takes_a_sum_that_is_not_there(ground: Ground, amount: str) -> None:
    giver, taker = (ground.account("available", one) for one in (ground.place, ground.second))
    assert attempt(lambda: move("virement", giver, taker, amount)) == NO_SUMS[amount]


@pytest.mark.parametrize("column", ["amount", "before", "after"])
@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e12"])
def test_no_entry_holds_what_is_no_sum(ground: Ground, column: str, value: str) -> None:
    columns = {"amount": "1.00", "before": "0.00", "after": "1.00", column: value}

    def write() -> None:
        target = fresh(ground)
        made = bare_move("commitment", ground.account("available"), target)
        insider.run(
            "INSERT INTO grants_entry (account_id, n, move_id, amount, before, after, outside)"
            " VALUES (%s, 1, %s, %s::numeric, %s::numeric, %s::numeric, false)",
            target,
            made,
            *columns.values(),
        )

    assert attempt(write) in {
        "0A000",
        "22003",
        "entry_adds_up",
        "entry_first_from_nought",
        f"entry_{column}_is_a_sum",
    }


def test_half_pennies_do_not_add_up_to_more(ground: Ground) -> None:
    """0.005 is a penny on both sides of a move, whatever is written."""
    giver, taker = (ground.account("available", one) for one in (ground.place, ground.second))
    assert attempt(lambda: approved(move("virement", giver, taker, "0.005"))) == ""
    assert grants.balances_of(ground.place)["left"] == "499.99"
    assert grants.balances_of(ground.second)["left"] == "1000.01"
