"""Spending lines: recorded, converted, released, reversed, amended; and what awaits authority."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from audit.words import money
from decisions.actions import KeptFile
from decisions.actions.edits import change, hold_key, made_before, remember
from decisions.models import Organisation
from grants import events
from grants.actions.posting import (
    Posted,
    account_of_funder,
    accounts_of,
    balance_of,
    balances,
    lock,
    new_account,
    post,
    post_spend,
)
from grants.models import (
    ROLE_OF_STAGE,
    Account,
    AccountRole,
    Allocation,
    Cause,
    LineStage,
    SpendingLine,
)
from grants.permissions import can_record_spending
from grants.refusals import GrantRefused, NotThere
from grants.rules import (
    BOOK,
    can_be_reversed,
    gives_reason,
    goes_forward,
    has_happened,
    hold_dates,
    hold_in_force,
    hold_left,
    hold_sums,
)

CAUSE_OF_STAGE = {
    LineStage.COMMITMENT: Cause.COMMITMENT,
    LineStage.ACCRUAL: Cause.ACCRUAL,
    LineStage.ACTUAL: Cause.SPEND,
}


@dataclass(frozen=True)
class Spend:
    """An item of spend as it is recorded. Sums in pounds; `gross` is net and VAT together."""

    stage: str
    received_on: date
    payee: str
    purpose: str
    category: str
    net: Decimal
    vat: Decimal
    gross: Decimal
    is_vat_recovered: bool = True
    paid_on: date | None = None
    cost_centre: str = ""
    subjective_code: str = ""
    invoice_number: str = ""
    po_number: str = ""
    evidence: KeptFile | None = None

    @property
    def amount(self) -> Decimal:
        """What counts against the limit: net, and the VAT that is not recovered."""
        return self.net if self.is_vat_recovered else self.gross

    def values(self) -> dict[str, object]:
        """Return the columns of its line."""
        words = {
            name: str(getattr(self, name)).strip()
            for name in (
                "payee",
                "purpose",
                "cost_centre",
                "subjective_code",
                "invoice_number",
                "po_number",
            )
        }
        kept = self.evidence
        return {
            **words,
            "stage": self.stage,
            "received_on": self.received_on,
            "paid_on": self.paid_on,
            "category": self.category,
            "amount": self.amount,
            "net": self.net,
            "vat": self.vat,
            "gross": self.gross,
            "is_vat_recovered": self.is_vat_recovered,
            "evidence_sha256": kept.sha256 if kept else "",
            "evidence_name": kept.file_name if kept else "",
            "evidence_type": kept.content_type if kept else "",
        }


def spend_of(line: SpendingLine) -> Spend:
    """Return what a line records, to record it anew elsewhere."""
    kept = None
    if line.evidence_sha256:
        kept = KeptFile(line.evidence_sha256, 0, line.evidence_name, line.evidence_type)
    return Spend(
        stage=line.stage,
        received_on=line.received_on,
        payee=line.payee,
        purpose=line.purpose,
        category=line.category,
        net=line.net,
        vat=line.vat,
        gross=line.gross,
        is_vat_recovered=line.is_vat_recovered,
        paid_on=line.paid_on,
        cost_centre=line.cost_centre,
        subjective_code=line.subjective_code,
        invoice_number=line.invoice_number,
        po_number=line.po_number,
        evidence=kept,
    )


def _recorded_before(key: UUID) -> SpendingLine | None:
    """Return what a form recorded when it was posted before; hold back its twin until the end."""
    hold_key(key)
    return SpendingLine.objects.filter(key=key).first()


@action
def record_line(
    act: Act, *, allocation: Allocation, spend: Spend, form_key: UUID, by: User
) -> SpendingLine:
    """Record a commitment, an accrual or an actual against an allocation.

    Raises NotPermitted, or GrantRuleBroken with the balance and the lawful way on.
    """
    if before := _recorded_before(form_key):
        return before
    role = can_record_spending(by).or_refuse().role
    accounts = accounts_of(allocation)
    allocation = _standing(accounts)
    _hold_spend(allocation, spend)
    line, posted = _charged(accounts, spend, by, key=form_key)
    facts = {
        "amount": spend.amount,
        "stage": spend.stage,
        "allocation": allocation.reference,
        "balances": balances(posted),
    }
    act.record(events.LINE_RECORDED, subject=line, role=role, data=facts)
    return line


def _hold_spend(allocation: Allocation, spend: Spend, *, is_covered: bool = False) -> None:
    hold_sums(spend.amount, spend.net, spend.vat, spend.gross)
    hold_in_force(allocation.decision)
    hold_dates(
        allocation,
        stage=spend.stage,
        received_on=spend.received_on,
        today=clock.today(),
        is_covered=is_covered,
    )


def _standing(accounts: tuple[Account, Account]) -> Allocation:
    allocation = accounts[0].allocation
    if allocation is None:
        raise NotThere("There is no such allocation.")
    return allocation


def _charged(
    accounts: tuple[Account, Account],
    spend: Spend,
    by: User,
    *,
    key: UUID,
    covers: SpendingLine | None = None,
) -> tuple[SpendingLine, Posted]:
    """Take an item of spend out of what is left of an allocation."""
    allocation, available = _standing(accounts), accounts[0]
    target = _place(accounts, spend.stage)
    lock(available, target)
    posted = post_spend(
        CAUSE_OF_STAGE[LineStage(spend.stage)],
        allocation=allocation,
        source=available,
        target=target,
        amount=spend.amount,
    )
    return _line(spend, posted, target, by, key=key, allocation=allocation, covers=covers), posted


def _place(accounts: tuple[Account, Account], stage: str) -> Account:
    """Return where a line of that stage lies: an account of its own until it is paid."""
    role = ROLE_OF_STAGE[LineStage(stage)]
    return accounts[1] if role == AccountRole.USED else new_account(_standing(accounts), role)


def _line(spend: Spend, posted: Posted, account: Account, by: User, **ties: object) -> SpendingLine:
    return SpendingLine.objects.create(
        **spend.values(),
        **ties,
        account=account,
        account_role=account.role,
        move_id=posted.move_id,
        recorded_at=clock.now(),
        recorded_by=by,
    )


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
    if before := _recorded_before(form_key):
        return before
    role = can_record_spending(by).or_refuse().role
    line = SpendingLine.objects.again(line)
    accounts = accounts_of(_allocation_of(line))
    allocation, available = _standing(accounts), accounts[0]
    target = _place(accounts, spend.stage)
    lock(available, line.account, target)
    left = balance_of(line.account)
    detail = f"{money(left)} is left of {line.reference}."
    BOOK.hold("GRT-10", holds=left > 0 and goes_forward(line, spend.stage), detail=detail)
    _hold_spend(allocation, spend)
    posted = []
    more = spend.amount - left
    if more > 0:
        hold_left(allocation, more, balance_of(available))
        cause = CAUSE_OF_STAGE[LineStage(line.stage)]
        posted.append(post(cause, source=available, target=line.account, amount=more))
    cause = CAUSE_OF_STAGE[LineStage(spend.stage)]
    moved = post(cause, source=line.account, target=target, amount=spend.amount)
    posted.append(moved)
    made = _line(spend, moved, target, by, key=form_key, allocation=allocation, draws_on=line)
    if is_last and more < 0:
        words = f"The rest of {line.reference}, converted by {made.reference}."
        source = line.account
        posted.append(
            post(Cause.RELEASE, source=source, target=available, amount=-more, reason=words)
        )
    facts = {
        "amount": spend.amount,
        "stage": spend.stage,
        "of": line.reference,
        "allocation": allocation.reference,
        "balances": balances(*posted),
    }
    act.record(events.LINE_CONVERTED, subject=made, role=role, data=facts)
    return made


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
    available, _ = accounts_of(_allocation_of(line))
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
    if before := _recorded_before(form_key):
        return before
    role = can_record_spending(by).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    made, posted = _taken_back(line, reason, by, key=form_key)
    facts = {
        "amount": made.amount,
        "of": made.reverses.reference if made.reverses else "",
        "reason": reason.strip(),
        "balances": balances(posted),
    }
    act.record(events.LINE_REVERSED, subject=made, role=role, data=facts)
    return made


def _taken_back(
    line: SpendingLine, reason: str, by: User, *, key: UUID
) -> tuple[SpendingLine, Posted]:
    move = SpendingLine.objects.again(line).move
    source, target = move.target, move.source
    lock(source, target)
    line = SpendingLine.objects.again(line)
    drawn = line.drawn.filter(reversal__isnull=True, reverses__isnull=True).count()
    held = balance_of(source)
    has_all = line.is_reversal or (held == line.amount if line.is_open else held >= line.amount)
    detail = f"{line.reference} cannot be, as it stands."
    BOOK.hold("GRT-09", holds=has_all and can_be_reversed(line, drawn), detail=detail)
    amount = line.amount
    posted = post(
        Cause.REVERSAL, source=source, target=target, amount=amount, reverses=move, reason=reason
    )
    ties = {
        "key": key,
        "allocation": line.allocation,
        "reverses": line,
        "why_awaiting": line.why_awaiting,
    }
    return _line(spend_of(line), posted, source, by, **ties), posted


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
    what = [name for name in values if getattr(line, name) != values[name]]
    if change(line, values):
        named = ", ".join(sorted({name.split("_")[0] for name in what}))
        act.record(events.LINE_AMENDED, subject=line, role=role, data={"what": named})
    return line


@action
def record_awaiting(
    act: Act, *, funder: Organisation, spend: Spend, why: str, form_key: UUID, by: User
) -> SpendingLine:
    """Record spend that has happened, or was ordered, without authority: a fact is never refused.

    It stands in every total of the funder and waits for a decision that covers it.
    """
    if before := _recorded_before(form_key):
        return before
    role = can_record_spending(by).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(why))
    hold_sums(spend.amount, spend.net, spend.vat, spend.gross)
    BOOK.hold("GRT-13", holds=has_happened(spend.stage, spend.received_on, clock.today()))
    outside = account_of_funder(AccountRole.OUTSIDE, funder)
    awaiting = account_of_funder(AccountRole.AWAITING, funder)
    lock(outside, awaiting)
    posted = post(Cause.AWAITING, source=outside, target=awaiting, amount=spend.amount, reason=why)
    line = _line(spend, posted, awaiting, by, key=form_key, why_awaiting=why.strip())
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
    if before := _recorded_before(form_key):
        return before
    role = can_record_spending(by).or_refuse().role
    line = SpendingLine.objects.again(line)
    accounts = accounts_of(allocation)
    allocation = _standing(accounts)
    if not line.is_awaiting:
        raise GrantRefused(f"{line.reference} does not await authority.")
    spend = spend_of(line)
    _hold_spend(allocation, spend, is_covered=True)
    move = line.move
    lock(move.source, move.target, accounts[0])
    _, back = _taken_back(line, f"Charged to {allocation.reference}.", by, key=uuid4())
    made, posted = _charged(accounts, spend, by, key=form_key, covers=line)
    facts = {
        "amount": spend.amount,
        "of": line.reference,
        "allocation": allocation.reference,
        "balances": balances(back, posted),
    }
    act.record(events.LINE_COVERED, subject=made, role=role, data=facts)
    return made
