"""A first plan by simulated annealing, and the good clusters found on the way."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from cluster_geo.compiled.effort import Annealing
from cluster_geo.compiled.evaluate import best_hub, faults, in_one_piece, shared_charges
from cluster_geo.compiled.jit import entry, inner
from cluster_geo.compiled.layout import Arrays
from cluster_geo.compiled.pool import Pool, empty_pool, note
from cluster_geo.tolerances import SAME_SUM

_NO_SWAP, _REFUSED = -1, -2


class Cover(NamedTuple):
    """A plan in progress.

    Parameters
    ----------
    cluster_of : ndarray of int, shape (a,)
        Cluster of each atom.
    members : ndarray of int, shape (k, a)
        Atoms of each cluster.
    number : ndarray of int, shape (k,)
        Number of atoms of each cluster.
    price : ndarray, shape (k,)
        Charges of each cluster, including those for violations.
    broken : ndarray of int, shape (k,)
        Number of its violations.
    """

    cluster_of: np.ndarray
    members: np.ndarray
    number: np.ndarray
    price: np.ndarray
    broken: np.ndarray


@entry
def anneal(
    arrays: Arrays,
    cluster_of: np.ndarray,
    number: int,
    steps: int,
    annealing: Annealing,
    seed: int,
    pool: np.ndarray,
    halt: np.ndarray,
) -> tuple[float, int, int]:
    """Improve `cluster_of` (atom to cluster, changed in place) by moves and swaps of atoms.

    Parameters
    ----------
    cluster_of : ndarray of int, shape (a,)
        Cluster of each atom; every cluster 0 to `number` - 1 must be contiguous.
    steps : int
        Moves tried.
    annealing : Annealing
        Temperatures and prices.
    pool : ndarray of int, shape (p, w)
        Receives feasible clusters, one per row, terminated by -1.
    halt : ndarray of int, shape (1,)
        Another thread sets it to anything but 0 to end the annealing at once.

    Returns
    -------
    price, broken, pooled
        Price of the best plan found (including charges for violations), the number of its
        violations, and the number of clusters in the pool.
    """
    np.random.seed(seed)
    atoms = cluster_of.size
    met = empty_pool(pool, atoms)
    cover = Cover(
        cluster_of,
        np.empty((number, atoms), dtype=np.int64),
        np.empty(number, dtype=np.int64),
        np.empty(number),
        np.empty(number, dtype=np.int64),
    )
    total = _fill(arrays, cover, annealing)
    least = total
    best = cluster_of.copy()
    new_s = np.empty(atoms, dtype=np.int64)
    new_t = np.empty(atoms, dtype=np.int64)
    hot, cool, swaps = annealing.hot, annealing.cool, annealing.swaps
    cooling = (annealing.cold / hot) ** (1.0 / max(1, steps))
    heat = hot
    for _ in range(steps):
        if halt[0] != 0:
            break
        heat *= cooling
        a = np.random.randint(atoms)
        t = _cluster_beside(arrays, cover, a)
        if t < 0:
            continue
        c = _propose(arrays, cover, a, t, swaps, new_s, new_t)
        if c == _REFUSED:
            continue
        change = _accept(arrays, cover, annealing, a, t, c, new_s, new_t, heat)
        if change == np.inf:
            continue
        total += change
        if heat < cool:
            _note(cover, cover.cluster_of[a], met)
            if c >= 0:
                _note(cover, cover.cluster_of[c], met)
        if total < least - SAME_SUM:
            least = total
            for b in range(atoms):
                best[b] = cluster_of[b]
    for b in range(atoms):
        cluster_of[b] = best[b]
    least = _fill(arrays, cover, annealing)
    faulty = 0
    for k in range(number):
        faulty += cover.broken[k]
        _note(cover, k, met)
    return least, faulty, int(met.held[0])


@inner
def searched_price(
    arrays: Arrays, annealing: Annealing, members: np.ndarray, m: int
) -> tuple[float, int]:
    """Return a cluster's charges, including those for violations, and the number of violations."""
    broken = faults(arrays, members, m)
    _, travel = best_hub(arrays, members, m)
    if travel == np.inf:
        broken += 1
        travel = annealing.refused_price
    price = travel + shared_charges(arrays, members, m) + annealing.fault_price * broken
    return price, broken


