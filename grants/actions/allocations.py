"""Allocations: opening the authority of a sum decided, and setting money aside under it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from audit.words import money
from decisions.actions.edits import change, made_before, remember
from decisions.models import (
    Decision,
    Organisation,
    OutcomeFigure,
    Recommendation,
)
from grants import events
from grants.actions.opening import decided, funder_of, held_back, open_authority
from grants.actions.posting import (
    account_of_figure,
    balance_of,
    balances,
    new_account,
    post,
)
from grants.models import AccountRole, Allocation, Cause, Charge, Move
from grants.permissions import can_allocate
from grants.rules import (
    BOOK,
    authority_has_enough,
    hold_in_force,
    hold_period,
    hold_sources,
    is_a_sum,
    opens_money,
)


@dataclass(frozen=True)
class Terms:
    """What an allocation is for: `limit` in pounds, dates inclusive.

    `funder` is needed only where neither the recommendation nor the decision names one.
    """

    limit: Decimal
    purpose: str
    budget_holder: Organisation
    period_start: date
    period_end: date
    charge: str = Charge.REVENUE
    funder: Organisation | None = None
    recipient: Organisation | None = None
    beneficiary: Organisation | None = None


@action
def make_allocation(
    act: Act,
    *,
    figure: OutcomeFigure,
    terms: Terms,
    funded_from: Allocation | None = None,
    form_key: UUID,
    by: User,
) -> Allocation:
    """Allocate under a sum decided; the first allocation opens its authority, whole.

    A sum that is drawn from another recommendation opens out of that one: out of `funded_from`, or
    out of what is not yet allocated there. Raises NotPermitted or GrantRuleBroken.
    """
    if before := made_before(form_key, Allocation):
        return before
    role = can_allocate(by).or_refuse().role
    figure = decided(figure)
    recommendation = figure.outcome.recommendation
    decision = Decision.objects.locked(recommendation.decision)
    _hold_terms(decision, recommendation, figure, terms)
    funder = funder_of(figure, typed=terms.funder, funded_from=funded_from)
    authority = account_of_figure(figure)
    posted = open_authority(figure, authority, funder, funded_from)
    left = balance_of(authority)
    detail = f"{money(terms.limit)} was asked; {money(left)} is left.{held_back(figure)}"
    BOOK.hold("GRT-03", holds=authority_has_enough(terms.limit, left), detail=detail)
    allocation = _made(decision, figure, terms, funder, by)
    available = new_account(allocation, AccountRole.AVAILABLE)
    new_account(allocation, AccountRole.USED)
    source, target, limit = authority, available, terms.limit
    posted.append(post(Cause.ALLOCATION, source=source, target=target, amount=limit))
    facts = {
        "amount": terms.limit,
        "recommendation": recommendation.number,
        "balances": balances(*posted),
    }
    act.record(events.ALLOCATION_MADE, subject=allocation, role=role, data=facts)
    return remember(form_key, allocation)


def _hold_terms(
    decision: Decision, recommendation: Recommendation, figure: OutcomeFigure, terms: Terms
) -> None:
    hold_in_force(decision)
    hold_sources(recommendation)
    BOOK.hold("GRT-01", holds=opens_money(figure))
    BOOK.hold("GRT-14", holds=is_a_sum(terms.limit))
    hold_period(recommendation, terms.period_start, terms.period_end)


def _made(
    decision: Decision,
    figure: OutcomeFigure,
    terms: Terms,
    funder: Organisation,
    by: User,
) -> Allocation:
    """Make the allocation's row; it names the one that its sum was drawn out of, if any."""
    opening = Move.objects.select_related("source__allocation").get(opens=figure)
    last = Allocation.objects.filter(decision=decision).order_by("-n").first()
    return Allocation.objects.create(
        decision=decision,
        n=last.n + 1 if last else 1,
        figure=figure,
        limit=terms.limit,
        purpose=terms.purpose.strip(),
        funder=funder,
        recipient=terms.recipient,
        budget_holder=terms.budget_holder,
        beneficiary=terms.beneficiary,
        period_start=terms.period_start,
        period_end=terms.period_end,
        charge=terms.charge,
        funded_from=opening.source.allocation,
        allocated_at=clock.now(),
        allocated_by=by,
    )


@action
def amend_allocation(
    act: Act,
    *,
    allocation: Allocation,
    purpose: str,
    budget_holder: Organisation,
    recipient: Organisation | None = None,
    beneficiary: Organisation | None = None,
    by: User,
) -> Allocation:
    """Correct what an allocation is for and whose it is; its sum, dates and funder never change."""
    role = can_allocate(by).or_refuse().role
    allocation = Allocation.objects.select_for_update(of=("self",)).get(pk=allocation.pk)
    words = {
        "purpose": purpose.strip(),
        "budget_holder": budget_holder,
        "recipient": recipient,
        "beneficiary": beneficiary,
    }
    if change(allocation, words):
        act.record(events.ALLOCATION_AMENDED, subject=allocation, role=role)
    return allocation
