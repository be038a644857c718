"""Spend that awaits authority: recorded as a fact, and covered when a decision allows it."""

from uuid import UUID, uuid4

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from decisions.models import Organisation
from grants import events
from grants.actions.posting import (
    Posted,
    account_of_funder,
    accounts_of,
    balances,
    lock,
    post,
)
from grants.actions.spending import (
    Spend,
    charged,
    hold_spend,
    hold_vat,
    hold_words,
    make_line,
    recorded_before,
    spend_of,
    standing,
)
from grants.actions.taking_back import taken_back
from grants.models import (
    AccountRole,
    Allocation,
    Cause,
    SpendingLine,
)
from grants.permissions import can_record_spending
from grants.refusals import GrantRefused
from grants.rules import (
    BOOK,
    gives_reason,
    has_happened,
    hold_sums,
)


@action
def record_awaiting(
    act: Act, *, funder: Organisation, spend: Spend, why: str, form_key: UUID, by: User
) -> SpendingLine:
    """Record spend that has happened, or was ordered, without authority: a fact is never refused.

    It stands in every total of the funder and waits for a decision that covers it.
    """
    if before := recorded_before(form_key):
        return before
    role = can_record_spending(by).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(why))
    hold_words(spend)
    hold_sums(spend.amount, spend.net, spend.vat, spend.gross)
    hold_vat(spend)
    BOOK.hold("GRT-13", holds=has_happened(spend.stage, spend.received_on, clock.today()))
    outside = account_of_funder(AccountRole.OUTSIDE, funder)
    awaiting = account_of_funder(AccountRole.AWAITING, funder)
    lock(outside, awaiting)
    posted = post(Cause.AWAITING, source=outside, target=awaiting, amount=spend.amount, reason=why)
    line = make_line(spend, posted, awaiting, by, key=form_key, why_awaiting=why.strip())
    facts = {
        "amount": spend.amount,
        "stage": spend.stage,
        "reason": why.strip(),
        "balances": balances(posted),
    }
    act.record(events.LINE_AWAITING, subject=line, role=role, data=facts)
    return line


@action
def cover_line(
    act: Act, *, line: SpendingLine, allocation: Allocation, form_key: UUID, by: User
) -> SpendingLine:
    """Charge spend that awaited authority to an allocation whose decision now covers it.

    It may have been received before that decision was signed, but not outside the period. The
    waiting line is taken back and the same item recorded on the allocation, in one act; returns
    the new line.
    """
    if before := recorded_before(form_key):
        return before
    role = can_record_spending(by).or_refuse().role
    made, posted = covered(line, allocation, by, key=form_key)
    facts = {
        "amount": made.amount,
        "of": line.reference,
        "allocation": allocation.reference,
        "balances": balances(*posted),
    }
    act.record(events.LINE_COVERED, subject=made, role=role, data=facts)
    return made


def covered(
    line: SpendingLine, allocation: Allocation, by: User, *, key: UUID, **ties: object
) -> tuple[SpendingLine, list[Posted]]:
    """Charge what awaited authority to an allocation that covers it, if the rules hold."""
    line = SpendingLine.objects.again(line)
    accounts = accounts_of(allocation, line.category)
    allocation = standing(accounts)
    if not line.is_awaiting:
        raise GrantRefused(f"{line.reference} does not await authority.")
    spend = spend_of(line)
    hold_spend(allocation, spend, is_covered=True)
    move = line.move
    lock(move.source, move.target, accounts[0])
    _, back = taken_back(line, f"Charged to {allocation.reference}.", by, key=uuid4())
    made, posted = charged(accounts, spend, by, key=key, covers=line, **ties)
    return made, [back, posted]
