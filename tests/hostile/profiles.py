"""How many cases the property tests draw: few each day, more in CI, many when asked.

`CLUSTER_GEO_CASES=50 pytest tests/hostile tests/export/test_killed.py` draws fifty times as many.
Up to nine times as many are the same ones each time, so that CI does not fail by chance.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

TIMES = int(os.environ.get("CLUSTER_GEO_CASES", "1"))
SAME_UP_TO = 9


def examples(each_day: int) -> int:
    """Return how many cases to draw for a test with this many in the everyday suite."""
    return each_day * TIMES


def drawn(each_day: int) -> settings:
    """Return the settings of a property test: no time limit for a case, and short examples."""
    return settings(
        max_examples=examples(each_day),
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
        derandomize=TIMES <= SAME_UP_TO,
        print_blob=True,
    )
