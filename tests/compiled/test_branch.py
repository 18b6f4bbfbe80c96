"""Pricing against brute force: every admissible cluster of random small worlds."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np
import pytest

from cluster_geo.compiled.arrays import ArrayModel
from cluster_geo.compiled.branch import price_hub
from cluster_geo.compiled.duals import Duals
from tests.books import random_rulebook
from tests.worlds import random_county

MANY = 100_000
TOLERANCE = 1e-6


class World:
    """Rules rolled by dice, said to an `ArrayModel`, and judged here in plain Python.

    Two layers of zones, groups that overlap, sets, ties, clashes and imbalances; some charges
    are credits.
    """

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.rng = rng
        n = self.n = int(rng.integers(5, 10))
        self.low = int(rng.integers(1, 3))
        self.high = self.low + int(rng.integers(1, 4))
        points = rng.uniform(0, 6, (n, 2))
        self.travel = np.linalg.norm(points[:, None] - points[None, :], axis=2)
        self.refused = (self.travel > 5.0) & (rng.random() < 0.5)
        self.member = np.where(rng.random(n) < 0.3, rng.normal(0, 2, n), 0.0)
        self.base = float(rng.normal(0, 1))
        self.sets = [(self._some(), int(rng.integers(1, 3))) for _ in range(rng.integers(0, 3))]
        self.absent = [(self._some(), 2.0) for _ in range(rng.integers(0, 4))]
        self.groups = [(self._some(2), 1.5) for _ in range(rng.integers(0, 4))]
        self.layers = [self._zones() for _ in range(rng.integers(0, 3))]
        self.apart = [self._some(2, 3) for _ in range(rng.integers(0, 2))]
        self.tied = [self._some(2, 3) for _ in range(rng.integers(0, 2))]
        self.tilts = [(rng.normal(0, 1, n), 0.7) for _ in range(rng.integers(0, 3))]
        self.graph = None if rng.random() < 0.2 else self._graph(points)

    def _some(self, least: int = 1, most: int | None = None) -> frozenset[int]:
        number = int(self.rng.integers(least, (most or self.n - 1) + 1))
        return frozenset(self.rng.choice(self.n, number, replace=False).tolist())

    def _zones(self) -> tuple[dict[int, str], float]:
        return {i: str(self.rng.integers(3)) for i in range(self.n) if self.rng.random() < 0.8}, 1.1

    def _graph(self, points: np.ndarray) -> nx.Graph[int]:
        whole = nx.from_numpy_array(self.travel + 1e-6)
        graph = nx.minimum_spanning_tree(whole)
        graph.add_edges_from(self.rng.integers(0, self.n, (2, 2)).tolist())
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
        return graph

    def model(self) -> ArrayModel:
        """Say it all to a model."""
        model = ArrayModel(range(self.n))
        model.limit_size(self.low, self.high)
        model.charge_travel(self.travel)
        model.forbid(self.refused)
        model.charge_cluster(self.base)
        model.charge_members(dict(enumerate(self.member.tolist())))
        for schools, need in self.sets:
            model.require(schools, need)
        for schools, price in self.absent:
            model.charge_absence(schools, price)
        for schools, price in self.groups:
            model.charge_presence(schools, price)
        for zone_of, price in self.layers:
            model.charge_outside_main(zone_of, price)
        for schools in self.apart:
            model.keep_apart(schools)
        for schools in self.tied:
            model.keep_together(schools)
        for amounts, price in self.tilts:
            model.charge_imbalance(dict(enumerate(amounts.tolist())), price)
        if self.graph is not None:
            model.connect(self.graph)
        return model

    def admits(self, schools: frozenset[int]) -> bool:
        """Whether a set of schools keeps the hard rules, its hub apart."""
        return (
            self.low <= len(schools) <= self.high
            and all(len(schools & wanted) >= need for wanted, need in self.sets)
            and all(len(schools & clash) < 2 for clash in self.apart)
            and (self.graph is None or nx.is_connected(self.graph.subgraph(schools)))
        )

    def price(self, schools: frozenset[int], hub: int) -> float:
        """Charge a set of schools with a hub; inf where refused."""
        ordered = sorted(schools)
        if self.refused[ordered, hub].any():
            return np.inf
        total = self.base + self.travel[ordered, hub].sum() + self.member[ordered].sum()
        total += sum(price for wanted, price in self.absent if not schools & wanted)
        total += sum(price for group, price in self.groups if schools & group)
        for zone_of, price in self.layers:
            zones = [zone_of[i] for i in ordered if i in zone_of]
            most = max((zones.count(zone) for zone in zones), default=0)
            total += price * (len(ordered) - most)
        total += sum(price * abs(amounts[ordered].sum()) for amounts, price in self.tilts)
        return float(total)


def random_duals(rng: np.random.Generator, atoms: int, scale: float) -> Duals:
    """Roll duals, with cuts over any three atoms, some without a price."""
    number = int(rng.integers(0, 9)) if atoms >= 3 else 0
    triples = np.array(
        [np.sort(rng.choice(atoms, 3, replace=False)) for _ in range(number)], dtype=np.int64
    ).reshape(-1, 3)
    order = np.argsort(triples.ravel(), kind="stable")
    start = np.zeros(atoms + 1, dtype=np.int64)
    np.cumsum(np.bincount(triples.ravel(), minlength=atoms), out=start[1:])
    return Duals(
        atom=rng.normal(scale, scale, atoms),
        cut_atoms=triples,
        cut_price=np.where(rng.random(number) < 0.2, 0.0, rng.uniform(0, scale, number)),
        cut_start=start,
        cut_of=(order // 3).astype(np.int64),
    )


def credit(duals: Duals, atoms: tuple[int, ...]) -> float:
    """Return what the duals take off a cluster's charges."""
    met = (np.isin(duals.cut_atoms, atoms).sum(axis=1) >= 2) if duals.cut_price.size else []
    return float(duals.atom[list(atoms)].sum() - duals.cut_price[met].sum())


