"""Who may look at which page about a decision, in each of its states.

Of Part 2: that each reading is on the ledger before a byte is shown. It is here, and not in a
module of its own, because a world takes longer to make than all its pages to read.
"""

import pytest
from django.test import Client

from audit.models import LedgerEntry
from tests.factories.lasting import undone
from tests.permissions.cast import NAMES
from tests.permissions.decision_tables import ACTS, EDIT, MOVES
from tests.permissions.forms import address
from tests.permissions.shown_tables import RESTRICTED, SHOWN
from tests.permissions.tables import (
    READ,
    REFUSED,
    Table,
    head,
    lines,
    looked,
    read_table,
    read_tables,
    readable_tables,
    share,
    shown,
    with_looks,
)
from tests.permissions.world import World

pytestmark = pytest.mark.django_db

TABLES = {**SHOWN, **ACTS, "decision_edit": EDIT}
SHARED = read_tables(TABLES, NAMES, by_form=False)
EXPECTED: dict[str, Table] = {name: with_looks(table) for name, table in SHARED.items()}
READABLE = readable_tables(RESTRICTED, NAMES)
# A form is answered as a look is: it is sent to one cell in three, always others.
SENT = {name: share(table, turn, 3) for turn, (name, table) in enumerate(READABLE.items())}
ASKED = {"GET": READABLE, "POST": SENT}
CELLS = {(".", READ): "p", ("-", REFUSED): "h", ("-", ""): "-", (">", ""): ">"}


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


@pytest.mark.parametrize("names", [*TABLES, *RESTRICTED])
def test_every_cell_as_it_is_written_is_looked_at(names: str) -> None:
    looked_at = {**EXPECTED, **READABLE}
    missed = [
        (people, column)
        for people, cells in lines({**TABLES, **RESTRICTED}[names])
        for column in cells
        if not any(column in looked_at[name][who] for name in names.split() for who in people)
    ]
    assert missed == []


@pytest.mark.parametrize("name", ["item_move:sections", "paragraph_join", "decision_renumber"])
def test_moving_has_no_page(world: World, name: str) -> None:
    for who in read_table(MOVES, NAMES):
        answer = world.clients[who].get(address(name, world.decisions["D"]))
        assert answer.status_code == 405


def read(client: Client, place: str, method: str) -> str:
    """Return the cell of a reading: what was answered, and what the ledger says of it."""
    with undone():
        before = head()
        answer = client.generic(method, place)
        entries = LedgerEntry.objects.filter(seq__gt=before).values_list("event", flat=True)
        return CELLS.get((looked(answer), " ".join(entries)), "!")


@pytest.mark.parametrize("method", ASKED)
@pytest.mark.parametrize("name", READABLE)
def test_part_2_opens_to_those_who_may_and_every_reading_is_recorded(
    world: World, name: str, method: str
) -> None:
    found = {
        who: {
            letter: read(world.clients[who], address(name, world.decisions[letter]), method)
            for letter in cells
        }
        for who, cells in ASKED[method][name].items()
    }
    assert shown(found) == shown(ASKED[method][name])


@pytest.mark.parametrize("name", ["decision_edit"])
@pytest.mark.parametrize("letter", ["D", "I", "V", "C"])
def test_writing_beside_part_2_is_a_reading_too(world: World, name: str, letter: str) -> None:
    place = address(name, world.decisions[letter])
    assert read(world.clients["author"], place, "GET") == "p"


def test_editing_a_paragraph_of_part_2_is_a_reading(world: World) -> None:
    decision = world.decisions["I"]
    paragraph = decision.sections.get(number="2").paragraphs.get(part=2)
    place = f"/decisions/{decision.slug}/edit/paragraphs/{paragraph.pk}/"
    assert read(world.clients["author"], place, "GET") == "p"
