"""The page *Import a decision*."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse, HttpResponseBase
from django.test import Client

from decisions.actions import record_published
from decisions.importers.reader import read_text
from decisions.models import Decision, Paragraph
from tests.decisions.importers import word_files
from tests.decisions.importers.pages import page
from tests.factories import papers
from tests.factories.people import a_governance_officer, an_adviser, an_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db
ADDRESS = "/decisions/import/"


class Fields(HTMLParser):
    """Collects what a browser would send of the page's forms."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or ""
        kind = given.get("type")
        value = given.get("value") or ("on" if kind == "checkbox" else "")
        if tag == "option" and "selected" in given:
            self.values[self._open] = value
        elif tag in {"select", "textarea"}:
            self._open = name
            self.values[name] = ""
        elif tag == "input" and name and (kind not in {"checkbox", "radio"} or "checked" in given):
            self.values[name] = value

    def handle_endtag(self, tag: str) -> None:
        self._open = "" if tag in {"select", "textarea"} else self._open

    def handle_data(self, data: str) -> None:
        if self._open and not self.get_starttag_text().startswith("<option"):  # type: ignore[union-attr]
            self.values[self._open] += data.removeprefix("\n")


def sent_back(answer: HttpResponseBase, **changes: str) -> dict[str, str]:
    """Return what a person sends who changes some fields of the page and saves it."""
    fields = Fields()
    assert isinstance(answer, HttpResponse)
    fields.feed(answer.content.decode())
    return fields.values | {"keep": "1"} | changes


@pytest.fixture
def officer(db: None) -> Client:
    papers.a_series()
    return client_of(an_officer())


def read(client: Client, text: str | None = None) -> Any:
    """Paste a page and read it."""
    return client.post(ADDRESS, {"text": text or page("numbered")})


def test_a_pasted_page_is_shown_beside_what_was_understood(officer: Client) -> None:
    shown = read(officer).content.decode()
    assert "Please check" not in shown
    assert "National Harbour Crime Desk</div>" in shown
    assert 'value="National Harbour Crime Desk"' in shown
    assert 'value="2,200,000"' in shown


def test_a_text_file_is_read_too(officer: Client) -> None:
    file = SimpleUploadedFile("page.txt", page("numbered").encode("utf-16"))
    answer = officer.post(ADDRESS, {"file": file})
    assert 'value="PCD 9726"' in answer.content.decode()


def test_a_word_document_is_read_too(officer: Client) -> None:
    file = SimpleUploadedFile("paper.docx", word_files.saved(word_files.a_paper()))
    shown = officer.post(ADDRESS, {"file": file}).content.decode()
    assert 'value="PCD 9801"' in shown
    assert "<li>Deleted in Word: four quays.</li>" in shown


def test_what_was_left_out_is_still_listed_when_something_is_wrong(officer: Client) -> None:
    file = SimpleUploadedFile("paper.docx", word_files.saved(word_files.a_paper()))
    sent = sent_back(officer.post(ADDRESS, {"file": file}), date_signed_day="31")
    assert "<li>Deleted in Word: four quays.</li>" in officer.post(ADDRESS, sent).content.decode()


def test_a_word_document_becomes_a_draft(officer: Client) -> None:
    file = SimpleUploadedFile("paper.docx", word_files.saved(word_files.a_paper()))
    officer.post(ADDRESS, sent_back(officer.post(ADDRESS, {"file": file})))
    draft = Decision.objects.get(number=9801)
    assert [row.heading for row in draft.sections.all()] == [
        "Introduction and background",
        "Financial comments",
    ]
    assert [row.number for row in draft.recommendations.all()] == ["1", "2", "2a", "2b"]
    found = Paragraph.objects.filter(section__decision=draft).order_by("section", "position")
    assert [(row.number, row.form) for row in found] == [
        ("1.1", "text"),
        ("1.2", "text"),
        ("", "list"),
        ("2.1", "text"),
        ("", "table"),
        ("2.2", "text"),
    ]
    assert found.get(form="table").text == "Year\tSum\n2019/20\t£300,000\n2020/21\t£100,000"


def test_the_markup_of_a_paste_is_read_before_its_words(officer: Client) -> None:
    sent = {"text": "accept £5m", "markup": "<ol><li>accept £5m</li></ol>"}
    assert "1. accept £5m</div>" in officer.post(ADDRESS, sent).content.decode()


@pytest.mark.parametrize("markup", ["<script>no</script>", "x" * 2_000_001])
def test_markup_without_use_leaves_the_words(officer: Client, markup: str) -> None:
    sent = {"text": "accept £5m", "markup": markup}
    assert "accept £5m</div>" in officer.post(ADDRESS, sent).content.decode()


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({}, "Choose a Word document, or paste the words of a paper"),
        ({"text": "x" * 300_001}, "longer than any decision"),
        ({"file": SimpleUploadedFile("page.pdf", b"%PDF-1.7 x")}, "This is a PDF"),
        ({"file": SimpleUploadedFile("page.txt", b"x" * 1_048_577)}, "larger than 1 MB"),
        ({"file": SimpleUploadedFile("page.txt", b"x" * 300_001)}, "longer than any decision"),
        ({"file": SimpleUploadedFile("a.docx", b"PK\x03\x04" + b"x" * 20 * 1024 * 1024)}, "20 MB"),
        ({"file": SimpleUploadedFile("a.doc", b"\xd0\xcf\x11\xe0")}, "Save as"),
    ],
)
def test_what_cannot_be_read_is_said(officer: Client, sent: dict[str, object], why: str) -> None:
    assert why in officer.post(ADDRESS, sent).content.decode()


