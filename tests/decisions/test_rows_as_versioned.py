"""What the database refuses of a paper whose rows are not those of its newest version."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection

from audit.acts import acting
from decisions import actions, events
from decisions.models import Decision
from tests.factories import as_shown, papers
from tests.factories.people import a_chief_executive, an_officer

pytestmark = pytest.mark.django_db

EDITS = [
    "UPDATE decisions_decision SET title = 'Another'",
    "UPDATE decisions_decision SET executive_summary = 'Another'",
    "UPDATE decisions_decision SET head_of_unit = 'Another'",
    "UPDATE decisions_recommendation SET text = 'Another'",
    "UPDATE decisions_recommendation SET period_start = '2019-10-28'",
    "UPDATE decisions_figure SET amount = amount - 1",
    "UPDATE decisions_figure SET up_to = NOT up_to",
    "DELETE FROM decisions_figure",
    "UPDATE decisions_section SET heading = 'Another'",
    "UPDATE decisions_section SET position = 10 - position",
    "UPDATE decisions_paragraph SET text = 'Another'",
    "UPDATE decisions_paragraph SET part = 1, exemption_id = NULL",
    "UPDATE decisions_exemption SET reason = 'Another'",
]
OF_SHARES = [
    "UPDATE decisions_recipient SET part = 1, exemption_id = NULL",
    "UPDATE decisions_recipient SET amount = amount + 1",
    "DELETE FROM decisions_yearsum",
]


def status(new: str) -> str:
    """Return the SQL that moves every decision."""
    return f"UPDATE decisions_decision SET status = '{new}'"


def as_application(by: Any, decision: Decision, *statements: str) -> None:
    """Run SQL in one act, as somebody who holds the application's role; all is written down."""
    with acting(by=by, name="test") as act, connection.cursor() as cursor:
        cursor.execute("SET ROLE register_app")
        for sql in statements:
            cursor.execute(sql)
        cursor.execute("RESET ROLE")
        act.record(events.DECISION_EDITED, subject=decision, data={"what": "words"})


def refused(by: Any, decision: Decision, *statements: str) -> str:
    """Return the name of the rule that refuses the SQL, "" where none does."""
    try:
        as_application(by, decision, *statements)
    except DatabaseError as error:
        cause: Any = error.__cause__
        return str(cause.diag.constraint_name or cause.sqlstate)
    return ""


WAY = [status("in_advice"), status("with_chief_executive"), status("awaiting_decision")]


def test_an_endorsement_does_not_outlive_a_return_to_draft() -> None:
    decision, officer = papers.endorsed(), an_officer()
    assert refused(officer, decision, status("draft"), *WAY) == "decision_submitted_anew"


@pytest.mark.parametrize("edit", [*EDITS, *OF_SHARES])
def test_words_changed_after_a_return_are_not_what_was_endorsed(edit: str) -> None:
    decision, officer = papers.endorsed(with_2(edit)), an_officer()
    refusal = refused(officer, decision, status("draft"), edit, *WAY)
    assert refusal == "decision_rows_as_versioned"


@pytest.mark.parametrize("edit", [*EDITS, *OF_SHARES])
def test_words_changed_without_a_version_are_not_endorsed(edit: str) -> None:
    decision, officer = papers.sent(papers.advised(papers.submitted(with_2(edit)))), an_officer()
    assert not refused(officer, decision, edit)
    with pytest.raises(DatabaseError, match="changed after its newest version"):
        as_shown.endorse(decision=decision, by=a_chief_executive())


def with_2(edit: str = "") -> Decision:
    """Return a draft with a Part 2; with recipients and sums by year where the edit is of them."""
    draft = papers.with_part_2(papers.a_draft())
    return papers.with_shares(draft) if edit in OF_SHARES else draft


def an_exemptions_review(decision: Decision) -> None:
    """Change what no version prints: the day on which an exemption is looked at again."""
    exemption = decision.exemptions.get()
    actions.edit_exemption(
        exemption=exemption,
        ground=exemption.ground,
        reason=exemption.reason,
        review_on="2030-01-01",  # type: ignore[arg-type]
        by=decision.originating_officer,
    )


def the_same_place(decision: Decision) -> None:
    """Move a section to where it stands already."""
    section = decision.sections.get(number="2")
    actions.move_section(section=section, position=2, by=decision.originating_officer)


@pytest.mark.parametrize("edit", [an_exemptions_review, the_same_place])
def test_what_no_version_prints_hinders_no_endorsement(edit: Callable[[Decision], None]) -> None:
    decision = papers.sent(papers.advised(papers.submitted(with_2())))
    edit(decision)
    as_shown.endorse(decision=papers.again(decision), by=a_chief_executive())
    assert papers.again(decision).status == "awaiting_decision"


def test_a_paper_that_was_returned_and_submitted_again_is_endorsed_again() -> None:
    decision = papers.endorsed()
    actions.return_to_draft(decision=decision, reason="A sum.", by=decision.originating_officer)
    papers.sent(papers.advised(papers.submitted(papers.again(decision))))
    as_shown.endorse(decision=decision, by=a_chief_executive())
    assert papers.again(decision).status == "awaiting_decision"


def test_the_digest_of_the_rows_is_the_databases_own() -> None:
    decision, officer = papers.submitted(), an_officer()
    slipped = (
        "INSERT INTO decisions_paperversion (decision_id, n, content, part_1_digest, part_2_salt,"
        " part_2_digest, made_at, rows_digest) SELECT decision_id, n + 1, content, part_1_digest,"
        " part_2_salt, part_2_digest, now(), 'made up' FROM decisions_paperversion"
    )
    as_application(officer, decision, slipped)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT rows_digest) FROM decisions_paperversion")
        assert cursor.fetchone() == (1,)
