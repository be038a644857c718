"""Money counted once: a sum under another is part of it, or is said to be money of its own."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from audit.refusals import Refused
from decisions import actions
from decisions.actions import RecommendationWords, Sum
from decisions.models import Decision, changes_between, paper_content
from decisions.rules import look
from tests.decisions.refusing import broken_by
from tests.factories import papers
from tests.factories.people import a_decision_maker
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


def under(draft: Decision, number: str = "1", amount: int = 9, **more: Any) -> Decision:
    """Give a draft a sum under one of its recommendations."""
    parent = draft.recommendations.get(number=number)
    more = {"text": f"approve spending of £{amount} on it.", "kind": "approve_spend"} | more
    words = RecommendationWords(parent=parent, figures=[Sum(Decimal(amount))], **more)
    actions.add_recommendation(decision=draft, words=words, by=draft.originating_officer)
    return papers.again(draft)


def note_above(draft: Decision) -> Decision:
    """Give a draft a recommendation under its first that decides no sum."""
    parent = draft.recommendations.get(number="1")
    words = RecommendationWords("note what follows.", "note", parent=parent)
    actions.add_recommendation(decision=draft, words=words, by=draft.originating_officer)
    return draft


def drawn_from_above(draft: Decision) -> Decision:
    return under(draft, funded_from=draft.recommendations.get(number="1"))


def beside_what_it_draws_on(draft: Decision, **more: Any) -> Decision:
    return under(papers.with_drawn_sum(draft), "2", **more)


@pytest.mark.parametrize(
    ("make", "is_doubted"),
    [
        (under, True),
        (lambda draft: under(draft, own_money=True), False),
        (drawn_from_above, False),
        (lambda draft: under(note_above(draft), "1a"), True),
        (beside_what_it_draws_on, True),
        (lambda draft: beside_what_it_draws_on(draft, own_money=True), False),
        (lambda draft: under(drawn_from_above(draft), "1a"), True),
        (papers.with_drawn_sum, False),
    ],
)
def test_the_rule_and_the_database_agree_on_what_counts_twice(
    make: Callable[[Decision], Decision], *, is_doubted: bool
) -> None:
    draft = make(papers.a_draft())
    with connection.cursor() as cursor:
        cursor.execute("SELECT decisions_counts_twice(%s)", [draft.pk])
        held = cursor.fetchone()[0]
    found = "DEC-108" in {each.code for each in look(draft).errors}
    assert (held, found) == (is_doubted, is_doubted)


def test_a_paper_that_counts_a_sum_twice_goes_nowhere() -> None:
    draft = under(papers.a_draft())
    with pytest.raises(Refused, match="DEC-108"):
        papers.submitted(draft)
    sql = "UPDATE decisions_decision SET status = 'in_advice' WHERE id = %s"
    assert broken_by(sql, draft.pk) == "decision_money_counted_once"


def test_a_paper_says_that_money_is_its_own_and_only_then() -> None:
    draft = papers.a_draft()
    before = paper_content(under(draft))
    row = draft.recommendations.get(number="1a")
    words = RecommendationWords(
        row.text, row.kind, [Sum(Decimal(9))], parent=row.parent, own_money=True
    )
    actions.edit_recommendation(recommendation=row, words=words, by=draft.originating_officer)
    after = paper_content(papers.again(draft))
    assert [row.get("own_money") for row in before["recommendations"]] == [None, None]
    assert [row.get("own_money") for row in after["recommendations"]] == [None, True]
    (change,) = changes_between(before, after)
    assert (change.where, change.what) == ("Recommendation 1a", "whether it is money of its own")


def test_who_decides_reads_that_money_is_its_own_and_what_the_two_come_to() -> None:
    decision = papers.endorsed(
        under(papers.a_draft(), text="accept £9 more.", kind="accept", own_money=True)
    )
    address = f"/decisions/{decision.slug}/decide/"
    page = client_of(a_decision_maker()).get(address).content.decode()
    assert "its own money, counted beside what it lies under" in page
    assert "<strong>£1,200,009</strong>" in page
