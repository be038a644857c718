"""Programmes: every pound counted once, what became of it, and what contradicts."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from decisions import actions as deciding
from decisions.models import Decision
from grants.programmes import ProgrammeMoney, programme_money, programmes
from tests.factories import grants, papers
from tests.factories.people import an_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


def after(kind: str, earlier: Decision, *, sign: bool = True) -> Decision:
    """Make a decision of £1.2 million that continues, varies or supersedes another."""
    draft = papers.a_draft(f"{kind} {earlier.reference}")
    deciding.add_link(decision=draft, kind=kind, to_decision=earlier, by=an_officer())
    return papers.signed(papers.again(draft)) if sign else papers.submitted(papers.again(draft))


def seen(decision: Decision) -> ProgrammeMoney:
    return programme_money(decision, grants.a_finance_officer())


def test_a_continuation_adds_its_own_authority() -> None:
    later = after("continues", papers.signed())
    assert seen(later).total == Decimal("2400000.00")


def test_any_decision_of_it_leads_to_the_same_programme() -> None:
    first = papers.signed()
    later = after("continues", first)
    assert [row.member.decision for row in seen(first).rows] == [first, later]


def test_the_running_total_grows_with_each() -> None:
    later = after("continues", papers.signed())
    assert [row.member.running for row in seen(later).rows] == [
        Decimal("1200000.00"),
        Decimal("2400000.00"),
    ]


def test_what_is_not_decided_opens_nothing() -> None:
    later = after("continues", papers.signed(), sign=False)
    assert seen(later).total == Decimal("1200000.00")


def test_what_is_revoked_counts_no_more() -> None:
    first = papers.signed()
    later = after("continues", first)
    papers.revoke(later)
    assert seen(first).total == Decimal("1200000.00")


def test_a_sum_drawn_from_another_is_counted_once() -> None:
    decision = papers.signed(papers.with_drawn_sum(papers.a_draft()))
    assert seen(decision).total == Decimal("1200000.00")


def test_allocated_is_committed_spent_and_left() -> None:
    allocation = grants.an_allocation("1000.00")
    grants.a_line("100.00", allocation=allocation)
    money = seen(allocation.decision).money
    assert (money.allocated, money.spent, money.left) == (
        Decimal("1000.00"),
        Decimal("100.00"),
        Decimal("900.00"),
    )


def test_what_is_passed_on_is_counted_once() -> None:
    decision = grants.a_funded_decision(drawn="500.00")
    giver = grants.an_allocation("1000.00", decision=decision)
    grants.an_allocation("500.00", decision=decision, number="2", funded_from=giver)
    assert seen(decision).money.allocated == Decimal("1000.00")


def test_continuing_what_was_withdrawn_is_said() -> None:
    later = after("continues", papers.withdrawn())
    assert "which was withdrawn" in " ".join(seen(later).contradictions)


def test_two_that_supersede_the_same_are_said() -> None:
    first = papers.signed()
    one, other = after("supersedes", first), after("supersedes", first)
    expected = f"{one.reference} and {other.reference} each supersede {first.reference}."
    assert expected in seen(first).contradictions


def test_sums_that_disagree_are_said() -> None:
    draft = papers.a_draft()
    words = "The centre asks for £1.2 million; the strategy identified £1.1 million for it."
    deciding.edit_paper(decision=draft, executive_summary=words, by=an_officer())
    decision = papers.signed(papers.again(draft))
    assert "disagree" in " ".join(seen(decision).contradictions)


def test_a_programme_of_one_is_not_listed() -> None:
    papers.signed()
    assert programmes(grants.a_finance_officer()) == []


def test_a_programme_is_listed_by_the_decision_that_it_began_with() -> None:
    first = papers.signed()
    after("continues", first)
    listed = programmes(grants.a_finance_officer())
    assert [(row.first, row.count) for row in listed] == [(first, 2)]


def test_the_page_shows_each_decision_and_the_total() -> None:
    later = after("continues", papers.signed())
    page: Any = client_of(grants.a_finance_officer()).get(f"/grants/programmes/{later.slug}/")
    assert "£2,400,000" in page.content.decode()


def test_a_longer_programme_takes_no_more_queries() -> None:
    first = papers.signed()
    second, reader = after("continues", first), grants.a_finance_officer()
    with CaptureQueriesContext(connection) as short:
        programme_money(first, reader)
    after("continues", second)
    with CaptureQueriesContext(connection) as longer:
        programme_money(first, reader)
    assert len(longer) == len(short)


def test_a_draft_of_another_is_not_shown() -> None:
    first = papers.signed()
    draft = papers.a_draft("Secret draft")
    deciding.add_link(decision=draft, kind="continues", to_decision=first, by=an_officer())
    rows = seen(first).rows
    assert [row.member.decision for row in rows] == [first]


def divided(draft: Decision, *years: tuple[int, str]) -> Decision:
    """Divide the sum of a draft's first recommendation among financial years."""
    row = draft.recommendations.get(number="1")
    sums = [(year, Decimal(amount)) for year, amount in years]
    figures = [deciding.Sum(Decimal("1200000.00"), years=sums)]
    words = deciding.RecommendationWords(text=row.text, kind=row.kind, figures=figures)
    deciding.edit_recommendation(recommendation=row, words=words, by=an_officer())
    return papers.again(draft)


def test_other_sums_for_the_same_year_are_said() -> None:
    first = papers.submitted(divided(papers.a_draft(), (2019, "400000"), (2020, "800000")))
    draft = divided(papers.a_draft("More"), (2020, "900000"), (2021, "300000"))
    deciding.add_link(decision=draft, kind="continues", to_decision=first, by=an_officer())
    later = papers.submitted(papers.again(draft))
    expected = (
        f"For 2020/21, {later.reference} has £900,000 and {first.reference}, which it continues,"
        " has £800,000."
    )
    assert expected in seen(later).contradictions


def test_a_sum_under_a_recommendation_of_part_2_is_compared_with_nothing() -> None:
    draft = papers.a_draft()
    words = "The centre asks for £1.2 million, and for £3.6 million more."
    deciding.edit_paper(decision=draft, executive_summary=words, by=an_officer())
    decision = papers.submitted(papers.with_sum_under_part_2(papers.again(draft)))
    assert seen(decision).contradictions == ()
