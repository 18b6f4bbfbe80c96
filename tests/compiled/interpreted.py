"""Small counties solved by the compiled code left as the Python it is written in.

Run in a process of its own, with Numba's compilation switched off: `python -m
tests.compiled.interpreted SEED ...` prints one line of JSON for each seed.
"""

from __future__ import annotations

import json
import sys

from cluster_geo.optimise import Result, SearchParams, StartParams, solve
from tests.books import random_rulebook
from tests.worlds import random_county

SCHOOLS = 11
USUAL = SearchParams()


def outcome(seed: int, *, threads: int = 1, params: SearchParams = USUAL) -> Result:
    """Solve a county with every kind of rule to the end."""
    county = random_county(seed, SCHOOLS)
    return solve(
        county,
        random_rulebook(county, seed),
        work=30_000,
        gap=1e-5,
        seed=seed,
        threads=threads,
        params=params,
    )


def main() -> None:
    """Print what is found for each seed."""
    # Python anneals some hundred times as slowly, and the search proves its plan all the same.
    quick = SearchParams(start=StartParams(moves=USUAL.start.moves // 30))
    for seed in map(int, sys.argv[1:]):
        found = outcome(seed, params=quick)
        line = json.dumps({"seed": seed, "status": found.status, "cost": found.cost})
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
