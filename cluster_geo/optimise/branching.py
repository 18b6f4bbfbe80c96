"""Branch and price: close the gap that cuts leave open.

If a fractional solution has a fractional number of clusters, one branch has fewer and the other
more. Else if a school is a hub in part of it, one branch has it as a hub and the other does not;
else if a school is served by a hub in part of it, likewise. These decisions refuse pairs of a
school and a hub, or are a row over the plan, so a node is a problem with one more constraint,
priced like any other. Pairs of schools together or apart (Ryan and Foster 1981) are the usual
choice in set partitioning; they close less where a cluster's cost comes from its hub.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field

import numpy as np

from cluster_geo.optimise.columns import Atoms, Columns
from cluster_geo.optimise.decisions import Decisions
from cluster_geo.optimise.finish import Finish
from cluster_geo.optimise.generation import Generation
from cluster_geo.optimise.node import NodeColumns, divided
from cluster_geo.optimise.proof import ProofNode
from cluster_geo.rules import NumberOfClusters


@dataclass(order=True)
class Node:
    """An open node; nodes are ordered by their bounds, then by `serial`."""

    bound: float
    serial: int
    decisions: Decisions = field(compare=False)
    proof: ProofNode = field(compare=False)
    centre: np.ndarray = field(compare=False)
    cuts: tuple[Atoms, ...] = field(compare=False)


@dataclass
class Branching:
    """The branch-and-price tree below a root whose column generation has converged.

    Parameters
    ----------
    root : Generation
    columns : Columns
        Of the whole search.
    numbers : range
        Numbers of clusters a plan may have.
    finish : Finish
        Ends nodes whose list of clusters is short.
    proof : ProofNode
        What proves the bound of the root; what proves those of its branches is added below it.

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
    numbers: range
    finish: Finish
    proof: ProofNode = field(default_factory=ProofNode)

    def __post_init__(self) -> None:
        self.open: list[Node] = []
        self.rounding = 0.0
        self.limited = False
        # Least bound of the fathomed nodes.
        self._closed = np.inf
        self._serial = 0
        self._branch(self.root, Decisions(self.numbers), self.proof, self.root.bound)

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
        generation = self._generation(node)
        most = self.root.params.branches.cut_rounds
        for rounds in range(most + 1):
            if not generation.converge(best, target, _silent):
                return None
            done = best is not None and generation.bound >= best * (1.0 - target)
            if done or rounds == most or not generation.cut():
                break
        of_node = self.root.params.enumeration.of_node
        ended = None if done else self.finish.end(generation, of_node)
        if ended is not None:
            # It may have found a better plan.
            best = self.finish.standing.cost
        heapq.heappop(self.open)
        node.proof.prove(generation.highest, ended)
        bound = max(node.bound, node.proof.own)
        if bound > self.root.ceiling:
            self._closed = min(self._closed, bound)
        elif best is None or bound < best * (1.0 - target):
            self._branch(generation, node.decisions, node.proof, bound)
        else:
            self._closed = min(self._closed, bound)
            self.rounding = max(self.rounding, target * abs(best))
        return generation

    def _generation(self, node: Node) -> Generation:
        numbers, model = node.decisions.numbers, node.decisions.added_to(self.root.model)
        return Generation(
            model,
            tuple(
                NumberOfClusters(numbers[0], numbers[-1]) if rule.counts_clusters else rule
                for rule in self.root.plan_rules
            ),
            numbers[-1],
            NodeColumns(self.columns, node.decisions, model.arrays(), self.root.arrays),
            self.root.pricer,
            self.root.budget,
            node.centre,
            self.root.half,
            cuts=node.cuts,
            ceiling=self.root.ceiling,
            params=self.root.params,
        )

    def _branch(
        self, generation: Generation, decisions: Decisions, proof: ProofNode, bound: float
    ) -> None:
        """Open the two branches of a solved node, or fathom it if its solution is integral.

        An integral solution is a plan whose cost is the master's value, so it is as close to the
        bound as column generation left them.
        """
        split = divided(generation, decisions)
        if split is None:
            self._closed = min(self._closed, bound)
            self.rounding = max(self.rounding, generation.rounding)
            self.limited = self.limited or generation.ending == "limited"
            return
        cuts = tuple(generation.master.cuts)
        for further, below in zip(split.branches(decisions), proof.divide(split), strict=True):
            self._serial += 1
            node = Node(bound, self._serial, further, below, generation.centre, cuts)
            heapq.heappush(self.open, node)


def _silent(_: Generation) -> None:
    """Say nothing of the rounds within a node."""
