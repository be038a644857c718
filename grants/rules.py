"""The rules of money under authority, each with a code that is never used again (GRT-nn).

The database holds them too; here they have the words, the balance and the lawful way on. Sums are
pounds, dates of periods inclusive.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from audit.rulebook import Rulebook
from audit.words import day, money, period
from decisions.models import (
    GRANTED,
    Decision,
    FigureRole,
    OutcomeFigure,
    Recommendation,
    RecommendationKind,
)
from decisions.models.lineage import OPENING_KINDS
from decisions.workflow import DECIDED, IN_FORCE_HERE
from grants.models import Allocation, Category, LineStage, SpendingLine
from grants.refusals import GrantRuleBroken

BOOK = Rulebook(GrantRuleBroken)
ALLOCATING = "when money is allocated"
SPENDING = "when spending is recorded"
ANSWERED = "when a funder's answer or a later decision is recorded"
CHANGING = "when spending is converted, released or reversed"

NEW_DECISION = "A new decision can authorise it."
APPROVERS = "a finance approver or the chief finance officer"
WAY_ON = (
    "Charge it to another allocation, or record it as awaiting authority until a decision "
    "covers it."
)


@BOOK.rule("GRT-01", ALLOCATING, NEW_DECISION)
def opens_money(figure: OutcomeFigure) -> bool:
    """Only a sum approved by a recommendation to accept, approve spending or award opens money."""
    outcome = figure.outcome
    return (
        outcome.outcome in GRANTED
        and outcome.recommendation.kind in OPENING_KINDS
        and figure.figure.role == FigureRole.SUM_DECIDED
    )


@BOOK.rule("GRT-02", ALLOCATING, "Choose where it is drawn from, or vary the decision.")
def source_has_enough(needed: Decimal, left: Decimal | None) -> bool:
    """A sum drawn from another recommendation needs that one approved, with enough left."""
    return left is not None and needed <= left


@BOOK.rule("GRT-03", ALLOCATING, "Allocate what is left, or vary the decision.")
def authority_has_enough(asked: Decimal, left: Decimal) -> bool:
    """Allocations under a sum decided are together no more than that sum."""
    return asked <= left


@BOOK.rule("GRT-04", "with every move of money", NEW_DECISION)
def is_in_force(decision: Decision) -> bool:
    """Money moves only under a decision signed or confirmed here, not revoked or superseded."""
    return (
        decision.source in IN_FORCE_HERE
        and decision.status in DECIDED
        and decision.revoked_on is None
    )


@BOOK.rule("GRT-05", SPENDING, WAY_ON, waived_by=f"within the period decided, {APPROVERS}")
def is_within_period(allocation: Allocation, received_on: date) -> bool:
    """What is charged to an allocation was received within its period."""
    return allocation.covers(received_on)


@BOOK.rule("GRT-06", SPENDING, WAY_ON, waived_by=APPROVERS)
def is_after_signature(decided_on: date | None, received_on: date) -> bool:
    """Nothing is charged that was received before the decision was signed."""
    return decided_on is not None and received_on >= decided_on


@BOOK.rule("GRT-07", SPENDING, WAY_ON)
def is_within_what_is_left(amount: Decimal, left: Decimal) -> bool:
    """No more is charged to an allocation than is left in it."""
    return amount <= left


@BOOK.rule("GRT-08", SPENDING, "Correct the sums as the invoice has them.")
def vat_adds_up(net: Decimal, vat: Decimal, gross: Decimal) -> bool:
    """Net and VAT add up to gross."""
    return net + vat == gross


@BOOK.rule("GRT-09", CHANGING, "Reverse or convert what is left of it instead.")
def can_be_reversed(line: SpendingLine, drawn: int) -> bool:
    """A line is reversed once, after what was drawn from it: what is left of it goes back."""
    is_alone = line.together is None or not line.is_credit
    return not line.is_reversal and not line.is_reversed and drawn == 0 and is_alone


@BOOK.rule("GRT-10", CHANGING, "Record a line of its own instead.")
def goes_forward(line: SpendingLine, stage: str) -> bool:
    """A commitment turns into an accrual or actual, an accrual into an actual, if any is left."""
    order = list(LineStage.values)
    return line.is_open and order.index(stage) > order.index(line.stage)


@BOOK.rule("GRT-11", ALLOCATING, "Choose dates within it, or vary the decision.")
def is_within_recommended(recommendation: Recommendation, start: date, end: date) -> bool:
    """An allocation runs within its recommendation's period, and those its sum is drawn from."""
    return start <= end and first_outside(recommendation, start, end) is None


def first_outside(recommendation: Recommendation, start: date, end: date) -> Recommendation | None:
    """Return the first recommendation, of one and all it draws on, whose period is overstepped."""
    return next(
        (
            one
            for one in with_sources(recommendation)
            if start < (one.period_start or start) or end > (one.period_end or end)
        ),
        None,
    )


