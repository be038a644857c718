"""People and their authority: who somebody is, the roles they hold, and what they may decide."""

from accounts.models.authority import AdviceKind, DelegatedAct, Role, RoleHolding
from accounts.models.delegations import (
    Balance,
    CapPer,
    Delegation,
    DelegationQuerySet,
    DelegationUse,
)
from accounts.models.handovers import HandOver
from accounts.models.people import User, UserManager, UserQuerySet
from accounts.models.proofs import StepUp, StepUpUse
from accounts.models.restorations import FactorRestoration
from accounts.models.schemes import SchemeParagraph, SchemeVersion, State

__all__ = [
    "AdviceKind",
    "Balance",
    "CapPer",
    "DelegatedAct",
    "Delegation",
    "DelegationQuerySet",
    "DelegationUse",
    "FactorRestoration",
    "HandOver",
    "Role",
    "RoleHolding",
    "SchemeParagraph",
    "SchemeVersion",
    "State",
    "StepUp",
    "StepUpUse",
    "User",
    "UserManager",
    "UserQuerySet",
]
