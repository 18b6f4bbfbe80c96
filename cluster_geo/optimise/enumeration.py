"""Every cluster that a better plan could have, once the distance to the bound is small.

At duals that prove a bound, a plan that costs less than the incumbent has no cluster whose reduced
cost exceeds the distance between the two (Baldacci, Christofides and Mingozzi 2008, Mathematical
Programming 115, for vehicle routing). If all others are listed, pricing is over: a linear
programme over the list, with cuts, bounds every better plan, and an integer programme over it
ends the search.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.columns import Atoms
from cluster_geo.optimise.generation import Proof
from cluster_geo.optimise.params import SearchParams
from cluster_geo.optimise.pricing import Enumerated, Pricer
from cluster_geo.tolerances import SAFETY, TICK


@dataclass(frozen=True)
class Enumeration:
    """Lists all clusters of a proof below a distance, if they are not too many.

    Parameters
    ----------
    pricer : Pricer
    budget : Budget
    params : SearchParams
    """

    pricer: Pricer
    budget: Budget
    params: SearchParams

    def listed(self, proof: Proof, cost: float, most: int) -> list[Atoms] | None:
        """Return every cluster that a plan below a cost may have, each once, if at most so many.

        Returns
        -------
        list of tuple of int or None
            None if they are too many, or would take too long: nothing is known then.
        """
        params = self.params.enumeration
        threshold = cost - proof.bound + 2.0 * SAFETY
        hubs = np.arange(proof.arrays.home.size)
        sample = hubs[:: max(1, hubs.size // params.sample)]
        share = max(1, self._nodes() // hubs.size)
        began, before = time.monotonic(), self.budget.done
        # Most lists that are too long show it before many nodes are spent on them.
        first = self._of(proof, threshold, sample.tolist(), share)
        times = hubs.size / sample.size
        if first is None or sum(map(len, first.sets)) * times > most:
            return None
        if not first.whole:
            first = self._of(proof, threshold, sample.tolist(), params.more * share)
        seconds, work = time.monotonic() - began, self.budget.done - before
        if first is None or not first.whole or not self._affordable(seconds * times, work * times):
            return None
        others = np.setdiff1d(hubs, sample).tolist()
        rest = self._of(proof, threshold, others, params.more * share)
        if rest is None or not rest.whole:
            return None
        listed = list(
            dict.fromkeys(atoms for found in [*first.sets, *rest.sets] for atoms in found)
        )
        return listed if len(listed) <= most else None

    def _of(self, proof: Proof, threshold: float, hubs: list[int], nodes: int) -> Enumerated | None:
        """Return the clusters of some hubs, or None if time runs out."""
        return self.pricer.enumerate(
            proof.arrays,
            proof.duals,
            self.budget,
            effort=self.params.pricing.effort(
                min(nodes, self.params.pricing.most_nodes), self.params.fault_price
            ),
            most=self.params.enumeration.of_hub,
            threshold=threshold,
            hubs=hubs,
        )

    def _nodes(self) -> int:
        """Return how many nodes the searches of all hubs may take, if the list looks too long."""
        params, budget = self.params.enumeration, self.budget
        if not budget.timed:
            assert budget.work is not None, "it is limited by work"
            return int(params.time * budget.left() * budget.work / params.more)
        left = budget.seconds_left()
        return params.nodes if left is None else min(params.nodes, int(params.pace * left))

    def _affordable(self, seconds: float, work: float) -> bool:
        """Whether a list may be made, by the time or work it would take."""
        params, budget = self.params.enumeration, self.budget
        if budget.timed:
            left = budget.seconds_left()
            return left is None or seconds <= params.time * max(TICK, left)
        return work <= params.time * budget.left() * (budget.work or 0)
