"""Part 2: who reads it, and that each reading is on the ledger before a byte is shown."""

import pytest
from django.test import Client

from audit.models import LedgerEntry
from tests.factories.lasting import undone
from tests.permissions.cast import NAMES
from tests.permissions.decision_tables import RESTRICTED
from tests.permissions.forms import address
from tests.permissions.tables import READ, REFUSED, head, looked, read_table, share, shown
from tests.permissions.world import World

pytestmark = pytest.mark.django_db

EXPECTED = {
    name: read_table(text, NAMES) for names, text in RESTRICTED.items() for name in names.split()
}
# A form is answered as a look is: it is sent to one cell in three, always others.
SENT = {name: share(table, turn, 3) for turn, (name, table) in enumerate(EXPECTED.items())}
ASKED = {"GET": EXPECTED, "POST": SENT}
CELLS = {(".", READ): "p", ("-", REFUSED): "h", ("-", ""): "-", (">", ""): ">"}


def read(client: Client, place: str, method: str) -> str:
    """Return the cell of a reading: what was answered, and what the ledger says of it."""
    with undone():
        before = head()
        answer = client.generic(method, place)
        entries = LedgerEntry.objects.filter(seq__gt=before).values_list("event", flat=True)
        return CELLS.get((looked(answer), " ".join(entries)), "!")


@pytest.mark.parametrize("method", ASKED)
@pytest.mark.parametrize("name", EXPECTED)
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