@inner
def _fill(arrays: Arrays, cover: Cover, annealing: Annealing) -> float:
    """Fill in all of a cover from its clusters of atoms; return its price."""
    members, number = cover.members, cover.number
    for k in range(number.size):
        number[k] = 0
    for a in range(cover.cluster_of.size):
        k = cover.cluster_of[a]
        members[k, number[k]] = a
        number[k] += 1
    total = 0.0
    for k in range(number.size):
        cover.price[k], cover.broken[k] = searched_price(arrays, annealing, members[k], number[k])
        total += cover.price[k]
    return total


@inner
def _cluster_beside(arrays: Arrays, cover: Cover, a: int) -> int:
    """Draw a random cluster that an atom may move to (a neighbour's), or -1."""
    cluster_of, near_start = cover.cluster_of, arrays.near_start
    if arrays.connected:
        degree = near_start[a + 1] - near_start[a]
        if degree == 0:
            return -1
        b = arrays.near_of[near_start[a] + np.random.randint(degree)]
    else:
        b = np.random.randint(cluster_of.size)
    s, t = cluster_of[a], cluster_of[b]
    return -1 if t == s or cover.number[s] == 1 else t


@inner
def _propose(
    arrays: Arrays,
    cover: Cover,
    a: int,
    t: int,
    swaps: float,
    new_s: np.ndarray,
    new_t: np.ndarray,
) -> int:
    """Write the clusters after a move of atom `a` to cluster `t` into `new_s` and `new_t`.

    A share of the moves are swaps with an atom of `t` that adjoins the rest of the other cluster.

    Returns
    -------
    int
        The atom moved in the other direction, _NO_SWAP, or _REFUSED.
    """
    members, number = cover.members, cover.number
    s = cover.cluster_of[a]
    swap = np.random.random() < swaps
    ms = _without(members[s], number[s], a, new_s)
    c = _NO_SWAP
    if swap:
        c = members[t, np.random.randint(number[t])]
        if not _adjoins(arrays, c, new_s, ms):
            return _REFUSED
        new_s[ms] = c
    mt = _without(members[t], number[t], c, new_t)
    new_t[mt] = a
    return c


@inner
def _accept(
    arrays: Arrays,
    cover: Cover,
    annealing: Annealing,
    a: int,
    t: int,
    c: int,
    new_s: np.ndarray,
    new_t: np.ndarray,
    heat: float,
) -> float:
    """Accept or reject a proposed move; return the change in price, inf if it is rejected."""
    price, broken, number = cover.price, cover.broken, cover.number
    s = cover.cluster_of[a]
    swapped = 1 if c >= 0 else 0
    ms = number[s] - 1 + swapped
    mt = number[t] + 1 - swapped
    # Prices are cheaper to compute than contiguity, so they are compared first.
    price_s, broken_s = searched_price(arrays, annealing, new_s, ms)
    price_t, broken_t = searched_price(arrays, annealing, new_t, mt)
    change = price_s + price_t - price[s] - price[t]
    if change > 0.0 and np.random.random() >= np.exp(-change / heat):
        return np.inf
    if not in_one_piece(arrays, new_s, ms) or not in_one_piece(arrays, new_t, mt):
        return np.inf
    for place in range(ms):
        cover.members[s, place] = new_s[place]
    for place in range(mt):
        cover.members[t, place] = new_t[place]
    number[s], number[t] = ms, mt
    price[s], price[t] = price_s, price_t
    broken[s], broken[t] = broken_s, broken_t
    cover.cluster_of[a] = t
    if c >= 0:
        cover.cluster_of[c] = s
    return float(change)


@inner
def _adjoins(arrays: Arrays, atom: int, members: np.ndarray, m: int) -> bool:
    if not arrays.connected:
        return True
    near_start, near_of = arrays.near_start, arrays.near_of
    for at in range(near_start[atom], near_start[atom + 1]):
        b = near_of[at]
        for place in range(m):
            if members[place] == b:
                return True
    return False


@inner
def _without(members: np.ndarray, m: int, atom: int, out: np.ndarray) -> int:
    kept = 0
    for place in range(m):
        if members[place] != atom:
            out[kept] = members[place]
            kept += 1
    return kept


@inner
def _note(cover: Cover, k: int, pool: Pool) -> None:
    """Add a cluster of the cover to the pool if it is feasible."""
    if cover.broken[k] == 0:
        note(pool, cover.members[k], cover.number[k])
