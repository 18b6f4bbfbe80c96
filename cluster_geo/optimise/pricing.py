"""Pricing of every hub at given duals: new clusters, and a bound on all others."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from cluster_geo.compiled import warm
from cluster_geo.compiled.arrays import Arrays
from cluster_geo.compiled.branch import price_hub
from cluster_geo.compiled.duals import Duals
from cluster_geo.compiled.effort import Effort
from cluster_geo.optimise.budget import Budget
from cluster_geo.optimise.columns import Atoms, atoms_in

# Hubs priced between two checks of the clock: at most a second of pricing, at a few per cent of
# overhead. The results do not depend on it.
BATCH = 8


@dataclass(frozen=True)
class Priced:
    """The results of pricing.

    Parameters
    ----------
    bounds : ndarray, shape (h,)
        For each hub, a lower bound on the reduced cost of its admissible clusters, at most 0.
    sets : list of list of tuple of int
        Atoms of the clusters of negative reduced cost found for each hub, the least first.
    limited : int
        Number of hubs whose search reached the limit of nodes.
    nodes : int
    """

    bounds: np.ndarray
    sets: list[list[Atoms]]
    limited: int
    nodes: int


class Pricer:
    """Prices hubs in threads; the results do not depend on their number."""

    def __init__(self, threads: int, width: int) -> None:
        self._pool = ThreadPoolExecutor(threads)
        self._width = width

    def close(self) -> None:
        """Release the threads without waiting for them to finish."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def price(
        self,
        arrays: Arrays,
        duals: Duals,
        budget: Budget,
        *,
        effort: Effort,
        kept: int,
        tolerance: float,
        hubs: Sequence[int] | None = None,
    ) -> Priced | None:
        """Price hubs (default: all); return None if time runs out before all are priced.

        Parameters
        ----------
        effort : Effort
            Limits of the search for one hub.
        kept : int
            Most clusters kept per hub.
        tolerance : float
            A hub's search ends when it finds a cluster this close to the bound; the bound returned
            is lower by the difference.
        """
        warm.wait()
        chosen = list(range(arrays.home.size)) if hubs is None else list(hubs)
        batches = [chosen[i : i + BATCH] for i in range(0, len(chosen), BATCH)]
        bounds = np.zeros(arrays.home.size)
        sets: list[list[Atoms]] = [[] for _ in range(arrays.home.size)]
        nodes = np.zeros(arrays.home.size, dtype=np.int64)

        def run(batch: list[int]) -> bool:
            if budget.timed and budget.spent:
                return False
            found = np.empty((kept, self._width), dtype=np.int64)
            cost = np.empty(kept)
            for hub in batch:
                bound, number, nodes[hub] = price_hub(
                    arrays, duals, hub, 0.0, tolerance, effort, found, cost
                )
                # A bound that is not a number proves nothing.
                bounds[hub] = -np.inf if np.isnan(bound) else min(0.0, bound)
                order = np.argsort(cost[:number], kind="stable")
                sets[hub] = atoms_in(found[order])
            return True

        if not all(list(self._pool.map(run, batches))):
            return None
        budget.spend(int(nodes.sum()))
        limited = int((nodes >= effort.most_nodes).sum())
        return Priced(bounds, sets, limited, int(nodes.sum()))
