"""What funders answer: letters of award, of which the lower of decision and letter binds; bids."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from accounts.models import Delegation, User
from audit import clock
from audit.acts import Act, action
from audit.words import money
from decisions.actions import KeptFile
from decisions.actions.edits import made_before, remember
from decisions.models import Decision, Organisation, OutcomeFigure, RecommendationOutcome
from grants import events
from grants.actions.opening import decided, funder_of, open_authority
from grants.actions.posting import (
    Posted,
    account_of_figure,
    balance_of,
    balances,
    lock,
    post,
    unawarded_of,
)
from grants.models import NOUGHT, Award, BidEnd, BidResult, Cause, ClaimDate, Variation
from grants.permissions import can_record_award
from grants.rules import BOOK, hold_in_force, is_a_bid, is_a_sum, is_accepted, is_dated_in_order


@dataclass(frozen=True)
class Letter:
    """A funder's letter as it was read: `amount` in pounds, dates of the period inclusive.

    `accepted_by` is who accepted it, under the delegation where one is named. `needs_consent` says
    that the funder has to consent to virements and carry forward.
    """

    reference: str
    dated: date
    amount: Decimal
    period_start: date
    period_end: date
    accepted_on: date
    accepted_by: str
    conditions: str = ""
    needs_consent: bool = False
    delegation: Delegation | None = None
    claim_dates: Sequence[date] = ()
    file: KeptFile | None = None
    funder: Organisation | None = None


def authorised(figure: OutcomeFigure) -> Decimal:
    """Return what a sum decided authorises (pounds), with what later decisions made of it."""
    varied = Variation.objects.filter(varied=figure).values_list("difference", flat=True)
    return sum(varied, figure.amount)


def letter_in_force(figure: OutcomeFigure) -> Award | None:
    """Return the letter that binds a sum accepted; None before there is one."""
    return Award.objects.filter(figure=figure).order_by("-n").first()


def beyond_letter(figure: OutcomeFigure) -> Decimal:
    """Return what is allocated of a sum (pounds) beyond what the letter in force awards of it."""
    letter = letter_in_force(figure)
    if letter is None:
        return NOUGHT
    short = max(NOUGHT, authorised(figure) - letter.amount)
    return short - balance_of(unawarded_of(figure))


@action
def record_award(
    act: Act, *, figure: OutcomeFigure, letter: Letter, form_key: UUID, by: User
) -> Award:
    """Record the funder's letter about a sum accepted; a later letter replaces the one before.

    A letter is a fact and is recorded whatever it awards. What it awards less than was decided is
    kept apart, as far as it is not allocated; where more is allocated, nothing further is spent
    (GRT-20) until limits are lowered. Raises NotPermitted or GrantRuleBroken.
    """
    if before := made_before(form_key, Award):
        return before
    role = can_record_award(by).or_refuse().role
    figure = decided(figure)
    decision = Decision.objects.locked(figure.outcome.recommendation.decision)
    hold_in_force(decision)
    BOOK.hold("GRT-19", holds=is_accepted(figure))
    BOOK.hold("GRT-14", holds=is_a_sum(letter.amount))
    in_order = is_dated_in_order(letter.dated, letter.accepted_on, clock.today())
    BOOK.hold("GRT-25", holds=in_order)
    funder = funder_of(figure, typed=letter.funder)
    authority, unawarded = account_of_figure(figure), unawarded_of(figure)
    opened = open_authority(figure, authority, funder, None)
    lock(authority, unawarded)
    award = _made(figure, letter, by)
    posted = [*opened, *bound(figure)]
    facts = {"amount": letter.amount, "letter": award.reference, "balances": balances(*posted)}
    if (beyond := beyond_letter(figure)) > 0:
        facts["beyond"] = beyond
    act.record(events.AWARD_RECORDED, subject=award, role=role, data=facts)
    return remember(form_key, award)


def _made(figure: OutcomeFigure, letter: Letter, by: User) -> Award:
    last = letter_in_force(figure)
    kept = letter.file
    award = Award.objects.create(
        figure=figure,
        n=last.n + 1 if last else 1,
        reference=letter.reference.strip(),
        dated=letter.dated,
        amount=letter.amount,
        period_start=letter.period_start,
        period_end=letter.period_end,
        conditions=letter.conditions.strip(),
        needs_consent=letter.needs_consent,
        accepted_on=letter.accepted_on,
        accepted_by=letter.accepted_by.strip(),
        delegation=letter.delegation,
        replaces=last,
        letter_sha256=kept.sha256 if kept else "",
        letter_name=kept.file_name if kept else "",
        letter_type=kept.content_type if kept else "",
        recorded_at=clock.now(),
        recorded_by=by,
    )
    ClaimDate.objects.bulk_create(
        ClaimDate(award=award, due_on=day) for day in sorted({*letter.claim_dates})
    )
    return award


def bound(figure: OutcomeFigure) -> list[Posted]:
    """Keep apart what the letter in force does not award, or free what it does; accounts locked.

    Moves nothing where no letter binds, or where what is kept apart is as it should be.
    """
    letter = letter_in_force(figure)
    if letter is None:
        return []
    authority, unawarded = account_of_figure(figure), unawarded_of(figure)
    short = max(NOUGHT, authorised(figure) - letter.amount) - balance_of(unawarded)
    amount = min(short, balance_of(authority)) if short > 0 else -short
    if amount == 0:
        return []
    ends = (authority, unawarded) if short > 0 else (unawarded, authority)
    reason = f"{money(letter.amount)} awarded by {letter.reference}."
    return [post(Cause.AWARD, source=ends[0], target=ends[1], amount=amount, reason=reason)]


@action
def end_bid(
    act: Act,
    *,
    outcome: RecommendationOutcome,
    result: str,
    amount: Decimal = NOUGHT,
    told_on: date,
    words: str = "",
    form_key: UUID,
    by: User,
) -> BidEnd:
    """Record how a bid ended: won, won in part (with the sum in pounds) or lost. Opens no money.

    Raises NotPermitted or GrantRuleBroken.
    """
    if before := made_before(form_key, BidEnd):
        return before
    role = can_record_award(by).or_refuse().role
    outcome = RecommendationOutcome.objects.select_related("recommendation").get(pk=outcome.pk)
    is_open = not BidEnd.objects.filter(outcome=outcome).exists()
    is_bid = is_a_bid(outcome.recommendation.kind, outcome.outcome)
    BOOK.hold("GRT-24", holds=is_open and is_bid)
    is_lost = result == BidResult.LOST
    BOOK.hold("GRT-14", holds=amount == 0 if is_lost else is_a_sum(amount))
    BOOK.hold("GRT-25", holds=is_dated_in_order(told_on, told_on, clock.today()))
    end = BidEnd.objects.create(
        outcome=outcome,
        result=result,
        amount=amount,
        told_on=told_on,
        words=words.strip(),
        recorded_at=clock.now(),
        recorded_by=by,
    )
    facts = {"result": end.get_result_display().lower(), "amount": amount}
    act.record(events.BID_ENDED, subject=end, role=role, data=facts)
    return remember(form_key, end)
