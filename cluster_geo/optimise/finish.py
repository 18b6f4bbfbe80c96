"""The end of a node: all clusters that a better plan could have, and the best plan of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from cluster_geo.optimise.columns import JUDGED, Atoms, Column
from cluster_geo.optimise.dive import Dive
from cluster_geo.optimise.enumeration import Enumeration
from cluster_geo.optimise.generation import Generation
from cluster_geo.optimise.integer import best_cover
from cluster_geo.optimise.params import SearchParams
from cluster_geo.optimise.pricing import Pricer
from cluster_geo.optimise.proof import Listing, Multipliers
from cluster_geo.optimise.standing import Standing
from cluster_geo.tolerances import INTEGER_BOUND, SAFETY


@dataclass
class Finish:
    """Ends nodes whose lists of clusters are short enough.

    Parameters
    ----------
    standing : Standing
        Better plans are offered to it.
    pricer : Pricer
    params : SearchParams
    """

    standing: Standing
    pricer: Pricer
    params: SearchParams
    # By the most clusters of a list: the least distance between plan and bound at which a list, or
    # the programmes over it, took too long.
    _too_far: dict[int, float] = field(default_factory=dict, init=False)

    def end(self, node: Generation, most: int) -> Listing | None:
        """Prove a bound on every plan of a node: the incumbent's cost, or close to it.

        Parameters
        ----------
        node : Generation
        most : int
            Most clusters in the list.

        Returns
        -------
        Listing or None
            None if the list of clusters was too long.

        Raises
        ------
        SolverError
            If a programme cannot be solved.
        """
        cost = self.standing.cost
        if cost is None or node.proof is None or node.proof.bound == -np.inf:
            return None
        distance = cost - node.proof.bound
        if distance > self.params.enumeration.nearer * self._too_far.get(most, np.inf):
            return None
        enumeration = Enumeration(self.pricer, self.standing.budget, self.params)
        listed = enumeration.listed(node.proof, cost, most)
        columns = None if listed is None else self._judged(node, listed)
        best = None if columns is None else self._best(node, columns, cost)
        if best is None or cost - best[0] > self.standing.gap * abs(cost):
            self._too_far[most] = distance
        if columns is None or best is None:
            return None
        sets = tuple(column.atoms for column in columns)
        return Listing(node.proof.lagrangian, cost, sets, at=best[1], bound=best[0])

    def _judged(self, node: Generation, listed: Sequence[Atoms]) -> list[Column] | None:
        """Return the columns of a list; None if time runs out while they are judged."""
        columns = node.columns.afresh()
        for first in range(0, len(listed), JUDGED):
            if self.standing.budget.spent:
                return None
            columns.admit(listed[first : first + JUDGED])
        return columns.admitted

    def _best(
        self, node: Generation, columns: list[Column], cost: float
    ) -> tuple[float, Multipliers | None] | None:
        """Bound every plan of the columns that costs less than the incumbent.

        Returns
        -------
        tuple or None
            The bound, and the multipliers that prove it or leave few columns; None if they leave
            too many.
        """
        if not columns:
            return cost, None
        atoms, rules = node.arrays.size.size, node.plan_rules
        dive = Dive(
            columns,
            atoms,
            rules,
            ceiling=node.ceiling,
            cutoff=cost,
            spend=self.standing.budget.spend,
            spent=lambda: self.standing.budget.spent,
            left=self.standing.budget.seconds_left,
            params=self.params,
        )
        dived = dive.run(node.master.cuts)
        if dived.chosen is not None:
            self._offer(columns[c] for c in dived.chosen)
            assert self.standing.cost is not None, "a plan was offered"
            cost = min(cost, self.standing.cost)
        if dived.bound >= cost - 2.0 * SAFETY:
            return min(cost, dived.bound), dived.at
        left = np.flatnonzero(dived.reduced <= cost - dived.bound + SAFETY)
        if left.size > self.params.enumeration.few:
            return None
        budget = self.standing.budget
        seconds, timed = budget.seconds_left(), budget.timed
        most = self.params.enumeration.seconds
        given = [columns[place] for place in left.tolist()]
        chosen, bound = best_cover(
            given,
            atoms,
            rules,
            cuts=dived.cuts,
            time_limit=(most if timed else None) if seconds is None else min(seconds, most),
            most_nodes=None if timed else self.params.integer.nodes,
            seed=self.standing.seed,
        )
        if chosen is not None:
            self._offer(given[c] for c in chosen)
        safe = bound - SAFETY - INTEGER_BOUND * abs(bound) if np.isfinite(bound) else bound
        return min(cost - SAFETY, max(safe, dived.bound)), dived.at

    def _offer(self, plan: Iterable[Column]) -> None:
        columns = self.standing.columns
        self.standing.offer([columns.atoms_of(column.cluster.members) for column in plan])
