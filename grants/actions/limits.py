"""Raising and lowering what was decided and allocated: variations, and allocations' limits."""

from decimal import Decimal
from uuid import UUID

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from audit.words import money
from decisions.actions.edits import made_before, remember
from decisions.models import Decision, FigureRole, OutcomeFigure, RecommendationKind
from grants import events
from grants.actions.awards import authorised, bound
from grants.actions.opening import decided, funder_of, held_back, open_authority
from grants.actions.posting import (
    Posted,
    account_of_figure,
    account_of_funder,
    accounts_of,
    balance_of,
    balances,
    lock,
    post,
    unawarded_of,
)
from grants.models import Account, AccountRole, Allocation, Cause, Variation
from grants.permissions import can_allocate
from grants.rules import (
    BOOK,
    authority_has_enough,
    gives_reason,
    hold_in_force,
    hold_sources,
    is_a_sum,
    is_left_to_lower,
    is_left_to_move,
    opens_money,
    varies_what_stands,
)


def earlier_sum(varying: OutcomeFigure) -> Decimal:
    """Return the sum (pounds) that a decision that varies says was decided earlier."""
    figures = varying.outcome.recommendation.figures.filter(role=FigureRole.EARLIER)
    return sum(figures.values_list("amount", flat=True), Decimal("0.00"))


@action
def apply_variation(
    act: Act, *, varying: OutcomeFigure, varied: OutcomeFigure, form_key: UUID, by: User
) -> Variation:
    """Let a decision that varies raise or lower the sum decided earlier that it names.

    The difference comes to what is not yet allocated of the sum, or is taken from that: a sum is
    not lowered below what is allocated of it (GRT-23). Raises NotPermitted or GrantRuleBroken.
    """
    if before := made_before(form_key, Variation):
        return before
    role = can_allocate(by).or_refuse().role
    varying, varied = decided(varying), decided(varied)
    for one in sorted({varying.outcome.recommendation.decision_id, _decision(varied).pk}):
        Decision.objects.locked(Decision(pk=one))
    _hold_variation(varying, varied)
    earlier = earlier_sum(varying)
    stands = authorised(varied)
    detail = f"It says {money(earlier)}; {money(stands)} stands."
    BOOK.hold("GRT-22", holds=varies_what_stands(earlier, stands), detail=detail)
    difference = varying.amount - earlier
    BOOK.hold("GRT-14", holds=is_a_sum(abs(difference)), detail="Nothing is changed by it.")
    funder = funder_of(varied)
    authority, unawarded = account_of_figure(varied), unawarded_of(varied)
    outside = account_of_funder(AccountRole.OUTSIDE, funder)
    opened = open_authority(varied, authority, funder, None)
    lock(authority, unawarded, outside)
    posted = _varied(difference, authority, outside, str(_decision(varying)))
    made = Variation.objects.create(
        varying=varying,
        varied=varied,
        earlier=earlier,
        difference=difference,
        move=posted.move,
        applied_at=clock.now(),
        applied_by=by,
    )
    moves = [*opened, posted, *bound(varied)]
    facts = {
        "of": varied.ledger_reference,
        "old": earlier,
        "new": varying.amount,
        "balances": balances(*moves),
    }
    act.record(events.SUM_VARIED, subject=made, role=role, data=facts)
    return remember(form_key, made)


def _decision(figure: OutcomeFigure) -> Decision:
    return figure.outcome.recommendation.decision


def _hold_variation(varying: OutcomeFigure, varied: OutcomeFigure) -> None:
    recommendation = varying.outcome.recommendation
    hold_in_force(recommendation.decision)
    hold_in_force(_decision(varied))
    hold_sources(recommendation)
    hold_sources(varied.outcome.recommendation)
    links = recommendation.decision.links.filter(kind="varies", to_decision=_decision(varied))
    names_it = recommendation.kind == RecommendationKind.VARY and links.exists()
    whole = opens_money(varied) and varied.outcome.recommendation.funded_from_id is None
    detail = f"{_decision(varying)} does not vary {_decision(varied)}."
    BOOK.hold("GRT-22", holds=names_it and whole, detail=detail)


def _varied(difference: Decimal, authority: Account, outside: Account, reason: str) -> Posted:
    if difference > 0:
        ends = outside, authority
    else:
        ends = authority, outside
        left = balance_of(authority)
        detail = f"{money(-difference)} is taken from it; {money(left)} is not allocated."
        BOOK.hold("GRT-23", holds=is_left_to_lower(-difference, left), detail=detail)
    source, target = ends
    amount = abs(difference)
    return post(Cause.VARIATION, source=source, target=target, amount=amount, reason=reason)


@action
def change_limit(
    act: Act,
    *,
    allocation: Allocation,
    difference: Decimal,
    reason: str,
    form_key: UUID,
    by: User,
) -> Allocation:
    """Raise an allocation's limit out of what is not allocated of its sum, or lower it to there.

    `difference` is in pounds, below nought to lower it: by no more than is left to spend. Raises
    NotPermitted or GrantRuleBroken.
    """
    if before := made_before(form_key, Allocation):
        return before
    role = can_allocate(by).or_refuse().role
    amount = abs(difference)
    BOOK.hold("GRT-14", holds=is_a_sum(amount))
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    available, _ = accounts_of(allocation)
    figure = decided(available.allocation.figure) if available.allocation else allocation.figure
    authority, unawarded = account_of_figure(figure), unawarded_of(figure)
    lock(available, authority, unawarded)
    if difference > 0:
        hold_in_force(_decision(figure))
        left = balance_of(authority)
        detail = f"{money(amount)} was asked; {money(left)} is left.{held_back(figure)}"
        BOOK.hold("GRT-03", holds=authority_has_enough(amount, left), detail=detail)
        ends = authority, available
    else:
        left = balance_of(available)
        detail = f"{money(amount)} is more than the {money(left)} that is left of it."
        BOOK.hold("GRT-17", holds=is_left_to_move(amount, left), detail=detail)
        ends = available, authority
    old = Allocation.objects.with_balances().get(pk=allocation.pk)
    posted = post(Cause.LIMIT, source=ends[0], target=ends[1], amount=amount, reason=reason)
    moves = [posted, *bound(figure)]
    now = vars(old)["now"]
    facts = {
        "old": now,
        "new": now + difference,
        "reason": reason.strip(),
        "balances": balances(*moves),
    }
    act.record(events.LIMIT_CHANGED, subject=old, role=role, data=facts)
    return remember(form_key, old)
