"""Mail: queued with the act to whoever it now waits on, sent afterwards, and once."""

import smtplib
from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from pytest_django import Settings

from accounts.actions import deactivate_user
from accounts.models import Role
from audit import clock
from audit.acts import SYSTEM
from audit.refusals import Refused
from decisions import actions
from decisions.actions.mailing import remind, send_waiting, unsent
from decisions.models import Decision, Mail, WaitedOn
from tests.factories import as_shown, papers
from tests.factories.memory import paused
from tests.factories.people import (
    a_chief_executive,
    a_governance_officer,
    a_person,
    an_adviser,
    an_officer,
)

pytestmark = pytest.mark.django_db


class FullMailbox(BaseEmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Refuse them all, as SMTP does."""
        raise smtplib.SMTPServerDisconnected


def deferred() -> Decision:
    """Make a signed decision whose publication is put off for a month."""
    until = clock.today() + timedelta(days=30)
    decision, by = papers.signed(), a_governance_officer()
    return actions.defer_publication(decision=decision, reason="Talks.", until=until, by=by)


def sent_to(address: str) -> list[str]:
    return [str(message.subject) for message in mail.outbox if address in message.to]


def test_an_adviser_is_written_to_when_a_paper_is_submitted() -> None:
    adviser = an_adviser("financial")
    papers.submitted()
    send_waiting()
    assert sent_to(adviser.email) == [
        "Demonstration: PCD 726 waits on you: advice or its confirmation"
    ]


def test_who_acted_is_not_written_to() -> None:
    papers.submitted()
    send_waiting()
    assert sent_to(an_officer().email) == []


def test_the_officer_is_told_once_the_advice_is_whole() -> None:
    papers.advised()
    send_waiting()
    assert sent_to(an_officer().email) == [
        "Demonstration: PCD 726 waits on you: sending it to the chief executive"
    ]


def test_what_waits_on_somebody_no_more_is_not_sent() -> None:
    adviser = an_adviser("financial")
    papers.advised()
    send_waiting()
    assert sent_to(adviser.email) == []


def test_an_adviser_is_told_again_when_advice_lapses() -> None:
    adviser, decision = an_adviser("financial"), papers.advised()
    send_waiting()
    with paused():  # what was sent is no part of the register, so no maker remembers it
        papers.with_drawn_sum(decision)
    send_waiting()
    assert len(sent_to(adviser.email)) == 1


def test_a_message_holds_no_word_of_the_paper() -> None:
    an_adviser()
    papers.submitted(papers.with_part_2(papers.a_draft("Okapi centre")))
    send_waiting()
    written = "".join(f"{message.subject} {message.body}" for message in mail.outbox)
    assert written
    assert not [word for word in ("Okapi", "Aardvark", "1,200,000") if word in written]


def test_a_message_is_sent_once() -> None:
    an_adviser()
    papers.submitted()
    assert send_waiting() == (1, 0)
    assert send_waiting() == (0, 0)


def test_an_undone_act_tells_nobody() -> None:
    decision = papers.submitted()
    before = Mail.objects.count()
    with pytest.raises(Refused):
        as_shown.endorse(decision=decision, by=a_chief_executive())
    assert Mail.objects.count() == before


def test_a_fault_of_the_mail_server_stops_no_act(settings: Settings) -> None:
    an_adviser()
    settings.EMAIL_BACKEND = "tests.decisions.test_mailing.FullMailbox"
    assert papers.submitted().status == "in_advice"


def test_what_failed_is_tried_again(settings: Settings) -> None:
    an_adviser("financial")
    papers.submitted()
    settings.EMAIL_BACKEND = "tests.decisions.test_mailing.FullMailbox"
    _, failed = send_waiting()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with clock.at(timezone.now() + timedelta(hours=1)):
        sent, _ = send_waiting()
    assert sent == failed > 0


def test_what_always_fails_is_given_up(settings: Settings) -> None:
    an_adviser("financial")
    papers.submitted()
    settings.EMAIL_BACKEND = "tests.decisions.test_mailing.FullMailbox"
    for day in range(1, 10):
        with clock.at(timezone.now() + timedelta(days=day)):
            send_waiting()
    assert unsent() == (0, 1)


def test_a_closed_account_is_not_written_to() -> None:
    adviser = an_adviser("financial")
    papers.submitted()
    deactivate_user(user=adviser, reason="Left.", by=SYSTEM)
    send_waiting()
    assert sent_to(adviser.email) == []


def test_who_holds_the_office_since_is_told_with_the_reminders() -> None:
    papers.submitted()
    newcomer = a_person("newcomer", Role.ADVISER, kind="legal")
    remind()
    send_waiting()
    assert len(sent_to(newcomer.email)) == 1


@pytest.mark.parametrize(("days", "reminders"), [(1, 0), (8, 1)])
def test_a_reminder_comes_after_the_working_days_of_the_series(days: int, reminders: int) -> None:
    adviser = an_adviser("financial")
    papers.submitted()
    send_waiting()
    with clock.at(timezone.now() + timedelta(days=days)):
        remind()
        send_waiting()
    still = [subject for subject in sent_to(adviser.email) if "still waits" in subject]
    assert len(still) == reminders


def test_a_reminder_is_not_repeated_the_same_day() -> None:
    an_adviser()
    papers.submitted()
    with clock.at(timezone.now() + timedelta(days=8)):
        assert [remind(), remind()] == [1, 0]


def test_a_deferred_publication_waits_on_nobody_until_its_day() -> None:
    decision = deferred()
    assert not WaitedOn.objects.filter(decision=decision).exists()


def test_a_deferral_that_ended_is_told_with_the_reminders() -> None:
    decision = deferred()
    with clock.at(timezone.now() + timedelta(days=400)):
        remind()
    waits = WaitedOn.objects.get(decision=decision)
    assert waits.for_what.startswith("publication, overdue since")
