"""Varying and superseding: a new decision, linked; the old one says what became of it."""

from decimal import Decimal

import pytest
from django.test import Client

from accounts.refusals import NotPermitted
from audit import clock
from audit.refusals import Refused
from audit.verify import verify
from decisions import actions
from decisions.actions import RecommendationWords, Sum
from decisions.documents.issued import known_document
from decisions.models import Decision, later_decisions
from tests.factories import grants, papers
from tests.factories.lasting import settle
from tests.factories.people import a_decision_maker, a_governance_officer, an_adviser, an_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _published(lasting: None) -> None:
    """A published decision with a funder and a Part 2."""
    draft = papers.with_part_2(grants.a_funded_paper())
    papers.published(draft)


def older() -> Decision:
    return papers.again(Decision.objects.order_by("pk")[0])


def begun(kind: str = "supersedes") -> Decision:
    """Begin a successor that can be decided: with a summary, consent and a sum."""
    new = begun_without_sum(kind)
    row = new.recommendations.get()
    words = RecommendationWords(
        text=row.text, kind=row.kind, figures=[Sum(Decimal("1200000.00"))], funder=row.funder
    )
    actions.edit_recommendation(recommendation=row, words=words, by=an_officer())
    return papers.again(new)


def begun_without_sum(kind: str = "supersedes") -> Decision:
    """Begin a successor as it comes, but for a summary."""
    new = actions.begin_successor(decision=older(), kind=kind, by=an_officer())
    actions.edit_paper(decision=new, executive_summary="Anew.", by=an_officer())
    return papers.again(new)


def signed(kind: str = "supersedes", outcome: str = "approved") -> Decision:
    return papers.signed(begun(kind), r1=outcome)


def test_a_successor_carries_title_funder_and_recommendations_without_their_sums() -> None:
    new, old = begun_without_sum(), older()
    row = new.recommendations.get()
    assert (new.title, new.funder, new.status) == (old.title, old.funder, "draft")
    assert (row.kind, row.text) == ("accept", old.recommendations.get().text)
    assert not row.figures.exists()
    assert [str(link) for link in new.links.all()] == [f"Supersedes {old.reference}"]


def test_what_was_rejected_is_not_carried() -> None:
    rejected = signed("varies", outcome="rejected")
    new = actions.begin_successor(decision=rejected, kind="varies", by=an_officer())
    assert not new.recommendations.exists()


def test_only_an_originating_officer_begins_one() -> None:
    with pytest.raises(NotPermitted):
        actions.begin_successor(decision=older(), kind="varies", by=an_adviser())


def test_nothing_varies_a_draft() -> None:
    with pytest.raises(NotPermitted, match="for those marked “Signed” or “Published”"):
        actions.begin_successor(decision=papers.a_draft(), kind="varies", by=an_officer())


def test_a_superseding_decision_revokes_the_older_one_as_it_is_signed() -> None:
    new = signed()
    settle()
    step = older().steps.get(name="revoke")
    assert (older().revoked_on, step.in_favour_of) == (clock.today(), new)
    assert step.reason == f"Superseded by {new.reference}."


def test_under_a_superseded_decision_no_money_moves() -> None:
    signed()
    with pytest.raises(Refused, match="GRT-04"):
        grants.an_allocation(decision=older())


@pytest.mark.parametrize("outcome", ["rejected", "deferred"])
def test_a_decision_that_grants_nothing_supersedes_nothing(outcome: str) -> None:
    signed(outcome=outcome)
    assert older().revoked_on is None


def test_a_varied_decision_stands() -> None:
    signed("varies")
    assert older().revoked_on is None


def test_the_decision_maker_is_told_before_signing() -> None:
    begun()
    new = Decision.objects.order_by("-pk")[0]
    endorsed = papers.endorsed(new)
    assert actions.superseded_by_signing(endorsed, a_decision_maker()) == [older()]


def test_whoever_may_not_revoke_the_older_one_is_told_of_none() -> None:
    endorsed = papers.endorsed(begun())
    assert actions.superseded_by_signing(endorsed, an_officer()) == []


def test_each_shows_the_other_on_its_page() -> None:
    new = signed("varies")
    client = client_of(a_governance_officer())
    old_page = client.get(f"/decisions/{older().slug}/").content.decode()
    new_page = client.get(f"/decisions/{new.slug}/").content.decode()
    assert f'Varied by</dt><dd><a class="govuk-link" href="/decisions/{new.slug}/"' in old_page
    assert f'Varies</dt><dd><a class="govuk-link" href="/decisions/{older().slug}/"' in new_page


def test_before_it_is_decided_it_is_to_be_varied() -> None:
    new = papers.submitted(begun("varies"))
    later = later_decisions(older(), Decision.objects.all())
    assert [(one.label, one.decision) for one in later] == [("To be varied by", new)]


def test_the_public_sees_what_varies_it_once_that_is_published() -> None:
    new = signed("varies")
    address = f"/register/{older().slug}/"
    assert "Varied by" not in Client().get(address).content.decode()
    actions.publish(decision=new, by=a_governance_officer())
    assert "Varied by" in Client().get(address).content.decode()


@pytest.mark.parametrize(
    ("kind", "words"), [("varies", "varies it."), ("supersedes", "supersedes it.")]
)
def test_the_check_of_the_old_document_says_what_became_of_it(kind: str, words: str) -> None:
    new = signed(kind)
    digest = older().documents.public().get().sha256
    before = known_document(digest)
    actions.publish(decision=new, by=a_governance_officer())
    after = known_document(digest)
    assert before is not None
    assert after is not None
    assert (before.notes, after.notes) == ((), (f"{new.reference} {words}",))


def test_the_button_begins_the_draft() -> None:
    answer = client_of(an_officer()).post(
        f"/decisions/{older().slug}/vary/", {"form_key": str(papers.a_key())}
    )
    assert answer["Location"] == f"/decisions/{Decision.objects.order_by('-pk')[0].slug}/edit/"


def test_the_chain_and_its_rows_hold_after_a_supersession() -> None:
    signed()
    settle()
    assert not verify().failures
