"""Run one of this project's own methods: ``... own METHOD PROBLEM.json OUT.json SECONDS SEED``."""

import json
import sys
import time
from pathlib import Path

from cluster_geo import optimise
from cluster_geo.optimise.compact import solve_compact
from cluster_geo.rules import find_clashes
from tests.benchmarks.problem import Problem

METHODS = {"ours": optimise.solve, "compact": solve_compact}


def main() -> None:
    """Solve PROBLEM.json and write the plan, the bound and the trace to OUT.json."""
    method, source, target, seconds, seed = sys.argv[1:]
    county, rulebook = Problem.read(source).loaded
    started = time.perf_counter()
    outcome: dict[str, object] = {"note": ""}
    if clashes := find_clashes(rulebook, county):
        outcome |= {"status": "impossible", "note": clashes[0].words}
    else:
        solve = METHODS[method]
        result = solve(county, rulebook, time_limit=float(seconds), seed=int(seed))
        cluster_of = result.plan.cluster_of if result.plan else {}
        outcome |= {
            "labels": [cluster_of[urn] for urn in county.urns] if result.plan else None,
            "status": result.status,
            "bound": result.bound,
            "trace": [[p.seconds, p.stage, p.cost, p.bound, p.columns] for p in result.trace],
        }
    outcome["seconds"] = time.perf_counter() - started
    Path(target).write_text(json.dumps(outcome), encoding="utf-8")


if __name__ == "__main__":
    main()
