"""Claims: drawn up of what was paid, submitted by a second person, answered by the funder."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

from django.db import connection

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from audit.words import money
from decisions.actions.edits import made_before, remember
from decisions.models import OutcomeFigure
from grants import events
from grants.actions.opening import decided
from grants.actions.posting import Posted, accounts_of, balances, in_words, lock
from grants.actions.spending import (
    charged,
    hold_spend,
    recorded_before,
    standing,
)
from grants.actions.taking_back import rest_of, taken_back
from grants.claims import claimable
from grants.models import (
    NOUGHT,
    Allocation,
    Claim,
    ClaimLine,
    ClaimOutcome,
    ClaimStep,
    LineOutcome,
    SpendingLine,
    StepKind,
)
from grants.permissions import can_make_claims, can_record_spending, can_submit_claims
from grants.refusals import GrantRefused
from grants.rules import BOOK, gives_reason, is_accepted
from grants.rules_of_claims import can_be_claimed, is_submitted_by_another

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('grants_claims_of', %s))"
LINES = """
    INSERT INTO grants_claimline (claim_id, line_id, turn, amount, follows_id)
    SELECT %s, line_id, turn, amount, follows_id
    FROM grants_claimable(%s, grants_year_start(%s), %s)
"""


@action
def make_claim(
    act: Act, *, figure: OutcomeFigure, start: date, end: date, form_key: UUID, by: User
) -> Claim:
    """Draw up a claim of a grant for a period: every line that was paid and not claimed yet.

    Lines of the same financial year that were received before the period and not claimed come with
    it. Raises NotPermitted or GrantRuleBroken.
    """
    if before := made_before(form_key, Claim):
        return before
    role = can_make_claims(by).or_refuse().role
    figure = decided(figure)
    BOOK.hold("GRT-19", holds=is_accepted(figure))
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [figure.pk])
    number, total = claimable(figure, start, end)
    detail = f"There are {number} lines to claim, of {money(total)}."
    BOOK.hold("GRT-45", holds=can_be_claimed(start, end, clock.today(), total), detail=detail)
    last = Claim.objects.filter(figure=figure).order_by("-n").first()
    claim = Claim.objects.create(
        figure=figure,
        n=last.n + 1 if last else 1,
        period_start=start,
        period_end=end,
        lines=number,
        total=total,
        made_at=clock.now(),
        made_by=by,
    )
    with in_words(), connection.cursor() as cursor:
        cursor.execute(LINES, [claim.pk, figure.pk, start, end])
    facts = {"amount": total, "lines": str(number), "from": start, "to": end}
    act.record(events.CLAIM_MADE, subject=claim, role=role, data=facts)
    return remember(form_key, claim)


@action
def submit_claim(
    act: Act, *, claim: Claim, taken_on: date, reference: str = "", form_key: UUID, by: User
) -> Claim:
    """Submit a draft to the funder, as another person than who drew it up."""
    if before := made_before(form_key, Claim):
        return before
    role = can_submit_claims(by).or_refuse().role
    claim = _again(claim)
    _hold_state(claim, "Draft")
    BOOK.hold("GRT-46", holds=is_submitted_by_another(claim, by))
    _hold_day(taken_on)
    gone = ClaimLine.objects.filter(claim=claim, line__reversal__isnull=False).first()
    if gone:
        raise GrantRefused(
            f"{gone.line.reference} was reversed since this was drawn up.",
            clears="Withdraw it and draw it up anew.",
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT grants_credits_left_out(%s) LIMIT 1", [claim.pk])
        if since := cursor.fetchone():
            raise GrantRefused(
                f"Line {since[0]} credits a line of this since it was drawn up.",
                clears="Withdraw it and draw it up anew.",
            )
    _step(claim, StepKind.SUBMITTED, taken_on, reference, by=by)
    facts = {"amount": claim.total}
    act.record(events.CLAIM_SUBMITTED, subject=claim, role=role, data=facts)
    return remember(form_key, claim)


@action
def withdraw_claim(act: Act, *, claim: Claim, reason: str, form_key: UUID, by: User) -> Claim:
    """Withdraw a draft: its lines may be claimed again."""
    if before := made_before(form_key, Claim):
        return before
    role = can_make_claims(by).or_refuse().role
    claim = _again(claim)
    _hold_state(claim, "Draft")
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    _step(claim, StepKind.WITHDRAWN, clock.today(), words=reason, by=by)
    _end(list(claim.claimed.all()), {LineOutcome.WITHDRAWN: None})
    facts = {"reason": reason.strip()}
    act.record(events.CLAIM_WITHDRAWN, subject=claim, role=role, data=facts)
    return remember(form_key, claim)


@action
def answer_claim(
    act: Act,
    *,
    claim: Claim,
    taken_on: date,
    reference: str = "",
    disallowed: Collection[int] = (),
    carried: Collection[int] = (),
    words: str = "",
    form_key: UUID,
    by: User,
) -> Claim:
    """Record what the funder paid of a claim; `disallowed` and `carried` are lines by number.

    All others are paid. What is carried forward may be claimed again; what is disallowed is to be
    charged elsewhere. Raises NotPermitted, GrantRuleBroken or GrantRefused.
    """
    if before := made_before(form_key, Claim):
        return before
    role = can_make_claims(by).or_refuse().role
    claim = _again(claim)
    _hold_state(claim, "Submitted")
    _hold_day(taken_on)
    claimed = list(claim.claimed.all())
    _hold_numbers({one.line_id for one in claimed}, disallowed, carried)
    BOOK.hold("GRT-15", holds=not (disallowed or carried) or gives_reason(words))
    unpaid = {*disallowed, *carried}
    paid = sum((one.amount for one in claimed if one.line_id not in unpaid), NOUGHT)
    if paid < 0:
        raise GrantRefused(
            f"What is left to be paid comes to {money(paid)}.",
            clears="Carry forward the lines that take money back as well.",
        )
    _step(claim, StepKind.ANSWERED, taken_on, reference, paid=paid, words=words, by=by)
    ended = {LineOutcome.DISALLOWED: disallowed, LineOutcome.CARRIED: carried}
    _end(claimed, {**ended, LineOutcome.PAID: None})
    facts = {"amount": paid, "claimed": claim.total}
    act.record(events.CLAIM_ANSWERED, subject=claim, role=role, data=facts)
    return remember(form_key, claim)


def _again(claim: Claim) -> Claim:
    """Return a claim as it now stands, held until the act ends."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [claim.figure_id])
    return Claim.objects.with_steps().get(pk=claim.pk)


