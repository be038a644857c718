"""Why the accounts app refuses an act."""

from audit.refusals import Refused


class AccountRefused(Refused):
    """Base of every refusal by the accounts app."""


class NotPermitted(AccountRefused):
    """The person does not hold the role that the act needs."""


class StepUpRefused(AccountRefused):
    """The fresh second factor was missing, wrong, too old, for something else, or used already."""


class TooManyAttempts(StepUpRefused):
    """Too many codes were wrong: the person must wait."""
