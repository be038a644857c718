"""The rules of interests: they are recorded, and whoever has a prejudicial one stands aside."""

import re

from accounts.models import User
from decisions.models import Decision, InterestKind
from decisions.models.approvals import DECIDES_WITH
from decisions.rules.book import DECIDER, When, rule

NO_INTEREST = re.compile(
    r"(I have )?(none|nil|no interests?)( to (declare|record))?"
    r"( in this matter| under the code of conduct)?\.?",
    re.IGNORECASE,
)


@rule("DEC-07", When.SIGNING, DECIDER)
def records_interests(interests: str, kind: str = InterestKind.DECLARED) -> bool:
    """The decision maker records interests, or that there are none and nothing but that.

    This is done with every decision.
    """
    if kind == InterestKind.NONE:
        return NO_INTEREST.fullmatch(interests.strip()) is not None
    return bool(interests.strip())


@rule("DEC-45", When.SIGNING, "Another holder of the power can decide it.")
def has_no_prejudicial_interest(kind: str) -> bool:
    """Whoever has a prejudicial interest in a paper stands aside from it and decides nothing."""
    return kind in DECIDES_WITH


@rule("DEC-46", When.SIGNING, "Another holder of the power can approve it.")
def has_not_stood_aside(decision: Decision, by: User) -> bool:
    """Whoever stood aside from a paper does not approve it."""
    return not decision.standings_aside.filter(person=by).exists()


@rule("DEC-48", When.SIGNING, "Whoever stands aside can say it.")
def says_what_interest(words: str) -> bool:
    """Whoever stands aside says in words what the interest is."""
    return bool(words.strip())
