"""The rules on one cluster, collected into arrays for annealing and pricing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from itertools import pairwise

import networkx as nx
import numpy as np

from cluster_geo.compiled.layout import MOST_MARKS, Arrays

__all__ = ["ArrayModel", "Arrays"]


class ArrayModel:
    """A `ClusterModel` that collects the rules and converts them to `Arrays`.

    Parameters
    ----------
    urns : iterable of int
        The schools, ascending; matrices passed by rules are in the order of `every`.
    every : tuple of int, optional
        All schools of the county, if `urns` are only some of them.

    Attributes
    ----------
    unit : float
        Unit of charges: `arrays` divides all charges by it. It is a power of two, so that the
        division is exact.
    """

    def __init__(self, urns: Iterable[int], every: tuple[int, ...] | None = None) -> None:
        self.urns = tuple(urns)
        self.unit = 1.0
        rows = {urn: i for i, urn in enumerate(every if every is not None else self.urns)}
        self._rows = np.array([rows[urn] for urn in self.urns], dtype=np.int64)
        self._place = {urn: i for i, urn in enumerate(self.urns)}
        number = len(self.urns)
        self._low, self._high = 1, number
        self._travel = np.zeros((number, number))
        self._forbidden = np.zeros((number, number), dtype=bool)
        self._member = np.zeros(number)
        self._base = 0.0
        self._sets: list[tuple[set[int], int, float]] = []
        self._groups: list[tuple[set[int], float]] = []
        self._companies: list[tuple[set[int], set[int], float]] = []
        self._layers: list[tuple[dict[int, str], float]] = []
        self._apart: list[set[int]] = []
        self._tilts: list[tuple[np.ndarray, float]] = []
        self._graph: nx.Graph[int] | None = None
        self._ties: nx.Graph[int] = nx.Graph()
        self._ties.add_nodes_from(range(number))

    def _inside(self, schools: Iterable[int]) -> set[int]:
        return {self._place[urn] for urn in schools if urn in self._place}

    def copy(self) -> ArrayModel:
        """Return a copy to which more rules can be added."""
        other = copy(self)
        for name in ("_travel", "_forbidden", "_member", "_ties"):
            setattr(other, name, getattr(self, name).copy())
        for name in ("_sets", "_groups", "_companies", "_layers", "_apart", "_tilts"):
            setattr(other, name, list(getattr(self, name)))
        return other

    def limit_size(self, low: int, high: int) -> None:
        """Narrow the sizes allowed to those from `low` to `high`."""
        self._low, self._high = max(self._low, low), min(self._high, high)

    def charge_travel(self, amounts: np.ndarray) -> None:
        """Add the charges of member i with hub j."""
        self._travel += amounts[np.ix_(self._rows, self._rows)]

    def forbid(self, pairs: np.ndarray) -> None:
        """Refuse member i with hub j where true."""
        self._forbidden |= pairs[np.ix_(self._rows, self._rows)]

    def serve(self, urn: int, hub: int) -> None:
        """Refuse a member with any other hub."""
        others = np.arange(len(self.urns)) != self._place[hub]
        self._forbidden[self._place[urn], others] = True

    def refuse_hub(self, urn: int) -> None:
        """Refuse every member with a hub, itself too."""
        self._forbidden[:, self._place[urn]] = True

    def refuse(self, urn: int, hub: int) -> None:
        """Refuse a member with a hub."""
        self._forbidden[self._place[urn], self._place[hub]] = True

    def charge_cluster(self, amount: float) -> None:
        """Charge, or credit, every cluster."""
        self._base += amount

    def charge_members(self, amounts: Mapping[int, float]) -> None:
        """Charge each member its amount."""
        for urn, amount in amounts.items():
            if urn in self._place:
                self._member[self._place[urn]] += amount

    def charge_presence(self, schools: frozenset[int], price: float) -> None:
        """Charge once for any member of a group."""
        group = self._inside(schools)
        if len(group) == 1:
            self._member[group.pop()] += price
        elif group and price:
            self._groups.append((group, price))

    def require(self, schools: frozenset[int], at_least: int) -> None:
        """Require members of a set."""
        if at_least > 0:
            self._sets.append((self._inside(schools), at_least, 0.0))

    def charge_absence(self, schools: frozenset[int], price: float) -> None:
        """Charge where no member is of the set."""
        if price:
            self._sets.append((self._inside(schools), 0, price))

    def charge_alone(self, schools: frozenset[int], company: frozenset[int], price: float) -> None:
        """Charge once for members of the schools without any of the company."""
        if price:
            self._companies.append((self._inside(schools), self._inside(company), price))

    def accompany(self, schools: frozenset[int], company: frozenset[int]) -> None:
        """Refuse members of the schools without any of the company."""
        self._companies.append((self._inside(schools), self._inside(company), np.inf))

    def charge_outside_main(self, zone_of: Mapping[int, str], price: float) -> None:
        """Charge each member outside the main zone."""
        if price:
            inside = {self._place[u]: zone for u, zone in zone_of.items() if u in self._place}
            self._layers.append((inside, price))

    def confine(self, zone_of: Mapping[int, str]) -> None:
        """Refuse hubs in other zones; schools in no zone form their own zone."""
        zones = np.array([zone_of.get(urn, "") for urn in self.urns], dtype=object)
        self._forbidden |= zones[:, None] != zones[None, :]

    def keep_together(self, schools: frozenset[int]) -> None:
        """Tie the schools into one atom."""
        self._ties.add_edges_from(pairwise(sorted(self._inside(schools))))

    def keep_apart(self, schools: frozenset[int]) -> None:
        """Keep any two of the schools apart."""
        self._apart.append(self._inside(schools))

    def charge_imbalance(self, amounts: Mapping[int, float], price: float) -> None:
        """Charge the absolute value of the members' summed amounts."""
        if price:
            tilt = np.array([float(amounts.get(urn, 0.0)) for urn in self.urns])
            self._tilts.append((tilt, price))

    def connect(self, graph: nx.Graph[int]) -> None:
        """Require one piece."""
        self._graph = graph

    def atoms(self) -> list[list[int]]:
        """Places in `urns` of the schools of each atom, atoms in order of their first."""
        return sorted(sorted(tied) for tied in nx.connected_components(self._ties))

    def arrays(self) -> Arrays:
        """Return the arrays of all rules added so far."""
        atoms = self.atoms()
        atom_of = np.empty(len(self.urns), dtype=np.int64)
        for a, tied in enumerate(atoms):
            atom_of[tied] = a
        number = len(atoms)

        charge = np.where(self._forbidden, np.inf, self._travel) + self._member[:, None]
        amount = np.zeros((len(self.urns), number))
        np.add.at(amount.T, atom_of, charge)
        conflicts = self._conflicts(atom_of, amount)

        groups = [(frozenset(int(atom_of[i]) for i in g), price) for g, price in self._groups]
        family = _disjoint_family(number, groups)
        in_set = _counts(number, atom_of, [members for members, _, _ in self._sets])
        group_start, group_of = _rows_of(
            number, [(a, g) for g, (members, _) in enumerate(groups) for a in members]
        )
        company = _counts(number, atom_of, [beside for _, beside, _ in self._companies]).T > 0
        alone = _counts(number, atom_of, [wanting for wanting, _, _ in self._companies]).T > 0
        hub_start, hub_of = _rows_of(number, [(int(a), j) for j, a in enumerate(atom_of)])
        roads = self._roads()
        near = {(int(atom_of[i]), int(atom_of[j])) for i, j in roads}
        near_start, near_of = _rows_of(number, [(a, b) for a, b in near if a != b])
        road_start, road_of = _rows_of(len(self.urns), roads)
        apart_start, apart_of = _rows_of(number, conflicts)
        laid_out = Arrays(
            low=self._low,
            high=self._high,
            base=self._base,
            connected=self._parts_matter,
            size=np.bincount(atom_of, minlength=number).astype(np.int64),
            home=atom_of,
            hub_start=hub_start,
            hub_of=hub_of,
            amount=np.ascontiguousarray(amount),
            credit=amount.min(axis=0, initial=0.0),
            in_set=in_set,
            set_need=np.array([need for _, need, _ in self._sets], dtype=np.int64),
            set_price=np.array([price for _, _, price in self._sets], dtype=float),
            group_start=group_start,
            group_of=group_of,
            group_price=np.array([price for _, price in groups], dtype=float),
            family=family,
            order=np.argsort(family, kind="stable"),
            marked=np.argsort(in_set.sum(axis=0), kind="stable")[:MOST_MARKS].copy(),
            alone=np.ascontiguousarray(alone & ~company),
            company=np.ascontiguousarray(company),
            alone_price=np.array([price for _, _, price in self._companies], dtype=float),
            zone_count=self._zone_counts(number, atom_of),
            zone_price=np.array([price for _, price in self._layers], dtype=float),
            apart_start=apart_start,
            apart_of=apart_of,
            tilt=_summed(number, atom_of, [tilt for tilt, _ in self._tilts]),
            tilt_price=np.array([price for _, price in self._tilts], dtype=float),
            near_start=near_start,
            near_of=near_of,
            whole=_whole(atoms, roads),
            road_start=road_start,
            road_of=road_of,
        )
        return laid_out if self.unit == 1.0 else in_unit(laid_out, self.unit)

    def _conflicts(self, atom_of: np.ndarray, amount: np.ndarray) -> list[tuple[int, int]]:
        """Return pairs of atoms kept apart; forbid an atom with schools that must be apart."""
        pairs: set[tuple[int, int]] = set()
        for apart in self._apart:
            ordered = sorted(apart)
            for place, i in enumerate(ordered):
                for j in ordered[place + 1 :]:
                    a, b = int(atom_of[i]), int(atom_of[j])
                    if a == b:
                        amount[:, a] = np.inf
                    else:
                        pairs |= {(a, b), (b, a)}
        return sorted(pairs)

    @property
    def _parts_matter(self) -> bool:
        """Whether a set of schools can be in several pieces: not if all are neighbours."""
        if self._graph is None:
            return False
        most = self._graph.number_of_nodes() - 1
        return any(urn not in self._graph or self._graph.degree(urn) < most for urn in self.urns)

    def _roads(self) -> list[tuple[int, int]]:
        """Return neighbouring schools by their places in `urns`, each pair both ways."""
        if self._graph is None or not self._parts_matter:
            return []
        edges = (
            (self._place[u], self._place[v])
            for u, v in self._graph.edges
            if u in self._place and v in self._place
        )
        return sorted({pair for i, j in edges for pair in ((i, j), (j, i))})

    def _zone_counts(self, number: int, atom_of: np.ndarray) -> np.ndarray:
        codes = [sorted(set(zone_of.values())) for zone_of, _ in self._layers]
        width = max((len(c) for c in codes), default=0)
        counts = np.zeros((len(self._layers), number, width), dtype=np.int64)
        for layer, (zone_of, _) in enumerate(self._layers):
            column = {code: z for z, code in enumerate(codes[layer])}
            for i, code in zone_of.items():
                counts[layer, atom_of[i], column[code]] += 1
        return counts


