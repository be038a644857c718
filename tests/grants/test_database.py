"""What the database refuses an insider with the application's role: accounts, moves, statements."""

from collections.abc import Callable

import pytest

from decisions.models import Decision, OutcomeFigure
from grants.models import Account
from tests.factories import grants, papers
from tests.grants import insider
from tests.grants.insider import Ground, attempt, bare_move, entry, line, move

pytestmark = pytest.mark.django_db

Attack = Callable[[Ground], object]


def named(*attacks: tuple[str, Attack, str]) -> pytest.MarkDecorator:
    """Give a test each attack with the constraint that refuses it, under its name."""
    ids = [name for name, *_ in attacks]
    return pytest.mark.parametrize(("attack", "by"), [one[1:] for one in attacks], ids=ids)


def test_an_honest_move_is_let_through(ground: Ground) -> None:
    """The insider's tools themselves are refused nothing."""

    def virement() -> None:
        giver, taker = (ground.account("available", one) for one in (ground.place, ground.second))
        move("virement", giver, taker, "10.00")

    assert attempt(virement) == ""
    assert grants.balances_of(ground.second) == {"left": "1010.00"}


# ---------------------------------------------------------------- accounts


def account(**columns: object) -> None:
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


def fresh(ground: Ground) -> int:
    """Return an account that has no entry: a new commitment's."""
    row = Account(role="committed", allocation=ground.place, figure=ground.place.figure)
    return Account.objects.bulk_create([row])[0].pk


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
    assert attempt(lambda: move("virement", giver, taker, "0.005")) == ""
    assert grants.balances_of(ground.place)["left"] == "499.99"
    assert grants.balances_of(ground.second)["left"] == "1000.01"


# ---------------------------------------------------------------- what may move where


def opening(ground: Ground, number: str, position: int = 0, amount: str = "100.00") -> None:
    """Open a sum out of the funder's own account."""
    figure = ground.figure(number, position)
    row = Account(role="authority", figure_id=figure)
    target = Account.objects.bulk_create([row])[0].pk
    move("opening", ground.account("outside"), target, amount, opens=figure)


def drawing(ground: Ground, number: str, source: int, amount: str = "100.00") -> None:
    """Open a sum out of another."""
    figure = ground.figure(number)
    row = Account(role="authority", figure_id=figure)
    target = Account.objects.bulk_create([row])[0].pk
    move("sub_allocation", source, target, amount, opens=figure)


def again(ground: Ground) -> None:
    """Open a sum a second time."""
    figure = ground.place.figure_id
    outside, authority = ground.account("outside"), ground.account("authority")
    move("opening", outside, authority, "1200000.00", opens=figure)


def under(ground: Ground, figure: int) -> None:
    """Open the first sum into the authority of another."""
    target = Account.objects.bulk_create([Account(role="authority", figure_id=figure)])[0].pk
    move("opening", ground.account("outside"), target, "1200000.00", opens=ground.place.figure_id)


OPENINGS: list[tuple[str, Attack, str]] = [
    ("twice", again, "grants_move_opens_id_key"),
    (
        "with a penny more",
        lambda g: opening(g, "4", amount="100.01"),
        "move_opens_just_what_was_decided",
    ),
    (
        "with less",
        lambda g: opening(g, "4", amount="99.99"),
        "move_opens_just_what_was_decided",
    ),
    ("of a bid", lambda g: opening(g, "3"), "move_opens_only_authority"),
    (
        "of a component",
        lambda g: opening(g, "5", 1, "40.00"),
        "move_opens_only_authority",
    ),
    ("of a drawn sum, from outside", lambda g: opening(g, "2"), "move_opens_only_authority"),
    (
        "of a sum that is not drawn, out of another",
        lambda g: drawing(g, "4", g.account("available")),
        "move_opens_only_authority",
    ),
    (
        "of a drawn sum, out of another than it is drawn from",
        lambda g: drawing(g, "2", g.account("available", g.foreign)),
        "move_opens_only_authority",
    ),
    ("into another's authority", lambda g: under(g, g.figure("4")), "move_opens_only_authority"),
    (
        "of nothing",
        lambda g: move("opening", g.account("outside"), g.account("authority"), "1.00"),
        "move_opens_a_sum_decided",
    ),
]


@named(*OPENINGS)
def test_no_authority_opens_but_what_was_decided(ground: Ground, attack: Attack, by: str) -> None:
    assert attempt(lambda: attack(ground)) == by


def test_a_drawn_sum_opens_out_of_its_source(ground: Ground) -> None:
    assert attempt(lambda: drawing(ground, "2", ground.account("available"))) == ""
    assert grants.balances_of(ground.place)["passed_on"] == "100.00"


@pytest.mark.parametrize("number", ["6", "7"], ids=["rejected", "deferred"])
def test_what_was_not_approved_has_no_sum_to_open(mixed: Decision, number: str) -> None:
    assert grants.figures_of(mixed, number) == []


@pytest.mark.parametrize("number", ["6", "7"], ids=["rejected", "deferred"])
def test_no_sum_is_given_to_what_was_not_approved(mixed: Decision, number: str) -> None:
    row = mixed.recommendations.get(number=number)
    outcome, figure = row.outcomes.get(), row.figures.get()
    made = OutcomeFigure(outcome=outcome, figure=figure, amount=figure.amount, up_to=True)
    refused = attempt(lambda: OutcomeFigure.objects.bulk_create([made]))
    assert refused == "outcomefigure_of_same_recommendation"


