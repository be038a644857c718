"""Decisions signed on paper: one person transcribes, another confirms, and money can move."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from accounts.refusals import NotPermitted, StepUpRefused
from audit import clock
from audit.refusals import Refused
from audit.verify import verify
from decisions import actions
from decisions.documents.issued import known_document
from decisions.documents.kept import document_store
from decisions.documents.verify import verify_bytes
from decisions.models import Decision
from decisions.workflow import Source
from tests.decisions.refusing import broken_by
from tests.factories import afterwards, grants, papers
from tests.factories.lasting import settle
from tests.factories.people import (
    a_chief_executive,
    a_governance_officer,
    an_adviser,
    an_officer,
)
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _transcribed(lasting: None) -> None:
    """A decision that was transcribed and waits for its confirmation."""
    afterwards.transcribed()
    settle()


def record() -> Decision:
    return papers.again(Decision.objects.get(source=Source.PAPER))


def confirmed() -> Decision:
    return afterwards.confirm_paper(record())


def returned() -> Decision:
    actions.return_transcription(decision=record(), reason="Misread.", by=a_governance_officer())
    return record()


def test_once_confirmed_it_is_signed_as_of_the_day_on_the_paper() -> None:
    decision = confirmed()
    settle()
    assert (decision.reference, decision.status, decision.date_signed) == (
        "PCD 700",
        "signed",
        afterwards.SIGNED_ON,
    )


def test_it_names_who_signed_and_nobody_here() -> None:
    approval = confirmed().approvals.get()
    assert (approval.by_name, approval.approved_by) == ("S. Linden, Deputy Mayor", None)


def test_its_document_is_a_record_and_looks_signed_nowhere() -> None:
    document = confirmed().documents.get()
    data = document_store().get(document.sha256)
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages]
    first, text = pages[0], " ".join(pages)
    assert "RECORD OF A DECISION SIGNED ELSEWHERE – PCD 700" in first
    assert "This register records the decision; it did not sign it." in first
    assert "1 March 2019" in first
    assert "REQUEST FOR" not in text
    assert "Digitally signed" not in text
    assert "Sealed by the register as a record" in text


def test_the_check_of_its_scan_says_what_it_is() -> None:
    confirmed()
    verdict = verify_bytes(afterwards.SCAN, lookup=known_document)
    assert (verdict.verdict, verdict.reference) == ("signed-on-paper", "PCD 700")
    assert "did not sign it" in verdict.meaning


def test_a_scan_that_nobody_confirmed_is_no_document_of_this_register() -> None:
    assert known_document(afterwards.a_kept_file().sha256) is None


def test_the_check_of_its_record_says_that_it_was_signed_on_paper() -> None:
    known = known_document(confirmed().documents.get().sha256)
    assert known is not None
    assert "signed elsewhere, on paper" in known.notes[0]


def test_it_opens_allocations() -> None:
    allocation = grants.an_allocation(decision=confirmed())
    settle()
    assert allocation.limit == 1000


def test_its_publication_is_due_from_the_day_it_was_confirmed() -> None:
    due = confirmed().publication_due
    assert due is not None
    assert due > clock.today()


def test_before_it_is_confirmed_it_opens_nothing() -> None:
    assert not record().approvals.exists()
    assert record().date_signed is None


def test_it_is_published_and_taken_down_as_any_other() -> None:
    decision, by = confirmed(), a_governance_officer()
    actions.publish(decision=decision, by=by)
    actions.take_down(decision=decision, reason="A name.", by=by)
    assert record().status == "signed"


@pytest.mark.parametrize("later", [date(2019, 4, 1), date(2090, 4, 1)])
def test_what_was_deferred_on_paper_is_decided_here_later(later: date) -> None:
    decision = returned()
    row = decision.recommendations.get()
    actions.transcribe(
        decision=decision,
        signed=afterwards.signed_words(),
        outcomes=[actions.OutcomeWords(row, "deferred", until=later)],
        by=an_officer(),
    )
    assert confirmed().has_deferred


@pytest.mark.parametrize("who", [an_officer, a_governance_officer])
def test_a_record_begun_by_mistake_is_withdrawn_and_keeps_its_number(who: Any) -> None:
    actions.withdraw(decision=record(), reason="Recorded twice.", by=who())
    settle()
    assert (record().status, record().reference) == ("withdrawn", "PCD 700")


def test_its_page_speaks_of_no_submission() -> None:
    decision = returned()
    page = client_of(decision.originating_officer).get(f"/decisions/{decision.slug}/")
    said = page.content.decode()
    assert "Before you submit" not in said
    assert "Mark it as urgent" not in said


def test_who_transcribed_does_not_confirm() -> None:
    by = a_governance_officer()
    decision = afterwards.transcribed(afterwards.a_paper_record(by), reference="PCD 701")
    with pytest.raises(NotPermitted, match="transcribed it does not confirm"):
        afterwards.confirm_paper(decision, by=by)
    assert afterwards.confirm_paper(decision, by=a_chief_executive()).status == "signed"


def test_an_officer_does_not_confirm() -> None:
    with pytest.raises(NotPermitted):
        afterwards.confirm_paper(record(), by=an_officer("another"))


def test_nothing_is_confirmed_without_a_fresh_second_factor() -> None:
    with pytest.raises(StepUpRefused):
        actions.confirm_transcription(decision=record(), by=a_governance_officer())


def test_what_was_transcribed_is_frozen() -> None:
    with pytest.raises(NotPermitted, match="Awaiting confirmation"):
        actions.edit_paper(decision=record(), title="Another", by=an_officer())


def test_what_was_returned_is_put_right_and_transcribed_anew() -> None:
    decision = afterwards.transcribed(returned(), reference="PCD 702")
    settle()
    assert afterwards.confirm_paper(decision).reference == "PCD 702"
    assert decision.transcriptions.count() == 2


def test_a_return_needs_a_reason() -> None:
    with pytest.raises(Refused) as refused:
        actions.return_transcription(decision=record(), reason="", by=a_governance_officer())
    assert refused.value.code == "DEC-15"


def test_a_number_that_was_given_is_not_taken_twice() -> None:
    confirmed()
    with pytest.raises(Refused, match="in the register already"):
        afterwards.transcribed(afterwards.a_paper_record())


def test_a_reference_of_another_series_is_refused() -> None:
    with pytest.raises(Refused, match="not a reference of PCD"):
        afterwards.transcribed(returned(), reference="CEOD 03-2021")


def test_dec_62_nothing_was_signed_on_a_day_to_come() -> None:
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(Refused) as refused:
        afterwards.transcribed(returned(), signed_on=tomorrow)
    assert refused.value.code == "DEC-62"


@pytest.mark.parametrize("name", ["decided_by", "authority"])
def test_dec_63_a_paper_decision_names_who_signed_and_under_what(name: str) -> None:
    with pytest.raises(Refused) as refused:
        afterwards.transcribed(returned(), **{name: " "})
    assert refused.value.code == "DEC-63"


def test_dec_06_every_recommendation_has_its_outcome() -> None:
    with pytest.raises(Refused) as refused:
        actions.transcribe(
            decision=returned(), signed=afterwards.signed_words(), outcomes=[], by=an_officer()
        )
    assert refused.value.code == "DEC-06"


def test_it_waits_for_another_and_not_for_who_transcribed() -> None:
    waiting = Decision.objects.awaiting
    assert record() in waiting(a_governance_officer())
    assert record() not in waiting(an_officer())


def test_the_chain_and_its_rows_hold_with_it() -> None:
    confirmed()
    settle()
    assert not verify().failures


# ---------------------------------------------------------------- raw SQL


APPROVAL = """
    INSERT INTO decisions_approval (decision_id, version_id, stage, sitting, outcome, words,
        interests, interests_kind, approved_at, transcription_id, confirmed_by_id, role,
        authority, evidence)
    SELECT decision_id, version_id, 'decision', 1, 'approved', '', '', '', now(), id, %s,
        'governance_officer', authority, 'a code' FROM decisions_transcription
