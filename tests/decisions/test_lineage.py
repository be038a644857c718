"""A programme: which decisions belong to it, in what order, and the authority they opened."""

from decimal import Decimal

import pytest

from decisions import actions
from decisions.models import Decision, LinkKind
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


def test_a_revoked_decision_opens_nothing() -> None:
    first = papers.signed()
    second = papers.signed(linked("Second", first))
    papers.revoke(first)
    assert programme_of(second).total == Decimal("1200000.00")


def test_what_is_deferred_or_rejected_opens_nothing() -> None:
    decision = papers.signed(papers.with_drawn_sum(papers.a_draft()), r1="rejected", r2="deferred")
    assert programme_of(decision).total == Decimal("0.00")
