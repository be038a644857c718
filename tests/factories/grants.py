"""Money under decisions, put there by the actions that people use."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from accounts.models import Role, User
from audit import clock
from audit.words import money
from decisions import actions as deciding
from decisions.models import Decision, FigureRole, Organisation, OutcomeFigure
from grants import actions
from grants.actions import Letter, Moving, Spend, Terms
from grants.by_month import from_to
from grants.models import Allocation, Award, Plan, PlanKind, Proposal, SpendingLine
from grants.plans import plan_in_force
from tests.factories import papers
from tests.factories.memory import remembered
from tests.factories.people import a_person


def a_finance_officer(key: str = "finance_officer") -> User:
    """Make a finance officer."""
    return a_person(key, Role.FINANCE_OFFICER)


def a_finance_approver() -> User:
    """Make a finance approver."""
    return a_person("finance_approver", Role.FINANCE_APPROVER)


@remembered
def an_organisation(name: str = "Home Office") -> Organisation:
    """Make an organisation, or return the one of that name."""
    return deciding.add_organisation(name=name, by=a_finance_officer())


@remembered
def a_funded_paper(drawn: str = "") -> Decision:
    """Make a draft that accepts £1.2 million from the Home Office.

    With `drawn`, its second recommendation approves spending of that sum out of the first.
    """
    draft = papers.a_draft()
    officer = draft.originating_officer
    deciding.edit_paper(decision=draft, funder=an_organisation(), by=officer)
    return papers.with_drawn_sum(draft, drawn) if drawn else papers.again(draft)


@remembered
def a_funded_decision(drawn: str = "", **outcomes: str) -> Decision:
    """Make a signed decision out of `a_funded_paper`."""
    return papers.signed(a_funded_paper(drawn), **outcomes)


@remembered
def a_decision_with_a_withheld_recipient(name: str) -> Decision:
    """Make a signed decision whose Part 2 says who receives part of its first sum."""
    draft = papers.with_part_2(a_funded_paper())
    officer, row = draft.originating_officer, draft.recommendations.get(number="1")
    parties = [deciding.add_organisation(name=one, by=officer) for one in ("Open Trust", name)]
    closed: dict[str, Any] = {"part": 2, "exemption": draft.exemptions.get()}
    recipients = [
        deciding.RecipientWords(parties[0]),
        deciding.RecipientWords(parties[1], None, **closed),
    ]
    figures = [deciding.Sum(one.amount, one.up_to, one.text) for one in row.figures.all()]
    words = deciding.RecommendationWords(
        row.text, row.kind, figures, recipients=recipients, funder=row.funder
    )
    deciding.edit_recommendation(recommendation=row, words=words, by=officer)
    return papers.signed(papers.again(draft))


@remembered
def a_paper_of_a_year() -> Decision:
    """Make a paper whose recommendation 2 runs for a year; 3, drawn from it, names no period."""
    draft = a_funded_paper()
    days: dict[str, Any] = {"period_start": date(2030, 4, 1), "period_end": date(2031, 3, 31)}
    _add(draft, "accept", **days)
    _add(draft, "approve_spend", drawn_from="2")
    return papers.again(draft)


@remembered
def a_mixed_decision() -> Decision:
    """Make a signed decision with recommendations of many kinds, £100 each but for the first.

    1 £1.2 million, approved · 2 drawn from 1 · 3 a bid · 4 in Part 2 · 5 for the next 30 days, with
    a component · 6 rejected · 7 deferred.
    """
    draft = papers.with_part_2(a_funded_paper())
    today = clock.today()
    kept: dict[str, Any] = {"part": 2, "exemption": draft.exemptions.get()}
    days: dict[str, Any] = {"period_start": today, "period_end": today + timedelta(days=30)}
    component = deciding.Sum(Decimal("40.00"), role=FigureRole.COMPONENT)
    _add(draft, "approve_spend", drawn_from="1")
    _add(draft, "bid")
    _add(draft, "approve_spend", **kept)
    _add(draft, "award", component, **days)
    _add(draft, "approve")
    _add(draft, "approve")
    return papers.signed(papers.again(draft), r6="rejected", r7="deferred")


def _add(
    draft: Decision, kind: str, *sums: deciding.Sum, drawn_from: str = "", **terms: Any
) -> None:
    if drawn_from:
        terms["funded_from"] = draft.recommendations.get(number=drawn_from)
    words = deciding.RecommendationWords(
        text=f"{kind}, one of several.",
        kind=kind,
        figures=[deciding.Sum(Decimal("100.00")), *sums],
        **terms,
    )
    deciding.add_recommendation(decision=draft, words=words, by=draft.originating_officer)


@remembered
def a_varying_decision(varied: Decision, amount: str, earlier: str = "1200000.00") -> Decision:
    """Make a signed decision that varies another: its sum from what was decided earlier to this."""
    draft = papers.a_draft(f"Vary {varied.reference}")
    officer = draft.originating_officer
    deciding.add_link(decision=draft, kind="varies", to_decision=varied, by=officer)
    words = deciding.RecommendationWords(
        text=f"vary the {money(Decimal(earlier))} decided earlier to {money(Decimal(amount))}.",
        kind="vary",
        figures=[
            deciding.Sum(Decimal(amount)),
            deciding.Sum(Decimal(earlier), role=FigureRole.EARLIER),
        ],
    )
    one = draft.recommendations.get(number="1")
    deciding.edit_recommendation(recommendation=one, words=words, by=officer)
    return papers.signed(papers.again(draft))


def a_letter(amount: str = "1200000.00", **others: Any) -> Letter:
    """Return a funder's letter, written and accepted today for a year unless told otherwise."""
    today = clock.today()
    return Letter(
        **{
            "reference": "HO/2019/114",
            "dated": today,
            "amount": Decimal(amount),
            "period_start": today,
            "period_end": today + timedelta(days=365),
            "accepted_on": today,
            "accepted_by": "Chief finance officer",
            **others,
        }
    )


