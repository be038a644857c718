"""Supporting papers, handing over, and the next number, on the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from decisions.models import Decision, NumberGap, Series
from tests.factories import papers
from tests.factories.people import a_governance_officer, an_adviser, an_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


def add_paper(decision: Decision, part: str = "1") -> Client:
    """Add a supporting paper as the officer does, and return the officer's client."""
    client = client_of(decision.originating_officer)
    exemption = decision.exemptions.first()
    form = {
        "title": "Business case",
        "file": SimpleUploadedFile("case.txt", b"The case."),
        "form_key": papers.a_key(),
        "part": part,
        "exemption": str(exemption.pk) if exemption and part == "2" else "",
    }
    client.post(f"/decisions/{decision.slug}/edit/papers/new/", form)
    return client


def test_a_supporting_paper_is_kept_as_it_was_added() -> None:
    draft = papers.a_draft()
    client = add_paper(draft)
    paper = draft.supporting_papers.get()
    answer = client.get(f"/decisions/{draft.slug}/papers/{paper.pk}/")
    assert answer.content == b"The case."
    assert answer["Content-Disposition"] == 'attachment; filename="case.txt"'


def test_a_supporting_paper_of_part_2_is_a_reading() -> None:
    draft = papers.with_part_2(papers.a_draft())
    client = add_paper(draft, part="2")
    before = papers.payloads().count("decisions.part_2.read")
    client.get(f"/decisions/{draft.slug}/papers/{draft.supporting_papers.get().pk}/")
    assert papers.payloads().count("decisions.part_2.read") == before + 1


def test_a_supporting_paper_is_removed() -> None:
    draft = papers.a_draft()
    client = add_paper(draft)
    place = f"/decisions/{draft.slug}/edit/papers/{draft.supporting_papers.get().pk}/remove/"
    client.post(place, {"form_key": papers.a_key()})
    assert not draft.supporting_papers.exists()


def test_the_governance_officer_hands_a_paper_over() -> None:
    decision, second = papers.submitted(), an_officer("second")
    client = client_of(a_governance_officer())
    client.post(f"/decisions/{decision.slug}/hand-over/", {"to": second.pk})
    assert papers.again(decision).originating_officer == second


def test_an_adviser_hands_nothing_over() -> None:
    decision = papers.submitted()
    answer = client_of(an_adviser()).get(f"/decisions/{decision.slug}/hand-over/")
    assert answer.status_code == 403


def test_numbers_passed_over_are_kept_with_their_reason() -> None:
    papers.a_series()
    client = client_of(a_governance_officer())
    form = {"number": "730", "reason": "726 to 729 were printed elsewhere."}
    client.post("/decisions/series/pcd/number/", form)
    assert Series.objects.get(code="PCD").next_number == 730
    assert str(NumberGap.objects.get()) == "PCD 726 to 729"


def test_a_number_given_before_is_refused_in_words() -> None:
    papers.submitted()
    client = client_of(a_governance_officer())
    answer = client.post("/decisions/series/pcd/number/", {"number": "726", "reason": "Again."})
    assert "numbers are never used twice" in answer.content.decode()
