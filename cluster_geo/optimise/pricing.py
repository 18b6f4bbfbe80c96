"""Pricing every hub at given duals: new clusters, and a bound on all those not yet known."""

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

# Hubs priced between two looks at the clock: a second of pricing at most, for a few per cent of
# overhead. What is found does not depend on it.
BATCH = 8


@dataclass(frozen=True)
class Priced:
    """What pricing found.

    Parameters
    ----------
    bounds : ndarray, shape (h,)
        For each hub, no admissible cluster has a reduced cost below it; never above 0.
    sets : list of list of tuple of int
        Atoms of the clusters found below 0 for each hub, least reduced cost first.
    limited : int
        Hubs whose search was ended by the limit of nodes.
    nodes : int
    """

    bounds: np.ndarray
    sets: list[list[Atoms]]
    limited: int
    nodes: int


class Pricer:
    """Prices hubs in threads; what it returns does not hang on how many there are."""

    def __init__(self, threads: int, width: int) -> None:
        self._pool = ThreadPoolExecutor(threads)
        self._width = width

    def close(self) -> None:
        """Let the threads go, without waiting for what is under way."""
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
        """Price hubs (default: all); None where time ran out before all were priced.

        Parameters
        ----------
        effort : Effort
            How far the search for one hub goes.
        kept : int
            Clusters kept of one hub.
        tolerance : float
            A cluster found within it of the bound ends a hub's search; the bound is told lower
            by the difference.
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
                # What is not a number bounds nothing.
                bounds[hub] = -np.inf if np.isnan(bound) else min(0.0, bound)
                order = np.argsort(cost[:number], kind="stable")
                sets[hub] = atoms_in(found[order])
            return True

        if not all(list(self._pool.map(run, batches))):
            return None
        budget.spend(int(nodes.sum()))
        limited = int((nodes >= effort.most_nodes).sum())
        return Priced(bounds, sets, limited, int(nodes.sum()))
