"""Telling people what waits on them: queued within the act, sent by a command afterwards."""

from audit import clock
from audit.acts import Actor
from decisions.models import Decision, Holders, Mail, MailKind, WaitedOn, people_waited_on


def tell(decision: Decision, by: Actor, known: Holders | None = None) -> None:
    """Bring up to date on whom a decision waits, within an act; queue mail to who came anew.

    Whoever acted is not written to. What the act undoes, this is undone with. `known` is as
    `people_waited_on` takes it.
    """
    now = clock.now()
    wanted = people_waited_on(decision, known)
    kept = set()
    for row in WaitedOn.objects.filter(decision=decision):
        if wanted.get(row.person_id) == row.for_what:
            kept.add(row.person_id)
        else:
            row.delete()
    for person, what in wanted.items():
        if person not in kept:
            WaitedOn.objects.create(decision=decision, person_id=person, for_what=what, since=now)
            if person != by.pk:
                write_to(decision, person, MailKind.WAITS, what)


def tell_officer(decision: Decision, news: str, by: Actor) -> None:
    """Queue news of a decision to its originating officer, unless the officer acted."""
    officer = decision.originating_officer_id
    if officer != by.pk:
        write_to(decision, officer, MailKind.NEWS, news)


def write_to(decision: Decision, person: int, kind: MailKind, what: str) -> None:
    """Queue one message; the database sends nothing by itself."""
    now = clock.now()
    Mail.objects.create(
        decision=decision, to_id=person, kind=kind, for_what=what, queued_at=now, try_after=now
    )
