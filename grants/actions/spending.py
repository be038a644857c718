"""What every act on spending lines shares: an item of spend, its rules, and how it is charged."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from accounts.models import User
from audit import clock
from audit.history import insert
from audit.words import money
from decisions.actions import KeptFile
from decisions.models import Decision
from grants.actions.posting import (
    Posted,
    in_words,
    new_account,
    post_spend,
)
from grants.actions.withholding import as_shown, hold_withheld, keep_withheld, withheld_of
from grants.models import (
    KIND_FIELDS,
    ROLE_OF_STAGE,
    Account,
    AccountRole,
    Allocation,
    Cause,
    LineKind,
    LineStage,
    SpendingLine,
    Waiver,
    is_shown_for,
)
from grants.paper_part_2 import ground_for
from grants.refusals import NotThere
from grants.rules import (
    BOOK,
    hold_dates,
    hold_in_force,
    hold_sums,
)
from grants.rules_of_lines import hold_kind
from grants.rules_of_waivers import is_of_a_rate

CAUSE_OF_STAGE = {
    LineStage.COMMITMENT: Cause.COMMITMENT,
    LineStage.ACCRUAL: Cause.ACCRUAL,
    LineStage.ACTUAL: Cause.SPEND,
}


@dataclass(frozen=True)
class Spend:
    """An item of spend as it is recorded. Sums in pounds; `gross` is net and VAT together.

    `is_firm` is what somebody said of a payee that reads like a person; `withheld` are the grounds
    of what lies in Part 2, by field.
    """

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
    kind: str = LineKind.INVOICE
    pay_period: str = ""
    journal_number: str = ""
    why_credited: str = ""
    is_firm: bool = False
    why_so: str = ""
    waiver_id: int | None = None
    evidence: KeptFile | None = None
    withheld: dict[str, str] = field(default_factory=dict)

    @property
    def amount(self) -> Decimal:
        """What counts against the limit: net, and the VAT that is not recovered."""
        return self.net if self.is_vat_recovered else self.gross

    def words_by_field(self) -> dict[str, str]:
        """Return the words of each field that can be withheld; of evidence, its file's name."""
        name = self.evidence.file_name if self.evidence else ""
        return {
            "payee": self.payee.strip(),
            "purpose": self.purpose.strip(),
            "evidence": name,
            "file_name": name,
        }

    def values(self) -> dict[str, object]:
        """Return the columns of its line; what is withheld, as everybody sees it."""
        words = {
            name: str(getattr(self, name)).strip()
            for name in (
                "payee",
                "purpose",
                "cost_centre",
                "subjective_code",
                "invoice_number",
                "po_number",
                "pay_period",
                "journal_number",
                "why_credited",
                "why_so",
            )
        }
        kept = self.evidence
        return {
            **words,
            "kind": self.kind,
            "stage": self.stage,
            "waiver_id": self.waiver_id,
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
            **as_shown(self.withheld),
        }


def spend_of(line: SpendingLine) -> Spend:
    """Return what a line records, to record it anew elsewhere; what is withheld stays so."""
    kept = None
    if line.evidence_sha256:
        kept = KeptFile(line.evidence_sha256, 0, line.evidence_name, line.evidence_type)
    spend = Spend(
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
        kind=line.kind,
        pay_period=line.pay_period,
        journal_number=line.journal_number,
        why_credited=line.why_credited,
        is_firm=True,
        why_so=line.why_so,
        waiver_id=line.waiver_id,
        evidence=kept,
    )
    return replace(spend, **withheld_of(line))


def as_paper_has_it(decision: Decision, spend: Spend) -> Spend:
    """Return an item of spend whose payee is withheld where Part 2 of the decision withholds it."""
    if "payee" in spend.withheld or spend.kind == LineKind.PAY:
        return spend
    ground = ground_for(decision, spend.payee)
    return replace(spend, withheld={**spend.withheld, "payee": ground}) if ground else spend


def as_its_origin(line: SpendingLine, spend: Spend) -> Spend:
    """Return what a line turns into: what is withheld of the line stays so, whatever was typed."""
    return withheld_as(spend_of(line), spend)


def withheld_as(before: Spend, spend: Spend) -> Spend:
    """Return an item that was typed anew, with what was withheld of it before withheld still.

    Where the ground was left in a field, its words are those of before.
    """
    words: dict[str, Any] = {
        name: getattr(before, name)
        for name in ("payee", "purpose")
        if name in before.withheld and is_shown_for(getattr(spend, name))
    }
    grounds = before.withheld | spend.withheld
    if spend.evidence is None:
        grounds = {name: it for name, it in grounds.items() if name in ("payee", "purpose")}
    elif "evidence" in grounds:
        grounds.pop("file_name", None)
    return replace(spend, **words, withheld=grounds)


