"""Deciding: outcomes, authority, the second factor, and the document that comes of it."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from pytest_django import Settings

from accounts.actions import grant_role
from accounts.models import Role, StepUp, StepUpUse
from accounts.refusals import NotPermitted, StepUpRefused
from audit import clock
from audit.acts import SYSTEM
from audit.models import Checkpoint, LedgerEntry
from audit.refusals import Refused
from decisions import actions
from decisions.actions import ConditionWords, OutcomeWords, RecommendationWords, Sum
from decisions.delegated import could_decide
from decisions.documents.refusals import DocumentRefused
from decisions.models import Approval, Decision, OutcomeFigure, SignedDocument
from decisions.refusals import NoAuthority, RuleBroken
from tests.factories import papers
from tests.factories.people import (
    SINCE,
    a_chief_executive,
    a_decision_maker,
    a_delegation,
    a_person,
    an_adviser,
    an_officer,
)

pytestmark = pytest.mark.django_db

INTERESTS = "None to record."


@pytest.fixture(scope="module", autouse=True)
def _awaiting(lasting: None) -> None:
    """Two papers that await decision, for the whole module."""
    papers.endorsed(papers.a_draft("One sum"))
    papers.endorsed(papers.with_drawn_sum(papers.a_draft("Two sums")))


def one() -> Decision:
    """Return the paper awaiting decision that has one sum."""
    return papers.again(Decision.objects.get(title="One sum"))


def two() -> Decision:
    """Return the paper awaiting decision whose second sum is drawn from its first."""
    return papers.again(Decision.objects.get(title="Two sums"))


def decided(decision: Decision, **outcomes: str) -> Decision:
    """Return a paper once it is decided."""
    papers.decide(decision, outcomes=papers.outcomes_of(decision, **outcomes))
    return papers.again(decision)


def broken(code: str, act: Callable[[], object]) -> None:
    with pytest.raises(Refused) as refused:
        act()
    assert refused.value.code == code


def outcome(decision: Decision, number: str, name: str, **more: Any) -> OutcomeWords:
    return OutcomeWords(decision.recommendations.get(number=number), name, **more)


def test_the_sums_decided_are_kept_with_the_outcome() -> None:
    papers.decide(two())
    sums = OutcomeFigure.objects.values_list("amount", "up_to")
    assert list(sums) == [(Decimal("1200000.00"), True), (Decimal("570000.00"), False)]


def test_a_wholly_rejected_paper_is_signed() -> None:
    decision = decided(one(), r1="rejected")
    assert decision.status == "signed"
    assert not OutcomeFigure.objects.exists()


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("approved", "approved", "approved"),
        ("rejected", "rejected", "rejected"),
        ("deferred", "deferred", "deferred"),
        ("approved", "rejected", "approved_as_amended"),
        ("approved", "deferred", "approved_as_amended"),
    ],
)
def test_the_whole_outcome_follows_from_the_parts(first: str, second: str, whole: str) -> None:
    assert papers.decide(two(), r1=first, r2=second).outcome == whole


def test_an_amended_sum_is_what_is_decided() -> None:
    decision = one()
    figure = decision.recommendations.get().figures.get()
    less = outcome(decision, "1", "approved_as_amended", figures={figure.pk: Decimal("900000.00")})
    papers.decide(decision, outcomes=[less])
    assert OutcomeFigure.objects.get().amount == Decimal("900000.00")


def test_conditions_are_kept_in_order() -> None:
    decision = one()
    conditions = [ConditionWords("Report quarterly."), ConditionWords("Return what is unspent.")]
    approved = outcome(decision, "1", "approved", conditions=conditions)
    papers.decide(decision, outcomes=[approved])
    texts = decision.approvals.get(stage="decision").outcomes.get().conditions.values_list("text")
    assert list(texts) == [("Report quarterly.",), ("Return what is unspent.",)]


def test_every_recommendation_needs_an_outcome() -> None:
    decision = two()
    only = [outcome(decision, "1", "approved")]
    broken("DEC-06", lambda: papers.decide(decision, outcomes=only))


def test_no_recommendation_is_decided_twice_at_once() -> None:
    decision = one()
    twice = [outcome(decision, "1", "approved"), outcome(decision, "1", "rejected")]
    broken("DEC-06", lambda: papers.decide(decision, outcomes=twice))


def test_a_recommendation_of_another_paper_is_refused() -> None:
    decision, other = one(), papers.a_draft("Another")
    with pytest.raises(Refused, match="another paper"):
        papers.decide(decision, outcomes=[outcome(other, "1", "approved")])


@pytest.mark.parametrize("words", [" ", "My cousin works there."])
def test_interests_are_recorded_or_that_there_are_none(words: str) -> None:
    decision, maker = one(), a_decision_maker()
    outcomes = papers.outcomes_of(decision)
    broken(
        "DEC-07",
        lambda: actions.decide(decision=decision, outcomes=outcomes, interests=words, by=maker),
    )


@pytest.mark.parametrize("source", ["rejected", "deferred"])
def test_no_sum_is_drawn_from_what_is_not_approved(source: str) -> None:
    decision = two()
    broken("DEC-09", lambda: papers.decide(decision, r1=source, r2="approved"))


def test_no_sum_is_drawn_from_one_amended_below_it() -> None:
    decision = two()
    figure = decision.recommendations.get(number="1").figures.get()
    below = {figure.pk: Decimal("569999.99")}
    outcomes = [
        outcome(decision, "1", "approved_as_amended", figures=below),
        outcome(decision, "2", "approved"),
    ]
    broken("DEC-09", lambda: papers.decide(decision, outcomes=outcomes))


def test_no_more_is_approved_than_was_advised_on() -> None:
    decision = one()
    figure = decision.recommendations.get().figures.get()
    more = outcome(decision, "1", "approved_as_amended", figures={figure.pk: Decimal("1200000.01")})
    broken("DEC-10", lambda: papers.decide(decision, outcomes=[more]))


def test_an_amendment_says_what_was_amended() -> None:
    decision = one()
    bare = [outcome(decision, "1", "approved_as_amended")]
    broken("DEC-11", lambda: papers.decide(decision, outcomes=bare))


def test_what_is_rejected_has_no_sums() -> None:
    decision = one()
    figure = decision.recommendations.get().figures.get()
    said = [outcome(decision, "1", "rejected", figures={figure.pk: Decimal("5.00")})]
    broken("DEC-11", lambda: papers.decide(decision, outcomes=said))


def test_a_sum_that_is_no_number_is_refused_in_words() -> None:
    decision = one()
    figure = decision.recommendations.get().figures.get()
    said = [outcome(decision, "1", "approved_as_amended", figures={figure.pk: Decimal("NaN")})]
    with pytest.raises(Refused, match="not a number of pounds"):
        papers.decide(decision, outcomes=said)


@pytest.mark.parametrize("words", ["approve £2 million.", "approve the whole £1.2 million."])
def test_the_words_of_an_amendment_grant_no_more_than_its_sum(words: str) -> None:
    decision = one()
    less = {decision.recommendations.get().figures.get().pk: Decimal("900000.00")}
    more = outcome(decision, "1", "approved_as_amended", figures=less, words=words)
    broken("DEC-107", lambda: papers.decide(decision, outcomes=[more]))


def test_the_words_of_an_amendment_can_tell_what_was_asked() -> None:
    decision = one()
    less = {decision.recommendations.get().figures.get().pk: Decimal("900000.00")}
    told = "Approve £900,000 instead of £1.2 million."
    amended = outcome(decision, "1", "approved_as_amended", figures=less, words=told)
    assert papers.decide(decision, outcomes=[amended]).outcome == "approved_as_amended"


def test_only_a_note_is_noted() -> None:
    decision = one()
    broken("DEC-12", lambda: papers.decide(decision, r1="noted"))


def test_a_decision_needs_a_delegation_for_its_kinds() -> None:
    maker = a_decision_maker(acts=["bid"])
    decision = one()
    with pytest.raises(NoAuthority, match="does not cover"):
        papers.decide(decision, by=maker)


def test_a_decision_stays_within_the_limit_of_its_delegation() -> None:
    maker = a_decision_maker(limit=Decimal("1199999.99"))
    decision = one()
    with pytest.raises(NoAuthority, match="limit"):
        papers.decide(decision, by=maker)


def test_what_is_drawn_from_another_does_not_count_towards_the_limit() -> None:
    maker = a_decision_maker(limit=Decimal("1200000.00"))
    assert papers.decide(two(), by=maker).delegation is not None


def test_a_sum_counts_towards_the_limit_whatever_it_is_called() -> None:
    maker, draft = a_decision_maker(limit=Decimal("1199999.99")), papers.a_draft("Only a part")
    words = RecommendationWords(
        text="accept £1.2 million.",
        kind="accept",
        figures=[Sum(Decimal("1200000.00"), role="component")],
    )
    row, by = draft.recommendations.get(), draft.originating_officer
    actions.edit_recommendation(recommendation=row, words=words, by=by)
    assert "limit" in could_decide(maker, papers.again(draft)).reason


def test_what_is_rejected_does_not_count_towards_the_limit() -> None:
    maker = a_decision_maker(limit=Decimal("1.00"))
    assert papers.decide(one(), by=maker, r1="rejected").outcome == "rejected"


def test_a_delegation_that_has_ended_is_no_authority() -> None:
    maker = a_person("former", Role.DECISION_MAKER)
    a_delegation(maker, valid_to=clock.today() - timedelta(days=1))
    decision = one()
    with pytest.raises(NotPermitted, match="no delegation"):
        papers.decide(decision, by=maker)


def test_the_approval_keeps_the_authority_as_it_read() -> None:
    approval = papers.decide(one())
    assert approval.authority.startswith("paragraph 4.8 of the Scheme of Delegation and Consent")


def test_whoever_prepared_the_paper_does_not_decide_it() -> None:
    both = a_person("both", Role.ORIGINATING_OFFICER, Role.DECISION_MAKER)
    a_delegation(both)
    decision = papers.endorsed(papers.a_draft(by=both))
    with pytest.raises(NotPermitted, match="prepared"):
        papers.decide(decision, by=both)


def test_whoever_prepared_it_before_it_was_handed_over_does_not_decide_it() -> None:
    both = a_person("both", Role.ORIGINATING_OFFICER, Role.DECISION_MAKER)
    a_delegation(both)
    draft = papers.a_draft(by=both)
    actions.hand_over(decision=draft, to=an_officer(), by=both)
    decision = papers.endorsed(papers.again(draft))
    with pytest.raises(NotPermitted, match="prepared"):
        papers.decide(decision, by=both)


def test_whoever_advised_on_the_paper_does_not_decide_it() -> None:
    adviser = an_adviser()
    grant_role(user=adviser, role=Role.DECISION_MAKER, valid_from=SINCE, by=SYSTEM)
    a_delegation(adviser)
    decision = one()
    with pytest.raises(NotPermitted, match="advised"):
        papers.decide(decision, by=adviser)


@pytest.mark.parametrize("who", [an_officer, an_adviser, a_chief_executive])
def test_only_a_decision_maker_decides(who: Callable[[], Any]) -> None:
    decision = one()
    with pytest.raises(NotPermitted):
        papers.decide(decision, by=who())


def test_deciding_needs_a_second_factor() -> None:
    decision, maker = one(), a_decision_maker()
    outcomes = papers.outcomes_of(decision)
    with pytest.raises(StepUpRefused):
        actions.decide(decision=decision, outcomes=outcomes, interests=INTERESTS, by=maker)


def test_a_second_factor_is_good_for_nothing_else() -> None:
    decision, maker = one(), a_decision_maker()
    approve = papers.outcomes_of(decision)
    reject = papers.outcomes_of(decision, r1="rejected")
    proof = papers.proof_for(maker, decision, outcomes=approve, interests=INTERESTS)
    with pytest.raises(StepUpRefused, match="has changed"):
        actions.decide(
            decision=decision, outcomes=reject, interests=INTERESTS, proof=proof, by=maker
        )


def test_a_refusal_does_not_use_the_second_factor_up() -> None:
    decision = one()
    with pytest.raises(RuleBroken):
        papers.decide(decision, r1="noted")
    assert StepUp.objects.exists()
    assert not StepUpUse.objects.exists()


def test_a_refusal_leaves_nothing_but_itself_on_the_ledger() -> None:
    decision = one()
    with pytest.raises(RuleBroken):
        papers.decide(decision, r1="noted")
    last = LedgerEntry.objects.order_by("-seq").first()
    assert last is not None
    assert (last.event, last.subject_reference) == ("audit.act.refused", decision.reference)
    assert not Approval.objects.filter(stage="decision").exists()


def test_the_document_stands_between_two_entries() -> None:
    papers.decide(one())
    document = SignedDocument.objects.get()
    events = LedgerEntry.objects.filter(seq__gte=document.ledger_seq).order_by("seq")
    assert [entry.event for entry in events] == [
        "decisions.decision.signed",
        "decisions.document.issued",
    ]


def test_the_document_carries_the_checkpoint_of_its_signing() -> None:
    papers.decide(one())
    document = SignedDocument.objects.get()
    checkpoint = Checkpoint.objects.get(entry=document.ledger_seq)
    assert bytes(checkpoint.hash).hex().encode() in actions.document_store().get(document.sha256)


def test_the_document_is_the_file_that_the_record_names() -> None:
    papers.decide(one())
    document = SignedDocument.objects.get()
    data = actions.document_store().get(document.sha256)
    assert (sha256(data).hexdigest(), len(data)) == (document.sha256, document.size)


def test_a_deferred_recommendation_is_decided_at_a_further_signing() -> None:
    decision = decided(two(), r2="deferred")
    assert decision.has_deferred
    second = papers.decide(decision)
    assert second.sitting == 2
    assert not papers.again(decision).has_deferred


def test_the_further_document_supersedes_the_first() -> None:
    decision = decided(two(), r2="deferred")
    papers.decide(decision)
    standings = [document.standing for document in decision.documents.all()]
    assert standings == ["superseded", "current"]


def test_what_was_decided_is_not_decided_again() -> None:
    decision = decided(two(), r2="deferred")
    again = [outcome(decision, "1", "rejected"), outcome(decision, "2", "approved")]
    broken("DEC-06", lambda: papers.decide(decision, outcomes=again))


def test_a_further_sum_draws_on_what_was_approved_before() -> None:
    decision = decided(two(), r1="rejected", r2="deferred")
    broken("DEC-09", lambda: papers.decide(decision))


def test_a_revoked_decision_is_decided_no_further() -> None:
    decision = decided(two(), r2="deferred")
    papers.revoke(decision)
    with pytest.raises(NotPermitted, match="revoked"):
        papers.decide(papers.again(decision))


def test_the_document_of_a_revoked_decision_is_revoked() -> None:
    decision = papers.published()
    papers.revoke(decision)
    assert SignedDocument.objects.get().standing == "revoked"


def test_a_decision_posted_twice_acts_once() -> None:
    decision, maker = one(), a_decision_maker()
    what: dict[str, Any] = {"outcomes": papers.outcomes_of(decision), "interests": INTERESTS}
    key = papers.a_key()
    first, second = (
        actions.decide(
            decision=decision,
            form_key=key,
            by=maker,
            proof=papers.proof_for(maker, decision, **what),
            **what,
        )
        for _ in range(2)
    )
    assert first == second
    assert SignedDocument.objects.count() == 1


def test_a_document_that_cannot_be_kept_leaves_nothing_decided(
    tmp_path: Path, settings: Settings
) -> None:
    decision = one()
    (tmp_path / "documents").write_text("a file where the folder should be")
    what: dict[str, Any] = {"outcomes": papers.outcomes_of(decision), "interests": INTERESTS}
    maker = a_decision_maker()
    proof = papers.proof_for(maker, decision, **what)
    copytree(settings.VAR_DIR / "keys", tmp_path / "keys")
    settings.VAR_DIR = tmp_path
    with pytest.raises(DocumentRefused, match="could not be kept"):
        actions.decide(decision=decision, proof=proof, by=maker, **what)
    assert papers.again(decision).status == "awaiting_decision"
    assert not SignedDocument.objects.exists()


@pytest.mark.usefixtures("as_application")
def test_the_application_itself_can_take_a_paper_the_whole_way() -> None:
    assert papers.published().is_published
