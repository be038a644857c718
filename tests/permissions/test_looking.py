"""Who may look at which page about a decision, in each of its states."""

import pytest

from tests.permissions.cast import NAMES
from tests.permissions.decision_tables import ACTS, EDIT, MOVES, SHOWN
from tests.permissions.forms import address
from tests.permissions.tables import (
    Table,
    looked,
    read_table,
    read_tables,
    shown,
    with_looks,
)
from tests.permissions.world import World

pytestmark = pytest.mark.django_db

EXPECTED: dict[str, Table] = {
    **read_tables(SHOWN, NAMES),
    **{name: with_looks(table) for name, table in read_tables(ACTS, NAMES).items()},
    "decision_edit": read_table(EDIT, NAMES),
}


def looks(world: World, name: str) -> Table:
    """Return what everybody is answered who looks at a page, in every state."""
    return {
        who: {
            letter: looked(world.clients[who].get(address(name, world.decisions[letter])))
            for letter in cells
        }
        for who, cells in EXPECTED[name].items()
    }


@pytest.mark.parametrize("name", EXPECTED)
def test_a_page_opens_to_just_those_who_may_look(world: World, name: str) -> None:
    assert shown(looks(world, name)) == shown(EXPECTED[name])


@pytest.mark.parametrize("name", ["item_move:sections"])
def test_moving_has_no_page(world: World, name: str) -> None:
    for who in read_table(MOVES, NAMES):
        answer = world.clients[who].get(address(name, world.decisions["D"]))
        assert answer.status_code == 405
