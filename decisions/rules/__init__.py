"""The rules that a paper and a decision hold to.

`paper` and `sums_in_words` are looked through before a paper goes on (`findings`, `answers`);
`signing` holds from then on.
"""

from decisions.rules import paper, sums_in_words
from decisions.rules.answers import Looked, look
from decisions.rules.book import BOOK, RULES, When, hold, rule
from decisions.rules.facts import Facts, facts_of
from decisions.rules.findings import FINDERS, Finding, findings
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
    "FINDERS",
    "RULES",
    "Amended",
    "Facts",
    "Finding",
    "Looked",
    "When",
    "asked",
    "authority_for",
    "check_outcomes",
    "defers_ahead",
    "endorses_apart",
    "facts_of",
    "findings",
    "gives_reason",
    "has_current_advice",
    "has_stage",
    "hold",
    "is_apart",
    "look",
    "paper",
    "records_interests",
    "rule",
    "sum_decided",
    "sums_in_words",
]