CHARGES = (
    "base",
    "amount",
    "credit",
    "set_price",
    "group_price",
    "alone_price",
    "zone_price",
    "tilt_price",
)


def in_unit(arrays: Arrays, unit: float) -> Arrays:
    """Return arrays with every charge divided by `unit`."""
    return arrays._replace(**{name: getattr(arrays, name) / unit for name in CHARGES})


def _rows_of(number: int, pairs: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Compress (row, value) pairs into row starts and values, rows 0 to `number`."""
    ordered = sorted(pairs)
    counts = np.bincount(
        np.array([row for row, _ in ordered], dtype=np.int64), minlength=number
    ).astype(np.int64)
    start = np.zeros(number + 1, dtype=np.int64)
    np.cumsum(counts, out=start[1:])
    return start, np.array([value for _, value in ordered], dtype=np.int64)


def _whole(atoms: list[list[int]], roads: list[tuple[int, int]]) -> np.ndarray:
    graph: nx.Graph[int] = nx.Graph(roads)
    graph.add_nodes_from(place for tied in atoms for place in tied)
    return np.array([nx.is_connected(graph.subgraph(tied)) for tied in atoms], dtype=bool)


def _counts(number: int, atom_of: np.ndarray, sets: list[set[int]]) -> np.ndarray:
    counts = np.zeros((number, len(sets)), dtype=np.int64)
    for s, members in enumerate(sets):
        for i in members:
            counts[atom_of[i], s] += 1
    return counts


def _summed(number: int, atom_of: np.ndarray, columns: list[np.ndarray]) -> np.ndarray:
    summed = np.zeros((len(columns), number))
    for row, column in enumerate(columns):
        np.add.at(summed[row], atom_of, column)
    return summed


def _disjoint_family(number: int, groups: list[tuple[frozenset[int], float]]) -> np.ndarray:
    """Choose disjoint groups, those with the most charge at stake first."""
    family = np.full(number, -1, dtype=np.int64)
    order = sorted(range(len(groups)), key=lambda g: (-groups[g][1] * len(groups[g][0]), g))
    for g in order:
        members = sorted(groups[g][0])
        if (family[members] == -1).all():
            family[members] = g
    return family