def as_everybody_sees(spend: Spend) -> Spend:
    """Return an item of spend with the ground in the place of what is withheld."""
    shown = as_shown(spend.withheld)
    name, kept = shown.pop("evidence_name", None), spend.evidence
    words: dict[str, Any] = {
        field: shown[field] for field in ("payee", "purpose") if field in shown
    }
    if kept and name is not None:
        kept = replace(kept, file_name=name) if name else None
    return replace(spend, **words, evidence=kept)


def recorded_before(key: UUID) -> SpendingLine | None:
    """Return what a form recorded when it was posted before; hold back its twin until the end."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT grants_recorded_before(%s)", [key])
        found = cursor.fetchone()[0]
    return None if found is None else SpendingLine.objects.get(pk=found)


def hold_spend(allocation: Allocation, spend: Spend, *, is_covered: bool = False) -> None:
    """Refuse what a line says, sums, a decision or a date that the rules of spending forbid."""
    hold_words(spend)
    hold_sums(spend.amount, spend.net, spend.vat, spend.gross)
    waived = waived_for(spend)
    hold_vat(spend, waived)
    hold_in_force(allocation.decision)
    hold_dates(
        allocation,
        stage=spend.stage,
        received_on=spend.received_on,
        today=clock.today(),
        is_covered=is_covered,
        waived=waived,
    )


def hold_vat(spend: Spend, waived: str = "") -> None:
    """Warn (GRT-54) of VAT that is of no rate, unless it is said why, or that is waived."""
    said = spend.kind == LineKind.CREDIT or bool(spend.why_so.strip()) or waived == "GRT-54"
    detail = f"{money(spend.vat)} on {money(spend.net)} is of no rate."
    BOOK.hold("GRT-54", holds=said or is_of_a_rate(spend.net, spend.vat), detail=detail)


def waived_for(spend: Spend) -> str:
    """Return the rule that a named waiver sets aside; whether it may, the database says."""
    if spend.waiver_id is None:
        return ""
    return Waiver.objects.values_list("rule", flat=True).get(pk=spend.waiver_id)


def hold_words(spend: Spend) -> None:
    """Refuse the fields of another kind, and a payee that is a person."""
    values = {name: str(getattr(spend, name)) for name in KIND_FIELDS}
    is_open = "payee" not in spend.withheld
    hold_kind(spend.kind, spend.payee, values, is_firm=spend.is_firm or not is_open)
    hold_withheld(spend.withheld, spend.words_by_field(), spend.kind)


def standing(accounts: tuple[Account, Account]) -> Allocation:
    """Return the allocation of its accounts, as it was fetched with them."""
    allocation = accounts[0].allocation
    if allocation is None:
        raise NotThere("There is no such allocation.")
    return allocation


def charged(
    accounts: tuple[Account, Account],
    spend: Spend,
    by: User,
    *,
    key: UUID,
    **ties: object,
) -> tuple[SpendingLine, Posted]:
    """Take an item of spend out of what is left of an allocation; `ties` are what it names."""
    allocation = standing(accounts)
    target = place(accounts, spend.stage)
    posted = post_spend(
        CAUSE_OF_STAGE[LineStage(spend.stage)],
        allocation=allocation,
        source=accounts[0],
        target=target,
        amount=spend.amount,
    )
    made = make_line(spend, posted, target, by, key=key, allocation=allocation, **ties)
    return made, posted


def place(accounts: tuple[Account, Account], stage: str) -> Account:
    """Return where a line of that stage lies: an account of its own until it is paid."""
    role = ROLE_OF_STAGE[LineStage(stage)]
    return accounts[1] if role == AccountRole.USED else new_account(standing(accounts), role)


def make_line(
    spend: Spend, posted: Posted, account: Account, by: User, **ties: object
) -> SpendingLine:
    """Make the line of a move; `ties` are its key, its allocation and the lines it names."""
    line = SpendingLine(
        **spend.values(),
        **ties,
        account=account,
        account_role=account.role,
        move_id=posted.move_id,
        recorded_at=clock.now(),
        recorded_by=by,
    )
    with in_words():
        insert(line)
        keep_withheld(line, spend.withheld, spend.words_by_field(), spend.evidence)
    return line
