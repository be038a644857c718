"""How long a state machine tries.

In the ordinary run it tries the same orders of acts each time, so that nothing fails by chance; a
long run tries others.
"""

import os

from hypothesis import HealthCheck, Phase, settings

BRIEFLY = (Phase.explicit, Phase.generate)  # shrinking an order of acts takes minutes


def machine_settings(name: str, *, short: tuple[int, int], long: tuple[int, int]) -> settings:
    """Return how many orders of how many acts to try; the long run where NAME=long is set."""
    is_long = os.environ.get(name) == "long"
    examples, steps = long if is_long else short
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        derandomize=not is_long,
        database=None,
        phases=(*BRIEFLY, Phase.shrink) if is_long else BRIEFLY,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