def test_a_decision_published_elsewhere_opens_nothing(mixed: Decision) -> None:
    elsewhere = papers.from_elsewhere()
    assert not OutcomeFigure.objects.filter(outcome__recommendation__decision=elsewhere).exists()


def reversal(ground: Ground, source: str, target: str, amount: str, reverses: int) -> int:
    return move(
        "reversal", ground.account(source), ground.account(target), amount, reverses=reverses
    )


MOVES: list[tuple[str, Attack, str]] = [
    (
        "allocated under another's authority",
        lambda g: move("allocation", g.account("authority"), g.account("available", g.foreign)),
        "move_within_one_authority",
    ),
    (
        "allocated again",
        lambda g: move("allocation", g.account("authority"), g.account("available")),
        "move_allocates_once",
    ),
    (
        "vired to another's authority",
        lambda g: move("virement", g.account("available"), g.account("available", g.foreign)),
        "move_within_one_authority",
    ),
    (
        "spent out of another allocation",
        lambda g: move("spend", g.account("available"), g.account("used", g.second)),
        "move_within_one_allocation",
    ),
    (
        "spent outside",
        lambda g: move("spend", g.account("available"), g.account("outside")),
        "move_within_one_allocation",
    ),
    (
        "spent from outside",
        lambda g: move("spend", g.account("outside"), g.account("used")),
        "move_within_one_allocation",
    ),
    (
        "spent from what waits",
        lambda g: move("spend", g.account("awaiting"), g.account("used")),
        "move_within_one_allocation",
    ),
    (
        "allocated from outside",
        lambda g: move("allocation", g.account("outside"), g.account("available")),
        "move_within_one_authority",
    ),
    (
        "released to another allocation",
        lambda g: move("release", g.order.account_id, g.account("available", g.second)),
        "move_within_one_allocation",
    ),
    (
        "released from what is paid",
        lambda g: move("release", g.account("used"), g.account("available")),
        "move_permitted",
    ),
    (
        "to itself",
        lambda g: move("virement", g.account("available"), g.account("available")),
        "move_between_two_accounts",
    ),
    (
        "reversed another way",
        lambda g: reversal(g, "used", "committed", "100.00", g.paid.move_id),
        "move_reverses_the_way_it_came",
    ),
    (
        "reversed by another sum",
        lambda g: reversal(g, "used", "available", "99.99", g.paid.move_id),
        "move_reverses_the_way_it_came",
    ),
    (
        "reversed, though nothing is named",
        lambda g: move("reversal", g.account("used"), g.account("available")),
        "move_reverses_a_move",
    ),
    (
        "spent without a line",
        lambda g: move("spend", g.account("available"), g.account("used")),
        "move_has_its_line",
    ),
    (
        "committed without a line",
        lambda g: move("commitment", g.account("available"), fresh(g)),
        "move_has_its_line",
    ),
    (
        "reversed without a line",
        lambda g: reversal(g, "used", "available", "100.00", g.paid.move_id),
        "move_has_its_line",
    ),
    (
        "waiting without a line",
        lambda g: move("awaiting", g.account("outside"), g.account("awaiting")),
        "move_has_its_line",
    ),
]


@named(*MOVES)
def test_no_sum_moves_where_it_may_not(ground: Ground, attack: Attack, by: str) -> None:
    assert attempt(lambda: attack(ground)) == by


def test_a_spend_is_not_reversed_twice(ground: Ground) -> None:
    grants_reversed(ground)
    refused = attempt(lambda: reversal(ground, "used", "available", "100.00", ground.paid.move_id))
    assert refused == "grants_move_reverses_id_key"


def grants_reversed(ground: Ground) -> None:
    """Reverse what was paid."""

    def write() -> None:
        made = reversal(ground, "used", "available", "100.00", ground.paid.move_id)
        line(ground.place, ground.account("used"), made, "100.00", reverses=ground.paid)

    assert attempt(write) == ""


def test_a_role_is_not_lent_to_another_account(ground: Ground) -> None:
    def write() -> None:
        bare_move("spend", ground.account("available"), fresh(ground), target_role="used")

    assert attempt(write) == "move_target_role_as_its_account"


REVOKED: dict[str, Attack] = {
    "opened": lambda g: opening(g, "4"),
    "drawn": lambda g: drawing(g, "2", g.account("available")),
    "vired": lambda g: move("virement", g.account("available"), g.account("available", g.second)),
    "spent": lambda g: move("spend", g.account("available"), g.account("used")),
    "spent out of a commitment": lambda g: move("spend", g.order.account_id, g.account("used")),
}


@pytest.mark.parametrize("attack", REVOKED.values(), ids=REVOKED)
def test_nothing_new_moves_under_a_revoked_decision(ground: Ground, attack: Attack) -> None:
    grants.revoked(ground.decision)
    assert attempt(lambda: attack(ground)) == "move_under_a_decision_in_force"


def test_a_revocation_is_not_taken_back(ground: Ground) -> None:
    grants.revoked(ground.decision)
    sql = "UPDATE decisions_decision SET revoked_on = NULL WHERE id = %s"
    assert attempt(lambda: insider.run(sql, ground.decision.pk)) == "decision_revoked_on_kept"
