"""The table of steps: every status × every act, held by the acts and by the database."""

from collections.abc import Callable
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from accounts.models import Role
from audit import clock
from decisions import actions
from decisions.manual import PAGES
from decisions.models import Decision
from decisions.workflow import (
    DECIDED,
    FROZEN,
    MOVES,
    STEPS,
    SUBMITTED,
    Source,
    Status,
    StepName,
    may_move,
)
from tests.factories import afterwards, papers
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_governance_officer,
    an_adviser,
)

pytestmark = pytest.mark.django_db

Tried = Callable[[Callable[[], object]], str]

MADE: dict[str, Callable[[], Decision]] = {
    "draft": papers.a_draft,
    "in_advice": papers.advised,
    "with_chief_executive": papers.sent,
    "awaiting_decision": papers.endorsed,
    "transcribed": afterwards.transcribed,
    "signed": papers.signed,
    "published": papers.published,
    "withdrawn": papers.withdrawn,
}

# Written by hand: what each person in turn may do at each status.
ALLOWED: dict[str, set[str]] = {
    "draft": {"edit", "submit_for_advice", "withdraw"},
    "in_advice": {
        "edit",
        "give_advice",
        "send_to_chief_executive",
        "return_to_draft",
        "withdraw",
    },
    "with_chief_executive": {
        "edit",
        "give_advice",
        "endorse",
        "return_to_draft",
        "withdraw",
        "stand_aside",
    },
    "awaiting_decision": {"return_to_draft", "withdraw", "decide", "stand_aside"},
    "transcribed": {"return_transcription", "confirm_transcription", "withdraw"},
    "signed": {"publish", "defer_publication", "correct", "revoke"},
    "published": {"take_down", "correct", "revoke"},
    "withdrawn": set(),
}


def acts_on(decision: Decision) -> dict[str, Callable[[], object]]:
    """Return each act on the decision, by the person whose turn it would be."""
    officer, governance = decision.originating_officer, a_governance_officer()
    maker = a_decision_maker()
    why: dict[str, Any] = {"decision": decision, "reason": "A reason."}
    later = clock.today() + timedelta(days=9)
    return {
        "edit": lambda: actions.edit_paper(decision=decision, title="Another", by=officer),
        "submit_for_advice": lambda: actions.submit_for_advice(decision=decision, by=officer),
        "give_advice": lambda: actions.give_advice(
            decision=decision, kind="legal", words="None.", by=an_adviser("legal")
        ),
        "send_to_chief_executive": lambda: actions.send_to_chief_executive(
            decision=decision, by=officer
        ),
        "endorse": lambda: actions.endorse(decision=decision, by=a_chief_executive()),
        "return_to_draft": lambda: actions.return_to_draft(**why, by=officer),
        "withdraw": lambda: actions.withdraw(**why, by=officer),
        "transcribe": lambda: afterwards.transcribed(decision),
        "return_transcription": lambda: actions.return_transcription(**why, by=officer),
        "confirm_transcription": lambda: afterwards.confirm_paper(decision),
        "correct": lambda: afterwards.proposed(decision),
        "decide": lambda: papers.decide(decision, by=maker),
        "stand_aside": lambda: actions.stand_aside(
            decision=decision,
            words="My brother works there.",
            by=a_chief_executive() if decision.status == "with_chief_executive" else maker,
        ),
        "publish": lambda: actions.publish(decision=decision, by=governance),
        "defer_publication": lambda: actions.defer_publication(**why, until=later, by=governance),
        "take_down": lambda: actions.take_down(**why, by=governance),
        "revoke": lambda: papers.revoke(decision, by=maker),
    }


@pytest.mark.parametrize("status", Status.values)
def test_each_status_allows_just_its_acts(status: str, tried: Tried) -> None:
    decision = MADE[status]()
    allowed = {name for name, act in acts_on(decision).items() if not tried(act)}
    assert allowed == ALLOWED[status]


@pytest.mark.parametrize("status", Status.values)
def test_every_refusal_is_a_sentence(status: str, tried: Tried) -> None:
    decision = MADE[status]()
    refusals = [tried(act) for act in acts_on(decision).values()]
    assert all(refusal.endswith((".", ")")) for refusal in refusals if refusal)


def test_the_database_allows_just_the_moves_of_the_table() -> None:
    every = list(product(Source.values, Status.values, Status.values))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s, o, n FROM unnest(%s::text[], %s::text[], %s::text[]) AS u(s, o, n)"
            " WHERE decisions_may_move(s, o, n)",
            [list(column) for column in zip(*every, strict=True)],
        )
        assert set(cursor.fetchall()) == MOVES


def test_the_database_freezes_just_the_statuses_of_the_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s FROM unnest(%s::text[]) AS s WHERE decisions_is_frozen(s)", [Status.values]
        )
        assert {status for (status,) in cursor.fetchall()} == {*FROZEN}


def test_a_status_is_open_or_frozen() -> None:
    assert set(Status) == {Status.DRAFT, *SUBMITTED, *FROZEN}
    assert set(DECIDED) < set(FROZEN)


def test_every_role_in_the_table_exists() -> None:
    assert {role for step in STEPS for role in step.who} <= set(Role.values)


def test_every_step_that_leaves_a_row_is_in_the_table() -> None:
    assert set(StepName.values) <= {step.name for step in STEPS}


def test_nothing_leads_out_of_withdrawn() -> None:
    assert not any(may_move("here", "withdrawn", status) for status in Status.values)


@pytest.mark.parametrize("name", PAGES)
def test_the_manual_is_not_stale(name: str) -> None:
    path = settings.BASE_DIR / "docs" / name
    assert path.read_text(encoding="utf-8") == PAGES[name](), "run manage.py write_manual"