@BOOK.rule(
    "GRT-12",
    ALLOCATING,
    "Only a decision can move authority further: one that draws on this allocation, or that varies "
    "both sums.",
)
def is_one_authority(giver: Allocation, taker: Allocation) -> bool:
    """A virement moves what is left between two allocations under one sum decided."""
    return giver.pk != taker.pk and giver.figure_id == taker.figure_id


@BOOK.rule("GRT-13", SPENDING, "Record a commitment until it has been received.")
def has_happened(stage: str, received_on: date, today: date) -> bool:
    """Accruals and actuals are of what has been received: no later than today."""
    return stage == LineStage.COMMITMENT or received_on <= today


@BOOK.rule("GRT-14", "with every sum", "Type pounds and pence, like 1234.56.")
def is_a_sum(amount: Decimal) -> bool:
    """A sum is above nought, in whole pence, and below a million million pounds."""
    return (
        amount.is_finite()
        and Decimal(0) < amount < Decimal(10) ** 12
        and amount == amount.quantize(Decimal("0.01"))
    )


@BOOK.rule("GRT-15", CHANGING, "Say why, in a sentence.")
def gives_reason(reason: str) -> bool:
    """What is reversed, released, moved or left awaiting authority has a reason."""
    return bool(reason.strip())


@BOOK.rule("GRT-16", ALLOCATING, "Record its spending as awaiting authority meanwhile.")
def is_in_part_1(recommendation: Recommendation) -> bool:
    """Money under or out of a recommendation in Part 2 cannot be allocated here yet."""
    return not recommendation.is_restricted


@BOOK.rule("GRT-17", ALLOCATING, "Move what is left, or less.")
def is_left_to_move(amount: Decimal, left: Decimal) -> bool:
    """No more is moved out of an allocation than is left in it."""
    return amount <= left


@BOOK.rule("GRT-18", SPENDING, "Correct the sums, or say that the VAT is not recovered.")
def recovers_only_vat(net: Decimal, vat: Decimal) -> bool:
    """VAT that is recovered is at most a quarter of net, and a pound for rounding."""
    return vat <= net / 4 + 1


@BOOK.rule("GRT-19", ANSWERED, "Choose the recommendation that accepts the grant.")
def is_accepted(figure: OutcomeFigure) -> bool:
    """A letter of award answers a sum that a recommendation accepts from a funder."""
    recommendation = figure.outcome.recommendation
    return (
        opens_money(figure)
        and recommendation.kind == RecommendationKind.ACCEPT
        and recommendation.funded_from_id is None
    )


@BOOK.rule(
    "GRT-20",
    SPENDING,
    "Lower the limits of allocations by what they do not need, charge it elsewhere, or record it "
    "as awaiting authority.",
)
def is_within_letter(beyond: Decimal) -> bool:
    """Nothing more is spent of a grant of which more is allocated than the funder awarded."""
    return beyond <= 0


@BOOK.rule("GRT-21", SPENDING, WAY_ON)
def is_within_letters_period(start: date, end: date, received_on: date) -> bool:
    """What is charged to a grant was received within the period of the funder's letter."""
    return start <= received_on <= end


@BOOK.rule("GRT-22", ANSWERED, "Choose the sum that it replaces; else only a new decision helps.")
def varies_what_stands(earlier: Decimal, stands: Decimal) -> bool:
    """A variation changes a sum that still stands as the varying decision says it was decided."""
    return earlier == stands


@BOOK.rule(
    "GRT-23", ANSWERED, "Lower the limits of its allocations first; release what is committed."
)
def is_left_to_lower(lowered: Decimal, left: Decimal) -> bool:
    """A sum decided is lowered by no more than is not allocated of it."""
    return lowered <= left


@BOOK.rule("GRT-24", ANSWERED, "Choose a recommendation to bid that was approved.")
def is_a_bid(kind: str, outcome: str) -> bool:
    """Only a bid that was approved is won or lost, and once."""
    return kind == RecommendationKind.BID and outcome in GRANTED


@BOOK.rule("GRT-25", ANSWERED, "Correct the dates as the letter has them.")
def is_dated_in_order(dated: date, accepted_on: date, today: date) -> bool:
    """A letter is accepted on or after its date, and neither lies in the future."""
    return dated <= accepted_on <= today


@BOOK.rule(
    "GRT-26",
    SPENDING,
    "Move money between its categories first, charge it to another allocation, or record it as "
    "awaiting authority until a decision covers it.",
)
def is_within_category(amount: Decimal, left: Decimal) -> bool:
    """No more is charged to a category than is left of what is set apart for it."""
    return amount <= left


