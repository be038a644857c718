"""What a delegation covers, whoever uses it: in their own right, or as deputy for who holds it.

A deputy uses their principal's power: what they decide counts against both.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from accounts.models import DelegatedAct, Delegation, Role, User
from accounts.permissions import ASK_ADMINISTRATOR, ASK_GOVERNANCE, Answer, no, yes
from accounts.refusals import NotPermitted
from audit.words import day, money

# Without the sums: they may lie in Part 2, and a refusal's words stand on the audit trail.
OVER_THE_CAP = "The sum is over what is left of the delegation's cap."
OVER_THE_CAP_BEHIND = "The sum is over what is left of the cap of whom you deputise for."
NOTHING_BEHIND = "Whom you deputise for has no such power of their own."
OTHER_AUTHORITY = "Somebody else with authority must decide."


def can_exercise(
    user: User,
    delegation: Delegation,
    *,
    kind: str,
    amount: Decimal | None,
    on: date,
    within_cap: bool = True,
    decided_before: Decimal = Decimal(),
) -> Answer:
    """Answer whether a delegation covers an act of a kind for a sum (pounds) on a date.

    ``amount`` is None for an act without a sum; ``decided_before`` is what earlier acts on the
    same matter came to, which the limit is held against too. Looks at holder, dates and approval,
    office, kind, limit and what is left of the cap (unless nothing is taken from it), in this
    order. A deputy's carries its own dates, and holds only while the principal's own power for all
    of this holds.
    """
    if delegation.holder_id != user.pk:
        return no("This delegation is another person's.", clears=ASK_GOVERNANCE)
    if delegation.is_in_force(on) and not _is_of_office(user, delegation, on):
        return no("You do not hold the office that its paragraph names.", clears=ASK_ADMINISTRATOR)
    asked: dict[str, Any] = {
        "kind": kind,
        "amount": amount,
        "on": on,
        "within_cap": within_cap,
        "decided_before": decided_before,
    }
    answer = covers(delegation, **asked)
    return _principal_has(delegation, asked) if answer and delegation.deputy_for else answer


def _principal_has(deputising: Delegation, asked: dict[str, Any]) -> Answer:
    """Answer whether a deputy's principal has, under the same paragraph, what the deputy uses."""
    principal = deputising.deputy_for
    if principal is None or not principal.is_active:
        return no("The account of whom you deputise for is closed.", clears=ASK_GOVERNANCE)
    answers = [can_exercise(principal, one, **asked) for one in _behind(deputising, asked["on"])]
    return yes(Role.DECISION_MAKER) if any(answers) else _nothing_behind(answers)


def _behind(deputising: Delegation, on: date) -> QuerySet[Delegation]:
    """Return what a deputy's principal holds in their own right under the same paragraph."""
    own = Delegation.objects.in_force(on).filter(holder=deputising.deputy_for, deputy_for=None)
    return own.filter(paragraph=deputising.paragraph).select_related("holder")


def _nothing_behind(answers: Iterable[Answer]) -> Answer:
    if any(answer.reason == OVER_THE_CAP for answer in answers):
        return no(OVER_THE_CAP_BEHIND, clears=OTHER_AUTHORITY)
    return no(NOTHING_BEHIND, clears=ASK_GOVERNANCE)


def power_behind(
    deputising: Delegation, *, kinds: Iterable[str], amount: Decimal, on: date
) -> Delegation:
    """Return the power of their principal that a deputy uses, which it counts against too.

    Raises NotPermitted where the principal had none on the date that covers acts of these kinds
    for the sum (pounds).
    """
    wanted, answers = sorted(kinds), []
    for one in _behind(deputising, on):
        found = [can_exercise(one.holder, one, kind=kind, amount=amount, on=on) for kind in wanted]
        if all(found):
            return one
        answers += found
    answer = _nothing_behind(answers)
    raise NotPermitted(answer.reason, clears=answer.clears)


def covers(
    delegation: Delegation,
    *,
    kind: str,
    amount: Decimal | None,
    on: date,
    within_cap: bool = True,
    decided_before: Decimal = Decimal(),
) -> Answer:
    """Answer whether a delegation, whoever holds it, covers an act of a kind for a sum on a date.

    Looks at dates and approval, kind, limit and what is left of the cap, in this order.
    """
    if not delegation.is_in_force(on):
        return no(f"This delegation is not in force on {day(on)}.", clears=ASK_GOVERNANCE)
    if kind not in delegation.acts:
        name = DelegatedAct(kind).label.lower() if kind in DelegatedAct.values else kind
        return no(f"This delegation does not cover “{name}”.", clears=ASK_GOVERNANCE)
    if amount is None:
        return yes(Role.DECISION_MAKER)
    return _is_within(delegation, amount, on, decided_before, within_cap=within_cap)


def _is_of_office(user: User, delegation: Delegation, on: date) -> bool:
    office = delegation.paragraph.office if delegation.paragraph else ""
    return not office or delegation.deputy_for_id is not None or user.has_role(office, on=on)


def _is_within(
    delegation: Delegation,
    amount: Decimal,
    on: date,
    decided_before: Decimal,
    *,
    within_cap: bool,
) -> Answer:
    is_more = bool(amount)  # what grants no more money is within any limit
    if delegation.limit is not None and is_more and decided_before + amount > delegation.limit:
        # Without the sum: it may lie in Part 2, and a refusal's words stand on the audit trail.
        reason = f"The sum is over the delegation's limit of {money(delegation.limit)}."
        return no(reason, clears="Somebody with a higher limit must decide.")
    left = delegation.left(on) if within_cap else None
    if left is not None and amount > left:
        return no(OVER_THE_CAP, clears=OTHER_AUTHORITY)
    return yes(Role.DECISION_MAKER)
