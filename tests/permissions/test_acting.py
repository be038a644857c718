"""Who may act on a decision by which form, in each of its states.

Every other attempt changes nothing, and the ledger says that it was refused. Each form is sent
wherever it acts, and to one refusal in three (test_looking meets every one).
"""

import pytest

from tests.factories.lasting import settle, undone
from tests.permissions.cast import NAMES
from tests.permissions.decision_tables import ACTS, EDIT, MOVES
from tests.permissions.forms import address, form
from tests.permissions.shown_tables import SHOWN
from tests.permissions.tables import Table, acted, head, read_tables, shown
from tests.permissions.world import World

pytestmark = pytest.mark.django_db

MOVING = [
    *("item_move:sections", "item_move:paragraphs", "item_move:recommendations"),
    *("item_move:papers", "paragraph_join", "decision_renumber"),
]
EXPECTED: dict[str, Table] = {
    **read_tables({**SHOWN, **ACTS, "decision_edit": EDIT}, NAMES, by_form=True),
    **read_tables({" ".join(MOVING): MOVES}, NAMES, by_form=True),
}


def attempt(world: World, name: str, who: str, letter: str) -> str:
    """Return what came of it when somebody sent the form about a decision, and undo it."""
    decision, client = world.decisions[letter], world.clients[who]
    user = world.users.get(who)
    with undone():
        typed = form(name, world, decision, client)
        before = head()
        answer = client.post(address(name, decision), typed)
        settle()
        return acted(answer, before, str(user.pk) if user else "")


@pytest.mark.parametrize("name", EXPECTED)
def test_a_form_acts_for_just_those_who_may(world: World, name: str) -> None:
    found = {
        who: {letter: attempt(world, name, who, letter) for letter in cells}
        for who, cells in EXPECTED[name].items()
    }
    assert shown(found) == shown(EXPECTED[name])


ROWS = [
    *("section_edit", "paragraph_new", "paragraph_edit", "recommendation_edit"),
    *("paragraph_split", "paragraph_place", "item_restore:sections", "item_restore:paragraphs"),
    *("item_remove:sections", "item_remove:paragraphs", "item_remove:recommendations"),
    *("item_remove:exemptions", "item_remove:links", "item_remove:papers", *MOVING[:-1]),
]


@pytest.mark.parametrize("name", ROWS)
def test_no_row_of_another_paper_is_reached(world: World, name: str) -> None:
    own, other = world.decisions["D"], world.decisions["I"]
    place = address(name, own, of=other)
    assert world.clients["author"].post(place, {}).status_code == 404
