"""What proves a bound: at each leaf of the search's tree, multipliers of the master's rows.

For any multipliers, no plan costs less than what they earn over the rows, plus the least reduced
costs of as many clusters, with different hubs, as a plan may have: a Lagrangian bound. A leaf whose
list of clusters was short has a second step: all clusters that a plan below a cost may have, and
multipliers that bound the plans of these.

A search keeps this as it goes, at the price of some thousand numbers for a leaf; `certificate`
writes it down and checks it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from cluster_geo.optimise.columns import Atoms
from cluster_geo.optimise.decisions import Split
from cluster_geo.optimise.master import MasterSolution


@dataclass(frozen=True)
class Multipliers:
    """Multipliers of a master's rows, in units of the problem.

    Parameters
    ----------
    atoms : ndarray, shape (a,)
        Of covering each atom.
    plan : ndarray, shape (p,)
        Of the rules over the plan.
    cuts : mapping of tuple of int to float
        Of the subset-row cuts, by their atoms; never positive.
    """

    atoms: np.ndarray
    plan: np.ndarray
    cuts: Mapping[Atoms, float]

    @classmethod
    def of(cls, point: MasterSolution, cuts: Sequence[Atoms]) -> Multipliers:
        """Return the duals of a point; a cut without a dual proves nothing and is left out."""
        duals = zip(cuts, point.cut_duals.tolist(), strict=True)
        held = {cut: dual for cut, dual in duals if dual < 0.0}
        return cls(point.atom_duals.copy(), point.plan_duals.copy(), held)


@dataclass(frozen=True)
class Lagrangian:
    """A Lagrangian bound.

    Parameters
    ----------
    at : Multipliers
    least : ndarray, shape (h,)
        For each hub, a lower bound on the reduced cost of its clusters, at most 0.
    bound : float
    """

    at: Multipliers
    least: np.ndarray
    bound: float


@dataclass(frozen=True)
class Listing:
    """A list of all clusters that a plan below a cost may have, and a bound on the plans of it.

    Parameters
    ----------
    complete : Lagrangian
        At its multipliers the reduced cost of every other cluster is so high that a plan with one
        costs at least `cutoff`.
    cutoff : float
    sets : tuple of tuple of int
        Atoms of each cluster of the list.
    at : Multipliers or None
        Multipliers that bound the plans of the list; None if the list is empty.
    bound : float
        No plan costs less: proven by `at`, or by an integer programme over those clusters whose
        reduced cost, at `at`, would let a plan cost less.
    """

    complete: Lagrangian
    cutoff: float
    sets: tuple[Atoms, ...]
    at: Multipliers | None
    bound: float


@dataclass(eq=False)
class ProofNode:
    """A node of the search's tree: what proves a bound on its plans, and how it was divided.

    Attributes
    ----------
    lagrangian : Lagrangian or None
        The best found.
    listing : Listing or None
    split : Split or None
    branches : tuple of ProofNode
        The two nodes that have all plans of this one; empty where it was not divided.
    """

    lagrangian: Lagrangian | None = None
    listing: Listing | None = None
    split: Split | None = None
    branches: tuple[ProofNode, ...] = field(default=())

    def prove(self, lagrangian: Lagrangian | None, listing: Listing | None = None) -> None:
        """Keep what proves more than what was there."""
        if lagrangian is not None and lagrangian.bound > _bound_of(self.lagrangian):
            self.lagrangian = lagrangian
        if listing is not None and listing.bound > _bound_of(self.listing):
            self.listing = listing

    def divide(self, split: Split) -> tuple[ProofNode, ProofNode]:
        """Divide the plans of this node; return the new nodes."""
        self.split = split
        first, second = ProofNode(), ProofNode()
        self.branches = (first, second)
        return first, second

    @property
    def own(self) -> float:
        """The bound proven at this node itself."""
        return max(_bound_of(self.lagrangian), _bound_of(self.listing))


@dataclass(frozen=True, eq=False)
class SearchProof:
    """What a search has proven, and what its numbers are about.

    Parameters
    ----------
    root : ProofNode
    atoms : list of tuple of int
        URNs of the schools of each atom.
    hubs : tuple of int
        URN of each school that may be a hub, in the order of `Lagrangian.least`.
    plan_rules : tuple of str
        Names of the rules over the plan.
    numbers : range
        Numbers of clusters that the plans may have.
    frozen : tuple of tuple of int
        Schools of each frozen cluster, which are in no atom.
    unit : float
        Unit of all amounts, in the unit of the rules.
    """

    root: ProofNode
    atoms: list[tuple[int, ...]]
    hubs: tuple[int, ...]
    plan_rules: tuple[str, ...]
    numbers: range
    frozen: tuple[tuple[int, ...], ...]
    unit: float


def proven(root: ProofNode) -> float:
    """Return the bound that a tree proves: of two branches the lower, where that is higher."""
    bounds: dict[int, float] = {}
    for node in reversed(_below(root)):
        branches = [bounds[id(branch)] for branch in node.branches]
        bounds[id(node)] = max(node.own, min(branches, default=-np.inf))
    return bounds[id(root)]


def least_tree(root: ProofNode) -> ProofNode:
    """Return the smallest part of a tree, from the root, that proves the same bound.

    A node whose own proof is enough becomes a leaf; one that is divided needs no proof.
    """
    bound = proven(root)
    top = ProofNode()
    left = [(root, top)]
    while left:
        node, copy = left.pop()
        if _bound_of(node.lagrangian) >= bound:
            copy.lagrangian = node.lagrangian
        elif node.own >= bound:
            copy.listing = node.listing
        elif node.split is not None:
            left += zip(node.branches, copy.divide(node.split), strict=True)
    return top


def _below(root: ProofNode) -> list[ProofNode]:
    """Return the nodes of a tree, each before its branches."""
    nodes = [root]
    for node in nodes:
        nodes += node.branches
    return nodes


def _bound_of(proof: Lagrangian | Listing | None) -> float:
    return -np.inf if proof is None else proof.bound
