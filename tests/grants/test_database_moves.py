"""What the database refuses an insider with the application's role: what may move where."""

import pytest

from decisions.models import Decision, OutcomeFigure
from grants.models import Account
from tests.factories import grants, papers
from tests.grants import insider
from tests.grants.insider import Attack, Ground, attempt, bare_move, fresh, line, move, named

pytestmark = pytest.mark.django_db


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
