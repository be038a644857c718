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
from grants.models.category import Category, category_name
from grants.models.claims import (
    Claim,
    ClaimLine,
    ClaimOutcome,
    ClaimStep,
    LineOutcome,
    StepKind,
)
from grants.models.imports import (
    ImportColumns,
    ImportMatch,
    ImportRow,
    ImportSetAside,
    ImportStep,
    ImportStepKind,
    RowKind,
    SapCode,
    SpendingImport,
)
from grants.models.lines import ROLE_OF_STAGE, LineStage, SpendingLine
from grants.models.months import ExceptionKind, MonthClosing, MonthException, month_name
from grants.models.plans import Plan, PlanKind, PlanMonth
from grants.models.proposals import Proposal, ProposalAnswer, ProposalKind, ProposalOutcome

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
    "Claim",
    "ClaimDate",
    "ClaimLine",
    "ClaimOutcome",
    "ClaimStep",
    "Entry",
    "ExceptionKind",
    "ImportColumns",
    "ImportMatch",
    "ImportRow",
    "ImportSetAside",
    "ImportStep",
    "ImportStepKind",
    "LineOutcome",
    "LineStage",
    "MonthClosing",
    "MonthException",
    "Move",
    "Plan",
    "PlanKind",
    "PlanMonth",
    "Proposal",
    "ProposalAnswer",
    "ProposalKind",
    "ProposalOutcome",
    "RowKind",
    "SapCode",
    "SpendingImport",
    "SpendingLine",
    "StepKind",
    "Variation",
    "category_name",
    "month_name",
]
