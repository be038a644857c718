"""No word, sum or digest of Part 2 reaches anybody without the right to it, by any way."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader
from pytest_django.plugin import DjangoDbBlocker

from audit.models import LedgerPayload
from decisions.actions import document_store
from tests.factories.lasting import settle, undone
from tests.permissions import cast, restricted
from tests.permissions.conftest import quietly
from tests.permissions.decision_tables import RESTRICTED
from tests.permissions.forms import address
from tests.permissions.restricted import SECRETS, SUMS, WORD
from tests.permissions.test_acting import EXPECTED as ADDRESSES
from tests.permissions.world import World

pytestmark = pytest.mark.django_db

WITHOUT_RIGHT = ["second", "finance", "approver", "cfo", "admin", "former", "closed", "anyone"]
LISTS = ["/", "/decisions/", "/register/", "/register/?q=county", "/decisions/?status=published"]
PLACES = [*ADDRESSES, *(name for names in RESTRICTED for name in names.split())]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Return a world with one paper in two states: changed since it was advised on; published."""
    with django_db_blocker.unblock(), undone(), quietly():
        users = cast.everybody()
        decisions = {
            "changed": restricted.a_restricted_paper(),
            "published": restricted.a_restricted_decision(),
        }
        settle()
        yield World(users, cast.clients(users), decisions)


def found_in(data: bytes) -> list[str]:
    """Return the secrets that bytes hold, whatever the case; a PDF's text and attachments too."""
    text = data.decode(errors="replace")
    if data.startswith(b"%PDF"):
        text += _inside(data)
    return [secret for secret in SECRETS if secret in text.lower()]


def _inside(pdf: bytes) -> str:
    reader = PdfReader(BytesIO(pdf))
    attached = [one for files in reader.attachments.values() for one in files]
    streams = [
        thing.get_data()
        for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())))
        if hasattr(thing := reader.get_object(number), "get_data")
    ]
    texts = [page.extract_text() for page in reader.pages]
    return "\n".join([*texts, *(part.decode(errors="replace") for part in attached + streams)])


def whole(client: Client, place: str, method: str = "GET") -> bytes:
    """Return all that a place answers, headers too."""
    answer = client.generic(method, place)
    return str(answer.headers).encode() + b"".join(answer)


def places(who: str, method: str) -> list[str]:
    """Return where somebody looks, which is everywhere, or sends a form: one place in three."""
    return PLACES if method == "GET" else PLACES[WITHOUT_RIGHT.index(who) % 3 :: 3]


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("who", WITHOUT_RIGHT)
def test_no_page_about_a_decision_gives_part_2_away(world: World, who: str, method: str) -> None:
    leaks = {
        f"{state} {name}": found
        for state, decision in world.decisions.items()
        for name in places(who, method)
        if (found := found_in(whole(world.clients[who], address(name, decision), method)))
    }
    assert leaks == {}


@pytest.mark.parametrize("who", WITHOUT_RIGHT)
def test_no_list_gives_part_2_away(world: World, who: str) -> None:
    leaks = [place for place in LISTS if found_in(whole(world.clients[who], place))]
    assert leaks == []


@pytest.mark.parametrize("words", [WORD, '"quokka limited"', *SUMS[:4]])
@pytest.mark.parametrize("who", cast.NAMES)
def test_nobody_finds_a_paper_by_words_of_its_part_2(world: World, who: str, words: str) -> None:
    for place in ("/decisions/", "/register/"):
        page = world.clients[who].get(place, {"q": words}).content.decode()
        assert not any(one.title in page for one in world.decisions.values())


def test_the_public_document_holds_nothing_of_part_2(world: World) -> None:
    documents = world.decisions["published"].documents.public().all()
    files = [document_store().get(document.sha256) for document in documents]
    assert files
    assert [found_in(file) for file in files] == [[] for _ in files]


def test_the_hunt_looks_into_documents(world: World) -> None:
    document = world.decisions["published"].documents.public().first()
    assert document
    assert "1200000.00" in _inside(document_store().get(document.sha256))


def test_checking_the_document_gives_nothing_away(world: World) -> None:
    document = world.decisions["published"].documents.public().first()
    assert document
    file = SimpleUploadedFile("decision.pdf", document_store().get(document.sha256))
    answer = world.clients["anyone"].post("/check/", {"file": file})
    assert answer.status_code == 200
    assert found_in(answer.content) == []


def test_the_audit_trail_says_no_word_of_part_2(world: World) -> None:
    told = [row.payload for row in LedgerPayload.objects.exclude(payload__contains="organisation.")]
    assert {row[:200] for row in told if found_in(row.encode())} == set()


def test_those_with_the_right_do_read_it(world: World) -> None:
    for state, decision in world.decisions.items():
        place = address("decision_part_2", decision)
        assert WORD in whole(world.clients["auditor"], place).decode().lower(), state


def test_deciding_on_a_sum_of_part_2_is_a_reading(world: World) -> None:
    """The sheet shows the sum, so the reading is on the ledger before it is shown."""
    reads = LedgerPayload.objects.filter(payload__contains="decisions.part_2.read")
    decision = restricted.an_endorsed_paper()
    before = reads.count()
    page = world.clients["maker"].get(address("decision_decide", decision)).content.decode()
    assert "72,117" in page
    assert reads.count() == before + 1
