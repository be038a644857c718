"""Money of an allocation set apart for categories, and moved between them."""

from decimal import Decimal
from uuid import UUID

from accounts.models import User
from audit.acts import Act, action
from audit.words import money
from decisions.actions.edits import made_before, remember
from grants import events
from grants.actions.posting import accounts_of, balance_of, balances, lock, new_account, post
from grants.actions.spending import standing
from grants.models import Account, AccountRole, Allocation, Category, Cause
from grants.permissions import can_vire
from grants.rules import (
    BOOK,
    gives_reason,
    hold_in_force,
    is_a_sum,
    is_between_categories,
    is_left_to_move,
)


@action
def set_apart(
    act: Act,
    *,
    allocation: Allocation,
    giver: str = "",
    taker: str,
    amount: Decimal,
    reason: str,
    form_key: UUID,
    by: User,
) -> Allocation:
    """Move a sum (pounds) between the categories of an allocation: a virement within it.

    "" is what is set apart for none. From the first sum on, lines of a category draw on what is
    set apart for it and on nothing else. Raises NotPermitted or GrantRuleBroken.
    """
    if before := made_before(form_key, Allocation):
        return before
    role = can_vire(by).or_refuse().role
    BOOK.hold("GRT-28", holds=is_between_categories(giver, taker))
    BOOK.hold("GRT-14", holds=is_a_sum(amount))
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    held = accounts_of(allocation)
    allocation = standing(held)
    hold_in_force(allocation.decision)
    source, target = (_account(allocation, held[0], each) for each in (giver, taker))
    lock(source, target)
    left = balance_of(source)
    detail = f"{money(amount)} is more than the {money(left)} that is left there."
    BOOK.hold("GRT-17", holds=is_left_to_move(amount, left), detail=detail)
    posted = post(Cause.VIREMENT, source=source, target=target, amount=amount, reason=reason)
    facts = {
        "amount": amount,
        "from": named(giver),
        "to": named(taker),
        "reason": reason.strip(),
        "balances": balances(posted),
    }
    act.record(events.SUM_SET_APART, subject=allocation, role=role, data=facts)
    return remember(form_key, allocation)


def _account(allocation: Allocation, general: Account, category: str) -> Account:
    """Return what is left for a category, made when something is first set apart for it."""
    if not category:
        return general
    role = AccountRole.AVAILABLE
    found = Account.objects.filter(allocation=allocation, role=role, category=category).first()
    return found or new_account(allocation, role, category)


def named(category: str) -> str:
    """Return what people call what is set apart for a category, or for none."""
    return Category(category).label.lower() if category else "what is not set apart"
