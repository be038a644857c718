"""After the signature: published, deferred, taken down, revoked; returned and withdrawn."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.models import User
from audit import clock
from audit.refusals import Refused
from decisions import actions
from decisions.models import Decision, waiting_on
from tests.factories import papers
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_governance_officer,
    an_officer,
)

pytestmark = pytest.mark.django_db


def test_a_published_decision_has_its_day() -> None:
    assert papers.published().date_published == clock.today()


def test_a_deferral_has_a_day_to_come() -> None:
    decision = papers.signed()
    with pytest.raises(Refused) as refused:
        actions.defer_publication(
            decision=decision, reason="Talks.", until=clock.today(), by=a_governance_officer()
        )
    assert refused.value.code == "DEC-14"


def test_a_deferred_publication_waits_in_no_queue_until_its_day() -> None:
    decision, by = papers.signed(), a_governance_officer()
    until = clock.today() + timedelta(days=30)
    actions.defer_publication(decision=decision, reason="Talks.", until=until, by=by)
    assert not Decision.objects.awaiting(by).exists()
    assert "deferred until" in waiting_on(papers.again(decision))[0].for_what


def test_a_deferral_ends_with_the_publication() -> None:
    decision, by = papers.signed(), a_governance_officer()
    until = clock.today() + timedelta(days=30)
    actions.defer_publication(decision=decision, reason="Talks.", until=until, by=by)
    assert papers.again(decision).publication_deferred_reason == "Talks."
    assert actions.publish(decision=decision, by=by).publication_deferred_until is None


def test_what_is_taken_down_stays_signed_and_keeps_its_day() -> None:
    decision, by = papers.published(), a_governance_officer()
    day = decision.date_published
    actions.take_down(decision=decision, reason="A name was left in.", by=by)
    assert papers.again(decision).status == "signed"
    assert actions.publish(decision=decision, by=by).date_published == day


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
    decision, later = papers.published(), papers.signed(papers.a_draft("Later"))
    actions.revoke(
        decision=decision, reason="Superseded.", in_favour_of=later, by=a_decision_maker()
    )
    assert decision.steps.get(name="revoke").in_favour_of == later


def test_a_revoked_decision_stays_published() -> None:
    decision = papers.published()
    revoked = actions.revoke(decision=decision, reason="Overtaken.", by=a_decision_maker())
    assert (revoked.status, revoked.revoked_on) == ("published", clock.today())


def test_a_step_keeps_its_reason_and_its_person() -> None:
    decision = papers.withdrawn()
    step = decision.steps.get(name="withdraw")
    assert (step.reason, step.taken_by, step.role) == (
        "The grant was not awarded.",
        an_officer(),
        "originating_officer",
    )


@pytest.mark.parametrize("name", ["publish", "take_down", "revoke", "withdraw", "return_to_draft"])
def test_a_step_posted_twice_is_taken_once(name: str) -> None:
    made = {"publish": papers.signed, "withdraw": papers.submitted}
    decision = made.get(name, papers.submitted if name == "return_to_draft" else papers.published)()
    why = {} if name == "publish" else {"reason": "A reason."}
    by = {"revoke": a_decision_maker, "withdraw": an_officer, "return_to_draft": an_officer}
    key = papers.a_key()
    for _ in range(2):
        who = by.get(name, a_governance_officer)()
        getattr(actions, name)(decision=decision, form_key=key, by=who, **why)
    assert decision.steps.filter(name=name).count() == 1
