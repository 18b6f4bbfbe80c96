"""Run one of this project's own methods: ``... own METHOD PROBLEM.json OUT.json SECONDS SEED``."""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

from cluster_geo import optimise
from cluster_geo.county import County
from cluster_geo.optimise import Result, read_known, write_known
from cluster_geo.optimise.compact import solve_compact
from cluster_geo.rules import Rulebook, find_clashes
from tests.benchmarks.problem import Problem

METHODS = {"ours": optimise.solve, "compact": solve_compact}
# What a run keeps for later ones, in a folder of its own.
PLAN, KNOWN = "plan.json", "known.txt.gz"


def main() -> None:
    """Solve PROBLEM.json and write the plan, the bound and the trace to OUT.json."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("method", choices=METHODS)
    words.add_argument("source", type=Path)
    words.add_argument("target", type=Path)
    words.add_argument("seconds", type=float)
    words.add_argument("seed", type=int)
    words.add_argument("--keep", type=Path, help="folder to keep plan and clusters met in")
    words.add_argument("--begin", type=Path, help="folder of an earlier run to begin from")
    asked = words.parse_args()
    county, rulebook = Problem.read(asked.source).loaded
    started = time.perf_counter()
    outcome: dict[str, object] = {"note": ""}
    if clashes := find_clashes(county, rulebook):
        outcome |= {"status": "impossible", "note": clashes[0].words}
    else:
        earlier = _earlier(asked.begin, county, rulebook) if asked.begin else {}
        limits = {"time_limit": asked.seconds, "seed": asked.seed}
        result = METHODS[asked.method](county, rulebook, **limits, **earlier)
        outcome |= {
            "labels": _labels(result, county),
            "status": result.status,
            "bound": result.bound,
            "trace": [[p.seconds, p.stage, p.cost, p.bound, p.columns] for p in result.trace],
        }
        if asked.keep:
            _keep(asked.keep, result, county)
    outcome["seconds"] = time.perf_counter() - started
    asked.target.write_text(json.dumps(outcome), encoding="utf-8")


def _labels(result: Result, county: County) -> list[int] | None:
    """Return the number of each school's cluster."""
    if result.plan is None:
        return None
    cluster_of = result.plan.cluster_of
    return [cluster_of[urn] for urn in county.urns]


def _keep(folder: Path, result: Result, county: County) -> None:
    """Keep a run for later ones."""
    clusters = [cluster.members for cluster in result.plan.clusters] if result.plan else []
    (folder / PLAN).write_text(json.dumps(clusters), encoding="utf-8")
    write_known(folder / KNOWN, county, result.known)


def _earlier(folder: Path, county: County, rulebook: Rulebook) -> dict[str, Any]:
    """Return what a search can begin from."""
    clusters = json.loads((folder / PLAN).read_text(encoding="utf-8"))
    return {"start": rulebook.plan(clusters), "known": read_known(folder / KNOWN, county)}


if __name__ == "__main__":
    main()
