"""Keeping what was read: as a draft, or as published elsewhere."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from accounts.refusals import NotPermitted
from decisions import actions
from decisions.actions.importing import create_draft_from_import, decision_with, record_published
from decisions.imported_paper import ImportedFigure, ImportedKind, ImportedPaper
from decisions.models import Decision, RecommendationKind, Series, latest_version
from decisions.refusals import DecisionRefused
from tests.decisions.importers.pages import paper
from tests.factories import papers
from tests.factories.people import a_governance_officer, a_person, an_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


def the_page(**changes: object) -> ImportedPaper:
    """Read the numbered page; `changes` are corrections."""
    return replace(paper("numbered"), **changes)  # type: ignore[arg-type]


def kept(read: ImportedPaper) -> Decision:
    """Keep a paper as a draft."""
    papers.a_series()
    return create_draft_from_import(paper=read, by=an_officer()).decision


def test_the_kinds_of_the_importer_are_the_kinds_of_the_register() -> None:
    assert {kind.value for kind in ImportedKind} == set(RecommendationKind.values)


def test_a_draft_keeps_its_printed_number_and_words() -> None:
    draft = kept(the_page())
    assert (draft.reference, draft.status, draft.source) == ("PCD 9726", "draft", "here")
    assert draft.title == "National Harbour Crime Desk"
    assert draft.originating_officer == an_officer()
    assert [row.heading for row in draft.sections.all()][2] == "Financial Comments"
    assert [row.ground for row in draft.exemptions.all()] == ["FOIA 2000 s43(2)"]


def test_a_draft_keeps_figures_periods_and_sources() -> None:
    first, _, third = kept(the_page()).recommendations.all()
    figure = first.figures.get()
    assert (figure.amount, figure.up_to, figure.text) == (
        Decimal("2200000.00"),
        True,
        "£2.2 million",
    )
    assert (first.kind, first.period_end) == ("accept", date(2020, 3, 31))
    assert third.funded_from is not None
    assert third.funded_from.number == "2"


def test_a_draft_from_a_page_can_be_submitted_and_keeps_its_number() -> None:
    draft = papers.submitted(kept(the_page()))
    assert (draft.reference, draft.status) == ("PCD 9726", "in_advice")
    assert draft.series.next_number == 726


def test_a_printed_number_is_not_given_again() -> None:
    kept(the_page(reference="PCD 726"))
    assert papers.submitted().reference == "PCD 727"


def test_a_page_without_reference_becomes_a_draft_without_number() -> None:
    assert kept(the_page(reference=None)).reference.startswith("Draft ")


def test_a_reference_that_exists_opens_that_decision() -> None:
    first = kept(the_page())
    again = create_draft_from_import(paper=the_page(title="Another"), by=an_officer())
    assert (again.decision.pk, again.is_new) == (first.pk, False)
    assert Decision.objects.count() == 1
    assert papers.again(first).title == "National Harbour Crime Desk"


def test_recording_a_reference_that_exists_opens_it_too() -> None:
    draft = kept(the_page())
    again = record_published(paper=the_page(), by=a_governance_officer())
    assert (again.decision, again.is_new) == (draft, False)


def test_a_form_posted_twice_makes_one_draft() -> None:
    papers.a_series()
    key = papers.a_key()
    made = [
        create_draft_from_import(paper=the_page(reference=None), form_key=key, by=an_officer())
        for _ in range(2)
    ]
    assert made[0].decision == made[1].decision


def test_a_paper_published_elsewhere_is_never_shown_as_approved_here() -> None:
    papers.a_series()
    read = the_page(date_signed=date(2019, 12, 3), decided_by="The Deputy Mayor")
    decision = record_published(paper=read, by=a_governance_officer()).decision
    assert (decision.status, decision.source) == ("published", "elsewhere")
    assert (decision.date_signed, decision.date_published) == (date(2019, 12, 3), None)
    assert decision.decided_by_text == "The Deputy Mayor"
    assert not decision.approvals.exists()
    assert not decision.documents.exists()
    assert latest_version(decision) is not None


def test_a_paper_published_elsewhere_cannot_be_decided_or_edited() -> None:
    papers.a_series()
    decision = record_published(paper=the_page(), by=an_officer()).decision
    with pytest.raises(NotPermitted, match="elsewhere"):
        actions.edit_paper(decision=decision, title="Other", by=an_officer())


WITH_YEARS = [
    ("CEOD 03-2021", "ceod-03-2021"),
    ("CEOD 12-2021", "ceod-12-2021"),
    ("DMPCD 2016 12", "dmpcd-2016-12"),
    ("DMPCD 2016 107", "dmpcd-2016-107"),
]


@pytest.mark.parametrize(("reference", "slug"), WITH_YEARS)
def test_a_reference_with_a_year_is_kept_and_found(reference: str, slug: str) -> None:
    read = the_page(reference=reference)
    decision = record_published(paper=read, by=a_governance_officer()).decision
    assert (decision.reference, decision.slug) == (reference, slug)
    assert decision_with(reference) == decision
    assert Decision.objects.with_slug(slug).get() == decision


def test_each_year_has_its_own_numbers() -> None:
    for reference in ("CEOD 03-2021", "CEOD 03-2022", "CEOD 03-2021"):
        record_published(paper=the_page(reference=reference), by=a_governance_officer())
    found = sorted(row.reference for row in Decision.objects.all())
    assert found == ["CEOD 03-2021", "CEOD 03-2022"]


def test_the_public_register_shows_a_reference_with_a_year() -> None:
    record_published(paper=the_page(reference="CEOD 03-2021"), by=a_governance_officer())
    page = Client().get("/register/ceod-03-2021/").content.decode()
    assert "CEOD 03-2021" in page


def test_a_paper_links_to_a_reference_with_a_year() -> None:
    record_published(paper=the_page(reference="DMPCD 2016 12"), by=a_governance_officer())
    draft = papers.a_draft()
    typed = {"kind": "continues", "reference": "DMPCD 2016 12"}
    client_of(draft.originating_officer).post(f"/decisions/{draft.slug}/edit/links/new/", typed)
    linked = draft.links.get().to_decision
    assert linked is not None
    assert linked.slug == "dmpcd-2016-12"


def test_a_series_with_years_is_numbered_elsewhere() -> None:
    papers.a_series()
    record_published(paper=the_page(reference="CEOD 03-2021"), by=a_governance_officer())
    assert [row.code for row in Series.objects.numbered_here()] == ["PCD"]
    assert kept(the_page(reference=None)).series.code == "PCD"


@pytest.mark.parametrize(
    ("reference", "why"),
    [
        ("CEOD 03-2021", "numbered anew each year"),
        ("CEOD 7", "has no series CEOD"),
        ("PCD 07/2021", "not a reference of a series"),
    ],
)
def test_a_reference_that_the_register_does_not_number_is_refused(reference: str, why: str) -> None:
    papers.a_series()
    with pytest.raises(DecisionRefused, match=why):
        create_draft_from_import(paper=the_page(reference=reference), by=an_officer())


def test_a_reference_written_as_another_series_writes_them_is_refused() -> None:
    papers.a_series()
    with pytest.raises(DecisionRefused, match="like PCD 726"):
        record_published(paper=the_page(reference="PCD 07-2021"), by=a_governance_officer())


def test_a_paper_corrected_into_nonsense_is_refused_with_every_reason() -> None:
    papers.a_series()
    first, second, third = the_page().recommendations
    nothing = ImportedFigure(Decimal(0), up_to=False, text="£" + "0" * 100)
    wrong = (
        replace(first, number="2", figures=(nothing,)),
        replace(second, period_start=date(2030, 1, 1)),
        replace(third, funded_from="9", text=" "),
    )
    with pytest.raises(DecisionRefused) as refused:
        create_draft_from_import(paper=the_page(recommendations=wrong), by=an_officer())
    assert "Two recommendations have the number 2" in str(refused.value)
    assert "names 9" in str(refused.value)
    assert "ends before it starts" in str(refused.value)
    assert "has no words" in str(refused.value)
    assert "a sum must be more than nothing" in str(refused.value)
    assert "longer than 100 characters" in str(refused.value)


def test_who_may_not_import_is_told_why() -> None:
    papers.a_series()
    with pytest.raises(NotPermitted, match="originating officer"):
        create_draft_from_import(paper=the_page(), by=a_person("stranger"))
    with pytest.raises(NotPermitted, match="may import"):
        record_published(paper=the_page(), by=a_person("stranger"))


def test_a_decision_is_found_by_its_reference() -> None:
    draft = kept(the_page())
    assert decision_with("PCD 9726") == draft
    assert decision_with("PCD 1") is None
    assert decision_with(None) is None
