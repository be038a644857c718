"""Allocations: what opens authority, what it is drawn from, and what is refused."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from audit import clock
from audit.verify import verify
from decisions import actions as deciding
from decisions.models import Decision, Recommendation
from grants import actions
from grants.models import Account, Allocation
from grants.refusals import GrantRuleBroken
from grants.rules import hold_sources
from tests.factories import grants, papers

pytestmark = pytest.mark.django_db


def test_the_first_allocation_opens_its_authority_whole() -> None:
    allocation = grants.an_allocation("1000.00")
    authority = Account.objects.with_balance().get(figure=allocation.figure, role="authority")
    assert authority.balance == Decimal("1199000.00")  # type: ignore[attr-defined]


def test_an_allocation_leaves_its_limit_to_spend() -> None:
    assert grants.balances_of(grants.an_allocation("1000.00")) == {"left": "1000.00"}


DAY = timedelta(days=1)
YEAR = date(2030, 4, 1), date(2031, 3, 31)


def test_allocations_are_numbered_within_their_decision() -> None:
    decision = grants.a_funded_decision()
    made = [grants.an_allocation("10.00", decision=decision) for _ in range(2)]
    assert [one.reference for one in made] == ["PCD 726 allocation 1", "PCD 726 allocation 2"]


def test_allocations_are_together_no_more_than_the_sum_decided() -> None:
    decision = grants.a_funded_decision()
    grants.an_allocation("1200000.00", decision=decision)
    with pytest.raises(GrantRuleBroken, match=r"£0 is left.*GRT-03"):
        grants.an_allocation("0.01", decision=decision)


def test_a_sum_drawn_from_another_comes_out_of_its_allocation() -> None:
    decision = grants.a_funded_decision(drawn="570000.00")
    first = grants.an_allocation("1150000.00", decision=decision)
    grants.an_allocation("570000.00", decision=decision, number="2", funded_from=first)
    assert grants.balances_of(first) == {"left": "580000.00", "passed_on": "570000.00"}


def test_a_drawn_sum_opens_its_source_first() -> None:
    decision = grants.a_funded_decision(drawn="570000.00")
    drawn = grants.an_allocation("570000.00", decision=decision, number="2")
    assert grants.balances_of(drawn) == {"left": "570000.00"}
    with pytest.raises(GrantRuleBroken, match="£630,000 is left"):
        grants.an_allocation("630000.01", decision=decision)


def test_a_drawn_sum_is_refused_where_its_source_has_too_little_left() -> None:
    decision = grants.a_funded_decision(drawn="570000.00")
    first = grants.an_allocation("600000.00", decision=decision)
    grants.a_line("30000.01", allocation=first)
    with pytest.raises(GrantRuleBroken, match=r"£569,999\.99 is left.*GRT-02"):
        grants.an_allocation("1.00", decision=decision, number="2", funded_from=first)


def test_a_drawn_sum_is_not_drawn_from_another_recommendation() -> None:
    other = grants.an_allocation("1000.00", decision=grants.a_funded_decision())
    decision = grants.a_funded_decision(drawn="100.00")
    with pytest.raises(GrantRuleBroken, match="GRT-02"):
        grants.an_allocation("1.00", decision=decision, number="2", funded_from=other)


def reworded(draft: Decision, number: str, **words: Any) -> Decision:
    """Give a recommendation of a draft other terms."""
    row = draft.recommendations.get(number=number)
    figures = [deciding.Sum(Decimal("570000.00"))]
    kept = {"text": row.text, "kind": row.kind, "figures": figures, "funded_from": row.funded_from}
    deciding.edit_recommendation(
        recommendation=row,
        words=deciding.RecommendationWords(**(kept | words)),
        by=draft.originating_officer,
    )
    return papers.again(draft)


def test_a_drawn_sum_is_of_the_funder_of_its_source() -> None:
    """Whichever is allocated first, no sum comes out of a funder who gave nothing."""
    draft = grants.a_funded_paper(drawn="570000.00")
    other = grants.an_organisation("Ministry of Justice")
    decision = papers.signed(reworded(draft, "2", funder=other))
    drawn = grants.an_allocation("570000.00", decision=decision, number="2")
    outside = Account.objects.get(role="outside")
    assert str(drawn.funder) == str(outside.funder) == "Home Office"


def test_each_allocation_of_a_drawn_sum_names_where_it_was_drawn_from() -> None:
    decision = grants.a_funded_decision(drawn="570000.00")
    first = grants.an_allocation("1000000.00", decision=decision)
    grants.an_allocation("1.00", decision=decision, number="2", funded_from=first)
    assert grants.an_allocation("1.00", decision=decision, number="2").funded_from == first


def test_sums_drawn_out_of_each_other_open_no_money() -> None:
    """Papers with such sums are refused; one of long ago would open nothing."""
    first = Recommendation(pk=1, number="1")
    first.funded_from = Recommendation(pk=2, number="2", funded_from=first)
    with pytest.raises(GrantRuleBroken, match=r"out of itself.*GRT-02"):
        hold_sources(first)


def test_no_sum_is_drawn_out_of_part_2() -> None:
    """Its balances on the audit trail would tell the restricted sum."""
    draft = papers.with_part_2(grants.a_funded_paper(drawn="570000.00"))
    hidden = reworded(draft, "1", part=2, exemption=draft.exemptions.get())
    with pytest.raises(GrantRuleBroken, match="GRT-16"):
        grants.an_allocation("1.00", decision=papers.signed(hidden), number="2")


@pytest.mark.parametrize(
    "kind",
    [
        "bid",
        "note",
        "delegate",
        "approve_in_principle",
        "vary",
        "carry_forward",
        "determine",
        "other",
    ],
)
def test_a_recommendation_of_another_kind_opens_no_money(kind: str) -> None:
    draft = grants.a_funded_paper()
    row = draft.recommendations.get()
    words = deciding.RecommendationWords(
        text=row.text, kind=kind, figures=[deciding.Sum(Decimal("100.00"))]
    )
    deciding.edit_recommendation(recommendation=row, words=words, by=draft.originating_officer)
    with pytest.raises(GrantRuleBroken, match="GRT-01"):
        grants.an_allocation("1.00", decision=papers.signed(papers.again(draft)))


def test_a_revoked_decision_stops_new_allocations() -> None:
    decision = grants.a_funded_decision()
    grants.revoked(decision)
    with pytest.raises(GrantRuleBroken, match="GRT-04"):
        grants.an_allocation("1.00", decision=decision)


def test_an_allocation_runs_within_its_recommendation() -> None:
    today = clock.today()
    draft = grants.a_funded_paper()
    row = draft.recommendations.get()
    words = deciding.RecommendationWords(
        text=row.text,
        kind=row.kind,
        figures=[deciding.Sum(Decimal("100.00"))],
        period_start=today,
        period_end=today + timedelta(days=30),
    )
    deciding.edit_recommendation(recommendation=row, words=words, by=draft.originating_officer)
    with pytest.raises(GrantRuleBroken, match="GRT-11"):
        grants.an_allocation("1.00", decision=papers.signed(papers.again(draft)))


@pytest.mark.parametrize("number", ["3", "4"])
@pytest.mark.parametrize(
    ("start", "end"), [(YEAR[0], YEAR[1] + DAY), (YEAR[0] - DAY, YEAR[1])], ids=["late", "early"]
)
def test_a_drawn_sum_does_not_outlive_its_source(number: str, start: date, end: date) -> None:
    """Recommendation 2 runs for a year; 3, drawn from it, and 4, drawn from 3, name no period."""
    draft = grants.a_paper_of_a_year()
    words = deciding.RecommendationWords(
        text="award part of recommendation 3.",
        kind="award",
        figures=[deciding.Sum(Decimal("100.00"))],
        funded_from=draft.recommendations.get(number="3"),
    )
    deciding.add_recommendation(decision=draft, words=words, by=draft.originating_officer)
    decision = papers.signed(papers.again(draft))
    said = f"Recommendation 2, which recommendation {number} draws on, runs 1 April 2030"
    with pytest.raises(GrantRuleBroken, match=rf"{said}.*GRT-11"):
        grants.an_allocation(
            "1.00", decision=decision, number=number, period_start=start, period_end=end
        )


@pytest.mark.parametrize("limit", ["0.00", "-1.00", "0.001", "NaN", "Infinity", "1e12"])
def test_a_limit_is_a_sum(limit: str) -> None:
    with pytest.raises(GrantRuleBroken, match="GRT-14"):
        grants.an_allocation(limit)


def test_a_form_posted_twice_allocates_once() -> None:
    decision, key = grants.a_funded_decision(), uuid4()
    made = {
        actions.make_allocation(
            figure=grants.figure_of(decision),
            terms=grants.terms(),
            form_key=key,
            by=grants.a_finance_officer(),
        )
        for _ in range(2)
    }
    assert len(made) == Allocation.objects.count() == 1


def test_a_virement_moves_what_is_left() -> None:
    decision = grants.a_funded_decision()
    giver, taker = (grants.an_allocation("1000.00", decision=decision) for _ in range(2))
    grants.moved(giver, taker, "400.00")
    assert [grants.balances_of(one)["left"] for one in (giver, taker)] == ["600.00", "1400.00"]


def test_the_entry_of_an_allocation_says_what_it_did_to_the_balances() -> None:
    grants.an_allocation("1000.00")
    assert (
        '{"account":"PCD 726 allocation 1: left to spend","new":"1000.00","old":"0.00"}'
        in papers.payloads()
    )


def test_the_audit_trail_verifies_with_money_in_it() -> None:
    grants.a_line(allocation=grants.an_allocation())
    assert verify().failures == []