"""


def test_the_database_lets_nobody_confirm_what_they_transcribed() -> None:
    assert broken_by(APPROVAL, an_officer().pk) == "approval_confirmed_by_another"


def test_the_database_lets_only_its_offices_confirm() -> None:
    assert broken_by(APPROVAL, an_adviser().pk) == "approval_by_holder_of_its_office"


def test_the_database_takes_no_confirmation_without_its_record() -> None:
    assert broken_by(APPROVAL, a_governance_officer().pk) == "approval_has_document"


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        (
            "UPDATE decisions_decision SET status = 'signed', date_signed = '2019-03-01'",
            "decision_signed_with_approval",
        ),
        ("UPDATE decisions_decision SET status = 'published'", "decision_status_moves"),
        ("UPDATE decisions_decision SET title = 'Other'", "decision_paper_frozen"),
        ("UPDATE decisions_figure SET amount = 9000000", "decision_paper_frozen"),
        ("UPDATE decisions_decision SET source = 'here'", "decision_source_kept"),
    ],
)
def test_what_was_transcribed_is_held_by_the_database(sql: str, constraint: str) -> None:
    assert broken_by(sql) == constraint


def test_a_paper_decided_here_takes_no_transcription() -> None:
    draft = papers.submitted()
    sql = """
        INSERT INTO decisions_transcription (decision_id, n, version_id, reference, signed_on,
            decided_by, authority, interests, words, outcomes, scan_sha256, scan_size, scan_type,
            scan_part, transcribed_at, transcribed_by_id, role)
        SELECT v.decision_id, 1, v.id, 'PCD 9', now(), 'Somebody', 'some', '', '', '[]',
            repeat('a', 64), 1, 'image/png', 1, now(), %s, ''
        FROM decisions_paperversion v WHERE v.decision_id = %s
    """
    assert broken_by(sql, an_officer().pk, draft.pk) == "transcription_of_a_draft"
