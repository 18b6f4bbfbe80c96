"""Worlds rolled by dice for pricing, and every cluster of theirs by brute force."""

from __future__ import annotations

from itertools import combinations

import networkx as nx
import numpy as np

from cluster_geo.compiled.arrays import ArrayModel
from cluster_geo.compiled.duals import Duals


class World:
    """Rules rolled by dice, given to an `ArrayModel`, and judged here in plain Python.

    Two layers of zones, groups that overlap, sets, company, ties, clashes and imbalances; some
    charges are credits.
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
        self.companies = self._companies(np.random.default_rng([seed, 1]))

    def strip(self) -> None:
        """Leave what is charged and refused by member and hub, sizes and ties."""
        self.sets, self.absent, self.groups, self.layers = [], [], [], []
        self.apart, self.tilts, self.graph, self.companies = [], [], None, []

    def roll_layers(self, number: int) -> None:
        """Have so many layers of zones instead."""
        self.layers = [self._zones() for _ in range(number)]

    def _some(self, least: int = 1, most: int | None = None) -> frozenset[int]:
        number = int(self.rng.integers(least, (most or self.n - 1) + 1))
        return frozenset(self.rng.choice(self.n, number, replace=False).tolist())

    def _companies(
        self, rng: np.random.Generator
    ) -> list[tuple[frozenset[int], frozenset[int], float]]:
        """Roll who wants company and who is such; some are both, and some find none anywhere."""
        rolled = []
        for _ in range(rng.integers(0, 4)):
            wanting, company = (
                frozenset(rng.choice(self.n, rng.integers(least, 4), replace=False).tolist())
                for least in (1, 0)
            )
            rolled.append((wanting, company, np.inf if rng.random() < 0.3 else 1.7))
        return rolled

    def _zones(self) -> tuple[dict[int, str], float]:
        return {i: str(self.rng.integers(3)) for i in range(self.n) if self.rng.random() < 0.8}, 1.1

    def _graph(self, points: np.ndarray) -> nx.Graph[int]:
        whole = nx.from_numpy_array(self.travel + 1e-6)
        graph = nx.minimum_spanning_tree(whole)
        graph.add_edges_from(self.rng.integers(0, self.n, (2, 2)).tolist())
        graph.remove_edges_from(list(nx.selfloop_edges(graph)))
        return graph

    def model(self) -> ArrayModel:
        """Give it all to a model."""
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
        self._give_companies(model)
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

    def _give_companies(self, model: ArrayModel) -> None:
        for wanting, company, price in self.companies:
            if price < np.inf:
                model.charge_alone(wanting, company, price)
            else:
                model.accompany(wanting, company)

    def admits(self, schools: frozenset[int]) -> bool:
        """Whether a set of schools keeps the hard rules, its hub apart."""
        return (
            self.low <= len(schools) <= self.high
            and all(len(schools & wanted) >= need for wanted, need in self.sets)
            and not any(price == np.inf for price in self._lacking(schools))
            and all(len(schools & clash) < 2 for clash in self.apart)
            and (self.graph is None or nx.is_connected(self.graph.subgraph(schools)))
        )

    def _lacking(self, schools: frozenset[int]) -> list[float]:
        """Return the price of each company that some of the schools want and none is."""
        return [
            price
            for wanting, company, price in self.companies
            if schools & wanting and not schools & company
        ]

    def shared(self, schools: frozenset[int]) -> float:
        """Charge a set of schools with what does not depend on its hub."""
        ordered = sorted(schools)
        total = self.base + self.member[ordered].sum()
        total += sum(price for wanted, price in self.absent if not schools & wanted)
        total += sum(price for group, price in self.groups if schools & group)
        total += sum(self._lacking(schools))
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


class Truth:
    """Every admissible cluster of a world that duals credit.

    Attributes
    ----------
    atoms : list of tuple of int
        Atoms of each cluster.
    holds : ndarray of bool, shape (clusters, atoms)
        Which atoms each holds.
    cost : ndarray, shape (clusters, hubs)
        Its reduced cost by hub; inf where the hub is not in it, or is refused.
    """

    def __init__(self, world: World, model: ArrayModel, duals: Duals) -> None:
        tied = [frozenset(schools) for schools in model.atoms()]
        some = [
            (atoms, schools)
            for number in range(1, len(tied) + 1)
            for atoms in combinations(range(len(tied)), number)
            if world.admits(schools := frozenset().union(*(tied[a] for a in atoms)))
        ]
        self.atoms = [atoms for atoms, _ in some]
        self.holds = np.zeros((len(some), len(tied)), dtype=bool)
        self.cost = np.full((len(some), world.n), np.inf)
        for row, (atoms, schools) in enumerate(some):
            self.holds[row, list(atoms)] = True
            ordered = sorted(schools)
            shared = world.shared(schools) - credit(duals, atoms)
            for hub in ordered:
                if not world.refused[ordered, hub].any():
                    self.cost[row, hub] = world.travel[ordered, hub].sum() + shared

    def least(self, hub: int) -> float:
        """Return the least reduced cost with a hub; inf where there is no cluster."""
        return float(self.cost[:, hub].min(initial=np.inf))

    def of(self, hub: int) -> dict[tuple[int, ...], float]:
        """Return the reduced cost of each cluster that may have the hub."""
        return dict(zip(self.atoms, self.cost[:, hub].tolist(), strict=True))
