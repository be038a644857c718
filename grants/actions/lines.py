"""Spending lines of an allocation: recorded, converted, released, reversed, amended."""

from decimal import Decimal
from uuid import UUID

from accounts.models import User
from audit.acts import Act, action
from audit.words import money
from decisions.actions import KeptFile
from decisions.actions.edits import change, made_before, remember
from grants import events
from grants.actions.posting import (
    Posted,
    accounts_of,
    balance_of,
    balances,
    begun,
    lock,
    origin_of,
    post,
)
from grants.actions.spending import (
    CAUSE_OF_STAGE,
    Spend,
    as_its_origin,
    as_paper_has_it,
    charged,
    hold_spend,
    make_line,
    place,
    recorded_before,
    standing,
)
from grants.actions.taking_back import taken_back
from grants.actions.withholding import amended_apart
from grants.models import (
    Account,
    Allocation,
    Cause,
    LineStage,
    SpendingLine,
)
from grants.permissions import can_record_spending
from grants.refusals import GrantRefused
from grants.rules import (
    BOOK,
    gives_reason,
    goes_forward,
    hold_left,
)


@action
def record_line(
    act: Act, *, allocation: Allocation, spend: Spend, form_key: UUID, by: User
) -> SpendingLine:
    """Record a commitment, an accrual or an actual against an allocation.

    Raises NotPermitted, or GrantRuleBroken with the balance and the lawful way on.
    """
    before, accounts = begun(allocation, spend.category, form_key)
    if before:
        return SpendingLine.objects.get(pk=before)
    role = can_record_spending(by).or_refuse().role
    allocation = standing(accounts)
    spend = as_paper_has_it(allocation.decision, spend)
    hold_spend(allocation, spend)
    line, posted = charged(accounts, spend, by, key=form_key)
    facts = {
        "amount": spend.amount,
        "stage": spend.stage,
        "allocation": allocation.reference,
        "balances": balances(posted),
    }
    act.record(events.LINE_RECORDED, subject=line, role=role, data=facts)
    return line


@action
def convert_line(
    act: Act,
    *,
    line: SpendingLine,
    spend: Spend,
    is_last: bool = True,
    form_key: UUID,
    by: User,
) -> SpendingLine:
    """Turn a commitment into an accrual or actual, or an accrual into its actual, in one act.

    What it costs more comes out of what is left of the allocation; what it costs less is released
    when `is_last`, and otherwise stays for the next. Returns the new line.
    """
    if before := recorded_before(form_key):
        return before
    role = can_record_spending(by).or_refuse().role
    made, posted = converted(line, spend, by, is_last=is_last, key=form_key)
    facts = {
        "amount": spend.amount,
        "stage": spend.stage,
        "of": line.reference,
        "allocation": _allocation_of(made).reference,
        "balances": balances(*posted),
    }
    act.record(events.LINE_CONVERTED, subject=made, role=role, data=facts)
    return made


def converted(
    line: SpendingLine, spend: Spend, by: User, *, is_last: bool, key: UUID, **ties: object
) -> tuple[SpendingLine, list[Posted]]:
    """Turn what is left of a commitment or an accrual into what it became, if the rules hold."""
    line = SpendingLine.objects.again(line)
    spend = as_its_origin(line, spend)
    accounts = accounts_of(_allocation_of(line))
    allocation, available = standing(accounts), origin_of(line.account) or accounts[0]
    target = place(accounts, spend.stage)
    lock(available, line.account, target)
    left = balance_of(line.account)
    detail = f"{money(left)} is left of {line.reference}."
    BOOK.hold("GRT-10", holds=left > 0 and goes_forward(line, spend.stage), detail=detail)
    hold_spend(allocation, spend)
    posted = _raised(allocation, line, spend.amount - left, available)
    cause = CAUSE_OF_STAGE[LineStage(spend.stage)]
    moved = post(cause, source=line.account, target=target, amount=spend.amount)
    ties = {"key": key, "allocation": allocation, "draws_on": line, **ties}
    made = make_line(spend, moved, target, by, **ties)
    posted.append(moved)
    if is_last:
        posted += _rest_released(line, made, left - spend.amount, available)
    return made, posted


