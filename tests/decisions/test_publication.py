"""After the signature: published, deferred, taken down, revoked; returned and withdrawn."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from accounts.actions import grant_role
from accounts.demonstration import prove
from accounts.models import Role, User
from accounts.refusals import NotPermitted, StepUpRefused
from audit import clock
from audit.acts import SYSTEM
from audit.refusals import Refused
from decisions import actions
from decisions.documents.issued import known_document
from decisions.models import Decision, waiting_on, working_days_after
from decisions.views.queues import awaiting_publication
from tests.factories import afterwards, papers
from tests.factories.people import (
    SINCE,
    a_chief_executive,
    a_decision_maker,
    a_delegation,
    a_governance_officer,
    an_adviser,
    an_officer,
)
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _signed(lasting: None) -> None:
    """A signed decision, for the whole module."""
    papers.signed(papers.a_draft("Signed"))


def signed() -> Decision:
    """Return the signed decision."""
    return papers.again(Decision.objects.get(title="Signed"))


def published() -> Decision:
    """Return the same once it is published."""
    actions.publish(decision=signed(), by=a_governance_officer())
    return signed()


def test_a_published_decision_has_its_day() -> None:
    assert published().date_published == clock.today()


def test_a_deferral_has_a_day_to_come() -> None:
    decision = signed()
    with pytest.raises(Refused) as refused:
        actions.defer_publication(
            decision=decision, reason="Talks.", until=clock.today(), by=a_governance_officer()
        )
    assert refused.value.code == "DEC-14"


def test_a_deferred_publication_waits_in_no_queue_until_its_day() -> None:
    decision, by = signed(), a_governance_officer()
    until = clock.today() + timedelta(days=30)
    actions.defer_publication(decision=decision, reason="Talks.", until=until, by=by)
    assert not Decision.objects.awaiting(by).exists()
    assert "deferred until" in waiting_on(papers.again(decision))[0].for_what


def test_a_deferral_ends_with_the_publication() -> None:
    decision, by = signed(), a_governance_officer()
    until = clock.today() + timedelta(days=30)
    actions.defer_publication(decision=decision, reason="Talks.", until=until, by=by)
    assert papers.again(decision).publication_deferred_reason == "Talks."
    assert actions.publish(decision=decision, by=by).publication_deferred_until is None


def test_what_is_taken_down_stays_signed_and_keeps_its_day() -> None:
    decision, by = published(), a_governance_officer()
    day = decision.date_published
    actions.take_down(decision=decision, reason="A name was left in.", by=by)
    assert papers.again(decision).status == "signed"
    assert actions.publish(decision=decision, by=by).date_published == day


def further() -> Decision:
    """Return a published decision that was signed further, which is not published yet."""
    return papers.signed_further(papers.with_drawn_sum(papers.a_draft("Further")))


def public(decision: Decision, more: str = "") -> str:
    page = Client().get(f"/register/{decision.slug}/{more}").content.decode()
    return re.sub(r"\s+", " ", page)


def test_what_is_decided_further_is_public_once_it_is_published() -> None:
    """Its outcome, who decided, its document: none is seen before."""
    decision, by = further(), a_governance_officer()
    page = public(decision)
    file = f"/decisions/{decision.slug}/documents/2.pdf"
    assert page.count("Deferred</strong>") == 1
    assert not re.search("documents/2.pdf|superseded|Decided further", page)
    assert Client().get(file).status_code == 404
    actions.publish(decision=decision, by=by)
    page = public(decision)
    assert "Deferred</strong>" not in page
    assert page.index("documents/2.pdf") < page.index("documents/1.pdf") < page.index("superseded")
    assert page.index("Decided further") < page.index("Published further")
    assert Client().get(file).status_code == 200


def test_a_programme_shows_what_was_decided_further_once_it_is_published() -> None:
    decision = further()
    assert "(deferred)" in public(decision, "programme/")
    actions.publish(decision=decision, by=a_governance_officer())
    assert "(deferred)" not in public(decision, "programme/")


def test_a_document_is_replaced_for_the_public_once_the_later_one_is_published() -> None:
    decision = further()
    first = decision.documents.get(n=1)
    assert (first.standing, first.standing_in_public) == ("superseded", "current")
    known = known_document(first.sha256)
    assert known
    assert known.state == "current"
    actions.publish(decision=decision, by=a_governance_officer())
    assert first.standing_in_public == "superseded"


def test_what_is_decided_further_waits_for_its_own_publication() -> None:
    """In the queue, by the day that its own signature gives; and it can be deferred."""
    decision, by = further(), a_governance_officer()
    due = {row.decision: row.due for row in awaiting_publication()}
    assert due[decision] == working_days_after(clock.today(), 1)
    assert "publication of what was decided further by" in waiting_on(decision)[0].for_what
    assert decision in Decision.objects.awaiting(by)
    until = clock.today() + timedelta(days=30)
    actions.defer_publication(decision=decision, reason="Talks.", until=until, by=by)
    assert decision not in Decision.objects.awaiting(by)
    published = actions.publish(decision=papers.again(decision), by=by)
    assert published.publication_deferred_until is None
    assert decision not in [row.decision for row in awaiting_publication()]


def test_a_correction_meanwhile_waits_with_what_was_decided_further() -> None:
    """Its document says what was decided further too."""
    decision = afterwards.corrected(further())
    open_now = decision.documents.open_to_anyone(decision)
    assert [one.n for one in open_now] == [1]
    actions.publish(decision=decision, by=a_governance_officer())
    assert {one.n for one in open_now.all()} == {1, 2, 3}


def test_inside_it_is_said_that_a_decision_was_taken_down() -> None:
    decision, by = published(), a_governance_officer()
    actions.take_down(decision=decision, reason="A name was left in.", by=by)
    page = client_of(by).get(f"/decisions/{decision.slug}/").content.decode()
    assert "Signed, taken down</strong>" in page
    assert "<dt>First published</dt>" in page
    assert "<dt>Published</dt>" not in page
    actions.publish(decision=papers.again(decision), by=by)
    facts = public(decision)
    assert facts.index("<dt>Taken down</dt>") < facts.index("<dt>Published again</dt>")


@pytest.mark.parametrize("name", ["return_to_draft", "withdraw"])
def test_a_way_out_needs_a_reason(name: str) -> None:
    decision = papers.submitted()
    with pytest.raises(Refused) as refused:
        getattr(actions, name)(decision=decision, reason="  ", by=an_officer())
    assert refused.value.code == "DEC-15"


@pytest.mark.parametrize(
    ("made", "who"),
    [
        (papers.submitted, an_officer),
        (papers.sent, an_officer),
        (papers.sent, a_chief_executive),
        (papers.endorsed, an_officer),
        (papers.endorsed, a_decision_maker),
    ],
)
def test_who_returns_a_paper(made: Callable[[], Decision], who: Callable[[], User]) -> None:
    decision = made()
    returned = actions.return_to_draft(decision=decision, reason="Too long.", by=who())
    assert returned.status == "draft"


@pytest.mark.parametrize(
    ("made", "who"),
    [
        (papers.submitted, a_chief_executive),
        (papers.sent, a_decision_maker),
        (papers.endorsed, a_chief_executive),
    ],
)
def test_who_does_not_return_a_paper(made: Callable[[], Decision], who: Callable[[], User]) -> None:
    decision = made()
    with pytest.raises(Refused):
        actions.return_to_draft(decision=decision, reason="Too long.", by=who())


def test_a_returned_paper_goes_the_whole_way_again() -> None:
    decision = papers.endorsed()
    actions.return_to_draft(decision=decision, reason="A sum is wrong.", by=a_decision_maker())
    assert papers.signed(papers.again(decision)).status == "signed"


def test_a_revocation_may_name_what_supersedes() -> None:
    decision, later = published(), papers.signed(papers.a_draft("Later"))
    papers.revoke(decision, reason="Superseded.", in_favour_of=later)
    assert decision.steps.get(name="revoke").in_favour_of == later


def test_a_revoked_decision_stays_published() -> None:
    decision = published()
    revoked = papers.revoke(decision)
    assert (revoked.status, revoked.revoked_on) == ("published", clock.today())


def test_a_step_keeps_its_reason_and_its_person() -> None:
    decision = papers.withdrawn()
    step = decision.steps.get(name="withdraw")
    assert (step.reason, step.taken_by, step.role) == (
        "The grant was not awarded.",
        an_officer(),
        "originating_officer",
    )


def test_revoking_twice_with_one_form_revokes_once() -> None:
    decision, key = published(), papers.a_key()
    for _ in range(2):
        papers.revoke(decision, form_key=key)
    assert decision.steps.filter(name="revoke").count() == 1


def test_nothing_is_revoked_without_a_fresh_second_factor() -> None:
    decision = published()
    with pytest.raises(StepUpRefused, match="fresh second factor"):
        actions.revoke(decision=decision, reason="Overtaken.", by=a_decision_maker())


def test_a_second_factor_for_one_reason_revokes_for_no_other() -> None:
    decision, by = published(), a_decision_maker()
    digest = actions.revocation_digest(decision=decision, reason="Overtaken.")
    proof = prove(by=by, act_name=actions.REVOKE, digest=digest)
    with pytest.raises(StepUpRefused, match="has changed"):
        actions.revoke(decision=decision, reason="A better one.", proof=proof, by=by)


@pytest.mark.parametrize("role", [Role.ORIGINATING_OFFICER, Role.ADVISER])
def test_who_prepared_or_advised_does_not_revoke(role: Role) -> None:
    decision = published()
    by = an_officer() if role == Role.ORIGINATING_OFFICER else an_adviser()
    grant_role(user=by, role=Role.DECISION_MAKER, valid_from=SINCE, by=SYSTEM)
    a_delegation(by)
    with pytest.raises(NotPermitted, match="does not revoke it"):
        papers.revoke(decision, by=by)


def test_what_was_published_elsewhere_is_taken_down_and_put_back() -> None:
    decision, by = papers.from_elsewhere(), a_governance_officer()
    actions.take_down(decision=decision, reason="A name was printed.", by=by)
    assert not Decision.objects.published().exists()
    actions.publish(decision=papers.again(decision), by=by)
    back = Decision.objects.published().get()
    assert (back.date_published, str(back.date_signed)) == (None, "2018-05-01")


def test_what_was_published_elsewhere_is_taken_down_by_no_officer() -> None:
    decision = papers.from_elsewhere()
    with pytest.raises(NotPermitted):
        actions.take_down(decision=decision, reason="A name was printed.", by=an_officer())


@pytest.mark.parametrize("name", ["publish", "take_down", "withdraw", "return_to_draft"])
def test_a_step_posted_twice_is_taken_once(name: str) -> None:
    made = {"publish": signed, "withdraw": papers.submitted}
    decision = made.get(name, papers.submitted if name == "return_to_draft" else published)()
    why = {} if name == "publish" else {"reason": "A reason."}
    by = {"withdraw": an_officer, "return_to_draft": an_officer}
    key = papers.a_key()
    for _ in range(2):
        who = by.get(name, a_governance_officer)()
        getattr(actions, name)(decision=decision, form_key=key, by=who, **why)
    assert decision.steps.filter(name=name).count() == 1
