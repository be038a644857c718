"""Above which sum a line needs a second person: data, set with a reason."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import connection

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from audit.words import day, money
from decisions.actions.edits import made_before, remember
from grants import events
from grants.models import ApprovalLimit
from grants.permissions import can_set_approval_limit
from grants.refusals import GrantRefused
from grants.rules import BOOK, gives_reason, is_a_sum

LOCK = "SELECT pg_advisory_xact_lock(grants_limit_lock())"


@action
def set_approval_limit(
    act: Act,
    *,
    amount: Decimal | None,
    valid_from: date,
    reason: str,
    form_key: UUID,
    by: User,
) -> ApprovalLimit:
    """Set above which sum (pounds, with VAT) a line needs a second person; None for no sum.

    From today or a day to come. Raises NotPermitted, GrantRuleBroken or GrantRefused.
    """
    if before := made_before(form_key, ApprovalLimit):
        return before
    role = can_set_approval_limit(by).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    BOOK.hold("GRT-14", holds=amount is None or amount == 0 or is_a_sum(amount))
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    if valid_from < clock.today():
        raise GrantRefused(
            f"The limit of {day(clock.today())} and before stays as it was.",
            clears="Choose today or a day to come.",
        )
    made = ApprovalLimit.objects.create(
        amount=amount,
        valid_from=valid_from,
        reason=reason.strip(),
        set_at=clock.now(),
        set_by=by,
    )
    limit = "no limit" if amount is None else f"above {money(amount)}"
    facts = {"limit": limit, "from": valid_from, "reason": made.reason}
    act.record(events.APPROVAL_LIMIT_SET, subject=made, role=role, data=facts)
    return remember(form_key, made)
