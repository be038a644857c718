"""Records of the money: allocations, accounts and their statements, spending lines."""

from grants.models.accounts import (
    NOUGHT,
    OF_FIGURE,
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
from grants.models.awards import Award, BidEnd, BidResult, ClaimDate, Variation
from grants.models.category import Category
from grants.models.imports import (
    ImportColumns,
    ImportRow,
    ImportSetAside,
    ImportStep,
    ImportStepKind,
    RowKind,
    SapCode,
    SpendingImport,
)
from grants.models.lines import ROLE_OF_STAGE, LineStage, SpendingLine

__all__ = [
    "NOUGHT",
    "OF_FIGURE",
    "ONE_PER_ALLOCATION",
    "OPENS",
    "PERMITTED",
    "ROLE_OF_STAGE",
    "Account",
    "AccountRole",
    "Allocation",
    "Award",
    "BidEnd",
    "BidResult",
    "Category",
    "Cause",
    "Charge",
    "ClaimDate",
    "Entry",
    "ImportColumns",
    "ImportRow",
    "ImportSetAside",
    "ImportStep",
    "ImportStepKind",
    "LineStage",
    "Move",
    "RowKind",
    "SapCode",
    "SpendingImport",
    "SpendingLine",
    "Variation",
]
