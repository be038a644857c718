"""What a decision takes from the delegation it is made under."""

from collections.abc import Sequence
from datetime import date

from accounts.actions import use_delegation
from accounts.models import Delegation, DelegationUse
from accounts.powers import covers, power_behind
from accounts.refusals import NotPermitted
from decisions.actions.edits import present
from decisions.models import Approval
from decisions.refusals import DecisionRefused
from decisions.rules import Amended, taken_by, takes_part_2

IN_WORDS = "Leave the delegation out: the authority then stands in the words of the paper."


def count_use(
    approval: Approval, decided: Sequence[Amended], on: date | None = None
) -> DelegationUse:
    """Count the decision, within its own act, against the delegation and what is left of its cap.

    What counts is what its limit is held against: sums granted that are not drawn from another.
    `on` is the day on which it was signed, where that was elsewhere.
    """
    return use_delegation(
        delegation=present(approval.delegation),
        about=approval,
        acts={row.recommendation.kind for row in decided},
        amount=taken_by(decided),
        is_restricted=takes_part_2(decided),
        on=on,
    )


def refuse_uncovered(delegation: Delegation, decided: Sequence[Amended], on: date) -> None:
    """Refuse to name a delegation that did not cover, on its day, what was signed elsewhere."""
    total = taken_by(decided)
    for kind in sorted({row.recommendation.kind for row in decided}):
        answer = covers(delegation, kind=kind, amount=total, on=on)
        if not answer:
            raise DecisionRefused(answer.reason, clears=IN_WORDS)
    if delegation.deputy_for_id is None:
        return
    kinds = {row.recommendation.kind for row in decided}
    try:
        power_behind(delegation, kinds=kinds, amount=total, on=on)
    except NotPermitted as refusal:
        raise DecisionRefused(refusal.reason, clears=IN_WORDS) from None
