"""The money of the demonstration: PCD 726's three allocations and their spending to July 2020.

Sums decided, purposes and the period are the decision's own; every payee, item, price and date of
spending is invented. PCD 386 is a bid, and opens none.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from decisions.demonstration import load as papers
from decisions.demonstration.drafting import People
from decisions.demonstration.load import Parties, on
from decisions.models import Decision, OutcomeFigure
from grants import actions
from grants.actions import Spend, Terms
from grants.by_month import from_to
from grants.models import Allocation, PlanKind, ReservationKind, SpendingLine

START, END = date(2019, 10, 28), date(2020, 3, 31)
MONTHS = ((2019, 11), (2019, 12), (2020, 1), (2020, 2), (2020, 3))


def load(say: Callable[[str], None]) -> None:
    """Load the whole demonstration: papers, and what was spent under PCD 726."""

    def spend(people: People, parties: Parties, decision: Decision) -> None:
        say("allocations and spending under PCD 726, to July 2020")
        Spending(people, parties, decision).tell()

    papers.load(say, spend=spend)


class Spending:
    """What a finance officer did under PCD 726, in the order in which it happened."""

    def __init__(self, people: People, parties: Parties, decision: Decision) -> None:
        self.people = people
        self.by = people["finance_officer"]
        self.parties = parties
        self.decision = decision

    def tell(self) -> None:
        """Allocate, order, pay month by month, put a mistake right, and close the year."""
        with on(2019, 10, 28, 9, 40):
            centre = self.allocate("1", "1200000.00", "National County Lines Co-ordination Centre")
            london = self.allocate("2", "1150000.00", "Work against county lines in London")
            licences = self.allocate(
                "3", "570000.00", "Communications data analysis licences", funded_from=london
            )
            early = self.wait()
            self.plan(centre)
        with on(2019, 11, 4, 11, 5):
            staff = self.record(centre, AGENCY, stage="commitment", net="310000.00")
            order = self.record(licences, LICENCES, stage="commitment", net="475000.00")
        for n, (year, month) in enumerate(MONTHS):
            with on(year, month, 27, 15):
                self.month(centre, london, staff, date(year, month, 25), n)
            if (year, month) == (2019, 12):
                with on(2019, 12, 30, 10, 30):
                    self.pay_licences(order)
        with on(2020, 3, 31, 16, 20):
            accrued = self.accrue(centre)
        with on(2020, 4, 22, 10, 10):
            self.convert(
                accrued,
                TRAINING | {"invoice_number": "HT-2207", "paid_on": date(2020, 4, 20)},
                stage="actual",
                net="17250.00",
                received_on=date(2020, 3, 26),
            )
        with on(2020, 7, 6, 14, 45):
            reason = "The bureau invoiced nothing after the end of the period."
            actions.release_line(line=staff, reason=reason, form_key=uuid4(), by=self.by)
            self.say_of(early)

    def allocate(
        self, number: str, limit: str, purpose: str, *, funded_from: Allocation | None = None
    ) -> Allocation:
        """Allocate the whole sum decided on a recommendation."""
        figure = OutcomeFigure.objects.get(
            outcome__recommendation__decision=self.decision,
            outcome__recommendation__number=number,
        )
        met = self.parties["met"]
        return actions.make_allocation(
            figure=figure,
            terms=Terms(
                limit=Decimal(limit),
                purpose=purpose,
                budget_holder=met,
                recipient=met,
                funder=self.parties["home_office"],
                period_start=START,
                period_end=END,
            ),
            funded_from=funded_from,
            form_key=uuid4(),
            by=self.by,
        )

    def plan(self, allocation: Allocation) -> None:
        """Profile what is planned of each month."""
        months = zip(from_to(START.replace(day=1), END), PROFILE, strict=True)
        actions.save_plan(
            allocation=allocation,
            kind=PlanKind.PROFILE,
            months={month: Decimal(amount) for month, amount in months},
            seen=0,
            form_key=uuid4(),
            by=self.by,
        )

    def record(self, allocation: Allocation, words: dict[str, Any], **facts: Any) -> SpendingLine:
        """Record an item of spend."""
        spend = _spend(words, **facts)
        return actions.record_line(allocation=allocation, spend=spend, form_key=uuid4(), by=self.by)

    def convert(
        self, line: SpendingLine, words: dict[str, Any], *, is_last: bool = True, **facts: Any
    ) -> SpendingLine:
        """Turn a line into its next stage."""
        return actions.convert_line(
            line=line,
            spend=_spend(words, **facts),
            is_last=is_last,
            form_key=uuid4(),
            by=self.by,
        )

    def month(
        self,
        centre: Allocation,
        london: Allocation,
        staff: SpendingLine,
        received_on: date,
        n: int,
    ) -> None:
        """Record an ordinary month: analysts, pay, overtime; in January, an invoice twice."""
        number = f"AG-{1040 + n}"
        words = AGENCY | {"invoice_number": number}
        self.convert(
            staff, words, is_last=False, stage="actual", net=AGENCY_SUMS[n], received_on=received_on
        )
        month: dict[str, Any] = {"received_on": received_on, "pay_period": f"{received_on:%B %Y}"}
        self.record(centre, PAY, net=PAY_SUMS[n], **month)
        self.record(london, OVERTIME, net=OVERTIME_SUMS[n], **month)
        if (received_on.year, received_on.month) == (2020, 1):
            self.record(london, VANS, net="18400.00", received_on=received_on)
            words = VANS | {"why_so": "Two hires under one number, as the post room had it."}
            second = self.record(london, words, net="18400.00", received_on=received_on)
            reason = "The same invoice was entered twice."
            actions.reverse_line(line=second, reason=reason, form_key=uuid4(), by=self.by)

    def pay_licences(self, order: SpendingLine) -> None:
        """Pay for the licences, a little dearer than ordered: two people, as for any such sum."""
        actions.set_approval_limit(
            amount=Decimal("480000.00"),
            valid_from=date(2019, 12, 30),
            reason="One person alone should not pay as much as this.",
            form_key=uuid4(),
            by=self.people["chief_finance_officer"],
        )
        words = LICENCES | {"invoice_number": "CDA-88120", "paid_on": date(2019, 12, 30)}
        received = date(2019, 12, 16)
        assert order.allocation is not None  # noqa: S101
        waiting = actions.reserve_line(
            allocation=order.allocation,
            spend=_spend(words, stage="actual", net="482500.00", received_on=received),
            kind=ReservationKind.CONVERSION,
            of_line=order,
            form_key=uuid4(),
            by=self.by,
        )
        approver = self.people["finance_approver"]
        actions.answer_reservation(
            reservation=waiting, outcome="approved", form_key=uuid4(), by=approver
        )

    def accrue(self, centre: Allocation) -> SpendingLine:
        """Accrue, at the year's end, training that was given and not yet invoiced."""
        received = date(2020, 3, 26)
        return self.record(centre, TRAINING, stage="accrual", net="18000.00", received_on=received)

    def wait(self) -> SpendingLine:
        """Record what was received before the decision was signed: it awaits authority."""
        return actions.record_awaiting(
            funder=self.parties["home_office"],
            spend=_spend(ROOMS, net="4260.00", received_on=date(2019, 10, 14)),
            why="The centre's new analysts had to start before the decision was signed.",
            form_key=uuid4(),
            by=self.by,
        )

    def say_of(self, line: SpendingLine) -> None:
        """Add to what awaits authority the order number that was found later."""
        actions.amend_line(line=line, purpose=line.purpose, po_number="PO 451907", by=self.by)


