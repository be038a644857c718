"""The rules that a paper and a decision hold to: `paper` before submission, `signing` after."""

from decisions.rules.book import BOOK, RULES, When, hold, rule
from decisions.rules.paper import unmet, warnings
from decisions.rules.series import endorses_apart, has_stage
from decisions.rules.signing import (
    Amended,
    authority_for,
    check_outcomes,
    defers_ahead,
    gives_reason,
    has_current_advice,
    is_apart,
    records_interests,
)
from decisions.rules.sums import asked, sum_decided

__all__ = [
    "BOOK",
    "RULES",
    "Amended",
    "When",
    "asked",
    "authority_for",
    "check_outcomes",
    "defers_ahead",
    "endorses_apart",
    "gives_reason",
    "has_current_advice",
    "has_stage",
    "hold",
    "is_apart",
    "records_interests",
    "rule",
    "sum_decided",
    "unmet",
    "warnings",
]