def _hold_state(claim: Claim, state: str) -> None:
    if claim.state != state:
        raise GrantRefused(
            f"{claim.reference} is no {state.lower()} claim: it is {claim.state.lower()}.",
            clears="Load the page again.",
        )


def _hold_day(day: date) -> None:
    if day > clock.today():
        raise GrantRefused("That day lies ahead.", clears="Type the day on which it happened.")


def _hold_numbers(of_it: set[int], *numbers: Collection[int]) -> None:
    named = [number for each in numbers for number in each]
    if strange := sorted(set(named) - of_it):
        raise GrantRefused(f"Line {strange[0]} is not in this claim.", clears="Correct its number.")
    if len(named) != len(set(named)):
        raise GrantRefused(
            "A line is named twice.", clears="It is either disallowed or carried forward."
        )


def _step(
    claim: Claim,
    kind: StepKind,
    taken_on: date,
    reference: str = "",
    *,
    words: str = "",
    paid: Decimal = NOUGHT,
    by: User,
) -> None:
    with in_words():
        ClaimStep.objects.create(
            claim=claim,
            kind=kind,
            made_by=claim.made_by,
            taken_on=taken_on,
            reference=reference.strip(),
            words=words.strip(),
            paid=paid,
            taken_at=clock.now(),
            taken_by=by,
        )


def _end(claimed: list[ClaimLine], ends: dict[LineOutcome, Collection[int] | None]) -> None:
    """End lines, each with the first outcome that names it; None names all."""
    ClaimOutcome.objects.bulk_create(
        ClaimOutcome(
            claimed=one,
            claim_id=one.claim_id,
            line_id=one.line_id,
            turn=one.turn,
            outcome=next(
                outcome for outcome, named in ends.items() if named is None or one.line_id in named
            ),
        )
        for one in claimed
    )


@action
def recharge_line(
    act: Act, *, line: SpendingLine, allocation: Allocation, form_key: UUID, by: User
) -> SpendingLine:
    """Charge a line that the funder disallowed to another allocation, in one act.

    The line is reversed and the same item recorded there; returns the new line.
    """
    if before := recorded_before(form_key):
        return before
    role = can_record_spending(by).or_refuse().role
    made, posted = recharged(line, allocation, by, key=form_key)
    facts = {
        "amount": made.amount,
        "of": line.reference,
        "allocation": allocation.reference,
        "balances": balances(*posted),
    }
    act.record(events.LINE_RECHARGED, subject=made, role=role, data=facts)
    return made


def recharged(
    line: SpendingLine, allocation: Allocation, by: User, *, key: UUID, **ties: object
) -> tuple[SpendingLine, list[Posted]]:
    """Charge what was disallowed to another allocation, if the rules hold."""
    line = SpendingLine.objects.again(line)
    last = ClaimOutcome.objects.filter(line=line).order_by("-turn").first()
    if last is None or last.outcome != LineOutcome.DISALLOWED or line.is_reversed:
        raise GrantRefused(f"{line.reference} was not disallowed, or is charged elsewhere already.")
    if line.allocation_id == allocation.pk:
        raise GrantRefused("It is charged there already.", clears="Choose another allocation.")
    accounts = accounts_of(allocation, line.category)
    allocation = standing(accounts)
    spend = rest_of(line)
    why = spend.why_so or f"What is left of {line.reference}."
    spend = replace(spend, waiver_id=None, why_so=why)
    hold_spend(allocation, spend)
    move = line.move
    lock(move.source, move.target, *accounts)
    why = f"Disallowed in {last.claim.reference}, charged to {allocation.reference}."
    _, back = taken_back(line, why, by, key=uuid4())
    made, posted = charged(accounts, spend, by, key=key, **ties)
    return made, [back, posted]
