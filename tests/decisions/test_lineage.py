"""A programme: which decisions belong to it, in what order, and the authority they opened."""

from decimal import Decimal

import pytest
from django.test import Client

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


def test_anyone_is_shown_only_what_is_published_of_a_programme() -> None:
    first = papers.published()
    second = papers.published(linked("Second", first))
    unpublished = papers.signed(linked("Third", second))
    third = papers.published(linked("Fourth", unpublished))
    page = Client().get(f"/register/{second.slug}/programme/").content.decode()
    shown = [one.slug for one in (first, second, unpublished, third) if f"/{one.slug}/" in page]
    assert shown == [first.slug, second.slug]
    assert "<strong>£2,400,000</strong>" in page


def test_a_public_programme_keeps_a_sum_and_leaves_out_what_is_restricted() -> None:
    decision = papers.published(papers.with_part_2(papers.a_draft()))
    page = Client().get(f"/register/{decision.slug}/programme/").content.decode()
    assert ("up to £1,200,000" in page, papers.SECRET in page) == (True, False)


def test_a_revoked_decision_opens_nothing() -> None:
    first = papers.signed()
    second = papers.signed(linked("Second", first))
    papers.revoke(first)
    assert programme_of(second).total == Decimal("1200000.00")


def test_what_is_deferred_or_rejected_opens_nothing() -> None:
    decision = papers.signed(papers.with_drawn_sum(papers.a_draft()), r1="rejected", r2="deferred")
    assert programme_of(decision).total == Decimal("0.00")
