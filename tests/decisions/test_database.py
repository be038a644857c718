"""What the database refuses, whoever writes: frozen words, kept numbers, rows that only grow."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from audit.acts import acting
from decisions import actions
from decisions.models import (
    Advice,
    Approval,
    Decision,
    PaperVersion,
    Paragraph,
)
from tests.decisions.refusing import Execute, refused
from tests.factories import papers
from tests.factories.people import a_chief_executive, a_decision_maker, an_adviser, an_officer

pytestmark = pytest.mark.django_db

FROZEN_EDITS = [
    "UPDATE decisions_decision SET title = 'Another'",
    "UPDATE decisions_decision SET executive_summary = 'Another'",
    "UPDATE decisions_decision SET asked = 'Another'",
    "UPDATE decisions_decision SET head_of_unit = 'Another'",
    "UPDATE decisions_decision SET head_of_unit_consented_on = '2019-10-02'",
    "UPDATE decisions_section SET heading = 'Another'",
    "UPDATE decisions_paragraph SET text = 'Another'",
    "UPDATE decisions_paragraph SET part = 1, exemption_id = NULL",
    "UPDATE decisions_recommendation SET text = 'Another'",
    "UPDATE decisions_recommendation SET kind = 'bid'",
    "UPDATE decisions_figure SET amount = 1",
    "UPDATE decisions_recipient SET amount = 1",
    "DELETE FROM decisions_recipient",
    "UPDATE decisions_yearsum SET amount = 1",
    "DELETE FROM decisions_yearsum",
    "UPDATE decisions_exemption SET reason = 'Another'",
    "DELETE FROM decisions_figure",
    "DELETE FROM decisions_paragraph",
]


@pytest.mark.parametrize("sql", FROZEN_EDITS)
def test_no_word_of_a_frozen_paper_changes(sql: str, execute: Execute) -> None:
    papers.endorsed(papers.with_shares(papers.with_part_2(papers.a_draft())))
    assert refused(execute, sql) == "decision_paper_frozen"


def test_no_row_slips_into_a_frozen_paper(execute: Execute) -> None:
    decision = papers.endorsed()
    sql = (
        "INSERT INTO decisions_section (decision_id, position, number, heading, part)"
        " VALUES (%s, 9, '9', 'Slipped in', 1)"
    )
    assert refused(execute, sql, decision.pk) == "decision_paper_frozen"


def test_no_paragraph_moves_into_a_frozen_paper(execute: Execute) -> None:
    frozen, draft = papers.endorsed(), papers.a_draft("Another")
    sql = "UPDATE decisions_paragraph SET section_id = %s, position = 9 WHERE section_id = %s"
    values = (frozen.sections.first().pk, draft.sections.first().pk)  # type: ignore[union-attr]
    assert refused(execute, sql, *values) == "decision_paper_frozen"


def test_no_version_is_slipped_under_an_endorsement(execute: Execute) -> None:
    decision = papers.endorsed()
    sql = (
        "INSERT INTO decisions_paperversion (decision_id, n, content, part_1_digest, part_2_salt,"
        " part_2_digest, made_at, act) VALUES (%s, 9, '{}', '', '', '', now(), gen_random_uuid())"
    )
    assert refused(execute, sql, decision.pk) == "decision_paper_frozen"


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("number = 727", "decision_number_kept"),
        ("number = NULL", "decision_number_kept"),
        ("source = 'elsewhere'", "decision_source_kept"),
        ("status = 'signed'", "decision_status_moves"),
        ("status = 'published'", "decision_status_moves"),
        ("status = 'awaiting_decision'", "decision_status_moves"),
    ],
)
def test_a_submitted_decision_keeps(change: str, constraint: str, execute: Execute) -> None:
    papers.submitted()
    assert refused(execute, f"UPDATE decisions_decision SET {change}") == constraint


def test_nothing_is_decided_without_an_endorsement(execute: Execute) -> None:
    papers.sent()
    sql = "UPDATE decisions_decision SET status = 'awaiting_decision'"
    assert refused(execute, sql) == "decision_endorsed_before_decided"


def test_nothing_is_signed_without_an_approval(execute: Execute) -> None:
    papers.endorsed()
    sql = "UPDATE decisions_decision SET status = 'signed', date_signed = now()"
    assert refused(execute, sql) == "decision_signed_with_approval"


def test_no_decision_is_deleted(execute: Execute) -> None:
    papers.a_draft()
    assert refused(execute, "DELETE FROM decisions_decision") == "decision_never_deleted"


def test_no_decision_begins_signed() -> None:
    officer, series = an_officer(), papers.a_series()
    with pytest.raises(IntegrityError, match="decision_begins_as_draft"), transaction.atomic():
        Decision.objects.create(
            series=series,
            status="signed",
            status_since="2019-01-01T00:00Z",
            date_signed="2019-01-01",
            number=1,
            originating_officer=officer,
        )


def test_no_approval_is_made_of_an_older_version() -> None:
    decision = papers.submitted()
    old = decision.versions.get()
    actions.edit_paper(decision=decision, title="Another", by=decision.originating_officer)
    decision = papers.sent(papers.advised(papers.again(decision)))
    chief = a_chief_executive()
    with pytest.raises(IntegrityError, match="cannot be made of this version"):
        acted(lambda: approve(decision, old, chief))


def approve(decision: Decision, version: PaperVersion, by: Any) -> Approval:
    """Slip an approval in, past the actions."""
    return Approval.objects.create(
        decision=decision,
        version=version,
        stage="chief_executive",
        outcome="approved",
        approved_at="2019-01-01T00:00Z",
        approved_by=by,
        role="chief_executive",
    )


DECIDE = """
    INSERT INTO decisions_approval (decision_id, version_id, stage, sitting, outcome, words,
        interests, interests_kind, approved_at, approved_by_id, role, delegation_id, authority,
        evidence)
    SELECT v.decision_id, v.id, 'decision', {sitting}, 'approved', '', 'None.', 'none', now(),
        d.holder_id, 'decision_maker', d.id, '', ''
    FROM decisions_paperversion v, accounts_delegation d