def _spend(words: dict[str, Any], *, net: str, **facts: Any) -> Spend:
    """Return an item of spend; VAT, where there is any, is 20% and recovered."""
    rate = Decimal("0.20") if words["category"] in TAXED else Decimal(0)
    vat = (Decimal(net) * rate).quantize(Decimal("0.01"))
    return Spend(
        **{
            "stage": "actual",
            "received_on": date(2019, 11, 25),
            "net": Decimal(net),
            "vat": vat,
            "gross": Decimal(net) + vat,
            **words,
            **facts,
        }
    )


PROFILE = ("20000", "180000", "220000", "240000", "260000", "230000")
TAXED = ("software", "services", "equipment", "training")
AGENCY_SUMS = ("51200.00", "47950.00", "58310.50", "60125.00", "62480.75")
PAY_SUMS = ("88412.36", "91077.02", "90554.18", "92310.44", "93865.90")
OVERTIME_SUMS = ("38220.15", "41906.70", "36487.25", "44015.60", "47228.35")
AGENCY = {
    "payee": "Tideway Analysts Bureau (invented)",
    "purpose": "Agency analysts for the national centre",
    "category": "services",
    "cost_centre": "WBS 40-7261",
    "subjective_code": "4310",
    "po_number": "PO 452210",
}
LICENCES = {
    "payee": "Kestrel Data Tools Ltd (invented)",
    "purpose": "Twelve-month licences, communications data analysis",
    "category": "software",
    "cost_centre": "WBS 40-7263",
    "subjective_code": "5120",
    "po_number": "PO 452218",
}
PAY = {
    "kind": "pay",
    "payee": "Payroll",
    "purpose": "Pay of the national centre's own staff",
    "category": "staff",
    "cost_centre": "WBS 40-7261",
    "subjective_code": "1010",
}
OVERTIME = {
    "kind": "pay",
    "payee": "Payroll",
    "purpose": "Overtime on county lines operations",
    "category": "overtime",
    "cost_centre": "WBS 40-7262",
    "subjective_code": "1040",
}
VANS = {
    "payee": "Albion Vehicle Hire (invented)",
    "purpose": "Hire of unmarked vans",
    "category": "services",
    "cost_centre": "WBS 40-7262",
    "subjective_code": "4520",
    "invoice_number": "AV-33071",
}
TRAINING = {
    "payee": "Harbour Training Ltd (invented)",
    "purpose": "Course for regional co-ordinators",
    "category": "training",
    "cost_centre": "WBS 40-7261",
    "subjective_code": "3310",
}
ROOMS = {
    "payee": "Larch House Lettings (invented)",
    "purpose": "Rooms for the centre's new analysts",
    "category": "other",
    "cost_centre": "WBS 40-7261",
    "subjective_code": "4120",
}
