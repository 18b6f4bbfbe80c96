"""Branch and price: close the gap that cuts leave open.

If a fractional solution has a fractional number of clusters, one branch has fewer and the other
more. Otherwise two atoms are together in only part of it: one branch ties them into one atom, and
the other keeps them apart (Ryan and Foster 1981). All of these decisions are methods of the
cluster model or a row over the plan, so a node is a problem with one more constraint, priced like
any other.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from cluster_geo.compiled.arrays import ArrayModel
from cluster_geo.optimise.columns import Atoms, Column, Columns
from cluster_geo.optimise.generation import Generation
from cluster_geo.rules import NumberOfClusters
from cluster_geo.tolerances import HALF, WEIGHT, WEIGHT_DECIMALS

# Atoms in a subset-row cut.
_CORNERS = 3


@dataclass(frozen=True)
class Decisions:
    """Branching decisions on the path to a node: numbers of clusters, and pairs of URNs."""

    numbers: range
    together: tuple[tuple[int, int], ...] = ()
    apart: tuple[tuple[int, int], ...] = ()

    def allow(self, members: frozenset[int]) -> bool:
        """Whether a cluster of these schools satisfies the decisions."""
        return all((a in members) == (b in members) for a, b in self.together) and not any(
            a in members and b in members for a, b in self.apart
        )

    def added_to(self, model: ArrayModel) -> ArrayModel:
        """Return a copy of a model with the decisions on pairs added."""
        constrained = model.copy()
        for a, b in self.together:
            constrained.keep_together(frozenset((a, b)))
        for a, b in self.apart:
            constrained.keep_apart(frozenset((a, b)))
        return constrained


class NodeColumns:
    """The columns of a node: those of the whole search that its decisions allow.

    Their atoms are those of the node.
    """

    def __init__(self, whole: Columns, decisions: Decisions, atoms: list[tuple[int, ...]]) -> None:
        self._whole = whole
        self._decisions = decisions
        self._atoms = atoms
        self._atom_of = {urn: a for a, urns in enumerate(atoms) for urn in urns}
        self.admitted = list(self._allowed(whole.admitted))

    def __len__(self) -> int:
        return len(self.admitted)

    def admit(self, sets: Iterable[Atoms]) -> list[Column]:
        """Admit sets of the node's atoms to the whole search, and thereby to the node."""
        given = [[urn for a in atoms for urn in self._atoms[a]] for atoms in sets]
        whole = [self._whole.atoms_of(urns) for urns in given]
        new = list(self._allowed(self._whole.admit(atoms for atoms in whole if atoms is not None)))
        self.admitted += new
        return new

    def _allowed(self, columns: Iterable[Column]) -> Iterator[Column]:
        for column in columns:
            if self._decisions.allow(frozenset(column.cluster.members)):
                atoms = {self._atom_of[urn] for urn in column.cluster.members}
                yield replace(column, atoms=tuple(sorted(atoms)))


@dataclass(order=True)
class Node:
    """An open node; nodes are ordered by their bounds, then by `serial`."""

    bound: float
    serial: int
    decisions: Decisions = field(compare=False)
    centre: dict[int, float] = field(compare=False)
    cuts: tuple[tuple[int, int, int], ...] = field(compare=False)


