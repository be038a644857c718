"""Any order of acts leaves a decision lawful, and its ledger whole."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import sampled_from

from audit import clock
from audit.refusals import Refused
from decisions import actions
from decisions.models import Decision, SignedDocument
from decisions.workflow import DECIDED, FROZEN, may_move
from tests.factories import papers
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_governance_officer,
    an_adviser,
    an_officer,
)

KINDS = sampled_from(["financial", "legal"])
OUTCOMES = sampled_from(["approved", "rejected", "deferred"])
WHY = "A reason."


class Way(RuleBasedStateMachine):
    """One paper, and acts on it in any order; each is done or refused in words."""

    def __init__(self) -> None:
        super().__init__()
        self.before = transaction.savepoint()
        self.decision = papers.a_draft()
        self.seen: tuple[str, int | None, str] = self.facts()

    def teardown(self) -> None:
        """Undo the whole run."""
        transaction.savepoint_rollback(self.before)

    def facts(self) -> tuple[str, int | None, str]:
        """Return status, number and title as the database has them."""
        row = Decision.objects.get(pk=self.decision.pk)
        return row.status, row.number, row.title

    def act(self, name: str, by: Any, **what: Any) -> None:
        """Do an act, or be refused."""
        try:
            getattr(actions, name)(decision=self.decision, by=by, **what)
        except Refused as refusal:
            assert str(refusal)  # noqa: PT017 a refusal is an answer here
        self.decision = papers.again(self.decision)

    @rule()
    def onward(self) -> None:
        """Do what the paper waits for, so that most runs get somewhere."""
        onward: dict[str, Callable[[Decision], object]] = {
            "draft": papers.submitted,
            "in_advice": lambda paper: papers.sent(papers.advised(paper)),
            "with_chief_executive": self.advise_and_endorse,
            "awaiting_decision": lambda _: self.decide("approved"),
        }
        if step := onward.get(self.decision.status):
            step(self.decision)
        self.decision = papers.again(self.decision)

    def advise_and_endorse(self, paper: Decision) -> None:
        """Give what advice is wanting, then endorse."""
        papers.advised(paper)
        self.endorse()

    @rule(title=sampled_from(["Anew", "Once more"]))
    def edit(self, title: str) -> None:
        """Change the title."""
        self.act("edit_paper", an_officer(), title=title)

    @rule()
    def submit(self) -> None:
        """Submit for advice."""
        self.act("submit_for_advice", an_officer())

    @rule(kind=KINDS)
    def advise(self, kind: str) -> None:
        """Give advice."""
        self.act("give_advice", an_adviser(kind), kind=kind, words="None.")

    @rule()
    def send(self) -> None:
        """Send to the chief executive."""
        self.act("send_to_chief_executive", an_officer())

    @rule()
    def endorse(self) -> None:
        """Endorse."""
        self.act("endorse", a_chief_executive())

    @rule(who=sampled_from([an_officer, a_chief_executive, a_decision_maker]))
    def give_back(self, who: Any) -> None:
        """Return to draft."""
        self.act("return_to_draft", who(), reason=WHY)

    @rule(outcome=OUTCOMES)
    def decide(self, outcome: str) -> None:
        """Decide everything one way."""
        try:
            papers.decide(self.decision, r1=outcome)
        except Refused as refusal:
            assert str(refusal)  # noqa: PT017 a refusal is an answer here
        self.decision = papers.again(self.decision)

    @rule()
    def publish(self) -> None:
        """Publish."""
        self.act("publish", a_governance_officer())

    @rule()
    def put_off(self) -> None:
        """Defer publication."""
        until = clock.today() + timedelta(days=7)
        self.act("defer_publication", a_governance_officer(), reason=WHY, until=until)

    @rule()
    def take_down(self) -> None:
        """Take down."""
        self.act("take_down", a_governance_officer(), reason=WHY)

    @rule()
    def withdraw(self) -> None:
        """Withdraw."""
        self.act("withdraw", an_officer(), reason=WHY)

    @invariant()
    def moves_as_the_table_says(self) -> None:
        """A status changes only as the table says, and a frozen title not at all."""
        (was, number, title), now = self.seen, self.facts()
        assert was == now[0] or may_move("here", was, now[0])
        assert number in (None, now[1])
        assert was not in FROZEN or title == now[2]
        self.seen = now

    @invariant()
    def has_a_document_for_each_decision(self) -> None:
        """Whatever is decided has its document, and nothing else has."""
        decided = self.decision.approvals.filter(stage="decision").count()
        assert SignedDocument.objects.filter(decision=self.decision).count() == decided
        assert (self.decision.status in DECIDED) == (decided > 0)

    @invariant()
    def has_every_row_on_the_ledger(self) -> None:
        """Every deferred rule of the database holds as if the acts were committed now."""
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@pytest.mark.django_db
def test_any_order_of_acts_is_lawful() -> None:
    papers.a_series()
    for maker in (an_officer, a_chief_executive, a_decision_maker, an_adviser):
        maker()
    run_state_machine_as_test(
        Way,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
