"""Batches: papers decided one by one, signed with one second factor, each at most once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, models

from accounts.demonstration import prove
from accounts.models import StepUp, User
from accounts.refusals import StepUpRefused
from audit import clock
from audit.acts import acting
from audit.models import LedgerEntry
from audit.refusals import Refused
from decisions import actions, events
from decisions.models import Batch, BatchUse, Decision, PreparedDecision
from tests.factories import as_shown, papers, sign_in
from tests.factories.people import a_decision_maker, a_delegation, a_person
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db

NAME = "Box of Thursday"


@pytest.fixture(scope="module", autouse=True)
def _prepared(lasting: None) -> None:
    """Two papers, each with a decision prepared on it, for the whole module."""
    maker = a_decision_maker()
    for title in ("First", "Second"):
        decision = papers.endorsed(papers.a_draft(title))
        as_shown.prepare_decision(
            decision=decision,
            outcomes=papers.outcomes_of(decision),
            interests="None to declare.",
            by=maker,
        )


def prepared() -> list[PreparedDecision]:
    return list(PreparedDecision.objects.select_related("decision__series"))


def proof(by: User, chosen: list[PreparedDecision], name: str = NAME) -> StepUp:
    digest = actions.batch_digest(name=name, prepared=chosen)
    return prove(by=by, act_name=actions.SIGN_BATCH, digest=digest)


def confirmed() -> Batch:
    maker, chosen = a_decision_maker(), prepared()
    return actions.confirm_batch(name=NAME, prepared=chosen, proof=proof(maker, chosen), by=maker)


def sign(batch: Batch, n: int, by: User | None = None) -> Decision:
    """Sign one paper of a batch."""
    item = batch.items.get(position=n)
    facts = actions.prepared_facts(PreparedDecision.objects.get(decision=item.decision))
    actions.decide(**facts, item=item, by=by or a_decision_maker())
    return papers.again(item.decision)


def tamper(one: PreparedDecision) -> None:
    """Change what was prepared, past its action, its digest left as it was."""
    with acting(by=a_decision_maker(), name="tamper") as act:
        one.facts = one.facts.replace('"approved"', '"rejected"')
        one.save()
        act.record(events.DECISION_PREPARED, subject=one.decision)


def test_one_proof_signs_each_paper_by_itself() -> None:
    batch = confirmed()
    signed = [sign(batch, 1), sign(batch, 2)]
    assert [each.status for each in signed] == ["signed", "signed"]
    acts = {each.approvals.get(stage="decision").act for each in signed}
    assert len(acts) == 2
    assert not PreparedDecision.objects.exists()


def test_each_approval_names_the_proof_and_its_place() -> None:
    batch = confirmed()
    evidence = sign(batch, 2).approvals.get(stage="decision").evidence
    assert evidence.endswith(f"batch {batch.pk}, paper 2 of 2")
    assert batch.digest in evidence


def test_the_ledger_names_the_digest_of_every_paper() -> None:
    batch = confirmed()
    assert LedgerEntry.objects.filter(event="decisions.batch.confirmed").count() == 1
    said = papers.payloads()
    assert all(item.digest in said for item in batch.items.all())


def test_what_was_prepared_has_no_effect_until_it_is_signed() -> None:
    confirmed()
    statuses = {one.decision.status for one in prepared()}
    assert statuses == {"awaiting_decision"}


def test_an_item_changed_before_the_proof_is_not_confirmed() -> None:
    maker, chosen = a_decision_maker(), prepared()
    given = proof(maker, chosen)
    tamper(chosen[1])
    with pytest.raises(Refused) as refused:
        actions.confirm_batch(name=NAME, prepared=chosen, proof=given, by=maker)
    assert refused.value.code == "DEC-49"


def test_an_item_changed_after_the_proof_is_not_signed_and_the_others_are() -> None:
    batch = confirmed()
    tamper(PreparedDecision.objects.get(decision__title="Second"))
    with pytest.raises(Refused) as refused:
        sign(batch, 2)
    assert refused.value.code == "DEC-49"
    assert sign(batch, 1).status == "signed"


def test_the_proof_is_bound_to_the_batchs_name() -> None:
    maker, chosen = a_decision_maker(), prepared()
    other = proof(maker, chosen, name="Another")
    with pytest.raises(StepUpRefused, match="has changed"):
        actions.confirm_batch(name=NAME, prepared=chosen, proof=other, by=maker)


def test_the_proof_confirms_one_batch_only() -> None:
    maker, chosen = a_decision_maker(), prepared()
    given = proof(maker, chosen)
    actions.confirm_batch(name=NAME, prepared=chosen, proof=given, by=maker)
    with pytest.raises(StepUpRefused, match="used already"):
        actions.confirm_batch(name=NAME, prepared=chosen, proof=given, by=maker)


def test_a_batch_is_its_own_persons() -> None:
    batch, deputy = confirmed(), a_person("deputy", "decision_maker")  # type: ignore[arg-type]
    a_delegation(deputy)
    with pytest.raises(StepUpRefused, match="something else"):
        sign(batch, 1, by=deputy)


def test_a_batch_lasts_ten_minutes() -> None:
    batch = confirmed()
    with (
        clock.at(batch.made_at + timedelta(minutes=10, seconds=1)),
        pytest.raises(StepUpRefused, match="ten minutes"),
    ):
        sign(batch, 1)


def write_past_its_action(row: models.Model) -> None:
    """Save a row in an act of its own, as no action would."""
    with acting(by=a_decision_maker(), name="forge"):
        row.save()


def test_the_database_uses_no_item_for_another_paper() -> None:
    batch = confirmed()
    approval = sign(batch, 1).approvals.get(stage="decision")
    item = batch.items.get(position=2)
    use = BatchUse(item=item, approval=approval, made_at=approval.approved_at)
    with pytest.raises(IntegrityError, match="a batch signs"):
        write_past_its_action(use)


def test_the_database_keeps_no_batch_without_its_proof() -> None:
    maker = a_decision_maker()
    unused = prove(by=maker, act_name=actions.SIGN_BATCH, digest="0" * 64)
    forged = Batch(
        name="Forged", person=maker, step_up=unused, digest="0" * 64, made_at=clock.now()
    )
    with pytest.raises(IntegrityError, match="second factor"):
        write_past_its_action(forged)


def test_a_rule_is_held_to_when_a_decision_is_prepared() -> None:
    decision = papers.again(Decision.objects.get(title="First"))
    late = [replace(one, outcome="deferred") for one in papers.outcomes_of(decision)]
    maker = a_decision_maker()
    with pytest.raises(Refused) as refused:
        as_shown.prepare_decision(decision=decision, outcomes=late, interests="None.", by=maker)
    assert refused.value.code == "DEC-47"


def test_a_prepared_decision_is_given_up() -> None:
    one, maker = prepared()[0], a_decision_maker()
    actions.give_up_prepared(prepared=one, by=maker)
    assert [each.pk for each in prepared()] == [PreparedDecision.objects.get().pk]


def test_signing_a_batch_on_the_pages() -> None:
    client = client_of(a_decision_maker())
    typed = {
        "form_key": str(papers.a_key()),
        "prepared": [str(one.pk) for one in prepared()],
        "name": NAME,
        "step": "review",
    }
    page = client.post("/box/sign/", typed).content.decode()
    shown = actions.batch_digest(name=NAME, prepared=prepared())
    assert f'name="shown" value="{shown}"' in page
    stale = client.post("/box/sign/", {**typed, "step": "sign", "shown": "0", "code": "1"})
    assert "has changed since you read it" in stale.content.decode()
    answer = client.post(
        "/box/sign/", {**typed, "step": "sign", "shown": shown, "code": sign_in.code()}
    )
    assert answer.status_code == 302
    done = client.get(answer["Location"]).content.decode()
    assert done.count("document 1 (PDF") == 2