def _raised(
    allocation: Allocation, line: SpendingLine, more: Decimal, available: Account
) -> list[Posted]:
    """Raise a commitment or an accrual by what it turned out to cost more."""
    if more <= 0:
        return []
    hold_left(allocation, more, balance_of(available), available.category)
    cause = CAUSE_OF_STAGE[LineStage(line.stage)]
    return [post(cause, source=available, target=line.account, amount=more)]


def _rest_released(
    line: SpendingLine, made: SpendingLine, rest: Decimal, available: Account
) -> list[Posted]:
    """Release what a commitment or an accrual turned out not to need."""
    if rest <= 0:
        return []
    words = f"The rest of {line.reference}, converted by {made.reference}."
    source = line.account
    return [post(Cause.RELEASE, source=source, target=available, amount=rest, reason=words)]


def _allocation_of(line: SpendingLine) -> Allocation:
    if line.allocation is None:
        raise GrantRefused(
            f"{line.reference} awaits authority.", clears="Charge it to an allocation first."
        )
    return line.allocation


@action
def release_line(
    act: Act, *, line: SpendingLine, reason: str, form_key: UUID, by: User
) -> SpendingLine:
    """Release what is left of a commitment or an accrual back to its allocation."""
    if before := made_before(form_key, SpendingLine):
        return before
    role = can_record_spending(by).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    line = SpendingLine.objects.again(line)
    available = origin_of(line.account) or accounts_of(_allocation_of(line))[0]
    lock(available, line.account)
    left = balance_of(line.account)
    if not line.is_open:
        raise GrantRefused(f"Nothing is left of {line.reference} to release.")
    source = line.account
    posted = post(Cause.RELEASE, source=source, target=available, amount=left, reason=reason)
    facts = {"amount": left, "reason": reason.strip(), "balances": balances(posted)}
    act.record(events.LINE_RELEASED, subject=line, role=role, data=facts)
    return remember(form_key, line)


@action
def reverse_line(
    act: Act, *, line: SpendingLine, reason: str, form_key: UUID, by: User
) -> SpendingLine:
    """Reverse a line, whole: the sum goes back the way it came, on a line that names it.

    Returns the reversing line. Lawful under a revoked decision too, since it gives money back.
    """
    if before := recorded_before(form_key):
        return before
    role = can_record_spending(by).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    made, posted = taken_back(line, reason, by, key=form_key)
    facts = {
        "amount": made.amount,
        "of": made.reverses.reference if made.reverses else "",
        "reason": reason.strip(),
        "balances": balances(posted),
    }
    act.record(events.LINE_REVERSED, subject=made, role=role, data=facts)
    return made


@action
def amend_line(
    act: Act,
    *,
    line: SpendingLine,
    purpose: str,
    po_number: str,
    evidence: KeptFile | None = None,
    by: User,
) -> SpendingLine:
    """Amend purpose, PO number and evidence; the old ones stay in the history.

    Without `evidence` the file that is there stays.
    """
    role = can_record_spending(by).or_refuse().role
    line = SpendingLine.objects.select_for_update(of=("self",)).get(pk=line.pk)
    values = {"purpose": purpose.strip(), "po_number": po_number.strip()}
    if evidence:
        values["evidence_sha256"] = evidence.sha256
        values["evidence_name"] = evidence.file_name
        values["evidence_type"] = evidence.content_type
    values, apart = amended_apart(line, values)
    what = [name for name in values if getattr(line, name) != values[name]] + apart
    if change(line, values) or apart:
        named = ", ".join(sorted({name.split("_")[0] for name in what}))
        act.record(events.LINE_AMENDED, subject=line, role=role, data={"what": named})
    return line
