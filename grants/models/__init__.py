"""Records of the money: allocations, accounts and their statements, spending lines."""

from grants.models.accounts import (
    NOUGHT,
    ONE_PER_ALLOCATION,
    OPENS,
    PERMITTED,
    Account,
    AccountRole,
    Cause,
    Entry,
    Move,
)
from grants.models.allocation import Allocation, Charge
from grants.models.lines import ROLE_OF_STAGE, Category, LineStage, SpendingLine

__all__ = [
    "NOUGHT",
    "ONE_PER_ALLOCATION",
    "OPENS",
    "PERMITTED",
    "ROLE_OF_STAGE",
    "Account",
    "AccountRole",
    "Allocation",
    "Category",
    "Cause",
    "Charge",
    "Entry",
    "LineStage",
    "Move",
    "SpendingLine",
]
