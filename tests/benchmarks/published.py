"""Instances whose optima are published: ``python -m tests.benchmarks.published DIR``.

DIR holds `published.csv` (set, instance, n, clusters, size, optimum, published_seconds) and, for
the p-medians, `orlib/NAME.txt`. Each instance becomes a county under rules, as a planner would
have them:

- `grid`: an n by n grid of cells, n clusters of exactly n cells, in one piece by rook neighbours,
  least sum of squared distances (Validi, Buchanan and Lykhovyd 2022, Operations Research).
- `orlib`: p-medians (Beasley 1985, European Journal of Operational Research); every school is a
  neighbour of every other, so that being in one piece asks nothing.

A cost below a published optimum, or a bound above it, is a fault; both are refused here.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import click
import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import floyd_warshall

from cluster_geo.county import County
from cluster_geo.optimise import Result, solve
from cluster_geo.optimise.compact import solve_compact
from cluster_geo.rules import NumberOfClusters, OnePiece, Rulebook, Size, TravelToHub
from cluster_geo.tolerances import SAME_SCORE
from tests.benchmarks.machine import circumstances
from tests.worlds import FIRST_URN, make_county

METHODS = {"ours": solve, "compact": solve_compact}
# A plan this close to the optimum is one that a planner would take.
GOOD = 0.02


@dataclass(frozen=True)
class Instance:
    """A published instance as a county under rules, and what was published of it."""

    name: str
    county: County
    rulebook: Rulebook
    optimum: float
    published_seconds: float


@dataclass(frozen=True)
class Measured:
    """What a method reached on an instance: seconds are NaN for what it did not reach."""

    result: Result
    first: float
    good: float
    proven: float

    @property
    def row(self) -> dict[str, object]:
        """The figures, by heading."""
        result = self.result
        gap = result.gap
        return {
            "status": result.status,
            "cost": result.cost,
            "bound": result.bound,
            "gap, %": None if gap is None else round(100.0 * gap, 4),
            "first plan, s": round(self.first, 1),
            "within 2 %, s": round(self.good, 1),
            "proven, s": round(self.proven, 1),
            "seconds": round(result.seconds, 1),
        }


def instances(folder: Path) -> Iterator[Instance]:
    """Read the published instances of a folder, one by one."""
    for row in pd.read_csv(folder / "published.csv").itertuples():
        low, high = map(int, str(row.size).split(":"))
        if row.set == "grid":
            county = _grid(int(row.clusters))
        else:
            county = _p_median(folder / "orlib" / f"{row.instance}.txt")
        rules = (
            Size(low, high),
            OnePiece(county.neighbours.graph),
            TravelToHub(county.travel),
        )
        number = (NumberOfClusters(int(row.clusters), int(row.clusters)),)
        rulebook = Rulebook(rules, county.travel, number)
        yield Instance(
            str(row.instance), county, rulebook, float(row.optimum), float(row.published_seconds)
        )


def _grid(side: int) -> County:
    """Return a grid of cells 1 km apart; a journey is the published squared distance."""
    cells = [(r, c) for r in range(side) for c in range(side)]
    urn = {cell: FIRST_URN + k for k, cell in enumerate(cells)}
    rows = [
        {"urn": urn[r, c], "phase": "primary", "x": 4e5 + 1e3 * c, "y": 2e5 + 1e3 * r}
        for r, c in cells
    ]
    edges = [
        (urn[r, c], urn[other])
        for r, c in cells
        for other in ((r + 1, c), (r, c + 1))
        if other in urn
    ]
    places = np.array(cells, dtype=float)
    squared = ((places[:, None] - places[None, :]) ** 2).sum(axis=2)
    return make_county(rows, edges, matrix=np.floor(100.0 * np.sqrt(squared)) ** 2)


def _p_median(path: Path) -> County:
    """Return an OR-Library instance: journeys are shortest paths of the graph in the file."""
    numbers = np.array(path.read_text(encoding="ascii").split(), dtype=int)
    n, edges = int(numbers[0]), numbers[3:].reshape(-1, 3)
    # For an edge given twice the last counts.
    last = {(min(a, b), max(a, b)): cost for a, b, cost in edges.tolist()}
    ends = np.array(list(last), dtype=int) - 1
    graph = coo_array((np.array(list(last.values()), dtype=float), ends.T), (n, n))
    matrix = floyd_warshall(graph.tocsr(), directed=False)
    urns = range(FIRST_URN, FIRST_URN + n)
    rows = [{"urn": urn, "phase": "primary", "x": 4e5, "y": 2e5} for urn in urns]
    return make_county(rows, combinations(urns, 2), matrix=matrix)


def measure(instance: Instance, method: str, seconds: float, seed: int) -> Measured:
    """Solve an instance; refuse a cost below its published optimum, or a bound above it."""
    result = METHODS[method](instance.county, instance.rulebook, time_limit=seconds, seed=seed)
    slack = SAME_SCORE * instance.optimum
    if result.cost is not None and result.cost < instance.optimum - slack:
        raise AssertionError(f"{instance.name}: {result.cost} is below the published optimum.")
    if result.bound is not None and result.bound > instance.optimum + slack:
        raise AssertionError(f"{instance.name}: the bound {result.bound} is above the optimum.")
    near = [p.seconds for p in result.trace if p.cost is not None]
    good = [
        p.seconds
        for p in result.trace
        if p.cost is not None and p.cost <= instance.optimum * (1.0 + GOOD)
    ]
    proven = result.seconds if result.status == "optimal" else np.nan
    return Measured(result, min(near, default=np.nan), min(good, default=np.nan), proven)


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--only", multiple=True, help="Only this instance; may be given again.")
@click.option("--method", multiple=True, type=click.Choice(list(METHODS)), default=("ours",))
@click.option("--seconds", default=120.0, show_default=True, help="For each instance and method.")
@click.option("--seed", default=1, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), help="CSV file of the figures.")
def main(folder, only, method, seconds, seed, out):
    """Measure the optimiser on published instances, beside the published figures."""
    for key, value in circumstances(seed, seconds).items():
        click.echo(f"{key}: {value}")
    rows = []
    for instance in instances(folder):
        if only and instance.name not in only:
            continue
        for name in method:
            began = time.perf_counter()
            row = {
                "instance": instance.name,
                "optimum": instance.optimum,
                "published, s": instance.published_seconds,
                "method": name,
                **measure(instance, name, seconds, seed).row,
                "with setup, s": round(time.perf_counter() - began, 1),
            }
            rows.append(row)
            click.echo("  ".join(f"{key}: {value}" for key, value in row.items()))
    if out:
        pd.DataFrame(rows).to_csv(out, index=False)


if __name__ == "__main__":
    main()
