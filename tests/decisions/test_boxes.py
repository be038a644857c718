"""The box: ordered and printed by the private office, which decides nothing."""

from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from accounts.models import Role, User
from accounts.refusals import NotPermitted
from audit import clock
from audit.models import LedgerEntry
from audit.refusals import Refused
from decisions import actions
from decisions.actions import OutcomeWords
from decisions.models import Decision, in_box
from tests.factories import papers
from tests.factories.people import a_decision_maker, a_person
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _papers(lasting: None) -> None:
    """Three papers that await decision, the last with a Part 2, for the whole module."""
    papers.endorsed(papers.a_draft("One"))
    papers.endorsed(papers.a_draft("Two"))
    papers.endorsed(papers.with_part_2(papers.a_draft("Three")))


def private() -> User:
    return a_person("private", Role.PRIVATE_OFFICE)


def paper(title: str) -> Decision:
    return Decision.objects.get(title=title)


def order() -> list[str]:
    return [each.title for each in in_box()]


def test_the_box_is_in_the_order_of_waiting_until_it_is_ordered() -> None:
    assert order() == ["One", "Two", "Three"]
    actions.move_in_box(decision=paper("Three"), position=1, by=private())
    assert order() == ["Three", "One", "Two"]


def test_only_the_private_office_orders_the_box() -> None:
    maker, one = a_decision_maker(), paper("One")
    with pytest.raises(NotPermitted):
        actions.move_in_box(decision=one, position=2, by=maker)


def test_what_does_not_await_decision_is_not_in_the_box() -> None:
    draft, by = papers.a_draft("Draft"), private()
    with pytest.raises(Refused, match="not in the box"):
        actions.note_in_box(decision=draft, note="x", by=by)


def test_the_words_of_a_note_stay_off_the_ledger() -> None:
    actions.note_in_box(decision=paper("One"), note="Ask about the wombats.", by=private())
    assert "wombats" not in papers.payloads()


def test_moving_and_noting_on_the_pages() -> None:
    client = client_of(private())
    assert client.post("/box/pcd-726/move/", {"down": ""}).status_code == 302
    client.post("/box/pcd-726/note/", {"note": "Ask about the wombats."})
    page = client.get("/box/").content.decode()
    assert page.index('id="pcd-727"') < page.index('id="pcd-726"')
    assert "Ask about the wombats." in page


def test_the_private_office_has_no_way_to_decide() -> None:
    client = client_of(private())
    assert "/decide/" not in client.get("/box/").content.decode()
    assert client.post("/decisions/pcd-726/decide/", {}).status_code == 403


def test_the_pack_says_who_printed_it_and_holds_part_1_alone() -> None:
    page = client_of(private()).get("/box/pack/").content.decode()
    assert "Printed by Private," in page
    assert papers.SECRET not in page
    assert LedgerEntry.objects.filter(event="decisions.box.printed").count() == 1


def words_of_file(query: str = "") -> str:
    data = client_of(private()).get(f"/box/pack/file/{query}").content
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split()
    )


def test_the_pack_as_a_file_says_that_it_is_not_signed_and_holds_part_1_alone() -> None:
    words = words_of_file()
    assert "Nothing in it is signed" in words
    assert "Pack for reading, not signed. Printed by Private" in words
    assert [papers.SECRET in words, "Paper 3: PCD 728" in words] == [False, True]


def test_a_file_without_part_2_says_that_there_is_one() -> None:
    assert words_of_file().count("This paper has a Part 2, which is left out here.") == 1


def test_what_was_decided_at_an_earlier_sitting_stands_in_the_file() -> None:
    decision = papers.endorsed(papers.with_drawn_sum(papers.a_draft("Two sittings")))
    first, second = actions.undecided(decision)
    until = clock.today() + timedelta(days=30)
    outcomes = [OutcomeWords(first, "approved"), OutcomeWords(second, "deferred", until=until)]
    papers.decide(decision, outcomes=outcomes)
    words = words_of_file()
    assert "Decided before" in words
    assert "Recommendation 1: Approved" in words


def test_a_file_with_part_2_says_so_and_each_reading_is_recorded() -> None:
    words = words_of_file("?part_2=1")
    assert papers.SECRET in words
    assert "RESTRICTED: PART 2" in words
    assert LedgerEntry.objects.filter(event="decisions.part_2.read").count() == 1


def test_part_2_is_in_the_pack_when_asked_for_and_each_reading_is_recorded() -> None:
    page = client_of(private()).get("/box/pack/?part_2=1").content.decode()
    assert papers.SECRET in page
    readings = LedgerEntry.objects.filter(event="decisions.part_2.read")
    assert [each.subject_reference for each in readings] == ["PCD 728"]
