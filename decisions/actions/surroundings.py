"""What stands around the paper's words: exemptions, supporting papers, links, consultations."""

from datetime import date
from uuid import UUID

from accounts.models import User
from audit import clock
from audit.acts import Act, action
from decisions.actions.edits import (
    change,
    close_paper,
    made_before,
    open_paper,
    present,
    remember,
)
from decisions.models import (
    Consultation,
    Decision,
    Exemption,
)
from decisions.refusals import DecisionRefused


def lay_exemption(
    decision: Decision,
    *,
    ground: str,
    reason: str = "",
    decided_by: User | None = None,
    review_on: date | None = None,
) -> Exemption:
    """Add an exemption within an edit, or return the one of that ground."""
    found = decision.exemptions.filter(ground=ground).first()
    return found or Exemption.objects.create(
        decision=decision,
        ground=ground,
        reason=reason,
        decided_by=decided_by,
        decided_at=clock.now() if decided_by else None,
        review_on=review_on,
    )


@action
def add_exemption(
    act: Act,
    *,
    decision: Decision,
    ground: str,
    reason: str = "",
    review_on: date | None = None,
    by: User,
) -> Exemption:
    """Claim an exemption for Part 2 under a ground; its reason is public. `by` decided it."""
    decision = open_paper(decision, by)
    exemption = lay_exemption(
        decision, ground=ground, reason=reason, decided_by=by, review_on=review_on
    )
    close_paper(act, decision, f"exemption {ground} added")
    return exemption


@action
def edit_exemption(
    act: Act,
    *,
    exemption: Exemption,
    ground: str,
    reason: str,
    review_on: date | None = None,
    by: User,
) -> Exemption:
    """Change an exemption; whoever changes it decides it anew."""
    decision = open_paper(exemption.decision, by)
    exemption = present(decision.exemptions.filter(pk=exemption.pk).first())
    words = {"ground": ground, "reason": reason, "review_on": review_on}
    if change(exemption, words):
        change(exemption, {"decided_by": by, "decided_at": clock.now()})
        close_paper(act, decision, f"exemption {ground}")
    return exemption


@action
def remove_exemption(act: Act, *, exemption: Exemption, by: User) -> None:
    """Give up an exemption; refused while anything lies in Part 2 under it."""
    decision = open_paper(exemption.decision, by)
    exemption = present(decision.exemptions.filter(pk=exemption.pk).first())
    if _is_used(decision, exemption):
        raise DecisionRefused(
            f"Something lies in Part 2 under {exemption.ground}.",
            clears="Move it to Part 1 or to another exemption first.",
        )
    ground = exemption.ground
    exemption.delete()
    close_paper(act, decision, f"exemption {ground} removed")


def _is_used(decision: Decision, exemption: Exemption) -> bool:
    rows = (decision.sections, decision.recommendations, decision.supporting_papers)
    return (
        any(row.filter(exemption=exemption).exists() for row in rows)
        or decision.sections.filter(paragraphs__exemption=exemption).exists()
        or decision.recommendations.filter(recipients__exemption=exemption).exists()
    )


@action
def record_consultation(
    act: Act,
    *,
    decision: Decision,
    board: str,
    held_on: date,
    outcome: str,
    form_key: UUID | None = None,
    by: User,
) -> Consultation:
    """Record that a board was consulted, and what it said. Boards decide nothing."""
    decision = open_paper(decision, by)
    if before := made_before(form_key, Consultation, of=decision):
        return before
    consultation = Consultation.objects.create(
        decision=decision,
        board=board,
        held_on=held_on,
        outcome=outcome,
        recorded_at=clock.now(),
        recorded_by=by,
    )
    close_paper(act, decision, f"consultation of {board}")
    return remember(form_key, consultation)
