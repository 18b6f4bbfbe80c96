"""Pricing of every hub at given duals: new clusters, and a bound on all others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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

# Hubs priced by one task of a thread, at a few per cent of overhead. The results do not depend on
# it.
BATCH = 8


@dataclass(frozen=True)
class Priced:
    """The results of pricing.

    Parameters
    ----------
    bounds : ndarray, shape (h,)
        For each hub, a lower bound on the reduced cost of its admissible clusters, at most 0.
    least : ndarray, shape (h,)
        The least reduced cost found, at most 0; above the bound where a limit was reached.
    sets : list of list of tuple of int
        Atoms of the clusters of negative reduced cost found for each hub, the least first.
    limited : int
        Number of hubs whose search reached the limit of nodes.
    """

    bounds: np.ndarray
    least: np.ndarray
    sets: list[list[Atoms]]
    limited: int


@dataclass(frozen=True)
class Enumerated:
    """The clusters of hubs below a threshold of reduced cost.

    Parameters
    ----------
    sets : list of list of tuple of int
        Atoms of the clusters of each hub; the same may be there several times.
    whole : bool
        Whether there are no others; False if a hub reached a limit.
    """

    sets: list[list[Atoms]]
    whole: bool


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
    ) -> Priced | None:
        """Price every hub; return None if time runs out before all are priced.

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
        bounds, least = np.zeros(arrays.home.size), np.zeros(arrays.home.size)
        sets: list[list[Atoms]] = [[] for _ in range(arrays.home.size)]
        nodes = np.zeros(arrays.home.size, dtype=np.int64)

        def price(hub: int, found: np.ndarray, cost: np.ndarray) -> None:
            bound, number, nodes[hub] = price_hub(
                arrays, duals, hub, 0.0, tolerance, effort, False, found, cost
            )
            # A bound that is not a number proves nothing.
            bounds[hub] = -np.inf if np.isnan(bound) else min(0.0, bound)
            order = np.argsort(cost[:number], kind="stable")
            sets[hub] = atoms_in(found[order])
            least[hub] = cost[:number].min(initial=0.0)

        if not self._all(price, range(arrays.home.size), kept, budget):
            return None
        budget.spend(int(nodes.sum()))
        limited = int((nodes >= effort.most_nodes).sum())
        return Priced(bounds, least, sets, limited)

    def enumerate(
        self,
        arrays: Arrays,
        duals: Duals,
        budget: Budget,
        *,
        effort: Effort,
        most: int,
        threshold: float,
        hubs: Sequence[int],
    ) -> Enumerated | None:
        """List every cluster of some hubs whose reduced cost is below a threshold.

        Parameters
        ----------
        most : int
            Most clusters of one hub.
        hubs : sequence of int

        Returns
        -------
        Enumerated or None
            None if time runs out.
        """
        sets: list[list[Atoms]] = [[] for _ in range(arrays.home.size)]
        nodes = np.zeros(arrays.home.size, dtype=np.int64)
        whole = np.zeros(arrays.home.size, dtype=np.bool_)

        def listed(hub: int, found: np.ndarray, cost: np.ndarray) -> None:
            bound, number, nodes[hub] = price_hub(
                arrays, duals, hub, threshold, 0.0, effort, True, found, cost
            )
            # Written so that a bound that is not a number is no proof.
            whole[hub] = bound >= threshold
            sets[hub] = atoms_in(found[:number])

        if not self._all(listed, hubs, most, budget):
            return None
        budget.spend(int(nodes.sum()))
        return Enumerated(sets, bool(whole[list(hubs)].all()))

    def _all(
        self,
        work: Callable[[int, np.ndarray, np.ndarray], None],
        hubs: Sequence[int],
        rows: int,
        budget: Budget,
    ) -> bool:
        """Do the work of each hub in threads, with room for so many clusters; False: no time."""
        warm.wait()
        batches = [hubs[i : i + BATCH] for i in range(0, len(hubs), BATCH)]

        def run(batch: Sequence[int]) -> bool:
            found, cost = np.empty((rows, self._width), dtype=np.int64), np.empty(rows)
            for hub in batch:
                if budget.timed and budget.spent:
                    return False
                work(hub, found, cost)
            return True

        return all(list(self._pool.map(run, batches)))
