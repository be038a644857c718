"""The authority found for a decision, and what of a capped one is used, left, and left after."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from accounts.models import Balance, Delegation, User
from accounts.permissions import Permission, may
from audit import clock
from audit.refusals import Refused
from decisions.models import Approval, Stage
from decisions.models.lineage import sums_opened, variations
from decisions.rules import Amended, authority_for, taken_by


@dataclass(frozen=True)
class Authority:
    """The delegation under which all could be decided, and how it was used before."""

    delegation: Delegation
    uses: int
    opened: Decimal


@dataclass(frozen=True)
class Cap:
    """A capped delegation: its balance, None where it is restricted, and what this would take."""

    delegation: Delegation
    balance: Balance | None
    takes: Decimal

    @property
    def left_after(self) -> Decimal:
        """What would be left (pounds); below nought where it is refused."""
        return (self.balance.left if self.balance else Decimal()) - self.takes

    @property
    def short_of(self) -> Decimal:
        """By how much (pounds) the decision goes beyond what is left; nought where it does not."""
        return max(-self.left_after, Decimal())


def authority_found(
    by: User, decided: Sequence[Amended], earlier: Sequence[Amended]
) -> tuple[Authority | None, Refused | None]:
    """Return the delegation that covers all of it with its uses, or why none does."""
    try:
        found = authority_for(by, decided, clock.today(), earlier)
    except Refused as refusal:
        return None, refusal
    used = Approval.objects.filter(delegation=found, stage=Stage.DECISION)
    sums = sums_opened().filter(outcome__approval__in=used).aggregate(total=Sum("amount"))
    varied = variations().filter(approval__in=used).aggregate(total=Sum("difference"))
    opened = (sums["total"] or Decimal()) + (varied["total"] or Decimal())
    return Authority(found, used.count(), opened), None


def caps_of(by: User, decided: Sequence[Amended], authority: Authority | None) -> list[Cap]:
    """Return the cap of the delegation found; without one, those of all that the person holds."""
    today, takes = clock.today(), taken_by(decided)
    if authority:
        held = [authority.delegation]
    else:
        held = list(Delegation.objects.held_by(by).in_force(today))
    sees_sums = bool(may(by, Permission.VIEW_PART_2))
    return [
        Cap(one, one.balance(today) if sees_sums or not _is_restricted(one) else None, takes)
        for one in held
        if one.cap is not None
    ]


def _is_restricted(delegation: Delegation) -> bool:
    return delegation.uses.filter(is_restricted=True).exists()
