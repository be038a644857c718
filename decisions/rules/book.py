"""The book in which this app's rules stand, each with a code that is never used again.

A rule's docstring is the rule, the message when it is broken, and its line in docs/rules.md.
"""

from enum import StrEnum

from audit.rulebook import Rulebook
from decisions.refusals import RuleBroken


class When(StrEnum):
    """When a rule is held to."""

    SUBMISSION = "at submission"
    SIGNING = "at signing"
    WARNING = "shown as a warning"
    SERIES = "when a series is set"
    LINK = "when a paper is linked"
    AFTER = "after the signature"


BOOK = Rulebook(RuleBroken)
RULES, rule, hold = BOOK.rules, BOOK.rule, BOOK.hold
OFFICER = "The originating officer can put this right."
DECIDER = "The decision maker can put this right."
GOVERNOR = "The governance officer can put this right."
