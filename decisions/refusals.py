"""Why the decisions app refuses an act."""

from audit.refusals import Refused


class DecisionRefused(Refused):
    """Base of every refusal by the decisions app."""


class RuleBroken(DecisionRefused):
    """A named rule (DEC-nn) does not hold; `code` says which."""


class NotInTurn(DecisionRefused):
    """The decision is not at the stage where this is done."""


class ReasonMissing(DecisionRefused):
    """The step needs a reason and none was given."""


class NumberTaken(DecisionRefused):
    """The number was given before, and numbers are never used twice."""


class NotOfThisPaper(DecisionRefused):
    """A row was named that belongs to another paper, or to none any more."""


class FormOfAnother(DecisionRefused):
    """A form was sent whose key another person's form has used, or one about something else."""


class NoAuthority(DecisionRefused):
    """No delegation in force covers what is decided."""
