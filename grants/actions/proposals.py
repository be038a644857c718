"""What one person proposes, and what another makes of it."""

from uuid import UUID

from django.db import connection

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from decisions.actions.edits import made_before, remember
from grants import events
from grants.actions.moving import carry_out
from grants.actions.posting import in_words
from grants.models import (
    MonthClosing,
    Proposal,
    ProposalAnswer,
    ProposalKind,
    ProposalOutcome,
    month_name,
)
from grants.permissions import can_answer, can_close_months
from grants.refusals import GrantRefused
from grants.rules import BOOK, gives_reason
from grants.rules_of_months import is_by_another

LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('grants_proposal', %s))"


@action
def propose_reopening(
    act: Act, *, closing: MonthClosing, reason: str, form_key: UUID, by: User
) -> Proposal:
    """Propose that a closed month is opened again: it is, once another person approves.

    Raises NotPermitted or GrantRuleBroken; GrantRefused where it is open, or proposed already.
    """
    if before := made_before(form_key, Proposal):
        return before
    role = can_close_months(by).or_refuse().role
    BOOK.hold("GRT-15", holds=gives_reason(reason))
    hold_closed(closing)
    if waiting := Proposal.objects.waiting().filter(closing=closing).first():
        raise GrantRefused(
            f"This is proposed already ({waiting.reference}).", clears="Another person answers it."
        )
    made = _proposed(by, kind=ProposalKind.REOPENING, closing=closing, reason=reason.strip())
    facts = {"what": made.what, "reason": made.reason}
    act.record(events.PROPOSED, subject=made, role=role, data=facts)
    return remember(form_key, made)


def hold_closed(closing: MonthClosing) -> None:
    """Refuse to reopen a month that was reopened already."""
    if not MonthClosing.objects.in_force().filter(pk=closing.pk).exists():
        raise GrantRefused(f"{month_name(closing.month)} is open already.")


def _proposed(by: User, **what: object) -> Proposal:
    return Proposal.objects.create(**what, proposed_at=clock.now(), proposed_by=by)


@action
def answer_proposal(
    act: Act, *, proposal: Proposal, outcome: str, words: str = "", form_key: UUID, by: User
) -> Proposal:
    """Approve a proposal, which carries it out, or turn it down; or take back one's own.

    Raises NotPermitted or GrantRuleBroken: what one proposes, another answers.
    """
    if before := made_before(form_key, Proposal):
        return before
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [proposal.pk])
    proposal = Proposal.objects.with_parties().get(pk=proposal.pk)
    role = can_answer(by, proposal).or_refuse().role
    result = ProposalOutcome(outcome)
    takes_back = result == ProposalOutcome.TAKEN_BACK
    holds = is_by_another(proposal, by, takes_back=takes_back)
    BOOK.hold("GRT-43", holds=holds)
    BOOK.hold("GRT-15", holds=result != ProposalOutcome.TURNED_DOWN or gives_reason(words))
    move_id = None
    if result == ProposalOutcome.APPROVED:
        move_id = _carry_out(act, proposal, role)
    else:
        facts = {"what": proposal.what, "outcome": result.label.lower(), "words": words.strip()}
        act.record(events.PROPOSAL_DECLINED, subject=proposal, role=role, data=facts)
    with in_words():
        ProposalAnswer.objects.create(
            proposal=proposal,
            proposed_by=proposal.proposed_by,
            outcome=result,
            words=words.strip(),
            move_id=move_id,
            answered_at=clock.now(),
            answered_by=by,
        )
    return remember(form_key, proposal)


def _carry_out(act: Act, proposal: Proposal, role: str) -> int | None:
    """Carry out what is approved; return the number of the move, where money moves."""
    if proposal.closing is None:
        return carry_out(act, proposal, role)
    hold_closed(proposal.closing)
    facts = {
        "month": month_name(proposal.closing.month),
        "proposer": proposal.proposed_by.name,
        "reason": proposal.reason,
    }
    act.record(events.MONTH_REOPENED, subject=proposal.closing, role=role, data=facts)
    return None
