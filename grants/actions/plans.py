"""Planning what an allocation spends: its profile, and the officer's own forecast."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from audit.words import money
from decisions.actions.edits import made_before, remember
from grants import events
from grants.actions.posting import in_words
from grants.models import NOUGHT, Allocation, Plan, PlanKind, PlanMonth
from grants.permissions import can_allocate
from grants.plans import plan_in_force
from grants.programmes import standing_of
from grants.refusals import GrantRefused
from grants.rules import BOOK, gives_reason
from grants.rules_of_plans import is_of_what_stands, is_within_budget


@action
def save_plan(
    act: Act,
    *,
    allocation: Allocation,
    kind: PlanKind,
    months: Mapping[date, Decimal],
    seen: int,
    reason: str = "",
    form_key: UUID,
    by: User,
) -> Plan:
    """Save what is planned of months (their first days), in pounds; earlier plans are kept.

    `seen` is the number of the plan that it revises, 0 for none. Raises NotPermitted or
    GrantRuleBroken.
    """
    if before := made_before(form_key, Plan):
        return before
    role = can_allocate(by).or_refuse().role
    if not months:
        raise GrantRefused("No month has a sum.", clears="Type a sum for one month at least.")
    total = sum(months.values(), NOUGHT)
    last = _held(allocation, kind, total, seen, reason)
    with in_words():
        plan = Plan.objects.create(
            allocation=allocation,
            kind=kind,
            n=last.n + 1 if last else 1,
            total=total,
            reason=reason.strip(),
            made_at=clock.now(),
            made_by=by,
        )
        PlanMonth.objects.bulk_create(
            PlanMonth(plan=plan, month=month, amount=amount) for month, amount in months.items()
        )
    facts = {"amount": total, "what": kind.label.lower(), "months": str(len(months))}
    if last:
        facts |= {"earlier": last.total, "reason": plan.reason}
    act.record(events.PLAN_SAVED, subject=plan, role=role, data=facts)
    return remember(form_key, plan)


def _held(
    allocation: Allocation, kind: PlanKind, total: Decimal, seen: int, reason: str
) -> Plan | None:
    """Refuse what may not be planned; return the plan in force, held until the act ends."""
    Allocation.objects.select_for_update().get(pk=allocation.pk)
    last = plan_in_force(allocation, kind)
    n = last.n if last else 0
    detail = f"{last} was saved by {last.made_by}." if last else ""
    BOOK.hold("GRT-60", holds=is_of_what_stands(seen, n), detail=detail)
    if kind == PlanKind.PROFILE:
        found = Allocation.objects.with_balances().get(pk=allocation.pk)
        budget = standing_of(found).allocated
        detail = f"It comes to {money(total)}; the limit is {money(budget)}."
        BOOK.hold("GRT-59", holds=is_within_budget(total, budget), detail=detail)
    BOOK.hold("GRT-15", holds=n == 0 or gives_reason(reason))
    return last
