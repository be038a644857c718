"""How the papers of a series go is data: its stages, who decides, who advises."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Role, User
from accounts.refusals import NotPermitted
from audit import clock
from decisions import actions
from decisions.actions.series import StageWords, end_series, set_series
from decisions.models import Decision, EndorsingStage, Series, waiting_on
from decisions.refusals import DecisionRefused, RuleBroken
from tests.factories import as_shown, papers
from tests.factories.people import (
    a_chief_executive,
    a_decision_maker,
    a_delegation,
    a_governance_officer,
    a_person,
    an_officer,
)
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


def go(**changes: Any) -> Series:
    """Set the series PCD, with what differs from the ordinary."""
    series = papers.a_series()
    ordinary: dict[str, Any] = {
        "decision_maker_role": Role.DECISION_MAKER,
        "decision_maker_title": "Deputy Mayor for Policing and Crime",
        "decision_maker": None,
        "stages": [StageWords("Chief executive")],
        "required_advice": ["financial", "legal"],
        "publish_within": 1,
        "remind_after": 3,
    }
    return set_series(series=series, by=a_governance_officer(), **{**ordinary, **changes})


def a_finance_chief() -> User:
    return a_person("cfo", Role.CHIEF_FINANCE_OFFICER)


TWO = [
    StageWords("Chief finance officer", Role.CHIEF_FINANCE_OFFICER),
    StageWords("Chief executive"),
]


def test_a_paper_passes_every_stage_before_it_is_decided() -> None:
    go(stages=TWO)
    decision = papers.sent()
    as_shown.endorse(decision=decision, by=a_finance_chief())
    after_one = papers.again(decision).status
    as_shown.endorse(decision=decision, by=a_chief_executive())
    assert [after_one, papers.again(decision).status] == [
        "with_chief_executive",
        "awaiting_decision",
    ]


def test_each_stage_waits_on_its_own_office() -> None:
    go(stages=TWO)
    decision = papers.sent()
    first = [wait.on for wait in waiting_on(decision)]
    as_shown.endorse(decision=decision, by=a_finance_chief())
    second = [wait.on for wait in waiting_on(papers.again(decision))]
    assert (first, second) == (["Chief finance officer"], ["Chief executive"])


def test_a_later_stage_does_not_endorse_before_its_turn() -> None:
    go(stages=TWO)
    with pytest.raises(NotPermitted):
        as_shown.endorse(decision=papers.sent(), by=a_chief_executive())


def test_a_change_sends_a_paper_back_to_the_first_stage() -> None:
    go(stages=TWO)
    decision = papers.sent()
    as_shown.endorse(decision=decision, by=a_finance_chief())
    actions.edit_paper(decision=decision, title="Another title", by=an_officer())
    stage = papers.again(decision).with_stage
    assert stage is not None
    assert stage.title == "Chief finance officer"


def test_both_endorsements_are_in_the_signed_document() -> None:
    go(stages=TWO)
    decision = papers.sent()
    as_shown.endorse(decision=decision, by=a_finance_chief())
    as_shown.endorse(decision=decision, by=a_chief_executive())
    approval = papers.decide(papers.again(decision))
    names = [row.by_name for row in decision.approvals.exclude(pk=approval.pk)]
    assert names == ["Cfo", "Chief executive"]


def test_the_office_that_advises_does_not_advise_on_its_own_paper() -> None:
    go(advice_givers=[("financial", "chief_finance_officer")])
    both = a_person("both", Role.ORIGINATING_OFFICER, Role.CHIEF_FINANCE_OFFICER)
    decision = papers.submitted(papers.a_draft(by=both))
    with pytest.raises(NotPermitted, match="prepared a paper does not advise"):
        as_shown.give_advice(decision=decision, kind="financial", words="Sound.", by=both)


def test_the_database_wants_every_stage() -> None:
    go(stages=TWO)
    decision = papers.sent()
    as_shown.endorse(decision=decision, by=a_finance_chief())
    stage = Decision.objects.filter(pk=decision.pk)
    unendorsed = "has not endorsed its newest version"
    with pytest.raises(IntegrityError, match=unendorsed), transaction.atomic():
        stage.update(status="awaiting_decision", with_stage=None)


def test_the_database_wants_a_stage_of_the_papers_own_series() -> None:
    decision = papers.sent()
    other = EndorsingStage.objects.get(series=papers.a_series("DPC", 1))
    with pytest.raises(IntegrityError, match="decision_stage_of_its_series"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(with_stage=other)


def test_a_paper_stays_at_a_stage_that_is_left() -> None:
    go(stages=TWO)
    decision = papers.sent()
    go(stages=[StageWords("Chief executive")])
    stage = papers.again(decision).with_stage
    assert stage is not None
    assert stage.title == "Chief executive"


def test_only_the_named_officer_endorses_where_one_is_named() -> None:
    named = a_person("named", Role.CHIEF_EXECUTIVE)
    go(stages=[StageWords("Chief executive", officer=named)])
    with pytest.raises(NotPermitted, match="Named endorses papers at this stage"):
        as_shown.endorse(decision=papers.sent(), by=a_chief_executive())


def test_the_chief_executive_decides_what_another_named_officer_endorses() -> None:
    chief, finance = a_chief_executive(), a_finance_chief()
    stage = StageWords("Chief finance officer", Role.CHIEF_FINANCE_OFFICER, finance)
    go(
        decision_maker_role=Role.CHIEF_EXECUTIVE,
        decision_maker_title="Chief executive",
        stages=[stage],
    )
    a_delegation(chief)
    decision = papers.sent()
    as_shown.endorse(decision=decision, by=finance)
    papers.decide(papers.again(decision), by=chief)
    assert papers.again(decision).status == "signed"


def test_the_office_that_decides_does_not_endorse_alone() -> None:
    with pytest.raises(RuleBroken, match="another named officer endorses"):
        go(decision_maker_role=Role.CHIEF_EXECUTIVE)


def test_a_series_without_a_stage_is_refused() -> None:
    with pytest.raises(RuleBroken, match="endorsed by one office at least"):
        go(stages=[])


def test_only_the_named_decision_maker_decides() -> None:
    mayor = a_decision_maker("mayor")
    go(decision_maker=mayor, decision_maker_title="Mayor of London")
    with pytest.raises(NotPermitted, match="Mayor decides papers of PCD"):
        papers.decide(papers.endorsed(), by=a_decision_maker())


def test_another_office_gives_advice_where_the_series_says_so() -> None:
    go(advice_givers=[("financial", Role.CHIEF_FINANCE_OFFICER)])
    decision = papers.submitted()
    as_shown.give_advice(
        decision=decision, kind="financial", words="Affordable.", by=a_finance_chief()
    )
    assert papers.again(decision).advice_needed == ["legal"]


def test_papers_under_way_wait_for_advice_that_the_series_comes_to_ask_for() -> None:
    decision = papers.advised()
    go(required_advice=["financial", "legal", "equality"])
    assert papers.again(decision).advice_needed == ["equality"]


def test_what_waits_for_its_advice_stands_on_that_offices_home() -> None:
    go(advice_givers=[("financial", Role.CHIEF_FINANCE_OFFICER)])
    decision = papers.submitted()
    assert list(Decision.objects.awaiting(a_finance_chief())) == [decision]


def test_the_page_saves_what_was_typed() -> None:
    papers.a_series()
    typed = {
        "decision_maker_title": "Mayor of London",
        "decision_maker_role": "decision_maker",
        "required_advice": ["legal"],
        "publish_within": "2",
        "remind_after": "5",
        "stages-TOTAL_FORMS": "2",
        "stages-INITIAL_FORMS": "1",
        "stages-0-title": "Chief executive",
        "stages-0-role": "chief_executive",
        "stages-1-title": "Chief finance officer",
        "stages-1-role": "chief_finance_officer",
    }
    answer = client_of(a_governance_officer()).post("/decisions/series/pcd/", typed)
    assert answer.status_code == 302, answer.content.decode()
    series = Series.objects.get(code="PCD")
    titles = [stage.title for stage in series.stages.all()]
    assert (series.decision_maker_title, series.remind_after, titles) == (
        "Mayor of London",
        5,
        ["Chief executive", "Chief finance officer"],
    )


def ended(successor: str = "DMFD", **more: Any) -> Series:
    """End PCD yesterday, followed by another series."""
    follows = papers.a_series(successor, 1) if successor else None
    yesterday = clock.today() - timedelta(days=1)
    series, by = papers.a_series(), a_governance_officer()
    return end_series(series=series, ends_on=yesterday, successor=follows, by=by, **more)


def test_a_series_that_ended_is_not_offered_and_begins_no_paper() -> None:
    officer = an_officer()
    series = ended()
    assert ">PCD<" not in client_of(officer).get("/decisions/new/").content.decode()
    with pytest.raises(DecisionRefused, match="has ended"):
        actions.create_draft(series=series, title="Late", by=officer)


def test_a_paper_without_a_number_goes_on_in_the_series_that_follows() -> None:
    draft = papers.a_draft()
    ended()
    assert papers.submitted(draft).reference == "DMFD 1"


def test_what_has_its_number_keeps_it_when_its_series_ends() -> None:
    decision = papers.submitted()
    ended()
    assert papers.advised(decision).reference == "PCD 726"


def test_a_paper_whose_series_none_follows_waits_for_the_governance_officer() -> None:
    draft = papers.a_draft()
    ended(successor="")
    with pytest.raises(DecisionRefused, match="none follows it"):
        papers.submitted(draft)


def test_no_two_series_follow_one_another() -> None:
    first = ended()
    follows, today = Series.objects.get(code="DMFD"), clock.today()
    with pytest.raises(DecisionRefused, match="does not go on"):
        end_series(series=follows, ends_on=today, successor=first, by=a_governance_officer())
