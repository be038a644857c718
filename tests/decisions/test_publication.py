"""After the signature: published, deferred, taken down, revoked; returned and withdrawn."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from accounts.actions import grant_role
from accounts.demonstration import prove
from accounts.models import Role, User
from accounts.refusals import NotPermitted, StepUpRefused
from audit import clock
from audit.acts import SYSTEM
from audit.refusals import Refused
from decisions import actions
from decisions.models import Decision, waiting_on
from tests.factories import papers
from tests.factories.people import (
    SINCE,
    a_chief_executive,
    a_decision_maker,
    a_delegation,
    a_governance_officer,
    an_adviser,
    an_officer,
)

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
