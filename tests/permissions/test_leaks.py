"""No word, sum or digest of Part 2 reaches anybody without the right to it, by any way.

Every field that can be Part 2 holds a marker of its own (planted.py). The same hunt, by somebody
who has the right and in the restricted documents, finds them: so it can fail.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from audit.exporters.ledger import export_lines
from audit.models import LedgerPayload
from decisions.actions import document_store
from decisions.actions.mailing import message_of, remind
from decisions.models import Decision, Mail
from tests.factories.lasting import settle, undone
from tests.permissions import cast, planted, restricted
from tests.permissions.forms import address
from tests.permissions.hunt import (
    Heard,
    about,
    about_none,
    documents,
    found_in,
    inside,
    listening,
    whole,
)
from tests.permissions.restricted import INTERNAL, SUMS, WORD, marker
from tests.permissions.world import World

pytestmark = pytest.mark.django_db

WITHOUT_RIGHT = ["second", "finance", "approver", "cfo", "admin", "former", "closed", "anyone"]
PUBLIC = ["published", "on paper", "taken down"]
SHOWN = ["Section.heading", "Paragraph.text", "Paragraph under it", "Recommendation.text"]
SHOWN += ["Recommendation under it", "RecommendationOutcome.words", "Condition.text"]
SHOWN += ["RuleAnswer.words", "RevisedItem.new", "SupportingPaper.title"]
ORGANISATIONS = {WORD}  # the register knows them, and the audit trail says so to its readers


@dataclass
class Planted(World):
    """Everybody, the papers, and what was logged since they were begun."""

    heard: Heard


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Planted]:
    """Return a world with markers in all that is Part 2, and what was logged meanwhile."""
    with django_db_blocker.unblock(), undone(), listening() as heard:
        users = cast.everybody()
        decisions = planted.papers_of_every_kind()
        settle()
        yield Planted(users, cast.clients(users), decisions, heard)


def turn(who: str, places: list[str], of: int) -> list[str]:
    """Return where somebody looks: one place in so many, by turns with the others."""
    return places[WITHOUT_RIGHT.index(who) % of :: of]


def of_all(world: Planted) -> list[str]:
    return [place for one in world.decisions.values() for place in about(one)]


def leaks(client: Client, places: list[str], method: str = "GET") -> dict[str, set[str]]:
    """Return what is hunted and found, by place."""
    found = {place: found_in(whole(client, place, method)) for place in places}
    return {place: words for place, words in found.items() if words}


def test_every_field_that_can_be_part_2_holds_a_marker(world: Planted) -> None:
    assert planted.unmarked() == []


def test_what_is_typed_and_not_saved_is_stored_so_that_nobody_reads_it(world: Planted) -> None:
    assert planted.is_kept_closed()


@pytest.mark.parametrize("who", WITHOUT_RIGHT)
def test_no_page_about_a_decision_gives_part_2_away(world: Planted, who: str) -> None:
    assert leaks(world.clients[who], turn(who, of_all(world), 4)) == {}


@pytest.mark.parametrize("who", WITHOUT_RIGHT)
def test_no_other_page_gives_part_2_away(world: Planted, who: str) -> None:
    places = about_none([*world.decisions.values()], world.users["maker"])
    assert leaks(world.clients[who], places) == {}


@pytest.mark.parametrize("who", WITHOUT_RIGHT)
def test_no_answer_to_a_form_gives_part_2_away(world: Planted, who: str) -> None:
    assert leaks(world.clients[who], turn(who, of_all(world), 8), "POST") == {}


def test_the_same_hunt_finds_markers_where_there_is_a_right(world: Planted) -> None:
    places = [
        address(name, world.decisions["published"])
        for name in ("decision_part_2", "decision_restricted_document", "condition_detail")
    ]
    found = {word for words in leaks(world.clients["auditor"], places).values() for word in words}
    assert [name for name in SHOWN if marker(name) not in found] == []
    assert {"54,127", "61,113", "17 july 2033"} <= found


def test_nothing_that_offices_write_for_themselves_is_public(world: Planted) -> None:
    places = [place for name in PUBLIC for place in about(world.decisions[name])]
    anyone = world.clients["anyone"]
    assert {place for place in places if found_in(whole(anyone, place), INTERNAL)} == set()


def test_the_search_index_holds_nothing_of_part_2(world: Planted) -> None:
    words = planted.indexed()
    assert "counti" in words
    assert found_in(words.encode()) == set()


@pytest.mark.parametrize("who", cast.NAMES)
@pytest.mark.parametrize("place", ["/decisions/", "/register/"])
def test_a_search_for_words_of_part_2_is_answered_as_nonsense_is(
    world: Planted, who: str, place: str
) -> None:
    nonsense = world.clients[who].get(place, {"q": "xyzzy"}).content.decode()
    for words in (marker("Paragraph.text"), f'"{WORD} one limited"', SUMS[0], SUMS[1]):
        page = world.clients[who].get(place, {"q": words}).content.decode()
        assert not any(one.title in page for one in world.decisions.values())
        assert page.count("<") == nonsense.count("<")


@pytest.mark.parametrize("name", PUBLIC)
def test_the_public_documents_hold_nothing_of_part_2(world: Planted, name: str) -> None:
    files = documents(world.decisions[name])
    assert files
    assert [found_in(file) for file in files] == [set() for _ in files]


def test_the_hunt_looks_into_documents(world: Planted) -> None:
    """Its strings as well as its streams: a bookmark is neither text nor plain bytes."""
    within = inside(documents(world.decisions["published"])[0])
    assert "1200000.00" in within
    assert "Financial comments" in within
    assert "register-checkpoint" in within


def check(data: bytes, client: Client) -> Any:
    return client.post("/check/", {"file": SimpleUploadedFile("decision.pdf", data)})


@pytest.mark.parametrize("is_restricted", [False, True])
def test_checking_a_document_gives_nothing_away(world: Planted, *, is_restricted: bool) -> None:
    decision = world.decisions["published"]
    issued = decision.documents.restricted() if is_restricted else decision.documents.public()
    for document in issued:
        answer = check(document_store().get(document.sha256), world.clients["anyone"])
        assert answer.status_code == 200
        assert found_in(answer.content) == set()


def test_checking_a_restricted_scan_gives_nothing_away(world: Planted) -> None:
    assert found_in(check(planted.SCAN, world.clients["anyone"]).content) == set()


def test_no_mail_says_a_word_of_a_paper(world: Planted) -> None:
    remind()
    messages = [bytes(message_of(one).message()) for one in Mail.objects.all()]
    assert len(messages) > 5
    hunted = [found_in(one) | found_in(one, INTERNAL) for one in messages]
    assert [found for found in hunted if found] == []


def test_the_audit_trail_says_no_word_of_part_2(world: Planted) -> None:
    told = [row.payload for row in LedgerPayload.objects.all()]
    assert {row[:200] for row in told if found_in(row.encode()) - ORGANISATIONS} == set()


def test_an_export_of_the_audit_trail_says_no_word_of_part_2(world: Planted) -> None:
    lines = [*export_lines()]
    assert any('"kind":"checkpoint"' in line for line in lines)
    assert {one[:200] for one in lines if found_in(one.encode()) - ORGANISATIONS} == set()


# After the tests above, so that what their pages logged is heard too.


def test_nothing_of_part_2_was_logged(world: Planted) -> None:
    assert any("Not Found: /decisions/" in line for line in world.heard.lines)
    assert [line for line in world.heard.lines if found_in(line.encode())] == []


def failing(world: Planted, settings: Any) -> Any:
    """Look at a page at which the database refuses a row of Part 2."""
    settings.ROOT_URLCONF = "tests.permissions.failing"
    client = world.clients["second"]
    client.raise_request_exception = False
    with undone():
        return client.get("/failing/")


def test_a_page_that_fails_says_nothing_of_the_row_that_was_refused(
    world: Planted, settings: Any
) -> None:
    answer = failing(world, settings)
    assert answer.status_code == 500
    assert found_in(answer.content) == set()


def test_what_the_database_says_of_a_row_of_part_2_is_not_logged(
    world: Planted, settings: Any
) -> None:
    world.heard.lines.clear()
    failing(world, settings)
    logged = "\n".join(world.heard.lines)
    assert "Traceback" in logged
    assert "paragraph_part_2_has_exemption" in logged
    assert found_in(logged.encode()) == set()


def test_the_hunt_hears_what_is_logged(world: Planted) -> None:
    logging.getLogger("anything").warning("It says %s.", marker("Paragraph.text"))
    assert found_in(world.heard.lines.pop().encode()) == {marker("Paragraph.text")}


def test_deciding_on_a_sum_of_part_2_is_a_reading(world: Planted) -> None:
    """The sheet shows the sum, so the reading is on the ledger before it is shown."""
    reads = LedgerPayload.objects.filter(payload__contains="decisions.part_2.read")
    decision: Decision = restricted.an_endorsed_paper()
    before = reads.count()
    page = world.clients["maker"].get(address("decision_decide", decision)).content.decode()
    assert "72,117" in page
    assert reads.count() == before + 1