@BOOK.rule("GRT-27", SPENDING, "Keep the category, or reverse the line and record it anew.")
def is_of_its_category(category: str, drawn_category: str) -> bool:
    """What comes out of a commitment or an accrual is of its category, where one is set apart."""
    return category == drawn_category


@BOOK.rule("GRT-28", ALLOCATING, "Choose two different categories.")
def is_between_categories(giver: str, taker: str) -> bool:
    """Money set apart for a category comes from another of the same allocation, or goes there."""
    return giver != taker


def with_sources(recommendation: Recommendation) -> Iterator[Recommendation]:
    """Return a recommendation and all that it is drawn from, nearest first, each once."""
    seen: list[int] = []
    one: Recommendation | None = recommendation
    while one is not None and one.pk not in seen:
        yield one
        seen.append(one.pk)
        one = one.funded_from


def hold_sources(recommendation: Recommendation) -> None:
    """Refuse what is drawn out of Part 2 (GRT-16), or out of itself in the end (GRT-02)."""
    last = recommendation
    for last in with_sources(recommendation):
        BOOK.hold("GRT-16", holds=is_in_part_1(last))
    detail = f"{recommendation} is drawn out of itself, so there is no money behind it."
    BOOK.hold("GRT-02", holds=last.funded_from is None, detail=detail)


def hold_period(recommendation: Recommendation, start: date, end: date) -> None:
    """Refuse (GRT-11) a period that oversteps the recommendation's, or one it draws on."""
    outside = first_outside(recommendation, start, end)
    own = period(outside.period_start, outside.period_end) if outside else ""
    drawn = f", which {str(recommendation).lower()} draws on," if outside != recommendation else ""
    detail = f"{outside}{drawn} runs {own}." if outside else ""
    holds = is_within_recommended(recommendation, start, end)
    BOOK.hold("GRT-11", holds=holds, detail=detail)


def hold_in_force(decision: Decision) -> None:
    """Refuse (GRT-04) a move under a decision that is not in force."""
    BOOK.hold("GRT-04", holds=is_in_force(decision), detail=f"{decision.reference} is not.")


def hold_sums(amount: Decimal, net: Decimal, vat: Decimal, gross: Decimal) -> None:
    """Refuse sums that are none (GRT-14), do not add up (GRT-08) or hide as VAT (GRT-18).

    VAT is recovered where what counts is the net sum alone.
    """
    BOOK.hold("GRT-14", holds=is_a_sum(amount))
    whole = all(
        one.is_finite() and Decimal(0) <= one < Decimal(10) ** 12 and one == round(one, 2)
        for one in (net, vat, gross)
    )
    BOOK.hold("GRT-14", holds=whole)
    detail = f"{money(net)} and {money(vat)} make {money(net + vat)}, not {money(gross)}."
    BOOK.hold("GRT-08", holds=vat_adds_up(net, vat, gross), detail=detail)
    detail = f"{money(vat)} is more than the VAT on {money(net)}."
    BOOK.hold("GRT-18", holds=amount != net or recovers_only_vat(net, vat), detail=detail)


def hold_dates(
    allocation: Allocation,
    *,
    stage: str,
    received_on: date,
    today: date,
    is_covered: bool = False,
    waived: str = "",
) -> None:
    """Refuse a date of receipt that the allocation does not allow (GRT-13, 05, 06).

    What awaited authority and is now covered may have been received before the signature. `waived`
    is the rule that a waiver sets aside.
    """
    decision = allocation.decision
    BOOK.hold("GRT-13", holds=has_happened(stage, received_on, today))
    detail = (
        f"{allocation.reference} runs {period(allocation.period_start, allocation.period_end)}; "
        f"this was received on {day(received_on)}."
    )
    is_within = waived == "GRT-05" or is_within_period(allocation, received_on)
    BOOK.hold("GRT-05", holds=is_within, detail=detail)
    decided_on = allocation.figure.decided_on
    signed = day(decided_on) if decided_on else "never"
    detail = f"{decision.reference} was signed {signed}; this was received on {day(received_on)}."
    is_after = is_covered or waived == "GRT-06" or is_after_signature(decided_on, received_on)
    BOOK.hold("GRT-06", holds=is_after, detail=detail)


def hold_left(allocation: Allocation, amount: Decimal, left: Decimal, category: str = "") -> None:
    """Refuse more than is left (GRT-07), or than is set apart for the category (GRT-26)."""
    if category:
        named = Category(category).label.lower()
        detail = f"{money(amount)} is more than the {money(left)} left there for {named}."
        BOOK.hold("GRT-26", holds=is_within_category(amount, left), detail=detail)
    detail = (
        f"{money(amount)} is more than the {money(left)} that is left of {allocation.reference}."
    )
    BOOK.hold("GRT-07", holds=is_within_what_is_left(amount, left), detail=detail)
