"""What a decision takes from the delegation it is made under."""

from collections.abc import Sequence
from decimal import Decimal

from accounts.actions import use_delegation
from accounts.models import DelegationUse
from decisions.actions.edits import present
from decisions.models import Approval
from decisions.rules import Amended


def count_use(approval: Approval, decided: Sequence[Amended]) -> DelegationUse:
    """Count the decision, within its own act, against the delegation and what is left of its cap.

    What counts is what its limit is held against: sums granted that are not drawn from another.
    """
    granted = [r for r in decided if r.is_granted and not r.recommendation.funded_from_id]
    return use_delegation(
        delegation=present(approval.delegation),
        about=approval,
        acts={row.recommendation.kind for row in decided},
        amount=sum((row.total for row in granted), Decimal()),
        is_restricted=any(row.recommendation.is_restricted for row in granted),
    )
