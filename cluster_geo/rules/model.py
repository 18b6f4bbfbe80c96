"""The interface through which rules formulate themselves for an optimiser.

A cluster model describes *one* cluster with a given hub j: x[i] is one when school i is a
member, and x[j] is one. Rules use only these methods. `optimise` implements them twice: as
linear constraints (for the oracle and the compact model of a small area) and as arrays for
combinatorial pricing. Schools are given by URN; matrices are in the order of `County.urns`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import networkx as nx
import numpy as np


class ClusterModel(Protocol):
    """A model of one cluster, to which each rule adds its share."""

    def limit_size(self, low: int, high: int) -> None:
        """Require low <= sum of x <= high."""

    def charge_cluster(self, amount: float) -> None:
        """Charge (or, below 0, credit) an amount once for the cluster, whatever its members."""

    def charge_travel(self, amounts: np.ndarray) -> None:
        """Charge ``amounts[i, j]`` for each member i of a cluster with hub j."""

    def forbid(self, pairs: np.ndarray) -> None:
        """Refuse member i in a cluster with hub j where the boolean ``pairs[i, j]`` is true."""

    def charge_members(self, amounts: Mapping[int, float]) -> None:
        """Charge (or, below 0, credit) an amount for each of these schools that is a member."""

    def charge_presence(self, schools: frozenset[int], price: float) -> None:
        """Charge `price` >= 0 once if any of `schools` is a member."""

    def require(self, schools: frozenset[int], at_least: int) -> None:
        """Require at least `at_least` of `schools` as members."""

    def charge_absence(self, schools: frozenset[int], price: float) -> None:
        """Charge `price` >= 0 if none of `schools` is a member."""

    def charge_alone(self, schools: frozenset[int], company: frozenset[int], price: float) -> None:
        """Charge `price` >= 0 once if any of `schools` is a member and none of `company` is."""

    def accompany(self, schools: frozenset[int], company: frozenset[int]) -> None:
        """Require a member in `company` where any of `schools` is a member."""

    def charge_outside_main(self, zone_of: Mapping[int, str], price: float) -> None:
        """Charge `price` >= 0 per member outside the cluster's main zone.

        The main zone is the one with most members; a school in no zone is outside.
        """

    def confine(self, zone_of: Mapping[int, str]) -> None:
        """Require all members to lie in one zone; schools in no zone form a zone of their own."""

    def keep_together(self, schools: frozenset[int]) -> None:
        """Require all of `schools` as members, or none."""

    def keep_apart(self, schools: frozenset[int]) -> None:
        """Allow at most one of `schools` as a member."""

    def charge_imbalance(self, amounts: Mapping[int, float], price: float) -> None:
        """Charge `price` >= 0 per unit of the absolute value of the members' summed amounts."""

    def connect(self, graph: nx.Graph[int]) -> None:
        """Require the members to induce a connected subgraph of `graph`."""
