"""Two deciders at once: one decides, the other is told; and what the guards are there for."""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest

from accounts.models import User
from audit.verify import verify
from decisions import actions
from decisions.actions import deciding
from decisions.models import Approval, Decision, DecisionQuerySet, SignedDocument
from decisions.rules import authority_for
from tests.concurrency.races import Meeting, Outcome, at_once, without
from tests.factories import papers
from tests.factories.people import a_decision_maker

pytestmark = pytest.mark.django_db(transaction=True)

ONE_SITTING = "approval_one_decision_per_sitting"
ONE_VERSION = "approval_once_per_version_stage_and_sitting"


def decider(by: User, decision: Decision, outcome: str) -> Callable[[], object]:
    """Return the act of deciding, its second factor given beforehand."""
    what: dict[str, Any] = {
        "outcomes": papers.outcomes_of(decision, r1=outcome),
        "interests": "None to record.",
    }
    proof = papers.proof_for(by, decision, **what)
    return lambda: actions.decide(decision=decision, proof=proof, by=by, **what)


@pytest.fixture
def race(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[Outcome]]:
    """Return a race of an approval against a rejection, which meet after all is checked."""
    meeting = Meeting()

    def meet(*args: Any, **kwargs: Any) -> Any:
        found = authority_for(*args, **kwargs)
        meeting.wait()
        return found

    monkeypatch.setattr(deciding, "authority_for", meet)

    def run() -> list[Outcome]:
        decision = papers.endorsed()
        approver, rejecter = a_decision_maker(), a_decision_maker("deputy")
        return at_once(
            decider(approver, decision, "approved"), decider(rejecter, decision, "rejected")
        )

    return run


def decided() -> int:
    return Approval.objects.filter(stage="decision").count()


def test_one_of_two_deciders_decides(race: Callable[[], list[Outcome]]) -> None:
    results = race()
    assert sum(isinstance(one, Approval) for one in results) == 1
    assert decided() == SignedDocument.objects.count() == 1


def test_the_other_is_told_in_words(race: Callable[[], list[Outcome]]) -> None:
    (refusal,) = [one for one in race() if isinstance(one, Exception)]
    assert "PCD 726 is marked “Signed”" in str(refusal)


def test_the_ledger_verifies_after_the_race(race: Callable[[], list[Outcome]]) -> None:
    race()
    assert verify().ok


def unlocked(self: DecisionQuerySet, decision: Decision) -> Decision:
    """Read the decision without its lock."""
    return self.select_related("series").get(pk=decision.pk)


def test_without_the_lock_a_constraint_still_holds(
    race: Callable[[], list[Outcome]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DecisionQuerySet, "locked", unlocked)
    race()
    assert decided() == 1


def test_with_the_guards_off_both_decide(
    race: Callable[[], list[Outcome]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DecisionQuerySet, "locked", unlocked)
    with ExitStack() as off:
        for guard, back in GUARDS:
            off.enter_context(without(guard, back))
        race()
        both = decided()
        off.enter_context(without("SELECT 1", CLEAR))
    assert both == 2


CLEAR = (
    "SET session_replication_role = replica; DELETE FROM decisions_formpost;"
    " TRUNCATE decisions_approval CASCADE; SET session_replication_role = DEFAULT"
)
TABLE = "ALTER TABLE decisions_approval"
GUARDS = [
    (
        f"DROP INDEX {ONE_SITTING}",
        f"CREATE UNIQUE INDEX {ONE_SITTING} ON decisions_approval (decision_id, sitting)"
        " WHERE stage = 'decision'",
    ),
    (
        f"{TABLE} DROP CONSTRAINT {ONE_VERSION}",
        f"{TABLE} ADD CONSTRAINT {ONE_VERSION} UNIQUE (decision_id, version_id, stage, sitting)",
    ),
    (f"{TABLE} DISABLE TRIGGER approval_holds", f"{TABLE} ENABLE TRIGGER approval_holds"),
    (
        "DROP INDEX recommendationoutcome_decided_once",
        "CREATE UNIQUE INDEX recommendationoutcome_decided_once"
        " ON decisions_recommendationoutcome (recommendation_id) WHERE outcome <> 'deferred'",
    ),
    (
        "ALTER TABLE decisions_signeddocument DROP CONSTRAINT signeddocument_n_once_per_kind",
        "ALTER TABLE decisions_signeddocument ADD CONSTRAINT signeddocument_n_once_per_kind"
        " UNIQUE (decision_id, kind, n)",
    ),
]
