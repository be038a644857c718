"""Where the money of recommendations comes from: each may be drawn from another of its paper.

Recommendations are named by whatever names them: numbers in a paper that is read, ids of rows.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


def followed(own: T | None, above: T | None, itself: T | None) -> T | None:
    """Return what a recommendation draws on: as the one it lies under, unless it says otherwise.

    `own` is what it says, `above` what the one above draws on.
    """
    return own if own is not None or above == itself else above


def is_drawn_out_of_itself(one: T, sources: Mapping[T, T | None]) -> bool:
    """Say whether a recommendation's money comes, by way of others, out of itself."""
    seen: set[T] = set()
    source = sources.get(one)
    while source is not None and source != one and source not in seen:
        seen.add(source)
        source = sources.get(source)
    return source == one
