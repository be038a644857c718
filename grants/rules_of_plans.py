"""The rules of profiles and forecasts (GRT-59 and GRT-60)."""

from decimal import Decimal

from grants.rules import BOOK

PLANNING = "when a profile or a forecast is saved"


@BOOK.rule("GRT-59", PLANNING, "Plan less, or raise the limit first.")
def is_within_budget(total: Decimal, budget: Decimal) -> bool:
    """A profile comes to no more than the limit; a forecast may, so that it can warn."""
    return total <= budget


@BOOK.rule("GRT-60", PLANNING, "Read what stands now beside what you typed, and save again.")
def is_of_what_stands(seen: int, in_force: int) -> bool:
    """A plan revises the one that the page showed."""
    return seen == in_force
