"""Rolled worlds priced at many tolerances, and what goes on inside while they are.

Run in a process of its own, with Numba's compilation switched off: `python -m
tests.compiled.bounds SEED ...` prints one line of JSON. Every node that is bounded on the way is
then held against brute force, and what occurred is counted.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from cluster_geo.compiled import branch, relax, separators
from cluster_geo.compiled.arrays import Arrays
from cluster_geo.compiled.branch import price_hub
from cluster_geo.compiled.duals import Duals
from cluster_geo.compiled.effort import Effort
from cluster_geo.compiled.local import IN, OUT
from cluster_geo.compiled.tree import CLOSED, HEAPED, TO_BEAT
from cluster_geo.optimise import PricingParams, SearchParams
from tests.compiled.rolled import Truth, World, random_duals

# What rounding may add to a bound.
NEAR = 1e-9


class Search(NamedTuple):
    """How far a hub's search goes; without a threshold, to a little above the truth."""

    tolerance: float
    most_nodes: int
    rounds: int
    threshold: float | None


SEARCHES = (
    Search(1e-6, 100_000, 6, 0.0),
    Search(1e-2, 100_000, 1, 5.0),
    Search(0.1, 100_000, 3, 0.0),
    Search(0.5, 100_000, 12, 5.0),
    Search(0.5, 3, 30, 0.0),
    Search(1e-6, 12, 2, 5.0),
    Search(0.2, 2, 1, 5.0),
    Search(1e-6, 100_000, 6, None),
)
# How little that is, below which nearly all atoms are proven to be of no use.
LITTLE = 0.2
# What is to occur in the worlds looked at.
EVENTS = (
    "several main zones to choose from",
    "cuts with a price",
    "credits",
    "hubs without a cluster",
    "tilts above 0",
    "tilts below 0",
    "tilts that change their sign",
    "company charged for sure",
    "company refused for sure",
    "atoms refused where no company is left",
    "atoms charged where no company is left",
    "company that is open",
    "multipliers of company",
    "multipliers of company taken back",
    "atoms put in that clash with others",
    "separators in the place of others",
    "separators without a place",
    "nodes closed within the tolerance",
    "nodes limited",
    "open nodes left by the tolerance",
    "bounds below the best cluster found",
    "clusters not found, within the tolerance",
)


class Found(NamedTuple):
    """What pricing a hub gave, and the least reduced cost that brute force finds with it."""

    hub: int
    search: Search
    threshold: float
    bound: float
    nodes: int
    clusters: dict[tuple[int, ...], float]
    least: float

    @property
    def too_high(self) -> float:
        """By how much the bound is above the truth; a threshold is no bound."""
        return self.bound - min(self.least, self.threshold)


def rolled(seed: int, layers: int | None = None) -> tuple[Arrays, Duals, Truth]:
    """Roll a world, one in four of them with nothing but travel, and duals of one of three scales.

    Where a number of layers of zones is given, the world has so many.
    """
    world = World(seed)
    if seed % 4 == 3:
        world.strip()
    if layers is not None:
        world.roll_layers(layers)
    model = world.model()
    duals = random_duals(world.rng, len(model.atoms()), (0.5, 2.0, 5.0)[seed % 3])
    return model.arrays(), duals, Truth(world, model, duals)


