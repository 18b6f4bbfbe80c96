"""Hubs and the schools they serve, without sizes, pieces or prices: the p-median problem.

Where clusters need not be in one piece, or every school is a neighbour of every other, annealing
moves one school at a time and seldom a hub, and the shares of a first plan show little of the
duals. Both are known well for p-medians: plans by fast interchange (Whitaker 1983; Resende and
Werneck 2007, Annals of Operations Research 150) and duals by a subgradient method on the assignment
of schools to hubs (Beasley 1993, European Journal of Operational Research 65). They are where a
search begins; it proves nothing by them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from cluster_geo.compiled.arrays import Arrays
from cluster_geo.optimise.plan_params import AssignmentParams
from cluster_geo.optimise.problem import Problem
from cluster_geo.optimise.standing import Standing
from cluster_geo.tolerances import SAME_DECIMALS


@dataclass(frozen=True)
class Medians:
    """A problem as a p-median.

    Parameters
    ----------
    problem : Problem
    charge : ndarray, shape (a, a)
        See `charges`.
    params : AssignmentParams
    standing : Standing
        Its seed, and the budget whose share may be used.
    """

    problem: Problem
    charge: np.ndarray
    params: AssignmentParams
    standing: Standing

    @classmethod
    def of(cls, problem: Problem, params: AssignmentParams, standing: Standing) -> Medians | None:
        """Return it, or None where it is no p-median of a size that is worth the time.

        Clusters need not be in one piece, their number is given, and annealing is slow.
        """
        arrays = problem.arrays
        if arrays.connected or len(problem.numbers) > 1 or len(problem.regions) > 1:
            return None
        if not params.least_atoms <= arrays.size.size <= params.most_atoms:
            return None
        return cls(problem, charges(arrays), params, standing)

    def covers(self) -> list[np.ndarray]:
        """Return covers by several sets of hubs, each of the allowed sizes where that is easy."""
        arrays, number = self.problem.arrays, self.problem.numbers[0]
        rng, spent = np.random.default_rng(self.standing.seed), self._spent()
        found: list[np.ndarray] = []
        for _ in range(self.params.starts):
            if number <= arrays.size.size and not (found and spent()):
                hubs = interchange(self.charge, number, rng, spent)
                found.append(assigned(self.charge, hubs, arrays.size, arrays.low, arrays.high))
        return found

    def centre(self, number: int, cost: float) -> tuple[np.ndarray, float]:
        """Return duals of the atoms, and half the width of the boxes around them."""
        found = duals(self.charge, number, cost, self.params, self._spent())
        return found, self.params.box * float(np.abs(found).mean())

    def _spent(self) -> Callable[[], bool]:
        """Return whether the share of the time is used up; by work there is no such limit."""
        budget = self.standing.budget
        left = budget.seconds_left()
        ends = np.inf if left is None else budget.elapsed + self.params.time * left
        return lambda: budget.elapsed > ends


def charges(arrays: Arrays) -> np.ndarray:
    """Return what each atom costs with the best hub of each atom, shape (a, a), hubs in rows.

    Refused pairs cost more than any that is allowed, but not infinitely much.
    """
    best = np.full((arrays.size.size, arrays.size.size), np.inf)
    np.minimum.at(best, arrays.home, arrays.amount)
    finite = np.isfinite(best)
    most = float(best[finite].max(initial=0.0))
    return np.where(finite, best, 10.0 * most + 1.0)


def interchange(
    charge: np.ndarray,
    number: int,
    rng: np.random.Generator,
    spent: Callable[[], bool],
) -> np.ndarray:
    """Choose `number` hubs: add them one by one, then exchange one while that is better.

    Parameters
    ----------
    charge : ndarray, shape (a, a)
        Of each atom (column) with each hub (row).
    number : int
    rng : Generator
        The first hub is random, so several runs find several plans.
    spent : callable
        Whether to stop; the hubs found so far are returned.

    Returns
    -------
    ndarray of int, shape (number,)

    Examples
    --------
    >>> import numpy as np
    >>> places = np.array([0.0, 1.0, 2.0, 10.0, 11.0])
    >>> charge = np.abs(places[:, None] - places[None, :])
    >>> sorted(interchange(charge, 2, np.random.default_rng(0), lambda: False).tolist())
    [1, 3]
    """
    if number == 1:
        return np.array([np.argmin(charge.sum(axis=1))])
    hubs = [int(rng.integers(charge.shape[1]))]
    nearest = charge[hubs[0]].copy()
    while len(hubs) < number:
        if spent():
            # Any others will do.
            others = np.setdiff1d(np.arange(charge.shape[1]), hubs)
            return np.array([*hubs, *others[: number - len(hubs)]])
        gain = np.maximum(0.0, nearest - charge).sum(axis=1)
        gain[hubs] = -1.0
        hubs.append(int(np.argmax(gain)))
        nearest = np.minimum(nearest, charge[hubs[-1]])
    chosen = np.array(hubs)
    while not spent():
        exchanged = _exchanged(charge, chosen)
        if exchanged is None:
            break
        chosen = exchanged
    return chosen


def _exchanged(charge: np.ndarray, chosen: np.ndarray) -> np.ndarray | None:
    """Return the hubs after the best exchange of one; None if none is better."""
    atoms, number = charge.shape[1], chosen.size
    own = charge[chosen]
    # Stable sorts and rounded sums: what ties are decided by must not depend on the processor.
    order = np.argsort(own, axis=0, kind="stable")[:2]
    first = order[0]
    one, two = np.take_along_axis(own, order, axis=0)
    # Saved by each new hub; lost with each old one; and what a new one keeps of that.
    saved = np.maximum(0.0, one - charge).sum(axis=1)
    lost = np.bincount(first, weights=two - one, minlength=number)
    served = np.zeros((atoms, number))
    served[np.arange(atoms), first] = 1.0
    kept = np.maximum(0.0, two - np.maximum(charge, one)) @ served
    scale = max(1.0, float(one.sum()))
    better = np.round((saved[:, None] - lost[None, :] + kept) / scale, SAME_DECIMALS)
    better[chosen] = -np.inf
    new, old = np.unravel_index(int(np.argmax(better)), better.shape)
    if better[new, old] <= 0.0:
        return None
    exchanged = chosen.copy()
    exchanged[old] = new
    return exchanged


def assigned(
    charge: np.ndarray, hubs: np.ndarray, size: np.ndarray, low: int, high: int
) -> np.ndarray:
    """Return the hub's place for each atom: its cheapest, as far as the sizes allow.

    Atoms with most to lose choose first; a cluster below the least size takes the atoms that lose
    least by joining it.
    """
    own = charge[hubs]
    served = np.full(size.size, -1, dtype=np.int64)
    served[hubs] = np.arange(hubs.size)
    room = high - size[hubs].astype(np.int64)
    two = np.partition(own, min(1, hubs.size - 1), axis=0)[min(1, hubs.size - 1)]
    for a in np.argsort(own.min(axis=0) - two, kind="stable").tolist():
        if served[a] < 0:
            fits = np.where(room >= size[a], own[:, a], np.inf)
            k = int(np.argmin(fits))
            served[a] = k if np.isfinite(fits[k]) else int(np.argmax(room))
            room[served[a]] -= size[a]
    _fill(own, served, hubs, size, low)
    return served


def _fill(
    own: np.ndarray, served: np.ndarray, hubs: np.ndarray, size: np.ndarray, low: int
) -> None:
    """Move atoms to clusters below the least size from those above it, at the least cost."""
    held = np.bincount(served, weights=size, minlength=hubs.size)
    for k in np.argsort(held, kind="stable").tolist():
        while held[k] < low:
            spare = held[served] - size >= low
            spare[hubs] = False
            spare &= served != k
            if not spare.any():
                return
            more = own[k] - own[served, np.arange(size.size)]
            a = int(np.argmin(np.where(spare, more, np.inf)))
            held[served[a]] -= size[a]
            held[k] += size[a]
            served[a] = k


def duals(
    charge: np.ndarray,
    number: int,
    cost: float,
    params: AssignmentParams,
    spent: Callable[[], bool],
) -> np.ndarray:
    """Return duals of the atoms, nearly the best of the Lagrangian relaxation.

    Parameters
    ----------
    charge : ndarray, shape (a, a)
    number : int
        Of hubs.
    cost : float
        Of a plan, above the bound that the steps approach.
    """
    two = np.partition(charge, 1, axis=0)[1]
    best: np.ndarray = two.copy()
    dual = best
    highest, pace, idle = -np.inf, params.pace, 0
    for _ in range(params.steps):
        if spent():
            break
        taken = charge < dual
        reduced = np.where(taken, charge - dual, 0.0).sum(axis=1)
        hubs = np.argsort(reduced, kind="stable")[:number]
        value = float(dual.sum() + reduced[hubs].sum())
        idle += 1
        if value > highest:
            highest, best, idle = value, dual.copy(), 0
        elif idle >= params.patience:
            pace, dual, idle = 0.5 * pace, best.copy(), 0
            continue
        slope = 1.0 - taken[hubs].sum(axis=0)
        length = float((slope**2).sum())
        if length == 0.0:
            break
        dual = dual + pace * max(0.0, 1.05 * cost - value) / length * slope
    return best
