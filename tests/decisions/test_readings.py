"""Whoever edits a paper is shown what lies in Part 2 only with a recorded reading."""

import pytest

from audit.models import LedgerEntry
from decisions import actions
from decisions.events import PART_2_READ
from decisions.models import Decision
from tests.factories import papers
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


def restricted() -> tuple[Decision, dict[str, int]]:
    """Make a draft with a section, a supporting paper and a sum in Part 2."""
    draft = papers.with_sum_under_part_2(papers.a_draft())
    officer, ground = draft.originating_officer, draft.exemptions.get()
    section = actions.add_section(
        decision=draft, heading="The bids", part=2, exemption=ground, by=officer
    )
    paper = papers.with_replaced_paper(draft)
    actions.describe_supporting_paper(
        paper=paper, title="Bids", part=2, exemption=ground, by=officer
    )
    under = draft.recommendations.get(text__startswith="award")
    return draft, {"section": section.pk, "paper": paper.pk, "sum": under.pk}


@pytest.mark.parametrize(
    "place",
    [
        "papers/{paper}/remove/",
        "sections/{section}/",
        "sections/{section}/remove/",
        "sections/{section}/paragraphs/new/",
        "recommendations/{sum}/",
    ],
)
def test_a_form_that_shows_part_2_is_a_recorded_reading(place: str) -> None:
    draft, rows = restricted()
    readings = LedgerEntry.objects.filter(event=PART_2_READ.name)
    before = readings.count()
    address = f"/decisions/{draft.slug}/edit/{place.format(**rows)}"
    assert client_of(draft.originating_officer).get(address).status_code == 200
    assert readings.count() == before + 1
