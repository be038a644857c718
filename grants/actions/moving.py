"""Moving money between allocations or categories, carrying it forward, handing it back.

One person proposes it and another approves (`answer_proposal`), which carries it out.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import connection

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from audit.events import Event
from audit.words import money
from decisions.actions.edits import made_before, remember
from grants import events
from grants.actions.posting import accounts_of, balance_of, balances, lock, new_account, post
from grants.models import (
    NOUGHT,
    Account,
    AccountRole,
    Allocation,
    Cause,
    Proposal,
    ProposalKind,
    category_name,
)
from grants.permissions import can_propose_moves
from grants.refusals import NotThere
from grants.rules import (
    BOOK,
    gives_reason,
    hold_in_force,
    is_a_sum,
    is_between_categories,
    is_left_to_move,
    is_one_authority,
)
from grants.rules_of_months import has_consent

NEEDS_CONSENT = "SELECT grants_needs_consent(%s)"


@dataclass(frozen=True)
class Moving:
    """What is to be moved: `amount` in pounds, out of `giver`, to `taker` or back to the funder.

    A category is one that something is set apart for, "" what is set apart for none. With `giver`
    and `taker` the same it moves money between categories. With `corrects` it puts right what was
    handed back of `giver`, into `taker_category`. `consent_…` are of the funder's.
    """

    giver: Allocation
    amount: Decimal
    reason: str
    taker: Allocation | None = None
    giver_category: str = ""
    taker_category: str = ""
    corrects: bool = False
    consent_reference: str = ""
    consent_on: date | None = None


@action
def propose_move(act: Act, *, moving: Moving, form_key: UUID, by: User) -> Proposal:
    """Propose to move money, carry it forward or hand it back; it waits for another person.

    What goes to an allocation that begins after the giver ends is carried forward. Nothing is held
    back meanwhile. Raises NotPermitted or GrantRuleBroken.
    """
    if before := made_before(form_key, Proposal):
        return before
    role = can_propose_moves(by).or_refuse().role
    giver = Allocation.objects.again(moving.giver)
    taker = Allocation.objects.again(moving.taker) if moving.taker else None
    made = Proposal(
        kind=ProposalKind.HAND_BACK_UNDONE if moving.corrects else _kind(giver, taker),
        giver=giver,
        taker=taker,
        giver_category=moving.giver_category,
        taker_category=moving.taker_category,
        amount=moving.amount,
        reason=moving.reason.strip(),
        consent_reference=moving.consent_reference.strip(),
        consent_on=moving.consent_on,
        proposed_at=clock.now(),
        proposed_by=by,
    )
    _hold(made)
    _hold_left(made, _left(made))
    made.save()
    facts = {"what": made.what, "reason": made.reason, **_consent(made)}
    act.record(events.PROPOSED, subject=made, role=role, data=facts)
    return remember(form_key, made)


def _kind(giver: Allocation, taker: Allocation | None) -> ProposalKind:
    if taker is None:
        return ProposalKind.HAND_BACK
    is_later = taker.period_start > giver.period_end
    return ProposalKind.CARRY_FORWARD if is_later else ProposalKind.VIREMENT


def _parties(proposal: Proposal) -> tuple[Allocation, Decimal]:
    if proposal.giver is None or proposal.amount is None:
        raise NotThere("This proposal moves no money.")
    return proposal.giver, proposal.amount


def _hold(proposal: Proposal) -> None:
    """Refuse what may not be moved so, whatever is left."""
    giver, amount = _parties(proposal)
    taker, ends = proposal.taker, (proposal.giver_category, proposal.taker_category)
    if taker is not None and proposal.is_within and any(ends):
        BOOK.hold("GRT-28", holds=is_between_categories(*ends))
    elif taker is not None:
        BOOK.hold("GRT-12", holds=is_one_authority(giver, taker))
    BOOK.hold("GRT-14", holds=is_a_sum(amount))
    BOOK.hold("GRT-15", holds=gives_reason(proposal.reason))
    if taker is not None or proposal.kind == ProposalKind.HAND_BACK_UNDONE:
        hold_in_force(giver.decision)
    is_needed = needs_consent(giver) and taker is not None and not _is_first(proposal)
    holds = has_consent(is_needed, proposal.consent_on, clock.today())
    BOOK.hold("GRT-44", holds=holds)


def needs_consent(allocation: Allocation) -> bool:
    """Return whether the letter in force of an allocation's grant asks for the funder's consent."""
    with connection.cursor() as cursor:
        cursor.execute(NEEDS_CONSENT, [allocation.pk])
        return bool(cursor.fetchone()[0])


def _is_first(proposal: Proposal) -> bool:
    """Whether it sets money apart for a category for the first time, as the letter caps it."""
    apart = Account.objects.filter(
        allocation=proposal.taker, role=AccountRole.AVAILABLE, category=proposal.taker_category
    )
    return proposal.is_within and not proposal.giver_category and not apart.exists()


def _left(proposal: Proposal) -> Decimal:
    found = _source(proposal)
    return balance_of(found) if found else NOUGHT


def _source(proposal: Proposal) -> Account | None:
    if proposal.kind == ProposalKind.HAND_BACK_UNDONE:
        return Account.objects.filter(
            allocation=proposal.giver, role=AccountRole.HANDED_BACK
        ).first()
    return _account(proposal.giver, proposal.giver_category)


def _hold_left(proposal: Proposal, left: Decimal) -> None:
    giver, amount = _parties(proposal)
    category = proposal.giver_category
    where = f" for {category_name(category)}" if category else ""
    was = "was handed back" if proposal.kind == ProposalKind.HAND_BACK_UNDONE else "is left"
    detail = (
        f"{money(amount)} is more than the {money(left)} that {was} of {giver.reference}{where}."
    )
    BOOK.hold("GRT-17", holds=is_left_to_move(amount, left), detail=detail)


def _account(allocation: Allocation | None, category: str) -> Account | None:
    role = AccountRole.AVAILABLE
    return Account.objects.filter(allocation=allocation, role=role, category=category).first()


def carry_out(act: Act, proposal: Proposal, role: str) -> int:
    """Move what was proposed, within the act that approves it; return the number of the move."""
    giver, amount = _parties(proposal)
    _hold(proposal)
    source = _source(proposal) or accounts_of(giver)[0]
    target = _target(proposal)
    lock(source, target)
    _hold_left(proposal, balance_of(source))
    cause = Cause(proposal.kind)
    reason = proposal.reason
    posted = post(cause, source=source, target=target, amount=amount, reason=reason)
    facts = {
        "amount": amount,
        "reason": reason,
        "proposal": proposal.reference,
        "proposer": proposal.proposed_by.name,
        **_ends(proposal),
        **_consent(proposal),
        "balances": balances(posted),
    }
    act.record(_event(proposal), subject=giver, role=role, data=facts)
    return posted.move_id


def _target(proposal: Proposal) -> Account:
    """Return where it goes, made when something first goes there."""
    giver, _ = _parties(proposal)
    if proposal.kind == ProposalKind.HAND_BACK_UNDONE:
        return _account(giver, proposal.taker_category) or accounts_of(giver)[0]
    if proposal.taker is None:
        role = AccountRole.HANDED_BACK
        found = Account.objects.filter(allocation=giver, role=role).first()
        return found or new_account(giver, role)
    category = proposal.taker_category
    found = _account(proposal.taker, category)
    return found or new_account(proposal.taker, AccountRole.AVAILABLE, category)


def _event(proposal: Proposal) -> Event:
    if proposal.is_within:
        return events.SUM_SET_APART
    return {
        ProposalKind.VIREMENT: events.SUM_VIRED,
        ProposalKind.CARRY_FORWARD: events.SUM_CARRIED,
        ProposalKind.HAND_BACK: events.SUM_HANDED_BACK,
        ProposalKind.HAND_BACK_UNDONE: events.HAND_BACK_CORRECTED,
    }[ProposalKind(proposal.kind)]


def _ends(proposal: Proposal) -> dict[str, str]:
    if proposal.taker is None:
        return {}
    if proposal.is_within:
        ends = proposal.giver_category, proposal.taker_category
        return {"from": category_name(ends[0]), "to": category_name(ends[1])}
    return {"to": proposal.taker.reference}


def _consent(proposal: Proposal) -> dict[str, object]:
    if proposal.consent_on is None:
        return {}
    return {"consent": proposal.consent_reference, "consent_on": proposal.consent_on}
