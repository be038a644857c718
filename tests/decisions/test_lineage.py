"""A programme: which decisions belong to it, in what order, and the authority they opened."""

from decimal import Decimal

import pytest

from decisions import actions
from decisions.models import Decision, FigureRole, LinkKind
from decisions.models.lineage import programme_of
from tests.factories import papers

pytestmark = pytest.mark.django_db


def linked(title: str, to: Decision, kind: str = LinkKind.CONTINUES) -> Decision:
    """Make a draft that is linked to another decision."""
    draft = papers.with_drawn_sum(papers.a_draft(title))
    by = draft.originating_officer
    actions.add_link(decision=draft, kind=kind, to_decision=to, by=by)
    return papers.again(draft)


def test_a_programme_is_found_from_any_of_its_decisions() -> None:
    first = papers.signed()
    second = papers.signed(linked("Second", first))
    third = linked("Third", second, LinkKind.VARIES)
    for one in (first, second, third):
        found = [each.decision.pk for each in programme_of(one).members]
        assert found == [first.pk, second.pk, third.pk]


def test_links_of_another_kind_make_no_programme() -> None:
    first = papers.signed()
    linked("Second", first, LinkKind.FUNDS)
    assert len(programme_of(first).members) == 1


def test_the_total_runs_and_a_drawn_sum_is_not_added() -> None:
    first = papers.signed()
    second = papers.signed(linked("Second", first))
    linked("Draft", second)
    running = [each.running for each in programme_of(first).members]
    assert running == [Decimal("1200000.00"), Decimal("2400000.00"), Decimal("2400000.00")]


def varied(title: str, to: Decision, decided: str, earlier: str) -> Decision:
    """Sign a decision that varies a sum which another one decided."""
    draft = linked(title, to, LinkKind.VARIES)
    by = draft.originating_officer
    for row in draft.recommendations.order_by("-position"):
        actions.remove_recommendation(recommendation=row, by=by)
    sums = [
        actions.Sum(Decimal(decided), up_to=True),
        actions.Sum(Decimal(earlier), role=FigureRole.EARLIER),
    ]
    words = actions.RecommendationWords(text="vary the sum.", kind="vary", figures=sums)
    actions.add_recommendation(decision=draft, words=words, by=by)
    return papers.signed(papers.again(draft))


@pytest.mark.parametrize(
    ("decided", "total"), [("1500000.00", "1500000.00"), ("1000000.00", "1000000.00")]
)
def test_what_varies_a_sum_adds_or_takes_the_difference(decided: str, total: str) -> None:
    first = papers.signed()
    varied("Varied", first, decided, earlier="1200000.00")
    assert programme_of(first).total == Decimal(total)


def test_a_revoked_decision_opens_nothing() -> None:
    first = papers.signed()
    second = papers.signed(linked("Second", first))
    papers.revoke(first)
    assert programme_of(second).total == Decimal("1200000.00")


def test_what_is_deferred_or_rejected_opens_nothing() -> None:
    decision = papers.signed(papers.with_drawn_sum(papers.a_draft()), r1="rejected", r2="deferred")
    assert programme_of(decision).total == Decimal("0.00")
