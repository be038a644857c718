"""Waivers: given and ended by whoever may, named on lines by others."""

from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.timezone import localdate

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from audit.words import day
from decisions.actions.edits import made_before, remember
from grants import events
from grants.models import Allocation, Waiver, WaiverEnd
from grants.permissions import can_give_waivers
from grants.refusals import GrantRefused
from grants.rules import BOOK, gives_reason
from grants.rules_of_waivers import may_be_waived

LOCK = "SELECT pg_advisory_xact_lock(grants_waiver_lock(%s))"


@action
def give_waiver(
    act: Act,
    *,
    rule: str,
    allocation: Allocation,
    expires_on: date,
    reason: str,
    payee: str = "",
    invoice_number: str = "",
    form_key: UUID,
    by: User,
) -> Waiver:
    """Set a rule aside for lines of an allocation until a day (inclusive), for others to name.

    Only for lines of a payee, or of an invoice, where one is said. Raises NotPermitted or
    GrantRuleBroken.
    """
    if before := made_before(form_key, Waiver):
        return before
    role = can_give_waivers(by).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    BOOK.hold("GRT-58", holds=may_be_waived(rule, clock.today(), expires_on))
    made = Waiver.objects.create(
        rule=rule,
        allocation=allocation,
        payee=payee.strip(),
        invoice_number=invoice_number.strip(),
        reason=reason.strip(),
        expires_on=expires_on,
        given_at=clock.now(),
        given_by=by,
    )
    facts = {
        "rule": rule,
        "allocation": allocation.reference,
        "until": expires_on,
        "reason": made.reason,
    }
    act.record(events.WAIVER_GIVEN, subject=made, role=role, data=facts)
    return remember(form_key, made)


@action
def end_waiver(act: Act, *, waiver: Waiver, reason: str, form_key: UUID, by: User) -> Waiver:
    """End a waiver before its last day: no further line names it; those that do stand."""
    if before := made_before(form_key, Waiver):
        return before
    role = can_give_waivers(by).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [waiver.pk])
    waiver = Waiver.objects.with_parties().get(pk=waiver.pk)
    if waiver.state != "In force":
        raise GrantRefused(f"{waiver.reference} is not in force: it ended {_when(waiver)}.")
    WaiverEnd.objects.create(
        waiver=waiver, reason=reason.strip(), ended_at=clock.now(), ended_by=by
    )
    facts = {"rule": waiver.rule, "reason": reason.strip()}
    act.record(events.WAIVER_ENDED, subject=waiver, role=role, data=facts)
    return remember(form_key, waiver)


def _when(waiver: Waiver) -> str:
    ended = localdate(waiver.end.ended_at) if hasattr(waiver, "end") else waiver.expires_on
    return day(ended)