def test_what_is_saved_unchanged_is_what_was_understood(officer: Client) -> None:
    answer = officer.post(ADDRESS, sent_back(read(officer)))
    assert answer["Location"] == "/decisions/pcd-9726/edit/"
    draft = Decision.objects.get()
    assert [row.kind for row in draft.recommendations.all()] == [
        "accept",
        "accept",
        "approve_spend",
    ]
    assert draft.recommendations.get(number="3").funded_from == draft.recommendations.get(
        number="2"
    )
    assert draft.recommendations.get(number="1").figures.get().up_to
    paragraphs = [one.number for row in draft.sections.all() for one in row.paragraphs.all()]
    assert paragraphs[:4] == ["1.1", "1.2", "2.1", "3.1"]
    assert draft.exemptions.get().ground == "FOIA 2000 s43(2)"


def test_every_field_can_be_corrected(officer: Client) -> None:
    changes = {
        "reference": "pcd  800",
        "title": "Another title",
        "asked": "She is asked to:",
        "recommendations-0-text": "accept up to £2 million",
        "recommendations-0-kind": "note",
        "recommendations-0-period_end_year": "2021",
        "figures-0-0-amount": "2 million",
        "recommendations-1-DELETE": "on",
        "recommendations-2-funded_from": "1",
        "sections-0-heading": "Beginning",
        "sections-0-paragraphs": "1.1 One.\n\nTwo without a number.",
        "sections-1-DELETE": "on",
        "exemptions": "",
    }
    officer.post(ADDRESS, sent_back(read(officer), **changes))
    draft = Decision.objects.get()
    assert (draft.reference, draft.title) == ("PCD 800", "Another title")
    assert [row.number for row in draft.recommendations.all()] == ["1", "3"]
    assert str(draft.recommendations.get(number="1").figures.get().amount) == "2000000.00"
    assert [one.text for one in draft.sections.get(number="1").paragraphs.all()] == [
        "One.",
        "Two without a number.",
    ]
    assert draft.sections.count() == 6
    assert not draft.exemptions.exists()


def test_what_was_not_found_can_be_added(officer: Client) -> None:
    added = {
        "recommendations-3-text": "note the report",
        "recommendations-3-kind": "note",
        "sections-7-heading": "Risk",
        "sections-7-paragraphs": "8.1 Small.",
    }
    officer.post(ADDRESS, sent_back(read(officer), **added))
    draft = Decision.objects.get()
    assert draft.recommendations.get(number="4").text == "note the report"
    assert draft.sections.get(number="8").heading == "Risk"


def test_nothing_typed_is_lost_when_something_is_wrong() -> None:
    officer = client_of(a_governance_officer())
    changes = {"title": "My own title", "figures-0-0-amount": "much", "date_signed_day": "31"}
    answer = officer.post(ADDRESS, sent_back(read(officer), **changes))
    shown = answer.content.decode()
    assert "Enter a sum in pounds" in shown
    assert "The date must include a month and year" in shown
    assert 'value="My own title"' in shown
    assert 'value="much"' in shown
    assert "Please check 3 things" in shown
    assert not Decision.objects.exists()


def test_a_correction_that_cannot_hold_is_said(officer: Client) -> None:
    changes = {"recommendations-2-funded_from": "9", "recommendations-0-number": "2"}
    shown = officer.post(ADDRESS, sent_back(read(officer), **changes)).content.decode()
    assert "Recommendation 3 names 9, which it cannot." in shown
    assert "Two recommendations have the number 2." in shown


def test_a_refusal_keeps_what_was_typed(officer: Client) -> None:
    answer = officer.post(ADDRESS, sent_back(read(officer), reference="CEOD 03-2021"))
    assert "is numbered anew each year" in answer.content.decode()


def test_a_reference_that_exists_is_said_before_and_opened_after(officer: Client) -> None:
    officer.post(ADDRESS, sent_back(read(officer)))
    again = read(officer)
    assert "is in the register already" in again.content.decode()
    assert officer.post(ADDRESS, sent_back(again))["Location"] == "/decisions/pcd-9726/"
    assert Decision.objects.count() == 1


def test_posted_twice_it_makes_one_draft(officer: Client) -> None:
    sent = sent_back(read(officer), reference="")
    places = {officer.post(ADDRESS, sent)["Location"] for _ in range(2)}
    assert len(places) == Decision.objects.count() == 1


def test_a_governance_officer_records_what_was_published_elsewhere() -> None:
    papers.a_series()
    client = client_of(a_governance_officer())
    answer = read(client)
    assert "As a draft of mine" not in answer.content.decode()
    client.post(ADDRESS, sent_back(answer))
    decision = Decision.objects.get()
    assert (decision.source, decision.status) == ("elsewhere", "published")


def test_the_public_register_says_that_it_was_published_elsewhere() -> None:
    papers.a_series()
    record_published(paper=read_text(page("numbered")), by=a_governance_officer())
    shown = Client().get("/register/").content.decode()
    assert "National Harbour Crime Desk" in shown
    assert "Published elsewhere" in shown


def test_others_are_told_that_they_may_not() -> None:
    papers.a_series()
    answer = client_of(an_adviser()).get(ADDRESS)
    assert answer.status_code == 403
    assert "may import a decision" in answer.content.decode()


def test_a_draft_is_not_said_to_lack_what_only_a_decision_has(officer: Client) -> None:
    text = "Recommendation\nThe DMPC is asked to:\n1. do a thing\n2. do another thing"
    shown = officer.post(ADDRESS, {"text": text}).content.decode()
    assert "does not say when the decision was" not in shown
    assert shown.count("The verb of a recommendation is not known") == 1