def an_award(amount: str = "1200000.00", *, decision: Decision, **others: Any) -> Award:
    """Record a funder's letter about the first sum of a decision."""
    return actions.record_award(
        figure=figure_of(decision),
        letter=a_letter(amount, **others),
        form_key=uuid4(),
        by=a_finance_officer(),
    )


def figures_of(decision: Decision, number: str = "1") -> list[OutcomeFigure]:
    """Return the sums that were decided on a recommendation."""
    found = OutcomeFigure.objects.filter(
        outcome__recommendation__decision=decision, outcome__recommendation__number=number
    )
    return list(found.order_by("id"))


def figure_of(decision: Decision, number: str = "1") -> OutcomeFigure:
    """Return the first sum that was decided on a recommendation."""
    return figures_of(decision, number)[0]


def terms(limit: str = "1000.00", **others: Any) -> Terms:
    """Return the terms of an allocation, for a year from today unless told otherwise."""
    today = clock.today()
    return Terms(
        **{
            "limit": Decimal(limit),
            "purpose": "The national centre",
            "budget_holder": an_organisation("Metropolitan Police Service"),
            "period_start": today,
            "period_end": today + timedelta(days=365),
            **others,
        }
    )


@remembered
def an_allocation(
    limit: str = "1000.00",
    *,
    decision: Decision | None = None,
    number: str = "1",
    funded_from: Allocation | None = None,
    **others: Any,
) -> Allocation:
    """Make an allocation under a recommendation of a decision."""
    decision = decision or a_funded_decision()
    return actions.make_allocation(
        figure=figure_of(decision, number),
        terms=terms(limit, **others),
        funded_from=funded_from,
        form_key=uuid4(),
        by=a_finance_officer(),
    )


def a_spend(net: str = "100.00", **others: Any) -> Spend:
    """Return an item of spend, without VAT, received today unless told otherwise."""
    return Spend(
        **{
            "stage": "actual",
            "received_on": clock.today(),
            "payee": "Harbour Training Ltd",
            "purpose": "Training of analysts",
            "category": "training",
            "net": Decimal(net),
            "vat": Decimal("0.00"),
            "gross": Decimal(net) + Decimal(others.get("vat", "0.00")),
            **others,
        }
    )


@remembered
def a_line(
    net: str = "100.00", *, allocation: Allocation | None = None, **others: Any
) -> SpendingLine:
    """Record an item of spend against an allocation."""
    return actions.record_line(
        allocation=allocation or an_allocation(),
        spend=a_spend(net, **others),
        form_key=uuid4(),
        by=a_finance_officer(),
    )


@remembered
def a_waiting_line(net: str = "100.00", **others: Any) -> SpendingLine:
    """Record an item of spend as awaiting authority."""
    return actions.record_awaiting(
        funder=an_organisation(),
        spend=a_spend(net, **others),
        why="The work had to go on.",
        form_key=uuid4(),
        by=a_finance_officer(),
    )


def a_plan(allocation: Allocation, *sums: str, kind: str = "profile", **others: Any) -> Plan:
    """Save a profile, or a forecast, of sums for the months from the first one of the period."""
    first = allocation.period_start.replace(day=1)
    months = list(from_to(first, allocation.period_end))
    last = plan_in_force(allocation, PlanKind(kind))
    planned = dict(zip(months, map(Decimal, sums or ["0.00"]), strict=False))
    told = {"seen": last.n if last else 0, "by": a_finance_officer(), "months": planned, **others}
    return actions.save_plan(
        allocation=allocation,
        kind=PlanKind(kind),
        form_key=uuid4(),
        **told,
    )


def proposed(
    giver: Allocation, taker: Allocation | None = None, amount: str = "1.00", **others: Any
) -> Proposal:
    """Propose to move money between allocations or categories, or to hand it back."""
    moving = Moving(
        **{
            "giver": giver,
            "taker": taker,
            "amount": Decimal(amount),
            "reason": "More of the other.",
            **others,
        }
    )
    return actions.propose_move(moving=moving, form_key=uuid4(), by=a_finance_officer())


def approved(proposal: Proposal) -> Proposal:
    """Approve what another proposed, as the finance approver."""
    return actions.answer_proposal(
        proposal=proposal, outcome="approved", form_key=uuid4(), by=a_finance_approver()
    )


def moved(
    giver: Allocation, taker: Allocation | None = None, amount: str = "1.00", **others: Any
) -> Proposal:
    """Move money as one person proposes and another approves."""
    return approved(proposed(giver, taker, amount, **others))


def balances_of(allocation: Allocation) -> dict[str, str]:
    """Return what an allocation shows, in pounds, what is nought left out."""
    found = Allocation.objects.with_balances().get(pk=allocation.pk)
    names = ("left", "reserved", "committed", "accrued", "paid", "passed_on")
    return {name: str(getattr(found, name)) for name in names if getattr(found, name)}


def days_ago(days: int) -> date:
    """Return the date that many days before today."""
    return clock.today() - timedelta(days=days)


def revoked(decision: Decision) -> Decision:
    """Revoke a decision."""
    return papers.revoked(decision)


def allocation_numbered(n: int) -> Allocation:
    """Return the allocation of that number, of whichever decision is there."""
    return Allocation.objects.get(n=n)
