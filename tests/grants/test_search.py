"""Finding money: what is late, what adds up, and nothing that lies in Part 2."""

from datetime import timedelta
from decimal import Decimal

import pytest

from audit import clock
from decisions import actions as deciding
from decisions.models import Decision, Recommendation
from grants import search
from grants.models import Allocation
from grants.refusals import GrantRuleBroken
from tests.factories import grants, papers

pytestmark = pytest.mark.django_db


def restricted() -> Decision:
    """Return a signed decision with a recommendation in Part 2, and one in Part 1 under it."""
    draft = papers.with_part_2(grants.a_funded_paper())
    officer = draft.originating_officer
    hidden = deciding.RecommendationWords(
        text="award it to Aardvark.",
        kind="award",
        figures=[deciding.Sum(Decimal("61113.00"))],
        recipient=grants.an_organisation("Aardvark Analytics"),
        part=2,
        exemption=draft.exemptions.get(),
    )
    above = deciding.add_recommendation(decision=draft, words=hidden, by=officer)
    below = deciding.RecommendationWords(
        text="and the rest too.",
        kind="award",
        figures=[deciding.Sum(Decimal("72117.00"))],
        parent=above,
        own_money=True,
    )
    deciding.add_recommendation(decision=draft, words=below, by=officer)
    return papers.signed(papers.again(draft))


def test_nothing_of_part_2_is_offered_nor_under_it() -> None:
    restricted()
    found = [figure.amount for figure in search.sums_to_allocate()]
    assert found == [Decimal("1200000.00")]


def test_nothing_under_a_recommendation_of_part_2_is_allocated() -> None:
    decision = restricted()
    below = Recommendation.objects.get(decision=decision, parent__isnull=False)
    with pytest.raises(GrantRuleBroken, match="GRT-16"):
        grants.an_allocation("1.00", decision=decision, number=below.number)


def test_an_organisation_of_part_2_is_not_suggested() -> None:
    restricted()
    names = {one.name for one in search.known_organisations()}
    assert names == {"Home Office"}


def test_a_party_of_an_allocation_is_suggested() -> None:
    grants.an_allocation()
    names = {one.name for one in search.known_organisations()}
    assert "Metropolitan Police Service" in names


def test_a_commitment_is_late_the_day_after_it_was_expected() -> None:
    line = grants.a_line("10.00", stage="commitment")
    today = clock.today()
    assert list(search.overdue(today)) == []
    assert list(search.overdue(today + timedelta(days=1))) == [line]


def test_what_is_paid_is_not_late() -> None:
    grants.a_line("10.00")
    assert list(search.overdue(clock.today() + timedelta(days=1))) == []


def test_a_revoked_decision_offers_nothing_to_allocate() -> None:
    grants.revoked(grants.a_funded_decision())
    assert not search.sums_to_allocate()


def test_a_sum_is_offered_until_all_of_it_is_allocated() -> None:
    decision = grants.a_funded_decision()
    grants.an_allocation("1199999.99", decision=decision)
    assert search.total_to_allocate() == Decimal("0.01")
    grants.an_allocation("0.01", decision=decision)
    assert not search.sums_to_allocate()


def test_totals_add_up_to_the_limit() -> None:
    decision = grants.a_funded_decision(drawn="570000.00")
    first = grants.an_allocation("1150000.00", decision=decision)
    drawn = grants.an_allocation("400000.00", decision=decision, number="2", funded_from=first)
    grants.a_line("100.00", allocation=drawn)
    grants.a_line("7.00", allocation=first, stage="commitment")
    found = search.totals(Allocation.objects.all())
    assert found.limit == Decimal("1150000.00")
    assert found.limit == found.committed + found.spent + found.passed_on + found.left
    assert (found.passed_on, found.drawn) == (Decimal("170000.00"), Decimal("400000.00"))


def test_no_allocation_comes_to_nothing() -> None:
    assert search.totals(Allocation.objects.none()).limit == 0


def test_what_awaits_authority_is_added_up_by_funder() -> None:
    grants.a_waiting_line("10.00")
    grants.a_waiting_line("5.00")
    (row,) = search.awaiting_by_funder()
    assert (row["funder"], row["lines"], row["total"]) == ("Home Office", 2, Decimal("15.00"))
