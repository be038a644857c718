"""Sending the mail that acts left behind, and reminding people of what still waits on them.

No acts: what is sent changes nothing in the register. A message is marked sent in the transaction
that holds its row, after the mail server took it: a fault leaves it to be tried again later.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from enum import Enum

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit import clock
from audit.acts import SYSTEM
from decisions.actions.notices import tell, write_to
from decisions.models import Decision, Holders, Mail, MailKind, WaitedOn, working_days_between
from decisions.workflow import OPEN, Status

MOST_TRIES = 8
FIRST_WAIT = timedelta(minutes=5)  # doubled at each fault: the last try comes after about a day


class Went(Enum):
    """How a message went: dropped where it is no longer so."""

    SENT = 1
    FAILED = 2
    DROPPED = 3


def remind() -> int:
    """Queue a reminder to whoever was last told long enough ago; return how many.

    Offices change hands and deferrals end without an act, so whom each open decision waits on is
    worked out anew first.
    """
    queued = 0
    known: Holders = {}
    for decision in _open():
        with transaction.atomic():
            tell(decision, SYSTEM, known)
            for row in WaitedOn.objects.filter(decision=decision):
                queued += _remind(decision, row)
    return queued


def _open() -> Iterator[Decision]:
    waits = [*OPEN, Status.AWAITING_DECISION, Status.SIGNED]
    told = Decision.objects.filter(waited_on__isnull=False) | Decision.objects.filter(
        status__in=waits, number__isnull=False
    )
    yield from (
        told.distinct()
        .with_parties()
        .prefetch_related("standings_aside")
        .order_by("id")
        .iterator(chunk_size=200)
    )


def _remind(decision: Decision, row: WaitedOn) -> bool:
    last = timezone.localdate(row.reminded_at or row.since)
    is_due = working_days_between(last, clock.today()) >= decision.series.remind_after
    if is_due:
        write_to(decision, row.person_id, MailKind.REMINDER, row.for_what)
        row.reminded_at = clock.now()
        row.save(update_fields=["reminded_at"])
    return is_due


def send_waiting() -> tuple[int, int]:
    """Send what waits to be sent, oldest first; return how many were sent and how many failed.

    Several may run at once: each message is one's alone. What is no longer so is not sent.
    """
    went: Counter[Went] = Counter()
    while (one := _send_next()) is not None:
        went[one] += 1
    return went[Went.SENT], went[Went.FAILED]


def _send_next() -> Went | None:
    """Send one message, and return how it went; None when none is left."""
    with transaction.atomic():
        due = Mail.objects.filter(
            sent_at__isnull=True, tries__lt=MOST_TRIES, try_after__lte=clock.now()
        )
        mail = due.select_for_update(skip_locked=True, of=("self",)).first()
        if mail is None:
            return None
        if not _still_holds(mail):
            mail.delete()
            return Went.DROPPED
        try:
            message_of(mail).send()
        except OSError as fault:  # what Django's mail backends raise, SMTP's own faults included
            mail.tries += 1
            mail.problem = type(fault).__name__
            mail.try_after = clock.now() + FIRST_WAIT * 2 ** (mail.tries - 1)
            mail.save(update_fields=["tries", "problem", "try_after"])
            return Went.FAILED
        mail.sent_at = clock.now()
        mail.save(update_fields=["sent_at"])
        return Went.SENT


def _still_holds(mail: Mail) -> bool:
    if not User.objects.active().filter(pk=mail.to_id).exists():
        return False
    if mail.kind == MailKind.NEWS:
        return True
    waits = WaitedOn.objects.filter(decision=mail.decision_id, person=mail.to_id)
    return waits.filter(for_what=mail.for_what).exists()


def message_of(mail: Mail) -> EmailMessage:
    """Return the message: a reference, what is asked and an address, and no word of the paper."""
    decision = Decision.objects.with_parties().get(pk=mail.decision_id)
    waited = WaitedOn.objects.filter(decision=decision, person=mail.to_id).first()
    context = {
        "mail": mail,
        "decision": decision,
        "since": waited.since if waited else None,
        "address": settings.REGISTER_URL + reverse("decision_detail", args=[decision.slug]),
        "is_demonstration": settings.REGISTER_MODE == "demonstration",
    }
    subject = render_to_string("decisions/mail/subject.txt", context).strip()
    body = render_to_string("decisions/mail/body.txt", context)
    return EmailMessage(subject, body, to=[mail.to.email])


def unsent() -> tuple[int, int]:
    """Return how many messages wait to be sent, and how many were given up."""
    waiting = Mail.objects.filter(sent_at__isnull=True)
    given_up = waiting.filter(tries__gte=MOST_TRIES).count()
    return waiting.count() - given_up, given_up