def effort(most_nodes: int, rounds: int) -> Effort:
    """Let a search take so many nodes, with so many steps at the first and a third at others."""
    params = PricingParams(
        first_nodes=most_nodes,
        most_nodes=most_nodes,
        steps=rounds,
        later_steps=max(1, rounds // 3),
    )
    return params.effort(most_nodes, SearchParams().fault_price)


def searched(arrays: Arrays, duals: Duals, truth: Truth) -> Iterator[Found]:
    """Price each hub with each search."""
    found = np.empty((12, arrays.high + 2), dtype=np.int64)
    cost = np.empty(12)
    for hub in range(arrays.home.size):
        least = truth.least(hub)
        for search in SEARCHES:
            tolerance, most_nodes, rounds, threshold = search
            asked = effort(most_nodes, rounds)
            if threshold is None:
                threshold = least + LITTLE if least < np.inf else 0.0
            bound, number, nodes = price_hub(
                arrays, duals, hub, threshold, tolerance, asked, False, found, cost
            )
            rows = [tuple(int(a) for a in row if a >= 0) for row in found[:number]]
            clusters = dict(zip(rows, cost[:number].tolist(), strict=True))
            yield Found(hub, search, threshold, float(bound), int(nodes), clusters, least)


@dataclass
class Watch:
    """Watches pricing from within: holds each node against brute force, and counts."""

    counts: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(EVENTS, 0)))
    nodes_too_high: int = 0
    nodes_clashing: int = 0
    truth: Truth | None = None
    hub: int = -1
    tree: Any = None
    signs: Any = 0.0
    pressed: Any = 0.0
    presses_too_high: int = 0

    def begin(self) -> None:
        """Have what pricing calls report here; it must not be compiled."""
        _after(branch, "localise", self._localised)
        _after(branch, "plant", self._planted)
        _after(branch, "relax", self._bounded)
        _after(branch, "_open", self._opened)
        _after(branch, "_exclude_clashes", self._excluded)
        _after(relax, "follow_tilts", self._tilted)
        _after(relax, "open_companies", self._accompanied)
        _after(relax, "follow_companies", self._pressed)
        _after(separators, "_room", self._roomed)

    def _localised(self, local: Any, arrays: Arrays, _duals: Duals, hub: int, *_: Any) -> None:
        self.hub, self.signs, self.pressed = hub, 0.0, 0.0
        self.counts["credits"] += bool(arrays.base < 0.0 or (arrays.credit < 0.0).any())
        self.counts["several main zones to choose from"] += local.zones.shape[0] > 1
        self.counts["cuts with a price"] += local.cut_price.size > 0

    def _planted(self, tree: Any, *_: Any) -> None:
        self.tree = tree

    def _bounded(self, value: float, arrays: Arrays, local: Any, status: Any, choice: int, *_: Any):
        """Hold a node's bound against every cluster that keeps to it."""
        assert self.truth is not None
        holds = self.truth.holds
        outside = np.ones(holds.shape[1], dtype=bool)
        outside[local.atoms[status != OUT]] = False
        within = local.atoms[status == IN]
        self.nodes_clashing += any(
            np.isin(
                arrays.apart_of[arrays.apart_start[a] : arrays.apart_start[a + 1]], within
            ).any()
            for a in within
        )
        kept = ~holds[:, outside].any(axis=1)
        kept &= holds[:, within].all(axis=1)
        # With other main zones than its own a cluster is charged no less.
        charged = holds[np.ix_(kept, local.atoms)] @ local.zones[choice]
        least = self.truth.cost[kept, self.hub] - _zones(arrays, holds[kept]) + charged
        self.nodes_too_high += bool(value > least.min(initial=np.inf) + NEAR)

    def _opened(self, _: None, *args: Any) -> None:
        level, tolerance = self.tree.level, args[6].tolerance
        if level[TO_BEAT] - tolerance <= level[CLOSED] < level[TO_BEAT]:
            self.counts["nodes closed within the tolerance"] += 1

    def _excluded(self, _: bool, arrays: Arrays, local: Any, _child: Any, at: int) -> None:
        start, atom = arrays.apart_start, local.atoms[at]
        self.counts["atoms put in that clash with others"] += bool(start[atom] < start[atom + 1])

    def _tilted(
        self, _: float, _arrays: Arrays, _local: Any, tilt: np.ndarray, *_rest: Any
    ) -> None:
        self.counts["tilts above 0"] += bool((tilt > 0.0).any())
        self.counts["tilts below 0"] += bool((tilt < 0.0).any())
        self.counts["tilts that change their sign"] += bool((self.signs * tilt < 0.0).any())
        self.signs = np.sign(tilt)

    def _accompanied(self, charged: float, *args: Any) -> None:
        wanting, settled = args[4:]
        self.counts["company charged for sure"] += bool(0.0 < charged < np.inf)
        self.counts["company refused for sure"] += bool(charged == np.inf)
        self.counts["atoms refused where no company is left"] += bool((settled == np.inf).any())
        self.counts["atoms charged where no company is left"] += bool(
            ((settled > 0.0) & (settled < np.inf)).any()
        )
        self.counts["company that is open"] += bool(wanting.any())

    def _pressed(self, _: float, arrays: Arrays, *args: Any) -> None:
        press = args[3]
        total = press.sum(axis=1)
        self.presses_too_high += int((total > arrays.alone_price + NEAR).sum())
        self.counts["multipliers of company"] += bool((total > 0.0).any())
        shape_kept = np.shape(self.pressed) == total.shape
        self.counts["multipliers of company taken back"] += bool(
            shape_kept and (total < self.pressed - NEAR).any()
        )
        self.pressed = total.copy()

    def _roomed(self, row: int, rows: Any) -> None:
        full = rows.held[0] == rows.price.size
        self.counts["separators in the place of others"] += bool(full and row >= 0)
        self.counts["separators without a place"] += row < 0

    def ended(self, found: Found) -> None:
        """Count how a search ended."""
        if self.tree is not None and self.tree.counts[HEAPED] > 0:
            limited = found.nodes >= found.search.most_nodes
            self.counts["nodes limited" if limited else "open nodes left by the tolerance"] += 1
        self.counts["hubs without a cluster"] += found.least == np.inf
        self.counts["bounds below the best cluster found"] += bool(
            found.clusters and found.bound < min(found.clusters.values()) - 1e-3
        )
        self.counts["clusters not found, within the tolerance"] += bool(
            found.bound + NEAR < found.least < min([found.threshold, *found.clusters.values()])
        )
        self.tree = None


def _zones(arrays: Arrays, holds: np.ndarray) -> np.ndarray:
    """Charge clusters for what lies outside the main zones of each."""
    schools = holds @ arrays.size
    charge = np.zeros(len(holds))
    for count, price in zip(arrays.zone_count, arrays.zone_price, strict=True):
        charge += price * (schools - (holds @ count).max(axis=1, initial=0))
    return charge


def _after(module: Any, name: str, report: Callable[..., None]) -> None:
    """Have a function of a module report what it returned, and what it was given."""
    before = getattr(module, name)

    def reporting(*args: Any) -> Any:
        value = before(*args)
        report(value, *args)
        return value

    setattr(module, name, reporting)


def main() -> None:
    """Print the bounds of each seed, and what was seen on the way."""
    watch = Watch()
    watch.begin()
    bounds: dict[str, list[str]] = {}
    for seed in sys.argv[1:]:
        arrays, duals, watch.truth = rolled(int(seed))
        bounds[seed] = []
        for found in searched(arrays, duals, watch.truth):
            watch.ended(found)
            bounds[seed].append(found.bound.hex())
    seen = {
        "nodes_too_high": watch.nodes_too_high,
        "nodes_clashing": watch.nodes_clashing,
        "presses_too_high": watch.presses_too_high,
        "counts": watch.counts,
        "bounds": bounds,
    }
    sys.stdout.write(json.dumps(seen) + "\n")


if __name__ == "__main__":
    main()