"""
ISSUE = """
    INSERT INTO decisions_signeddocument (decision_id, version_id, approval_id, kind, n, sha256,
        size, ledger_seq, issued_at)
    SELECT decision_id, version_id, id, %s, 1, repeat(%s, 64), 1, 1, now()
    FROM decisions_approval WHERE stage = %s
"""

ISSUE_OVER_THE_PUBLIC_ONE = """
    INSERT INTO decisions_signeddocument (decision_id, version_id, approval_id, kind, n, sha256,
        size, ledger_seq, issued_at, supersedes_id)
    SELECT a.decision_id, a.version_id, a.id, 'restricted', 2, repeat('a', 64), 1, 1, now(), s.id
    FROM decisions_approval a JOIN decisions_signeddocument s USING (decision_id)
    WHERE a.sitting = 2 AND s.kind = 'public'
"""


def decided_past_the_actions(draft: Decision, *kinds: str) -> None:
    """Slip a decision in with documents of those kinds, and let the database look at it."""
    papers.endorsed(draft)
    a_decision_maker()
    with acting(by=an_officer(), name="test"), connection.cursor() as cursor:
        cursor.execute(DECIDE.format(sitting=1))
        for kind, digit in zip(kinds, "ab", strict=False):
            cursor.execute(ISSUE, [kind, digit, "decision"])
        cursor.execute("SET CONSTRAINTS approval_has_document IMMEDIATE")


@pytest.mark.parametrize("kinds", [(), ("restricted",)])
def test_nothing_is_decided_without_its_public_document(kinds: tuple[str, ...]) -> None:
    with pytest.raises(IntegrityError, match="only with its signed document"):
        decided_past_the_actions(papers.with_part_2(papers.a_draft()), *kinds)


def test_nothing_with_a_part_2_is_decided_without_its_restricted_document() -> None:
    with pytest.raises(IntegrityError, match="only with its restricted document"):
        decided_past_the_actions(papers.with_part_2(papers.a_draft()), "public")


def test_no_restricted_document_is_issued_where_there_is_no_part_2() -> None:
    with pytest.raises(IntegrityError, match="without Part 2 has no restricted document"):
        decided_past_the_actions(papers.a_draft(), "public", "restricted")


def test_an_endorsement_issues_no_document() -> None:
    papers.endorsed()
    with pytest.raises(IntegrityError, match="only a decision issues a document"):
        acted_sql(ISSUE, "public", "a", "chief_executive")


def test_a_document_supersedes_one_of_its_own_kind() -> None:
    papers.signed(papers.with_part_2(papers.with_drawn_sum(papers.a_draft())), r2="deferred")
    with pytest.raises(IntegrityError, match="signeddocument_supersedes_its_kind"):
        acted_sql(f"{DECIDE.format(sitting=2)}; {ISSUE_OVER_THE_PUBLIC_ONE}")


def acted_sql(sql: str, *values: str) -> None:
    """Run SQL within an act, so that only the rule under test refuses."""
    with acting(by=an_officer(), name="test"), connection.cursor() as cursor:
        cursor.execute(sql, list(values) or None)


def acted(write: Callable[[], object]) -> None:
    """Write within an act, so that only the rule under test refuses."""
    with acting(by=an_officer(), name="test") as act:
        assert act
        write()


def test_advice_covers_a_version_of_its_own_paper() -> None:
    one, other = papers.submitted(), papers.submitted(papers.a_draft("Another"))
    row = Advice(
        decision=one,
        version=other.versions.get(),
        kind="legal",
        words="None.",
        given_at="2019-01-01T00:00Z",
        given_by=an_adviser("legal"),
    )
    with pytest.raises(IntegrityError, match="advice_version_of_same_decision"):
        acted(row.save)


def test_an_exemption_belongs_to_its_own_paper() -> None:
    with_2 = papers.with_part_2(papers.a_draft())
    paragraph = papers.a_draft("Another").sections.get(number="1").paragraphs.get()
    paragraph.part, paragraph.exemption = 2, with_2.exemptions.get()
    with pytest.raises(IntegrityError, match="belongs to another decision"):
        acted(paragraph.save)


def test_a_sum_is_drawn_from_its_own_paper() -> None:
    one, other = papers.a_draft(), papers.a_draft("Another")
    row = one.recommendations.get()
    row.funded_from = other.recommendations.get()

    def write() -> None:
        row.save()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS recommendation_funded_from_same_decision IMMEDIATE")

    with pytest.raises(IntegrityError, match="funded_from_same_decision"):
        acted(write)


def test_part_2_needs_an_exemption() -> None:
    paragraph = Paragraph.objects.filter(section__decision=papers.a_draft()).first()
    assert paragraph
    paragraph.part = 2
    with pytest.raises(IntegrityError, match="paragraph_part_2_has_exemption"):
        acted(paragraph.save)


@pytest.mark.parametrize("amount", ["0", "-1", "NaN", "1000000000000"])
def test_no_figure_is_beyond_reason(amount: str, execute: Execute) -> None:
    papers.a_draft()
    sql = "UPDATE decisions_figure SET amount = %s::numeric"
    assert refused(execute, sql, amount) in {"figure_amount_above_nought", "22003"}


def test_a_period_does_not_end_before_it_starts(execute: Execute) -> None:
    papers.a_draft()
    sql = (
        "UPDATE decisions_recommendation SET period_start = '2020-04-01', period_end = '2020-03-31'"
    )
    assert refused(execute, sql) == "recommendation_period_ends_after_it_starts"


@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        (
            "INSERT INTO decisions_condition (outcome_id, position, text, act)"
            " SELECT min(id), 9, 'Slipped in', gen_random_uuid()"
            " FROM decisions_recommendationoutcome",
            "condition_decided_with_its_outcome",
        ),
        (
            "INSERT INTO decisions_recommendationoutcome"
            " (approval_id, recommendation_id, outcome, words, act)"
            " SELECT approval_id, recommendation_id, 'deferred', '', gen_random_uuid()"
            " FROM decisions_recommendationoutcome",
            "recommendationoutcome_decided_with_its_approval",
        ),
    ],
)
def test_nothing_is_added_to_what_was_decided(sql: str, rule: str, execute: Execute) -> None:
    papers.signed()
    assert refused(execute, sql) == rule
