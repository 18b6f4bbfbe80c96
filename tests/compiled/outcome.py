"""Small counties solved under a limit of work, to the last digit, and how they were compiled.

Run in a process of its own, whose Numba may be made to lack something first: `main` prints one
line of JSON.
"""

from __future__ import annotations

import json
import sys

import numba

from cluster_geo.compiled import jit, warm
from cluster_geo.compiled.branch import price_hub
from cluster_geo.optimise import solve
from tests.books import random_rulebook
from tests.worlds import random_county

# Number of schools, seed and units of work: plans with a gap, one without, and no plan.
COUNTIES = ((20, 0, 2_000), (20, 1, 2_000), (13, 1, 30_000), (20, 2, 2_000))


def outcomes() -> list[dict[str, object]]:
    """Solve each county; floats are written so that no two differ that look the same."""
    found = []
    for schools, seed, work in COUNTIES:
        county = random_county(seed, schools)
        rulebook = random_rulebook(county, seed)
        result = solve(county, rulebook, work=work, gap=1e-5, seed=seed, threads=1)
        found.append(
            {
                "status": result.status,
                "stopped_by": result.stopped_by,
                "cost": result.cost and result.cost.hex(),
                "bound": result.bound and result.bound.hex(),
                "plan": result.plan and [[c.hub, *c.members] for c in result.plan.clusters],
                "trace": [(point.stage, point.work, point.columns) for point in result.trace],
            }
        )
    return found


def how() -> dict[str, object]:
    """Tell how pricing came to be compiled here, and what Numba started to run it."""
    compiled = getattr(price_hub, "_compiled", price_hub)
    try:
        layer = numba.threading_layer()
    except ValueError:
        layer = None
    return {
        "parts": bool(jit.PART_OPTIONS),
        "kept": isinstance(price_hub, jit._Entry),
        "loaded": sum(compiled.stats.cache_hits.values()),
        "helper": warm._process and warm._process.returncode,
        "layer": layer,
    }


def main() -> None:
    """Print what is found, and how."""
    found = outcomes()
    sys.stdout.write(json.dumps({"found": found, "how": how()}) + "\n")
