"""Closing months, with the exceptions that they are closed with."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from audit.words import money
from decisions.actions.edits import made_before, remember
from grants import events
from grants.actions.posting import in_words
from grants.models import NOUGHT, MonthClosing, month_name
from grants.months import closing_of, exceptions_of, next_month
from grants.permissions import can_close_months
from grants.rules import BOOK
from grants.rules_of_months import can_close, says_why


@action
def close_months(
    act: Act, *, months: Sequence[date], words: str = "", form_key: UUID, by: User
) -> MonthClosing:
    """Close months (their first days), in one act: one of them, or all of a year.

    The database names the exceptions of each. Returns the last closing. Raises NotPermitted or
    GrantRuleBroken.
    """
    if before := made_before(form_key, MonthClosing):
        return before
    role = can_close_months(by).or_refuse().role
    closings = [_closed(month, words, by) for month in sorted(months)]
    for closing in closings:
        amounts = closing.exceptions.values_list("amount", flat=True)
        facts = {
            "month": month_name(closing.month),
            "exceptions": str(len(amounts)),
            "unsettled": sum(amounts, NOUGHT),
            "moves": closing.moves,
            "moved": closing.moved,
        }
        act.record(events.MONTH_CLOSED, subject=closing, role=role, data=facts)
    return remember(form_key, closings[-1])


def _closed(month: date, words: str, by: User) -> MonthClosing:
    name, standing = month_name(month), closing_of(month)
    detail = f"{name} is closed." if standing else f"{name} is not over."
    holds = can_close(next_month(month), clock.today(), standing)
    BOOK.hold("GRT-40", holds=holds, detail=detail)
    exceptions = exceptions_of(month)
    together = money(sum((one.amount for one in exceptions), NOUGHT))
    detail = f"{name} has {len(exceptions)}, of {together} together."
    BOOK.hold("GRT-41", holds=says_why(words, len(exceptions)), detail=detail)
    with in_words():
        made = MonthClosing.objects.create(
            month=month,
            n=MonthClosing.objects.filter(month=month).count() + 1,
            words=words.strip(),
            moves=0,  # the database counts them
            moved=NOUGHT,
            closed_at=clock.now(),
            closed_by=by,
        )
    made.refresh_from_db()
    return made
