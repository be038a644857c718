"""People and their authority: who somebody is, the roles they hold, and what they may decide."""

from accounts.models.authority import (
    AdviceKind,
    DelegatedAct,
    Delegation,
    DelegationQuerySet,
    Role,
    RoleHolding,
)
from accounts.models.people import User, UserManager, UserQuerySet
from accounts.models.proofs import StepUp, StepUpUse

__all__ = [
    "AdviceKind",
    "DelegatedAct",
    "Delegation",
    "DelegationQuerySet",
    "Role",
    "RoleHolding",
    "StepUp",
    "StepUpUse",
    "User",
    "UserManager",
    "UserQuerySet",
]
