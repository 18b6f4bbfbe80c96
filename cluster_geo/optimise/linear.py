"""The cluster model as linear constraints: one cluster with a given hub, in PuLP."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import networkx as nx
import numpy as np
import pulp

from cluster_geo.rules.one_piece import pieces_of


class LinearClusterModel:
    """One cluster with a given hub: ``x[i]`` is one when school i is a member.

    Variables and constraints are named by the schools' places in `urns`, not by their names:
    ``x_4_7`` is one when school 4 belongs to the cluster whose hub is school 7, and ``x_7_7``
    when that cluster is in use at all. The charges of the rules add up in `cost`, which is for
    the caller to make the objective. Auxiliary variables are continuous: their prices are never
    negative, and push them down to the value that the members determine.

    Parameters
    ----------
    problem : pulp.LpProblem
        Takes the variables and constraints.
    urns : sequence of int
        The schools, in the order of the rules' matrices.
    hub : int
        URN of the hub.
    always : bool
        Whether the cluster is always in use (a model of one cluster), or only when its hub is a
        member (the compact model).
    absent : collection of int
        URNs of schools that rules are to pass over, because their clusters are frozen.
    """

    def __init__(
        self,
        problem: pulp.LpProblem,
        urns: Sequence[int],
        hub: int,
        *,
        always: bool = True,
        absent: Collection[int] = (),
    ) -> None:
        self.problem = problem
        self._place = {urn: i for i, urn in enumerate(urns) if urn not in absent}
        self.urns = tuple(self._place)
        self.hub = hub
        self.cost = pulp.LpAffineExpression()
        self._at = self._place[hub]
        self._given: dict[str, int] = defaultdict(int)
        self._graphs: list[nx.Graph[int]] = []
        self.x: dict[int, pulp.LpVariable] = {
            urn: problem.add_variable(f"x_{i}_{self._at}", 0, 1, pulp.LpBinary)
            for urn, i in self._place.items()
        }
        self.in_use = self.x[hub]
        if always:
            self.in_use.lowBound = 1
        for urn in self.urns:
            if urn != hub:
                self._require("member", self.x[urn] - self.in_use <= 0)

    def limit_size(self, low: int, high: int) -> None:
        """Require low * in_use <= sum of x <= high * in_use."""
        size = self._sum(self.urns)
        self._require("size_low", size - low * self.in_use >= 0)
        self._require("size_high", size - high * self.in_use <= 0)

    def charge_cluster(self, amount: float) -> None:
        """Charge ``amount * in_use``."""
        self.cost += amount * self.in_use

    def charge_travel(self, amounts: np.ndarray) -> None:
        """Charge the hub's column of `amounts`, member by member."""
        column = amounts[:, self._at].tolist()
        self.charge_members({urn: column[i] for urn, i in self._place.items()})

    def forbid(self, pairs: np.ndarray) -> None:
        """Require x[i] = 0 where `pairs` is true in the hub's column."""
        refused = pairs[:, self._at]
        for urn, i in self._place.items():
            if refused[i]:
                self._leave_out(urn)

    def charge_members(self, amounts: Mapping[int, float]) -> None:
        """Charge ``amounts[i] * x[i]``."""
        self.cost += pulp.LpAffineExpression(
            [(self.x[urn], amount) for urn, amount in amounts.items() if amount and urn in self.x]
        )

    def charge_presence(self, schools: frozenset[int], price: float) -> None:
        """Charge `price` times p, where p >= x[i] for each of the schools."""
        if self.hub in schools:
            self.charge_cluster(price)
            return
        presence = self._new("present")
        for urn in sorted(schools.intersection(self.x)):
            self._require("present", self.x[urn] - presence <= 0)
        self.cost += price * presence

    def require(self, schools: frozenset[int], at_least: int) -> None:
        """Require the sum of x over the schools >= at_least * in_use."""
        self._require("require", self._sum(schools) - at_least * self.in_use >= 0)

    def charge_absence(self, schools: frozenset[int], price: float) -> None:
        """Charge `price` times a, where a >= in_use - sum of x over the schools."""
        if self.hub in schools:
            return
        absence = self._new("absent")
        self._require("absent", absence + self._sum(schools) - self.in_use >= 0)
        self.cost += price * absence

    def charge_alone(self, schools: frozenset[int], company: frozenset[int], price: float) -> None:
        """Charge `price` times a, where a >= x[i] - sum of x over the company, for each school."""
        if self.hub in company:
            return
        alone, beside = self._new("alone"), self._sum(company)
        for urn in sorted((schools - company).intersection(self.x)):
            self._require("alone", alone + beside - self.x[urn] >= 0)
        self.cost += price * alone

    def accompany(self, schools: frozenset[int], company: frozenset[int]) -> None:
        """Require x[i] <= sum of x over the company, for each of the schools."""
        beside = self._sum(company)
        for urn in sorted((schools - company).intersection(self.x)):
            self._require("accompany", self.x[urn] - beside <= 0)

    def charge_outside_main(self, zone_of: Mapping[int, str], price: float) -> None:
        """Charge `price` times o[i] >= x[i] - m[zone of i], where the sum of m is at most one.

        m chooses the main zone. It need not be integer: the saving is linear in m, so all of m
        goes to the zone with most members.
        """
        zones = sorted({zone_of[urn] for urn in self.urns if urn in zone_of})
        main = {zone: self._new("main") for zone in zones}
        if zones:
            self._require("main", pulp.lpSum(main.values()) <= 1)
        for urn in self.urns:
            if urn not in zone_of:
                self.cost += price * self.x[urn]
                continue
            outside = self._new("outside")
            self._require("outside", outside - self.x[urn] + main[zone_of[urn]] >= 0)
            self.cost += price * outside

    def confine(self, zone_of: Mapping[int, str]) -> None:
        """Require x[i] = 0 for each school that is not in the hub's zone."""
        zone = zone_of.get(self.hub)
        for urn in self.urns:
            if zone_of.get(urn) != zone:
                self._leave_out(urn)

    def keep_together(self, schools: frozenset[int]) -> None:
        """Require the x of all the schools to be equal."""
        tied = sorted(schools.intersection(self.x))
        for urn in tied[1:]:
            self._require("together", self.x[urn] - self.x[tied[0]] == 0)

    def keep_apart(self, schools: frozenset[int]) -> None:
        """Require the sum of x over the schools <= in_use."""
        self._require("apart", self._sum(schools) - self.in_use <= 0)

    def charge_imbalance(self, amounts: Mapping[int, float], price: float) -> None:
        """Charge `price` times d, where d >= the members' sum and d >= minus that sum."""
        total = pulp.LpAffineExpression(
            [(self.x[urn], amounts[urn]) for urn in self.urns if amounts[urn]]
        )
        imbalance = self._new("imbalance", high=None)
        self._require("above", imbalance - total >= 0)
        self._require("below", imbalance + total >= 0)
        self.cost += price * imbalance

    def connect(self, graph: nx.Graph[int]) -> None:
        """Require the members to be contiguous, at first with two kinds of cut only.

        A member that is not a neighbour of the hub needs a member among its own neighbours and
        one among the hub's. There are too many other cuts to list, so `cut_off` adds those that a
        solution violates.
        """
        self._graphs.append(graph)
        beside_hub = set(graph.adj[self.hub])
        for urn in self.urns:
            if urn == self.hub or urn in beside_hub:
                continue
            self._separate([urn], set(graph.adj[urn]))
            self._separate([urn], beside_hub)

    def cut_off(self, members: Collection[int]) -> int:
        """Cut off the solution `members` if it is not contiguous.

        Every path from the hub to a piece without the hub passes through a separator that has no
        members: x[i] <= sum of x over the separator, for each i in the piece. The separator needs
        only those schools around the piece that can be reached from the hub without crossing
        others around it, which makes the cut stronger.

        Returns
        -------
        int
            Number of cuts added; 0 if the members are contiguous in every graph.
        """
        added = 0
        for graph in self._graphs:
            for piece in pieces_of(members, graph):
                if self.hub in piece:
                    continue
                around = {v for urn in piece for v in graph.adj[urn]} - piece
                reach = _reached(graph, self.hub, around)
                separator = {v for v in around if reach.intersection(graph.adj[v])}
                added += self._separate(sorted(piece), separator)
        return added

    def _separate(self, piece: Iterable[int], separator: Collection[int]) -> int:
        """Require a member in `separator` for each school of `piece` that is a member."""
        through = self._sum(separator)
        number = 0
        for urn in piece:
            self._require("cut", self.x[urn] - through <= 0)
            number += 1
        return number

    def _leave_out(self, urn: int) -> None:
        self._require("forbid", 1 * self.x[urn] <= 0)

    def _sum(self, schools: Iterable[int]) -> pulp.LpAffineExpression:
        present = sorted(urn for urn in schools if urn in self.x)
        return pulp.LpAffineExpression([(self.x[urn], 1) for urn in present])

    def _new(self, kind: str, high: float | None = 1) -> pulp.LpVariable:
        return self.problem.add_variable(self._name(kind + "_of"), 0, high)

    def _require(self, kind: str, constraint: pulp.LpConstraint) -> None:
        self.problem += (constraint, self._name(kind))

    def _name(self, kind: str) -> str:
        """Name a row or column: its kind, the hub's place, and a number of its own."""
        self._given[kind] += 1
        return f"{kind}_{self._at}_{self._given[kind]}"


def _reached(graph: nx.Graph[int], start: int, walls: Collection[int]) -> set[int]:
    """Return the nodes that can be reached from `start` without entering `walls`."""
    reached = {start}
    frontier = [start]
    while frontier:
        for node in graph.adj[frontier.pop()]:
            if node not in reached and node not in walls:
                reached.add(node)
                frontier.append(node)
    return reached
