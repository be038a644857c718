"""PCD 726's shape, end to end: approved, approved as amended, deferred; the last decided later.

One story, told on the pages; the documents, the pages and the audit trail all say so.
"""

import subprocess
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from decisions import actions
from decisions.actions import RecommendationWords, Sum
from decisions.models import Decision, SignedDocument
from decisions.models.lineage import programme_of
from tests.factories import papers, sign_in
from tests.factories.as_shown import reviewed, version_shown
from tests.factories.lasting import undone
from tests.factories.people import a_decision_maker, a_governance_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db

BACK = {"day": "1", "month": "12", "year": "2090"}


@dataclass
class Told:
    """What was to be read after each of the two sittings."""

    first_pdf: str
    first_page: str
    first_total: Decimal
    second_pdf: str
    second_page: str
    second_total: Decimal
    refusal: str
    payloads: str
    standings: list[str]


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Told:
    """Tell the story once for every test."""
    with django_db_blocker.unblock(), undone():
        return _tell()


def _tell() -> Told:
    decision = papers.endorsed(_paper())
    client, reader = client_of(a_decision_maker()), client_of(a_governance_officer())
    typed = _sheet(decision)
    refusal = _post(client, decision, _with_third_approved(decision, typed))
    _post(client, decision, {**typed, "step": "sign", "code": sign_in.code()})
    first_pdf, first_page = _pdf(decision), _page(reader, decision)
    first_total = programme_of(decision).total
    third = _sheet(papers.again(decision))
    _post(client, decision, {**third, "step": "sign", "code": sign_in.code(1)})
    return Told(
        first_pdf=first_pdf,
        first_page=first_page,
        first_total=first_total,
        second_pdf=_pdf(decision),
        second_page=_page(reader, decision),
        second_total=programme_of(decision).total,
        refusal=refusal,
        payloads=papers.payloads(),
        standings=[document.standing for document in decision.documents.all()],
    )


def _paper() -> Decision:
    """Make the paper: two ceilings, and £570,000 out of the second."""
    draft = papers.a_draft("Support against county lines")
    by = draft.originating_officer
    grant = RecommendationWords(
        text="accept up to £1.15 million of grant for London.",
        kind="accept",
        figures=[Sum(Decimal("1150000.00"), up_to=True)],
    )
    second = actions.add_recommendation(decision=draft, words=grant, by=by)
    licences = RecommendationWords(
        text="approve £570,000 on licences out of recommendation 2.",
        kind="approve_spend",
        figures=[Sum(Decimal("570000.00"))],
        funded_from=second,
    )
    actions.add_recommendation(decision=draft, words=licences, by=by)
    return papers.again(draft)


def _sheet(decision: Decision) -> dict[str, str]:
    """Return the sheet of what is left: 1 approved, 2 for less, 3 deferred and later approved."""
    typed = {
        "form_key": str(papers.a_key()),
        "interests_kind": "none",
        "interests": "",
        "words": "",
        **version_shown(decision),
    }
    is_first = not decision.is_decided
    given = {
        "1": ("approved", "1200000", ""),
        "2": ("approved_as_amended", "1000000", "Until the national centre is staffed."),
        "3": ("deferred", "570000", "Come back with three quotes.")
        if is_first
        else ("approved", "570000", ""),
    }
    for row in actions.undecided(decision):
        outcome, amount, words = given[row.number]
        prefix = f"r{row.pk}"
        typed |= {
            f"{prefix}-outcome": outcome,
            f"{prefix}-words": words,
            f"{prefix}-sum_{row.figures.get().pk}": amount,
            f"{prefix}-conditions-TOTAL_FORMS": "0",
            f"{prefix}-conditions-INITIAL_FORMS": "0",
        }
        if outcome == "deferred":
            typed |= {f"{prefix}-until_{part}": value for part, value in BACK.items()}
    return typed


def _with_third_approved(decision: Decision, typed: dict[str, str]) -> dict[str, str]:
    """Return the sheet with the third approved out of a second that is rejected."""
    second, third = (decision.recommendations.get(number=n) for n in "23")
    asked = {f"r{second.pk}-sum_{second.figures.get().pk}": "1150000", "step": "review"}
    changes = {f"r{second.pk}-outcome": "rejected", f"r{third.pk}-outcome": "approved"}
    return {**typed, **asked, **changes}


def _post(client: Client, decision: Decision, typed: dict[str, str]) -> str:
    place = f"/decisions/{decision.slug}/decide/"
    if typed["step"] == "sign":
        typed |= reviewed(client, place, typed)
    return client.post(place, typed).content.decode()


def _page(client: Client, decision: Decision) -> str:
    return " ".join(client.get(f"/decisions/{decision.slug}/").content.decode().split())


def _pdf(decision: Decision) -> str:
    """Return the words of the latest document, with single spaces."""
    latest: SignedDocument = decision.documents.public().latest_first()[0]
    data = actions.document_store().get(latest.sha256)
    command = ["pdftotext", "-layout", "-", "-"]
    found = subprocess.run(command, input=data, capture_output=True, check=True)
    return " ".join(found.stdout.decode().split())


def test_a_sum_drawn_from_what_is_rejected_is_refused_at_its_own_outcome(told: Told) -> None:
    assert "DEC-09" in told.refusal
    assert "Recommendation 3 is drawn from recommendation 2" in told.refusal
    assert "Confirm that it is you" not in told.refusal


def test_the_first_document_says_what_was_decided(told: Told) -> None:
    assert "up to £1,150,000 up to £1,000,000" in told.first_pdf
    assert "Approved as amended: up to £1,000,000 instead of up to £1,150,000" in told.first_pdf
    assert "Until the national centre is staffed." in told.first_pdf
    assert "Deferred until 1 December 2090" in told.first_pdf


def test_the_page_shows_old_and_new_and_when_the_third_comes_back(told: Told) -> None:
    amended = "up to <strong>£1,000,000</strong>, instead of <del>up to £1,150,000</del>"
    assert amended in told.first_page
    assert "To come back by 1 December 2090." in told.first_page
    assert "Recommendation 2: Approved as amended: up to £1,150,000 → up to £1,000,000" in (
        told.first_page
    )
    assert "what was deferred" in told.first_page


def test_what_is_deferred_opens_no_authority_and_what_is_drawn_adds_none(told: Told) -> None:
    assert (told.first_total, told.second_total) == (Decimal("2200000.00"), Decimal("2200000.00"))


def test_the_second_document_has_all_three_and_replaces_the_first(told: Told) -> None:
    assert "it replaces document 1" in told.second_pdf
    assert "Deferred until" not in told.second_pdf
    assert told.second_pdf.count("Approved as amended") >= 2
    assert told.standings == ["superseded", "current"]


def test_the_page_says_that_the_third_was_decided_later(told: Told) -> None:
    assert "Signed further" in told.second_page
    assert "Recommendation 3: Approved" in told.second_page
    assert "To come back by" not in told.second_page


def test_the_audit_trail_names_each_outcome_at_its_sitting(told: Told) -> None:
    first = (
        '"outcomes":["Recommendation 1: Approved","Recommendation 2: Approved as amended: '
        'up to £1,150,000 → up to £1,000,000","Recommendation 3: Deferred until 1 December 2090"]'
    )
    assert first in told.payloads
    assert '"outcomes":["Recommendation 3: Approved"]' in told.payloads
