"""Two ways of doing something, timed side by side in one run; only their ratio means anything."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """How many times longer ours took than the yardstick, against the most it may.

    Without a target it is there for information.
    """

    name: str
    ratio: float
    target: float | None = None

    @property
    def met(self) -> bool:
        """Whether the ratio is within its target."""
        return self.target is None or self.ratio <= self.target

    def facts(self) -> dict[str, object]:
        """Return the result as benchmarks/latest.json keeps it."""
        return {
            "name": self.name,
            "ratio": round(self.ratio, 2),
            "target": self.target,
            "met": self.met if self.target is not None else None,
        }


def compare(
    name: str,
    *,
    ours: Callable[[], object],
    yardstick: Callable[[], object],
    target: float,
    rounds: int = 60,
    warm_up: int = 5,
) -> Result:
    """Run both in turn, round by round, and compare their medians."""
    for _ in range(warm_up):
        ours()
        yardstick()
    pairs = [(_seconds(ours), _seconds(yardstick)) for _ in range(rounds)]
    mine, other = (statistics.median(side) for side in zip(*pairs, strict=True))
    return Result(name, mine / other, target)


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
