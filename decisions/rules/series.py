"""Rules of a series: that somebody endorses its papers, and somebody other than who decides."""

from collections.abc import Sequence

from decisions.rules.book import GOVERNOR, When, rule

MOST_STAGES = 9


@rule("DEC-40", When.SERIES, GOVERNOR)
def has_stage(stages: Sequence[object]) -> bool:
    """Every paper is endorsed by one office at least, and by nine at most, before it is decided."""
    return 1 <= len(stages) <= MOST_STAGES


@rule("DEC-41", When.SERIES, GOVERNOR)
def endorses_apart(role: str, officer: int | None, deciding: str, decider: int | None) -> bool:
    """Where the office that decides would endorse too, another named officer endorses."""
    if officer is not None:
        return officer != decider
    return role != deciding or decider is not None
