"""Who sees what, who may do what, and that every no says why."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Role, User
from accounts.refusals import NotPermitted
from audit.models import LedgerEntry
from decisions import actions
from decisions.models import Decision, waiting_on
from decisions.permissions import can_read_part_2, can_view
from decisions.turns import answers
from tests.factories import papers
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_governance_officer,
    a_person,
    an_adviser,
    an_officer,
)

pytestmark = pytest.mark.django_db

EVERYBODY = {role.value: role for role in Role}
OFFICE = set(EVERYBODY) - {"administrator"}

# Written by hand: who may see Part 1 of another officer's paper at each status.
VIEW: dict[str, set[str]] = {
    "draft": {"governance_officer", "auditor"},
    "in_advice": OFFICE,
    "awaiting_decision": OFFICE,
    "signed": OFFICE,
    "published": {*EVERYBODY, "nobody"},
    "withdrawn": OFFICE,
}
MADE: dict[str, Callable[[], Decision]] = {
    "draft": papers.a_draft,
    "in_advice": papers.submitted,
    "awaiting_decision": papers.endorsed,
    "signed": papers.signed,
    "published": papers.published,
    "withdrawn": papers.withdrawn,
}
PART_2 = {
    "adviser",
    "chief_executive",
    "decision_maker",
    "private_office",
    "governance_officer",
    "auditor",
}


def one_of_each() -> dict[str, User | AnonymousUser]:
    """Return a stranger to the paper in each role, and nobody in particular."""
    cast: dict[str, User | AnonymousUser] = {
        name: a_person(f"a_{name}", role, kind="equality") for name, role in EVERYBODY.items()
    }
    return cast | {"nobody": AnonymousUser()}


@pytest.mark.parametrize("status", VIEW)
def test_who_may_view_a_decision(status: str) -> None:
    decision = MADE[status]()
    assert {n for n, who in one_of_each().items() if can_view(who, decision)} == VIEW[status]


@pytest.mark.parametrize("status", VIEW)
def test_lists_hold_just_what_may_be_viewed(status: str) -> None:
    decision = MADE[status]()
    shown = {
        name
        for name, who in one_of_each().items()
        if Decision.objects.visible_to(who).filter(pk=decision.pk).exists()
    }
    assert shown == VIEW[status]


def test_an_officer_sees_their_own_draft() -> None:
    draft = papers.a_draft()
    assert can_view(an_officer(), draft)
    assert draft in Decision.objects.visible_to(an_officer())


def test_who_may_read_part_2() -> None:
    decision = papers.submitted()
    assert {n for n, who in one_of_each().items() if can_read_part_2(who, decision)} == PART_2


def test_the_papers_own_officer_reads_part_2() -> None:
    assert can_read_part_2(an_officer(), papers.a_draft())


def test_reading_part_2_is_on_the_ledger() -> None:
    decision = papers.submitted(papers.with_part_2(papers.a_draft()))
    actions.open_part_2(decision=decision, by=an_adviser())
    last = LedgerEntry.objects.order_by("-seq").first()
    assert last
    assert (last.event, last.actor_role) == ("decisions.part_2.read", "adviser")


def test_a_reading_of_part_2_that_is_refused_is_on_the_ledger() -> None:
    decision = papers.submitted(papers.with_part_2(papers.a_draft()))
    with pytest.raises(NotPermitted):
        actions.open_part_2(decision=decision, by=a_person("fin", Role.FINANCE_OFFICER))
    last = LedgerEntry.objects.order_by("-seq").first()
    assert last
    assert last.event == "audit.act.refused"


@pytest.mark.parametrize("status", MADE)
def test_every_no_says_why(status: str) -> None:
    decision = MADE[status]()
    given = [answer for who in one_of_each().values() for answer in answers(who, decision).values()]
    assert all(answer.reason.endswith(".") for answer in given if not answer)


def test_another_officer_is_told_whose_paper_it_is() -> None:
    draft = papers.a_draft()
    with pytest.raises(NotPermitted, match="Officer’s paper"):
        actions.edit_paper(decision=draft, title="Mine", by=an_officer("another"))


def test_a_paper_can_be_handed_over() -> None:
    draft, other = papers.a_draft(), an_officer("another")
    actions.hand_over(decision=draft, to=other, by=a_governance_officer())
    assert actions.edit_paper(decision=draft, title="Mine", by=other).title == "Mine"


@pytest.mark.parametrize(
    ("made", "who"),
    [
        (papers.a_draft, an_officer),
        (papers.submitted, an_adviser),
        (papers.advised, an_officer),
        (papers.sent, a_chief_executive),
        (papers.endorsed, a_decision_maker),
        (papers.signed, a_governance_officer),
    ],
)
def test_a_paper_waits_in_the_queue_of_its_office(
    made: Callable[[], Decision], who: Callable[[], User]
) -> None:
    decision = made()
    cast = [an_officer, an_adviser, a_chief_executive, a_decision_maker, a_governance_officer]
    waits = [one for one in cast if decision in Decision.objects.awaiting(one())]
    assert waits == [who]


def test_a_published_decision_waits_on_nobody() -> None:
    assert waiting_on(papers.published()) == []


@pytest.mark.parametrize(
    ("made", "on"),
    [
        (papers.a_draft, ["Officer"]),
        (papers.submitted, ["Financial adviser", "Legal adviser"]),
        (papers.advised, ["Officer"]),
        (papers.sent, ["Chief executive"]),
        (papers.endorsed, ["Decision maker"]),
        (papers.signed, ["Governance officer"]),
        (papers.withdrawn, []),
    ],
)
def test_on_whom_a_paper_waits(made: Callable[[], Decision], on: list[str]) -> None:
    assert [waiting.on for waiting in waiting_on(made())] == on


def test_a_paper_waits_since_its_last_step() -> None:
    decision = papers.submitted()
    step = decision.steps.get()
    assert waiting_on(decision)[0].since == decision.status_since
    assert abs(decision.status_since - step.taken_at).total_seconds() < 1
