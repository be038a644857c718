"""Credits: money given back of a part of a line, or of no line and for a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from audit.words import money, period
from decisions.actions import KeptFile
from grants import events
from grants.actions.posting import balances, begun, in_words, lock, post
from grants.actions.spending import (
    Spend,
    as_paper_has_it,
    hold_words,
    make_line,
    recorded_before,
    standing,
    withheld_as,
)
from grants.actions.taking_back import drawn_from, left_of, rest_of
from grants.models import Allocation, Cause, LineKind, LineStage, SpendingLine
from grants.permissions import can_record_spending
from grants.refusals import GrantRefused
from grants.rules import BOOK, has_happened, hold_sums, is_within_period
from grants.rules_of_lines import hold_credit, hold_credited


@dataclass(frozen=True)
class Credit:
    """A credit of a part of a line, as it was received: sums in pounds, of the line's own VAT."""

    net: Decimal
    vat: Decimal = Decimal("0.00")
    why: str = ""
    paid_on: date | None = None
    invoice_number: str = ""
    evidence: KeptFile | None = None


@action
def credit_line(
    act: Act, *, line: SpendingLine, credit: Credit, form_key: UUID, by: User
) -> SpendingLine:
    """Give back a part of what was paid, to where its line drew on and in the year it concerns.

    Returns the credit. Raises NotPermitted, or GrantRuleBroken when it is more than is left of the
    line. Lawful under a revoked decision too, since it gives money back.
    """
    if before := recorded_before(form_key):
        return before
    role = can_record_spending(by).or_refuse().role
    line = SpendingLine.objects.again(line)
    hold_creditable(line)
    target = drawn_from(line)
    lock(line.account, target)
    line = SpendingLine.objects.again(line)
    hold_creditable(line)
    spend = _of_line(line, credit)
    posted = post(
        Cause.GIVEN_BACK,
        source=line.account,
        target=target,
        amount=spend.amount,
        reason=credit.why,
    )
    ties = {"key": form_key, "allocation": line.allocation, "credits": line}
    made = make_line(spend, posted, line.account, by, **ties)
    facts: Mapping[str, object] = {
        "amount": spend.amount,
        "of": line.reference,
        "reason": credit.why.strip(),
        "balances": balances(posted),
    }
    act.record(events.LINE_CREDITED, subject=made, role=role, data=dict(facts))
    return made


def _of_line(line: SpendingLine, credit: Credit) -> Spend:
    """Return a credit as a line of its own; refuse (GRT-49) more than is left of its line."""
    rest = rest_of(line)
    spend = replace(
        rest,
        kind=LineKind.CREDIT,
        net=credit.net,
        vat=credit.vat,
        gross=credit.net + credit.vat,
        paid_on=credit.paid_on,
        why_credited=credit.why,
        invoice_number=credit.invoice_number,
        evidence=credit.evidence,
        pay_period="",
        journal_number="",
        withheld={},
    )
    spend = withheld_as(rest, spend)
    BOOK.hold("GRT-14", holds=min(credit.net, credit.vat) >= 0 and spend.amount > 0)
    hold_credited(line.reference, net=(credit.net, rest.net), vat=(credit.vat, rest.vat))
    return spend


def hold_creditable(line: SpendingLine) -> None:
    """Refuse a credit of what was not paid, or was given back already; say what is done instead."""
    if line.is_credit or line.is_reversal:
        raise GrantRefused(f"{line.reference} gives money back itself.")
    if line.allocation is None:
        raise GrantRefused(
            f"{line.reference} awaits authority.", clears="Charge it to an allocation first."
        )
    if line.stage != LineStage.ACTUAL:
        raise GrantRefused(
            f"{line.reference} was not paid yet.", clears="Release what is not needed of it."
        )
    if left_of(line) <= 0:
        raise GrantRefused(f"Nothing is left of {line.reference} to credit.")


@action
def record_credit(
    act: Act, *, allocation: Allocation, spend: Spend, form_key: UUID, by: User
) -> SpendingLine:
    """Record money that came back and belongs to no line of the register, with its reason.

    Raises NotPermitted, or GrantRuleBroken when more comes back than was spent.
    """
    found, accounts = begun(allocation, spend.category, form_key)
    if found:
        return SpendingLine.objects.get(pk=found)
    role = can_record_spending(by).or_refuse().role
    allocation, (available, used) = standing(accounts), accounts
    spend = replace(spend, kind=LineKind.CREDIT, stage=LineStage.ACTUAL)
    spend = as_paper_has_it(allocation.decision, spend)
    hold_words(spend)
    hold_credit(spend.why_credited)
    hold_sums(spend.amount, spend.net, spend.vat, spend.gross)
    BOOK.hold("GRT-13", holds=has_happened(spend.stage, spend.received_on, clock.today()))
    runs = period(allocation.period_start, allocation.period_end)
    within = is_within_period(allocation, spend.received_on)
    BOOK.hold("GRT-05", holds=within, detail=f"{allocation.reference} runs {runs}.")
    held = lock(available, used)[used.pk]
    if spend.amount > held:
        raise BOOK.refusal("GRT-49", f"{money(held)} was spent of {allocation.reference}.")
    posted = post(
        Cause.GIVEN_BACK,
        source=used,
        target=available,
        amount=spend.amount,
        reason=spend.why_credited,
    )
    with in_words():
        made = make_line(spend, posted, used, by, key=form_key, allocation=allocation)
    facts = {
        "amount": spend.amount,
        "of": allocation.reference,
        "reason": spend.why_credited.strip(),
        "balances": balances(posted),
    }
    act.record(events.LINE_CREDITED, subject=made, role=role, data=facts)
    return made
