"""One cluster's rules as arrays for the peers, who cannot be told rules."""

from __future__ import annotations

from collections.abc import Mapping

import networkx as nx
import numpy as np

from cluster_geo.county import County
from cluster_geo.rules import NumberOfClusters, Rulebook


class PeerModel:
    """A `ClusterModel` that writes down what the rules say.

    It knows the words of the fixed problem on which methods are compared; a rule that needs
    another word is refused, so that no peer is ever given an easier cost than the plan is
    judged by.
    """

    def __init__(self, county: County) -> None:
        self._county = county
        self._place = {urn: i for i, urn in enumerate(county.urns)}
        schools = len(self._place)
        self._low, self._high = 1, schools
        self._cluster = 0.0
        self._member = np.zeros(schools)
        self._travel = np.zeros((schools, schools))
        self._needed: list[tuple[np.ndarray, float]] = []
        self._present: list[tuple[np.ndarray, float]] = []
        self._absent: list[tuple[np.ndarray, float]] = []
        self._zones: list[tuple[np.ndarray, float]] = []

    def _mask(self, schools: frozenset[int]) -> np.ndarray:
        mask = np.zeros(len(self._place), dtype=bool)
        mask[[self._place[urn] for urn in schools if urn in self._place]] = True
        return mask

    def limit_size(self, low: int, high: int) -> None:
        self._low, self._high = max(self._low, low), min(self._high, high)

    def charge_cluster(self, amount: float) -> None:
        self._cluster += amount

    def charge_travel(self, amounts: np.ndarray) -> None:
        self._travel += amounts

    def charge_members(self, amounts: Mapping[int, float]) -> None:
        for urn, amount in amounts.items():
            self._member[self._place[urn]] += amount

    def charge_presence(self, schools: frozenset[int], price: float) -> None:
        self._present.append((self._mask(schools), price))

    def require(self, schools: frozenset[int], at_least: int) -> None:
        self._needed.append((self._mask(schools), at_least))

    def charge_absence(self, schools: frozenset[int], price: float) -> None:
        self._absent.append((self._mask(schools), price))

    def charge_outside_main(self, zone_of: Mapping[int, str], price: float) -> None:
        codes = {code: z for z, code in enumerate(sorted(set(zone_of.values())))}
        zones = [codes[zone_of[urn]] if urn in zone_of else -1 for urn in self._place]
        self._zones.append((np.array(zones, dtype=np.int64), price))

    def connect(self, graph: nx.Graph) -> None:
        """Nothing to write: the neighbours are passed as edges."""

    def __getattr__(self, word: str) -> object:
        raise NotImplementedError(f"the peers cannot be told to {word.replace('_', ' ')}")

    def arrays(self, count: int) -> dict[str, np.ndarray]:
        """Lay out everything said, with the points, the neighbours and the number of clusters."""
        edges = [(self._place[a], self._place[b]) for a, b in self._county.neighbours.graph.edges]
        schools = len(self._place)
        laid = {
            "points": self._county.schools.points,
            "edges": np.array(sorted(edges), dtype=np.int64).reshape(-1, 2),
            "count": np.array(count),
            "low": np.array(self._low),
            "high": np.array(self._high),
            "cluster": np.array(self._cluster),
            "member": self._member,
            "travel": self._travel,
        }
        laid["needed"], laid["need"] = _stacked(self._needed, schools)
        laid["present"], laid["present_price"] = _stacked(self._present, schools)
        laid["absent"], laid["absent_price"] = _stacked(self._absent, schools)
        laid["zones"], laid["zone_price"] = _stacked(self._zones, schools)
        return laid


def _stacked(rows: list[tuple[np.ndarray, float]], width: int) -> tuple[np.ndarray, np.ndarray]:
    if not rows:
        return np.zeros((0, width), dtype=bool), np.zeros(0)
    return np.stack([row for row, _ in rows]), np.array([number for _, number in rows])


def peer_arrays(county: County, rulebook: Rulebook) -> dict[str, np.ndarray]:
    """Write a county and its rules as arrays.

    Raises
    ------
    NotImplementedError
        Where a rule asks for more than the peers' cost knows.
    """
    model = PeerModel(county)
    rulebook.formulate(model)
    return model.arrays(number_of_clusters(county, rulebook))


def number_of_clusters(county: County, rulebook: Rulebook) -> int:
    """Return the number of clusters that a peer is asked for: the one given, or a fair guess."""
    for rule in rulebook.plan_rules:
        if isinstance(rule, NumberOfClusters) and rule.low == rule.high:
            return int(rule.low)
    size = next(rule for rule in rulebook.rules if rule.name == "size")
    return round(2 * len(county.urns) / (size.low + size.high))
