"""What somebody with the application's database role cannot do with a batch's second factor."""

from collections.abc import Callable

import pytest
from django.db import connection

from accounts.demonstration import prove
from decisions import actions
from decisions.models import BatchItem, Decision, PreparedDecision
from tests.factories import as_shown, papers
from tests.factories.people import a_decision_maker
from tests.grants.insider import attempt, run

pytestmark = pytest.mark.django_db

APPROVE = """
    INSERT INTO decisions_approval (decision_id, version_id, stage, sitting, outcome, words,
        interests, interests_kind, approved_at, approved_by_id, role, delegation_id, authority,
        evidence)
    SELECT v.decision_id, v.id, 'decision', 1, %s, '', 'None.', 'none', clock_timestamp(), %s,
        'decision_maker', (SELECT max(id) FROM accounts_delegation WHERE holder_id = %s), 'para',
        'a code, honest'
    FROM decisions_paperversion v ORDER BY v.id DESC LIMIT 1"""
OUTCOMES = """
    INSERT INTO decisions_recommendationoutcome (approval_id, recommendation_id, outcome, words)
    SELECT a.id, r.id, %s, '' FROM decisions_approval a
    JOIN decisions_recommendation r USING (decision_id) WHERE a.stage = 'decision'"""
SUMS = """
    INSERT INTO decisions_outcomefigure (outcome_id, figure_id, amount, up_to)
    SELECT o.id, f.id, f.amount, f.up_to FROM decisions_recommendationoutcome o
    JOIN decisions_figure f USING (recommendation_id) WHERE o.outcome = 'approved'"""
USE = """
    INSERT INTO decisions_batchuse (item_id, approval_id, made_at)
    SELECT %s, id, approved_at FROM decisions_approval WHERE stage = 'decision'"""
FORMER = """
    INSERT INTO decisions_formerpaper (decision_id, paper, title, file_name, content_type, size,
        sha256, part, ground, why, retired_at, retired_by_id)
    SELECT id, 1, 'Forged', '', '', 1, repeat('a', 64), 1, '', 'removed', now(), %s
    FROM decisions_decision"""


def confirmed(outcome: str) -> BatchItem:
    """Prepare a paper with one outcome for all of it, and confirm it as a batch."""
    maker, decision = a_decision_maker(), papers.endorsed()
    numbers = [row.number for row in decision.recommendations.all()]
    outcomes = papers.outcomes_of(decision, **{f"r{number}": outcome for number in numbers})
    as_shown.prepare_decision(decision=decision, outcomes=outcomes, interests="None.", by=maker)
    chosen = list(PreparedDecision.objects.select_related("decision__series"))
    digest = actions.batch_digest(name="Box", prepared=chosen)
    proof = prove(by=maker, act_name=actions.SIGN_BATCH, digest=digest)
    return actions.confirm_batch(name="Box", prepared=chosen, proof=proof, by=maker).items.get()


def use(item: BatchItem, outcome: str) -> Callable[[], None]:
    """Return what writes an approval with an outcome on the strength of a batch's item."""

    def write() -> None:
        maker = item.batch.person_id
        run(APPROVE, outcome, maker, maker)
        run(OUTCOMES, outcome)
        run(SUMS)
        run(USE, item.pk)
        run("SET CONSTRAINTS batchuse_as_prepared IMMEDIATE")

    return write


def test_what_was_prepared_as_rejected_is_not_approved() -> None:
    assert attempt(use(confirmed("rejected"), "approved")) == "batchuse_as_prepared"


def test_a_batch_is_not_used_ten_minutes_after_it_by_the_clock() -> None:
    sql = "SELECT decisions_is_now(now() - interval '1 hour'), decisions_is_now(now())"
    confirmed("approved")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE audit.register SET mode = 'live'")
        cursor.execute(sql)
        found = cursor.fetchone()
    assert found == (False, True)


@pytest.mark.parametrize(
    ("make", "by"),
    [
        (papers.published, "formerpaper_of_an_open_paper"),
        (papers.a_draft, "formerpaper_was_a_supporting_paper"),
    ],
    ids=["published", "draft"],
)
def test_a_former_paper_was_one_until_now(make: Callable[[], Decision], by: str) -> None:
    decision = make()
    assert attempt(lambda: run(FORMER, decision.originating_officer_id)) == by