@dataclass
class Branching:
    """The branch-and-price tree below a root whose column generation has converged.

    Parameters
    ----------
    root : Generation
    columns : Columns
        Of the whole search.
    atoms : list of tuple of int
        URNs of the root's atoms.
    numbers : range
        Numbers of clusters a plan may have.

    Attributes
    ----------
    open : list of Node
        A heap; the search ends when it is empty.
    rounding : float
        The largest difference between bound and best plan that the tolerances of a fathomed node
        allow.
    limited : bool
        Whether a node was fathomed although the pricing of a hub had reached its limit; if so, the
        rest of the gap is more than rounding.
    """

    root: Generation
    columns: Columns
    atoms: list[tuple[int, ...]]
    numbers: range

    def __post_init__(self) -> None:
        self.open: list[Node] = []
        self.rounding = 0.0
        self.limited = False
        # Least bound of the fathomed nodes.
        self._closed = np.inf
        self._serial = 0
        self._branch(self.root, self.atoms, Decisions(self.numbers), self.root.bound)

    @property
    def bound(self) -> float:
        """Bound over all nodes, open and fathomed; inf if all were proven infeasible."""
        return min(self._closed, self.open[0].bound if self.open else np.inf)

    def step(self, best: float | None, target: float) -> Generation | None:
        """Solve the node with the least bound, and fathom it or branch.

        Returns
        -------
        Generation or None
            The node's column generation, whose solution may be a plan; None if time ran out, in
            which case the node stays open.
        """
        node = self.open[0]
        model = node.decisions.added_to(self.root.model)
        atoms = [tuple(model.urns[i] for i in tied) for tied in model.atoms()]
        generation = self._generation(node, model, atoms)
        most = self.root.params.branches.cut_rounds
        for rounds in range(most + 1):
            if not generation.converge(best, target, _silent):
                return None
            done = best is not None and generation.bound >= best * (1.0 - target)
            if done or rounds == most or not generation.cut():
                break
        heapq.heappop(self.open)
        bound = max(node.bound, generation.bound)
        if bound > self.root.ceiling:
            self._closed = min(self._closed, bound)
        elif best is None or bound < best * (1.0 - target):
            self._branch(generation, atoms, node.decisions, bound)
        else:
            self._closed = min(self._closed, bound)
            self.rounding = max(self.rounding, target * abs(best))
        return generation

    def _generation(
        self, node: Node, model: ArrayModel, atoms: list[tuple[int, ...]]
    ) -> Generation:
        numbers = node.decisions.numbers
        atom_of = {urn: a for a, urns in enumerate(atoms) for urn in urns}
        triples = (tuple(sorted({atom_of[urn] for urn in cut})) for cut in node.cuts)
        return Generation(
            model,
            tuple(
                NumberOfClusters(numbers[0], numbers[-1]) if rule.counts_clusters else rule
                for rule in self.root.plan_rules
            ),
            numbers[-1],
            NodeColumns(self.columns, node.decisions, atoms),
            self.root.pricer,
            self.root.budget,
            np.array([sum(node.centre[urn] for urn in urns) for urns in atoms]),
            self.root.half,
            cuts=[triple for triple in dict.fromkeys(triples) if len(triple) == _CORNERS],
            ceiling=self.root.ceiling,
            params=self.root.params,
        )

    def _branch(
        self,
        generation: Generation,
        atoms: list[tuple[int, ...]],
        decisions: Decisions,
        bound: float,
    ) -> None:
        """Open the two children of a solved node, or fathom it if its solution is integral.

        An integral solution is a plan whose cost is the master's value, so it is as close to the
        bound as column generation left them.
        """
        decided = _divided(generation, atoms, decisions)
        if not decided:
            self._closed = min(self._closed, bound)
            self.rounding = max(self.rounding, generation.rounding)
            self.limited = self.limited or generation.ending == "limited"
            return
        centre = {
            urn: float(generation.centre[place]) / len(urns)
            for place, urns in enumerate(atoms)
            for urn in urns
        }
        cuts = tuple((atoms[i][0], atoms[j][0], atoms[k][0]) for i, j, k in generation.master.cuts)
        for further in decided:
            self._serial += 1
            heapq.heappush(self.open, Node(bound, self._serial, further, centre, cuts))


def _silent(_: Generation) -> None:
    """Say nothing of the rounds within a node."""


def _divided(
    generation: Generation, atoms: list[tuple[int, ...]], decisions: Decisions
) -> tuple[Decisions, ...]:
    """Return the two branches on the most fractional decision; () if the solution is integral."""
    assert generation.solution is not None, "only a solved node is branched on"
    number = float(generation.solution.weights.sum())
    below, first, last = int(np.floor(number)), decisions.numbers[0], decisions.numbers[-1]
    doubt = generation.params.branches.doubt
    if first <= below < last and doubt < number - below < 1.0 - doubt:
        return (
            replace(decisions, numbers=range(first, below + 1)),
            replace(decisions, numbers=range(below + 1, last + 1)),
        )
    pair = _most_divided(generation)
    if pair is None:
        return ()
    urns = (atoms[pair[0]][0], atoms[pair[1]][0])
    return (
        replace(decisions, together=(*decisions.together, urns)),
        replace(decisions, apart=(*decisions.apart, urns)),
    )


def _most_divided(generation: Generation) -> tuple[int, int] | None:
    """Return the two atoms whose togetherness is most fractional; None if none is."""
    assert generation.solution is not None, "only a solved node is branched on"
    together: dict[tuple[int, int], float] = {}
    weights = generation.solution.weights
    for column, weight in zip(generation.columns.admitted, weights, strict=False):
        if weight > WEIGHT:
            for place, a in enumerate(column.atoms):
                for b in column.atoms[place + 1 :]:
                    together[a, b] = together.get((a, b), 0.0) + weight
    doubtful = {pair: w for pair, w in together.items() if WEIGHT < w < 1.0 - WEIGHT}
    if not doubtful:
        return None
    return min(
        doubtful, key=lambda pair: (round(abs(doubtful[pair] - HALF), WEIGHT_DECIMALS), pair)
    )
