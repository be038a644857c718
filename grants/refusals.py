"""Why the grants app refuses an act."""

from audit.refusals import Refused


class GrantRefused(Refused):
    """Base of every refusal by the grants app."""


class GrantRuleBroken(GrantRefused):
    """A named rule (GRT-nn) does not hold; `code` says which."""


class NotThere(GrantRefused):
    """Something was named that is not there, or is not of this kind."""
