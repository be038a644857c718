"""Drafts on paper: marked so on every page, never like a signed document, Part 2 on demand."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from pypdf import PdfReader

from accounts.models import User
from decisions import actions
from decisions.models import Decision
from tests.factories import afterwards, papers
from tests.factories.people import an_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


def a_long_draft() -> Decision:
    """Make a draft with Part 2, of several pages."""
    draft = papers.with_part_2(papers.a_draft())
    officer, section = an_officer(), draft.sections.get(number="1")
    for _ in range(12):
        text = "What is to be said, at length. " * 30
        actions.add_paragraph(section=section, text=text, by=officer)
    return papers.again(draft)


def printed(decision: Decision, name: str = "draft", by: User | None = None) -> HttpResponse:
    answer = client_of(by or an_officer()).get(f"/decisions/{decision.slug}/{name}.pdf")
    assert isinstance(answer, HttpResponse)
    return answer


def pages(answer: HttpResponse) -> list[str]:
    return [
        " ".join(one.extract_text().split()) for one in PdfReader(BytesIO(answer.content)).pages
    ]


def test_every_page_says_that_it_is_a_draft_of_what_when_and_by_whom() -> None:
    draft = a_long_draft()
    found = pages(printed(draft))
    assert len(found) > 1
    for text in found:
        assert "DRAFT – not signed, and no decision" in text
        assert f"{draft.reference}, not submitted, printed" in text
        assert f"by {an_officer().name}" in text


def test_the_print_of_a_paper_record_says_that_the_decision_was_signed_elsewhere() -> None:
    record = afterwards.a_paper_record()
    text = " ".join(pages(printed(record)))
    assert "NOT CONFIRMED – the decision was signed elsewhere, on paper" in text
    assert "RECORD IN THE MAKING" in text
    assert not re.search("DRAFT|nobody has signed|nothing in it is decided", text)


def test_nothing_of_part_2_is_in_the_open_draft() -> None:
    answer = printed(a_long_draft())
    assert papers.SECRET not in " ".join(pages(answer))
    assert "nothing of it is in this draft" in " ".join(pages(answer))


def test_every_page_of_the_restricted_draft_says_so_too() -> None:
    answer = printed(a_long_draft(), "draft-restricted")
    found = pages(answer)
    assert papers.SECRET in " ".join(found)
    assert all("RESTRICTED: PART 2, exempt under FOIA 2000 s43(2)" in text for text in found)
    assert 'filename="draft-' in answer["Content-Disposition"]
    assert '-draft-restricted.pdf"' in answer["Content-Disposition"]


def test_a_draft_has_no_place_for_a_signature_and_no_mark_of_a_document() -> None:
    answer = printed(papers.submitted())
    reader = PdfReader(BytesIO(answer.content))
    assert reader.get_fields() is None
    assert reader.attachments == {}
    text = " ".join(pages(answer))
    assert "Digitally signed" not in text
    assert "REQUEST FOR" not in text
    assert "Draft of PCD 726, version 1, printed" in text


def test_the_check_page_knows_no_draft() -> None:
    file = SimpleUploadedFile("draft.pdf", printed(papers.submitted()).content)
    page = client_of(an_officer()).post("/check/", {"file": file}).content.decode()
    assert "not a document" in page.lower()


def test_a_paper_that_no_page_can_hold_is_not_printed() -> None:
    draft = papers.a_draft()
    actions.edit_paper(decision=draft, executive_summary="x" * 60_001, by=an_officer())
    client = client_of(an_officer())
    answer = client.get(f"/decisions/{draft.slug}/draft.pdf", follow=True)
    assert "60,001 characters" in answer.content.decode()
