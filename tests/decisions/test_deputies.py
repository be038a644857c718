"""Deputies at every stage, shown as such; and one person never stands at two stages of a paper."""

from collections.abc import Callable
from itertools import combinations

import pytest

from accounts.actions import end_role, grant_role
from accounts.models import Role, User
from accounts.refusals import NotPermitted
from audit.acts import SYSTEM
from audit.models import LedgerEntry
from decisions import actions
from decisions.actions.contents import document_content
from decisions.models import Decision
from decisions.permissions_afterwards import can_confirm_transcription
from decisions.views.cards import timeline
from tests.factories import afterwards, as_shown, papers
from tests.factories.people import (
    SINCE,
    a_chief_executive,
    a_decision_maker,
    a_delegation,
    a_governance_officer,
    a_person,
    an_adviser,
)

pytestmark = pytest.mark.django_db


def a_deputy(principal: User, role: Role, kind: str = "") -> User:
    """Make a deputy for somebody in a role."""
    user = a_person("deputy")
    grant_role(
        user=user,
        role=role,
        advice_kind=kind,
        valid_from=SINCE,
        deputy_for=principal,
        by=SYSTEM,
    )
    return User.objects.get(pk=user.pk)


def last_role(event: str) -> str:
    return str(LedgerEntry.objects.filter(event=event).first().actor_role)  # type: ignore[union-attr]


def test_a_deputy_endorses_and_is_shown_as_one() -> None:
    deputy = a_deputy(a_chief_executive(), Role.CHIEF_EXECUTIVE)
    decision = papers.sent(papers.advised(papers.submitted()))
    approval = as_shown.endorse(decision=decision, by=deputy)
    assert approval.authority == "as deputy for Chief executive"
    role = "chief_executive, as deputy for Chief executive"
    assert last_role("decisions.decision.endorsed") == role
    assert timeline(decision)[0].by == "Deputy, as deputy for Chief executive"


def test_a_deputys_endorsement_is_printed_as_one() -> None:
    deputy = a_deputy(a_chief_executive(), Role.CHIEF_EXECUTIVE)
    decision = papers.sent(papers.advised(papers.submitted()))
    as_shown.endorse(decision=decision, by=deputy)
    printed = document_content(papers.decide(papers.again(decision)))
    act = printed.act_at("chief_executive")
    assert act is not None
    assert (act.name, act.authority) == ("Deputy", "as deputy for Chief executive")


def test_a_deputy_advises_and_is_shown_as_one() -> None:
    deputy = a_deputy(an_adviser(), Role.ADVISER, "financial")
    decision = papers.submitted()
    as_shown.give_advice(decision=decision, kind="financial", words="Sound.", by=deputy)
    assert last_role("decisions.advice.given") == "adviser, as deputy for Financial adviser"
    assert timeline(decision)[0].by == "Deputy, as deputy for Financial adviser"


def test_a_deputys_advice_is_printed_as_one() -> None:
    deputy = a_deputy(an_adviser(), Role.ADVISER, "financial")
    decision = papers.submitted()
    as_shown.give_advice(decision=decision, kind="financial", words="Sound.", by=deputy)
    printed = document_content(papers.decide(ready_for("decide", papers.again(decision))))
    roles = {row.kind: row.role for row in printed.declarations}
    assert roles["legal"] == "adviser"
    assert roles["financial"] == "Adviser, as deputy for Financial adviser"


def test_a_deputy_decides_and_is_shown_as_one() -> None:
    maker = a_decision_maker()
    deputy = a_deputy(maker, Role.DECISION_MAKER)
    a_delegation(deputy, deputy_for=maker)
    approval = papers.decide(papers.endorsed(), by=deputy)
    assert approval.authority.endswith("as deputy for Decision maker")
    assert last_role("decisions.decision.signed").endswith("as deputy for Decision maker")


def test_a_deputy_publishes_and_is_shown_as_one() -> None:
    deputy = a_deputy(a_governance_officer(), Role.GOVERNANCE_OFFICER)
    decision = papers.signed()
    actions.publish(decision=decision, by=deputy)
    role = "governance_officer, as deputy for Governance"
    assert last_role("decisions.decision.published") == role
    assert timeline(decision)[0].by == "Deputy, as deputy for Governance"


def test_a_deputy_confirms_nothing_once_their_principal_is_gone() -> None:
    chief, record = a_chief_executive(), afterwards.transcribed()
    deputy = a_deputy(chief, Role.CHIEF_EXECUTIVE)
    assert can_confirm_transcription(deputy, record)
    end_role(holding=chief.holdings.get(), valid_to=SINCE, by=SYSTEM)
    assert not can_confirm_transcription(deputy, record)


def advise(decision: Decision, by: User) -> object:
    return as_shown.give_advice(decision=decision, kind="financial", words="Sound.", by=by)


def endorse(decision: Decision, by: User) -> object:
    return as_shown.endorse(decision=decision, by=by)


def decide(decision: Decision, by: User) -> object:
    return papers.decide(decision, by=by)


STAGES: dict[str, Callable[[Decision, User], object]] = {
    "advise": advise,
    "endorse": endorse,
    "decide": decide,
}


def ready_for(stage: str, paper: Decision) -> Decision:
    """Take a paper, by others, to where a stage can be taken."""
    if paper.status == "draft":
        paper = papers.submitted(paper)
    if stage != "advise" and paper.status == "in_advice":
        paper = papers.sent(papers.advised(paper))
    if stage == "decide" and paper.status == "with_chief_executive":
        as_shown.endorse(decision=paper, by=a_chief_executive())
    return papers.again(paper)


def everywhere() -> User:
    """Make a person who holds every office there is on the way of a paper."""
    roles = (Role.ORIGINATING_OFFICER, Role.ADVISER, Role.CHIEF_EXECUTIVE, Role.DECISION_MAKER)
    return a_person("everywhere", *roles, kind="financial")


@pytest.mark.parametrize(
    ("first", "second"), list(combinations(["prepare", "advise", "endorse", "decide"], 2))
)
def test_nobody_stands_at_two_stages_whatever_offices_they_hold(first: str, second: str) -> None:
    both = everywhere()
    a_delegation(both)
    paper = papers.a_draft(by=both if first == "prepare" else None)
    if first != "prepare":
        paper = ready_for(first, paper)
        STAGES[first](paper, both)
    paper = ready_for(second, papers.again(paper))
    with pytest.raises(NotPermitted, match="Whoever"):
        STAGES[second](paper, both)
