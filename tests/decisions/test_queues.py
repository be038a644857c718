"""Queues: urgent first, overdue publications loud, and what is with others."""

from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from accounts.refusals import NotPermitted
from audit import clock
from decisions import actions
from decisions.actions.urgency import end_urgency, mark_urgent
from decisions.models import Decision
from decisions.refusals import RuleBroken
from tests.factories import as_shown, papers
from tests.factories.people import a_chief_executive, a_governance_officer, an_adviser, an_officer
from tests.factories.sign_in import client_of

pytestmark = pytest.mark.django_db


def test_an_urgent_paper_goes_before_an_older_one() -> None:
    older, newer = papers.submitted(), papers.submitted(papers.a_draft("Newer"))
    mark_urgent(decision=newer, reason="The grant lapses on Friday.", by=an_officer())
    queue = Decision.objects.awaiting(an_adviser()).urgent_first()
    assert list(queue) == [newer, older]


def test_urgency_has_a_reason() -> None:
    with pytest.raises(RuleBroken):
        mark_urgent(decision=papers.submitted(), reason=" ", by=an_officer())


def test_urgency_spares_no_check() -> None:
    decision = papers.submitted()
    mark_urgent(decision=decision, reason="The grant lapses.", by=an_officer())
    with pytest.raises(NotPermitted):
        as_shown.endorse(decision=decision, by=a_chief_executive())


def test_the_reason_stands_on_the_page() -> None:
    decision = papers.submitted()
    mark_urgent(decision=decision, reason="The grant lapses on Friday.", by=an_officer())
    page = client_of(an_adviser()).get(f"/decisions/{decision.slug}/").content.decode()
    assert "The grant lapses on Friday." in page


def test_a_paper_waits_its_turn_again() -> None:
    decision = papers.submitted()
    mark_urgent(decision=decision, reason="The grant lapses.", by=an_officer())
    end_urgency(decision=decision, by=an_officer())
    assert not papers.again(decision).is_urgent


def test_an_adviser_sees_what_waits_for_others() -> None:
    papers.advised()
    page = unescape(client_of(an_adviser()).get("/").content.decode())
    assert "Waiting for others" in page


def test_what_was_decided_stands_on_everybodys_home() -> None:
    papers.signed()
    page = client_of(an_adviser()).get("/").content.decode()
    assert "Recently decided" in page


def test_a_publication_is_overdue_after_its_working_days() -> None:
    papers.signed()
    with clock.at(timezone.now() + timedelta(days=8)):
        page = client_of(a_governance_officer()).get("/decisions/publication/").content.decode()
    assert "Overdue" in page


def test_an_overdue_publication_is_loud_at_home() -> None:
    papers.signed()
    with clock.at(timezone.now() + timedelta(days=8)):
        page = client_of(a_governance_officer()).get("/").content.decode()
    assert "should have been published by now" in page


def test_a_deferred_publication_is_not_overdue_before_its_end() -> None:
    decision = papers.signed()
    until = clock.today() + timedelta(days=60)
    by = a_governance_officer()
    actions.defer_publication(decision=decision, reason="Talks.", until=until, by=by)
    with clock.at(timezone.now() + timedelta(days=30)):
        page = client_of(by).get("/decisions/publication/").content.decode()
    assert "Not yet due" in page
    assert "Overdue" not in page


def test_nothing_to_publish_is_said() -> None:
    page = client_of(an_officer()).get("/decisions/publication/").content.decode()
    assert "Everything that is signed has been published" in page
