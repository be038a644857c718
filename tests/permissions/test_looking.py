"""Who may look at which page about a decision, in each of its states."""

import pytest

from tests.permissions.cast import NAMES
from tests.permissions.decision_tables import ACTS, EDIT, MOVES, SHOWN
from tests.permissions.forms import address
from tests.permissions.tables import (
    Table,
    lines,
    looked,
    read_table,
    read_tables,
    shown,
    with_looks,
)
from tests.permissions.world import World

pytestmark = pytest.mark.django_db

TABLES = {**SHOWN, **ACTS, "decision_edit": EDIT}
SHARED = read_tables(TABLES, NAMES, by_form=False)
EXPECTED: dict[str, Table] = {name: with_looks(table) for name, table in SHARED.items()}


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


@pytest.mark.parametrize("names", TABLES)
def test_every_cell_as_it_is_written_is_looked_at(names: str) -> None:
    missed = [
        (people, column)
        for people, cells in lines(TABLES[names])
        for column in cells
        if not any(column in EXPECTED[name][who] for name in names.split() for who in people)
    ]
    assert missed == []


@pytest.mark.parametrize("name", ["item_move:sections"])
def test_moving_has_no_page(world: World, name: str) -> None:
    for who in read_table(MOVES, NAMES):
        answer = world.clients[who].get(address(name, world.decisions["D"]))
        assert answer.status_code == 405