def priced(arrays, duals, hub, threshold, most_nodes=MANY):
    """Price a hub; return its bound and the clusters found with their reduced costs."""
    found = np.empty((12, arrays.high + 2), dtype=np.int64)
    cost = np.empty(12)
    bound, number, _ = price_hub(
        arrays, duals, hub, threshold, TOLERANCE, most_nodes, 6, found, cost
    )
    rows = [tuple(int(a) for a in row if a >= 0) for row in found[:number]]
    return bound, dict(zip(rows, cost[:number].tolist(), strict=True))


@pytest.mark.parametrize("seed", range(250))
def test_the_bound_is_the_least_reduced_cost_of_all_clusters(seed):
    """The bound is brute force's minimum or the threshold, and what is found costs what it says.

    Cut short the search still never promises too much.
    """
    world = World(seed)
    model = world.model()
    arrays = model.arrays()
    tied = [frozenset(schools) for schools in model.atoms()]
    duals = random_duals(world.rng, len(tied), 2.0)
    threshold = float(world.rng.choice([0.0, 5.0]))
    everything = [
        (atoms, schools)
        for number in range(1, len(tied) + 1)
        for atoms in combinations(range(len(tied)), number)
        if world.admits(schools := frozenset().union(*(tied[a] for a in atoms)))
    ]
    for hub in range(world.n):
        true = {
            atoms: world.price(schools, hub) - credit(duals, atoms)
            for atoms, schools in everything
            if hub in schools
        }
        least = min([*true.values(), threshold])
        bound, found = priced(arrays, duals, hub, threshold)
        assert least - 2 * TOLERANCE <= bound <= least + 1e-9
        for atoms, cost in found.items():
            assert cost == pytest.approx(true[atoms])
        if least < threshold - 2 * TOLERANCE:
            assert min(found.values()) == pytest.approx(least, abs=2 * TOLERANCE)
        short, _ = priced(arrays, duals, hub, threshold, most_nodes=2)
        assert short <= least + 1e-9


@pytest.mark.parametrize("seed", range(30))
def test_no_cluster_that_the_rulebook_admits_is_below_its_hubs_bound(seed):
    """With every rule on, as the rulebook judges and not as the arrays say."""
    county = random_county(seed, 6 + seed % 3)
    rulebook = random_rulebook(county, seed)
    model = ArrayModel(county.urns)
    rulebook.formulate(model)
    arrays = model.arrays()
    tied = [tuple(county.urns[i] for i in schools) for schools in model.atoms()]
    duals = random_duals(np.random.default_rng(seed), len(tied), 4.0)
    bounds = {urn: priced(arrays, duals, hub, 0.0)[0] for hub, urn in enumerate(county.urns)}
    for number in range(1, len(tied) + 1):
        for atoms in combinations(range(len(tied)), number):
            cluster = rulebook.cluster(urn for a in atoms for urn in tied[a])
            if rulebook.admits(cluster):
                reduced = rulebook.price(cluster) - credit(duals, atoms)
                assert min(0.0, bounds[cluster.hub]) <= reduced + 1e-9
