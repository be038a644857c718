"""What a deputy has their principal has; whoever checks another's act is nobody's deputy in it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.actions import deactivate_user, end_role, grant_role
from accounts.forms import DelegationForm
from accounts.forms.people import RoleForm
from accounts.models import Role, User
from accounts.refusals import NotPermitted
from audit import clock
from audit.acts import SYSTEM, acting
from decisions import actions
from decisions.actions import stand_aside
from decisions.actions.series import StageWords, set_series
from decisions.models import Advice, Decision
from decisions.refusals import NoAuthority
from tests.factories import afterwards, as_shown, papers
from tests.factories.people import (
    SINCE,
    a_chief_executive,
    a_decision_maker,
    a_delegation,
    a_governance_officer,
    a_person,
    an_officer,
)

pytestmark = pytest.mark.django_db


def a_deputy(principal: User, role: Role = Role.DECISION_MAKER, **delegation: Any) -> User:
    """Make a deputy for somebody in an office; for who decides, with a delegation."""
    user = a_person("deputy")
    grant_role(user=user, role=role, valid_from=SINCE, deputy_for=principal, by=SYSTEM)
    user = User.objects.get(pk=user.pk)
    if role == Role.DECISION_MAKER:
        a_delegation(user, deputy_for=principal, **delegation)
    return user


def go(**changes: Any) -> None:
    """Set the series PCD, with what differs from the ordinary."""
    ordinary: dict[str, Any] = {
        "decision_maker_role": Role.DECISION_MAKER,
        "decision_maker_title": "Deputy Mayor for Policing and Crime",
        "decision_maker": None,
        "stages": [StageWords("Chief executive")],
        "required_advice": ["financial", "legal"],
        "publish_within": 1,
        "remind_after": 3,
    }
    facts = {**ordinary, **changes}
    set_series(series=papers.a_series(), by=a_governance_officer(), **facts)


def test_a_deputy_does_not_decide_once_the_principal_has_left_the_office() -> None:
    maker = a_decision_maker()
    deputy, decision = a_deputy(maker), papers.endorsed()
    yesterday = clock.today() - timedelta(days=1)
    end_role(holding=maker.holdings.get(), valid_to=yesterday, by=SYSTEM)
    with pytest.raises(NotPermitted, match="does not hold the office any more"):
        papers.decide(decision, by=deputy)


def test_a_deputy_in_an_office_of_their_own_does_not_decide_for_who_has_left() -> None:
    maker = a_decision_maker()
    deputy, decision = a_person("own", Role.DECISION_MAKER), papers.endorsed()
    a_delegation(deputy, deputy_for=maker)
    deactivate_user(user=maker, reason="Left.", by=SYSTEM)
    with pytest.raises(NotPermitted, match="no delegation"):
        papers.decide(decision, by=deputy)


def test_a_deputy_decides_no_more_than_the_principal_could() -> None:
    maker = a_decision_maker(limit=Decimal(1000))
    deputy = a_deputy(maker)
    with pytest.raises(NoAuthority, match="no such power of their own"):
        papers.decide(papers.endorsed(), by=deputy)


def test_a_deputy_of_who_is_named_decides_by_that_deputising_alone() -> None:
    maker = a_decision_maker()
    go(decision_maker=maker)
    deputy = a_deputy(maker, limit=Decimal(10))
    a_delegation(deputy, limit=Decimal(5_000_000))
    with pytest.raises(NoAuthority, match="over the delegation's limit"):
        papers.decide(papers.endorsed(), by=deputy)


def test_a_deputy_of_who_stood_aside_does_not_decide() -> None:
    maker = a_decision_maker()
    deputy, decision = a_deputy(maker), papers.endorsed()
    stand_aside(decision=decision, words="My brother’s firm.", by=maker)
    with pytest.raises(NotPermitted, match="stood aside from this paper"):
        papers.decide(papers.again(decision), by=deputy)


def test_another_holder_decides_where_who_is_named_stood_aside() -> None:
    maker, other = a_decision_maker(), a_decision_maker("other")
    go(decision_maker=maker)
    decision = papers.endorsed()
    stand_aside(decision=decision, words="My brother’s firm.", by=maker)
    papers.decide(papers.again(decision), by=other)
    assert papers.again(decision).status == "signed"


def test_what_its_named_maker_stood_aside_from_waits_on_the_others() -> None:
    maker, other = a_decision_maker(), a_decision_maker("other")
    go(decision_maker=maker)
    decision = papers.endorsed()
    stand_aside(decision=decision, words="My brother’s firm.", by=maker)
    assert decision in Decision.objects.awaiting(other)


def test_one_person_does_not_endorse_at_two_stages() -> None:
    finance = StageWords("Chief finance officer", Role.CHIEF_FINANCE_OFFICER)
    go(stages=[finance, StageWords("Chief executive")])
    both = a_person("both", Role.CHIEF_EXECUTIVE, Role.CHIEF_FINANCE_OFFICER)
    decision = papers.sent()
    as_shown.endorse(decision=decision, by=both)
    with pytest.raises(NotPermitted, match="does not endorse it at another"):
        as_shown.endorse(decision=decision, by=both)


def test_a_deputy_of_who_transcribed_does_not_confirm_it() -> None:
    officer = a_governance_officer()
    deputy = a_deputy(officer, Role.GOVERNANCE_OFFICER)
    record = afterwards.transcribed(afterwards.a_paper_record(by=officer))
    with pytest.raises(NotPermitted, match="deputise one for the other"):
        afterwards.confirm_paper(record, by=deputy)


def test_a_deputy_of_who_proposed_a_release_does_not_confirm_it() -> None:
    deputy = a_deputy(a_governance_officer(), Role.GOVERNANCE_OFFICER)
    release = afterwards.a_release(papers.published(papers.with_part_2(papers.a_draft())))
    with pytest.raises(NotPermitted, match="deputise one for the other"):
        afterwards.confirm(release, by=deputy)


def test_whom_the_proposer_deputises_for_does_not_confirm_either() -> None:
    maker = a_decision_maker()
    officer = an_officer()
    a_delegation(officer, deputy_for=maker)
    with pytest.raises(NotPermitted, match="deputise one for the other"):
        afterwards.confirm(afterwards.proposed(papers.published()), by=maker)


def test_revoking_takes_a_delegation_that_would_cover_deciding_it() -> None:
    small = a_person("small", Role.DECISION_MAKER)
    a_delegation(small, limit=Decimal(10))
    with pytest.raises(NotPermitted, match="would cover deciding it"):
        papers.revoke(papers.published(), by=small)


def test_confirming_a_correction_takes_a_delegation_for_its_kinds() -> None:
    notes = a_person("notes", Role.DECISION_MAKER)
    a_delegation(notes, acts=["note"])
    with pytest.raises(NotPermitted, match="would cover deciding it"):
        afterwards.confirm(afterwards.proposed(papers.published()), by=notes)


def test_a_cap_that_the_decision_used_up_does_not_keep_from_revoking_it() -> None:
    maker = a_person("capped", Role.DECISION_MAKER)
    a_delegation(maker, cap=Decimal(1_200_000), cap_per="life")
    decision = papers.endorsed()
    papers.decide(decision, by=maker)
    papers.revoke(papers.again(decision), by=maker)
    assert papers.again(decision).revoked_on == clock.today()


def test_who_stood_aside_from_deciding_does_not_return_the_paper() -> None:
    maker, decision = a_decision_maker(), papers.endorsed()
    stand_aside(decision=decision, words="My brother’s firm.", by=maker)
    with pytest.raises(NotPermitted, match="You stood aside"):
        actions.return_to_draft(decision=decision, reason="Make it cheaper.", by=maker)


def test_who_stood_aside_from_endorsing_does_not_return_the_paper() -> None:
    chief, decision = a_chief_executive(), papers.sent()
    stand_aside(decision=decision, words="My brother’s firm.", by=chief)
    with pytest.raises(NotPermitted, match="You stood aside"):
        actions.return_to_draft(decision=decision, reason="Make it cheaper.", by=chief)


def test_the_database_wants_advice_by_somebody_else() -> None:
    decision, by = papers.submitted(), an_officer()
    facts = {"kind": "financial", "words": "Sound.", "given_at": clock.now(), "given_by": by}
    with (
        pytest.raises(IntegrityError, match="advice by who prepared it"),
        acting(by=by, name="past_the_actions"),
    ):
        Advice.objects.create(decision=decision, version=decision.versions.get(), **facts)


def test_the_database_keeps_a_paper_from_who_advised_on_it() -> None:
    decision = papers.advised()
    adviser = decision.advice.all()[0].given_by
    rows = Decision.objects.filter(pk=decision.pk)
    with pytest.raises(IntegrityError, match="taken over by who advised"), transaction.atomic():
        rows.update(originating_officer=adviser)


def test_the_database_wants_another_person_at_each_stage() -> None:
    finance = StageWords("Chief finance officer", Role.CHIEF_FINANCE_OFFICER)
    go(stages=[finance, StageWords("Chief executive")])
    both = a_person("both", Role.CHIEF_EXECUTIVE, Role.CHIEF_FINANCE_OFFICER)
    decision = papers.sent()
    as_shown.endorse(decision=decision, by=both)
    first = decision.approvals.get()
    first.pk, first.sitting, first.role = None, 2, Role.CHIEF_EXECUTIVE
    with (
        pytest.raises(IntegrityError, match="two stages endorsed by one person"),
        acting(by=both, name="past_the_actions"),
    ):
        first.save(force_insert=True)


def test_whose_deputy_somebody_is_is_chosen_among_those_who_have_the_power_themselves() -> None:
    maker, chief = a_decision_maker(), a_chief_executive()
    deputy = a_person("stand_in")
    grant_role(user=deputy, role=Role.DECISION_MAKER, valid_from=SINCE, deputy_for=maker, by=SYSTEM)
    other = a_person("other")
    of_roles, of_powers = (
        form.fields["deputy_for"].choices  # type: ignore[attr-defined]
        for form in (RoleForm(person=other), DelegationForm(holder=other))
    )
    assert sorted(name for _, name in of_roles)[:2] == [
        f"{chief}: Chief executive",
        f"{maker}: Decision maker",
    ]
    assert [name for _, name in of_powers][1:] == [str(maker)]
